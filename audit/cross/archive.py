"""Notices of one archive: a child notice hands down what its parent gave to the unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from audit.cross.facts import ReadFacts, figure_at, rows_by_code
from audit.cross.measures import parse_measure, plain
from audit.cross.texts import name_key
from schemas.findings import Cause, Finding, Severity
from schemas.source import Ref
from schemas.tables import Role


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """A notice of an archive, with the id and path under which its findings are published."""

    notice_id: str
    source: str
    facts: ReadFacts


@dataclass(frozen=True, slots=True)
class ArchiveFinding:
    """A finding that belongs to one notice of the archive."""

    notice_id: str
    source: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class _Money:
    """An amount in 元 with its rounding, and the cell that prints it (numbers from 1)."""

    value: Decimal
    half: Decimal
    printed: str
    table_no: int
    row_no: int
    col_no: int
    sure: bool
    ref: Ref


def _row_amounts(facts: ReadFacts, allocation: int, row: int) -> list[_Money]:
    """The amounts of money in a row, in the order of the columns."""
    table = facts.allocations[allocation].table
    found: list[_Money] = []
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
            found.append(_Money(value, half, printed, *place, figure.sure, figure.cell.ref))
    return found


def _totals(facts: ReadFacts) -> Iterator[tuple[str, list[_Money]]]:
    """The code of the whole that a notice hands funds to, with the amounts of its total row."""
    for index, allocation in enumerate(facts.allocations):
        for row, role in enumerate(allocation.structure.roles):
            unit = allocation.placements[row].unit
            if role is Role.TOTAL and unit is not None and unit.code:
                yield unit.code, _row_amounts(facts, index, row)


def _given(facts: ReadFacts, code: str) -> list[_Money]:
    """The amounts that a parent prints for a unit; none where it stands in several tables."""
    found = [
        _row_amounts(facts, index, rows[code])
        for index, allocation in enumerate(facts.allocations)
        if code in (rows := rows_by_code(allocation))
        and allocation.structure.roles[rows[code]] is not Role.TOTAL
    ]
    return found[0] if len(found) == 1 else []


def _same_fund(parent: ReadFacts, child: ReadFacts) -> bool:
    """Whether both are about one programme and year, as far as they say."""
    years = {parent.head.fiscal_year, child.head.fiscal_year} - {None}
    short, long = sorted((name_key(parent.head.programme), name_key(child.head.programme)), key=len)
    return len(years) <= 1 and short in long


def _agree(one: _Money, other: _Money) -> bool:
    return abs(one.value - other.value) <= one.half + other.half


def cross_check_archive(notices: Sequence[NoticeFacts]) -> tuple[ArchiveFinding, ...]:
    """Child notices whose total is not what the parent gives to the unit: `child-total`.

    A child cites the parent's 文号, is about the same fund and year, and has one allocation table
    whose total row is a unit with one row in the parent. The last amount of either row must be
    among the amounts of the other. The finding belongs to the child.
    """
    by_number = {name_key(n.facts.head.doc_no): n for n in notices if n.facts.head.doc_no}
    findings: list[ArchiveFinding] = []
    for child in notices:
        if len(child.facts.allocations) != 1:
            continue
        for cited in child.facts.head.cites:
            parent = by_number.get(name_key(cited))
            if parent is None or parent is child or not _same_fund(parent.facts, child.facts):
                continue
            for code, handed in _totals(child.facts):
                given = _given(parent.facts, code)
                if not handed or not given or not (handed[-1].sure and given[-1].sure):
                    continue
                if any(_agree(handed[-1], g) for g in given):
                    continue
                if any(_agree(h, given[-1]) for h in handed):
                    continue
                finding = _finding(parent, handed[-1], given[-1])
                findings.append(ArchiveFinding(child.notice_id, child.source, finding))
    return tuple(findings)


def _finding(parent: NoticeFacts, handed: _Money, given: _Money) -> Finding:
    difference = handed.value - given.value
    return Finding(
        "child-total",
        Severity.WARNING,
        f"The total prints {handed.printed} ({plain(handed.value)}元), "
        f"{parent.facts.head.doc_no} gives this unit {given.printed} ({plain(given.value)}元).",
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
