"""Notices of one archive: a child notice hands down what its parent gave to the unit.

Of each notice only the few amounts that can be compared are kept, so that a whole archive fits.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.cross.facts import ReadFacts, figure_at, rows_by_code
from audit.cross.measures import parse_measure, plain
from audit.cross.texts import name_key
from schemas.findings import Cause, Finding, Severity
from schemas.source import Ref
from schemas.tables import Role


@dataclass(frozen=True, slots=True)
class ArchiveFinding:
    """A finding that belongs to one notice of the archive."""

    notice_id: str
    source: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in 元 with its rounding, and the cell that prints it (numbers from 1)."""

    value: Decimal
    half: Decimal
    printed: str
    table_no: int
    row_no: int
    col_no: int
    sure: bool
    ref: Ref


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """What other notices of an archive need to know of one; `notice_id` and `source` are the id and
    path under which its findings are published.

    `number`, `cites` and `programme` are folded for comparison. `totals` are the codes of the
    wholes that the notice hands funds to with the amounts of the total row, of a notice with one
    allocation table; `given` the amounts of the units that stand in one row of one table. Amounts
    are in the order of the columns.
    """

    notice_id: str
    source: str
    doc_no: str
    number: str
    cites: tuple[str, ...]
    year: int | None
    programme: str
    totals: tuple[tuple[str, tuple[Money, ...]], ...]
    given: Mapping[str, tuple[Money, ...]]


def notice_to_archive_facts(notice_id: str, source: str, facts: ReadFacts) -> ArchiveFacts:
    """What is kept of a notice for `cross_check_archive`."""
    head = facts.head
    return ArchiveFacts(
        notice_id,
        source,
        head.doc_no,
        name_key(head.doc_no),
        tuple(map(name_key, head.cites)),
        head.fiscal_year,
        name_key(head.programme),
        tuple(_totals(facts)) if len(facts.allocations) == 1 else (),
        _given(facts),
    )


def _row_amounts(facts: ReadFacts, allocation: int, row: int) -> list[Money]:
    """The amounts of money in a row, in the order of the columns."""
    table = facts.allocations[allocation].table
    found: list[Money] = []
    for index, column in enumerate(table.columns):
        figure = figure_at(facts, allocation, row, index)
        measure = parse_measure(column.measure or table.measure)
        if figure is None or column.is_text or measure is None:
            continue
        if measure.kind == "money" and not measure.per:
            scale, line = measure.factor, table.rows[row]
            value, half = figure.value * scale, figure.half * scale
            printed = figure.cell.printed
            place = (table.number, line.number, column.number)
            found.append(Money(value, half, printed, *place, figure.sure, figure.cell.ref))
    return found


def _totals(facts: ReadFacts) -> Iterator[tuple[str, tuple[Money, ...]]]:
    for index, allocation in enumerate(facts.allocations):
        for row, role in enumerate(allocation.structure.roles):
            unit = allocation.placements[row].unit
            if role is Role.TOTAL and unit is not None and unit.code:
                yield unit.code, tuple(_row_amounts(facts, index, row))


def _given(facts: ReadFacts) -> Mapping[str, tuple[Money, ...]]:
    """Units that stand in several tables are left out: which amount is meant is not known."""
    found = [
        (code, index, row)
        for index, allocation in enumerate(facts.allocations)
        for code, row in rows_by_code(allocation).items()
        if allocation.structure.roles[row] is not Role.TOTAL
    ]
    times = Counter(code for code, _, _ in found)
    return {
        code: tuple(_row_amounts(facts, index, row))
        for code, index, row in found
        if times[code] == 1
    }


def _same_fund(parent: ArchiveFacts, child: ArchiveFacts) -> bool:
    """Whether both are about one programme and year, as far as they say."""
    years = {parent.year, child.year} - {None}
    short, long = sorted((parent.programme, child.programme), key=len)
    return len(years) <= 1 and short in long


def _agree(one: Money, other: Money) -> bool:
    return abs(one.value - other.value) <= one.half + other.half


def cross_check_archive(notices: Sequence[ArchiveFacts]) -> tuple[ArchiveFinding, ...]:
    """Child notices whose total is not what the parent gives to the unit: `child-total`.

    A child cites the parent's 文号, is about the same fund and year, and has one allocation table
    whose total row is a unit with one row in the parent. The last amount of either row must be
    among the amounts of the other. The finding belongs to the child. Two notices that bear the same
    number are nobody's parents.
    """
    times = Counter(notice.number for notice in notices)
    by_number = {n.number: n for n in notices if n.number and times[n.number] == 1}
    findings: list[ArchiveFinding] = []
    for child in notices:
        for cited in child.cites:
            parent = by_number.get(cited)
            if parent is None or parent is child or not _same_fund(parent, child):
                continue
            findings.extend(
                ArchiveFinding(child.notice_id, child.source, _finding(parent, handed[-1], given))
                for code, handed in child.totals
                if (given := _other_amount(handed, parent.given.get(code, ()))) is not None
            )
    return tuple(findings)


def _other_amount(handed: Sequence[Money], given: Sequence[Money]) -> Money | None:
    """What the parent gives, where that is surely not what the child hands down."""
    if not handed or not given or not (handed[-1].sure and given[-1].sure):
        return None
    agree = any(_agree(handed[-1], one) for one in given)
    agree = agree or any(_agree(one, given[-1]) for one in handed)
    return None if agree else given[-1]


def _finding(parent: ArchiveFacts, handed: Money, given: Money) -> Finding:
    difference = handed.value - given.value
    return Finding(
        "child-total",
        Severity.WARNING,
        f"The total prints {handed.printed} ({plain(handed.value)}元), "
        f"{parent.doc_no} gives this unit {given.printed} ({plain(given.value)}元).",
        Cause.UNKNOWN,
        handed.table_no,
        handed.row_no,
        handed.col_no,
        handed.printed,
        given.value,
        difference,
        handed.half + given.half,
        ref=handed.ref,
    )
