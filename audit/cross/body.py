"""Totals told in the running text of a notice beside the totals of its tables."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.cross.causes import cause_of, misread_as
from audit.cross.facts import Figure, ReadFacts, figure_at
from audit.cross.measures import Number, parse_measure, plain, words_for
from audit.cross.texts import Told, same_thing, told_numbers
from audit.sums import half_unit, is_figure
from schemas.findings import Finding, Severity
from schemas.source import Ref
from schemas.tables import Role

# A text that tells more amounts tells those of a table.
_MOST_TOLD = 20
_NEAR = (Decimal("0.8"), Decimal("1.25"))
_SLIPS = tuple(Decimal(10) ** n for n in (-4, -2, -1, 1, 2, 4))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A figure of an allocation table in plain units of its base."""

    allocation: int
    row: int
    column: int
    figure: Figure
    base: str
    value: Decimal
    half: Decimal
    total: bool


def _cells(facts: ReadFacts) -> Iterator[_Cell]:
    for index, allocation in enumerate(facts.allocations):
        table = allocation.table
        for row, role in enumerate(allocation.structure.roles):
            for column, head in enumerate(table.columns):
                figure = figure_at(facts, index, row, column)
                if figure is None or head.is_text:
                    continue
                measure = parse_measure(figure.cell.measure or head.measure or table.measure)
                if measure is None or measure.per:
                    continue
                scale, total = measure.factor, role is Role.TOTAL
                value, half = figure.value * scale, figure.half * scale
                yield _Cell(index, row, column, figure, measure.base, value, half, total)


def _amounts_of_forms(facts: ReadFacts) -> Iterator[tuple[Decimal, Decimal]]:
    for performance in facts.performances:
        table = performance.table
        for cell in (table.budget.total, table.budget.fiscal, table.budget.budget):
            measure = parse_measure((cell.measure if cell else "") or table.measure)
            if cell is not None and is_figure(cell) and cell.value is not None and measure:
                yield cell.value * measure.factor, half_unit(cell) * measure.factor


def _names_the_fund(told: Told) -> bool:
    """Whether the words say that this amount is what is handed down here and now."""
    handed = any(w in told.before for w in words_for("fund_words.csv", "verb"))
    other = any(w in told.before for w in words_for("fund_words.csv", "other"))
    return handed and not other and not told.bounded and not told.number.measure.per


def _equal(number: Number, value: Decimal, half: Decimal) -> bool:
    return abs(number.value - value) <= number.half + half


def _may_be_meant(number: Number, value: Decimal) -> bool:
    """Whether two unequal amounts are near each other, or a slip of the measure apart."""
    if value <= 0:
        return False
    ratio = number.value / value
    return _NEAR[0] <= ratio <= _NEAR[1] or ratio in _SLIPS


def check_body_totals(facts: ReadFacts) -> tuple[Finding, ...]:
    """A fund total or a number of persons in the text that no table bears out: `body-total`.

    An amount counts only where the sentence hands it down (现下达…资金68250万元), and may be any
    cell of the table or the amount of any form. A number of persons must carry the name of a
    column. Notices with several allocation tables are left alone, for a text may sum them.
    """
    if len(facts.allocations) != 1:
        return ()
    text, starts, refs = _joined(facts)
    told = told_numbers(text)
    amounts = [t for t in told if t.number.measure.kind == "money" and _names_the_fund(t)]
    persons = [t for t in told if t.number.measure.kind == "count" and _columns(facts, t)]
    if not 0 < len(amounts) + len(persons) <= _MOST_TOLD:
        return ()  # a text that tells more than a few is a table in prose
    cells = list(_cells(facts))
    found = [(t, _money(facts, t, cells)) for t in amounts]
    found += [(t, _persons(t, cells, _columns(facts, t))) for t in persons]
    return tuple(
        _finding(facts, t, cell, refs[bisect_right(starts, t.start) - 1])
        for t, cell in sorted(found, key=lambda pair: pair[0].start)
        if cell is not None
    )


def _columns(facts: ReadFacts, told: Told) -> frozenset[int]:
    """The columns whose name stands before a number."""
    if told.bounded:
        return frozenset()
    columns = facts.allocations[0].table.columns
    heads = ((i, c.path[-1]) for i, c in enumerate(columns) if c.path)  # a column may have lost it
    return frozenset(i for i, head in heads if same_thing(told.before, head))


def _joined(facts: ReadFacts) -> tuple[str, list[int], list[Ref]]:
    """The running text without its line breaks, where each line begins, and the lines' places."""
    text, starts, refs = "", [], []
    for line in facts.body:
        if not line.furniture:
            starts.append(len(text))
            refs.append(line.ref)
            text += line.text.strip()
    return text, starts, refs


def _money(facts: ReadFacts, told: Told, cells: list[_Cell]) -> _Cell | None:
    money = [c for c in cells if c.base == told.number.measure.base]
    known = [(c.value, c.half) for c in money] + list(_amounts_of_forms(facts))
    if any(_equal(told.number, value, half) for value, half in known):
        return None
    totals = [c for c in money if c.total]
    meant = [c for c in totals if c.figure.sure and _may_be_meant(told.number, c.value)]
    return meant[-1] if meant and all(c.figure.sure for c in totals) else None


def _persons(told: Told, cells: list[_Cell], columns: frozenset[int]) -> _Cell | None:
    named = [c for c in cells if c.base == told.number.measure.base and c.column in columns]
    if any(_equal(told.number, c.value, c.half) for c in named):
        return None
    totals = [c for c in named if c.total and c.figure.sure]
    return totals[0] if len(totals) == 1 else None


def _finding(facts: ReadFacts, told: Told, cell: _Cell, ref: Ref) -> Finding:
    table = facts.allocations[cell.allocation].table
    scale = told.number.measure.factor
    item = table.columns[cell.column].item
    return Finding(
        "body-total",
        Severity.WARNING,
        f"The text says {told.before}{told.printed}, the total of {item} prints "
        f"{cell.figure.cell.printed}, which is {plain(cell.value / scale)}.",
        cause_of(facts, misread_as(told.number.value / scale, cell.value / scale)),
        table.number,
        table.rows[cell.row].number,
        table.columns[cell.column].number,
        told.printed,
        cell.value / scale,
        (told.number.value - cell.value) / scale,
        (told.number.half + cell.half) / scale,
        ref=ref,
    )
