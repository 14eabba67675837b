"""The amount that a performance table prints for a unit beside that unit's allocation row.

Which column the forms repeat is learned from the units that agree, never from its name.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from audit.cross.causes import cause_of, is_one_slip, misread_as
from audit.cross.facts import Agreement, Figure, ReadFacts, figure_at, rows_by_code
from audit.cross.measures import plain
from audit.sums import half_unit, is_figure
from audit.words import money_factor
from schemas.findings import Finding, Severity
from schemas.notice import Performance
from schemas.places import Placement
from schemas.source import Ref
from schemas.tables import AllocationTable, Quantity

# One amount of fewer digits agrees with any column by chance.
_TELLING_DIGITS = 3


@dataclass(frozen=True, slots=True)
class _Amount:
    """What a performance table prints for a unit, and for which project."""

    code: str
    name: str
    project: str
    cell: Quantity
    value: Decimal
    measure: str
    table_no: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class _Pair:
    """An amount beside the row of the same unit in an allocation table."""

    amount: _Amount
    row: int


def _amount(
    performance: Performance, placement: Placement, cell: Quantity | None, measure: str
) -> _Amount | None:
    table, unit = performance.table, placement.unit
    if unit is None or not unit.code or cell is None or not is_figure(cell) or cell.value is None:
        return None
    measure = cell.measure or measure or table.measure
    return _Amount(
        unit.code, unit.name, table.project, cell, cell.value, measure, table.number, cell.ref
    )


def _amounts_of(performance: Performance) -> list[_Amount]:
    budget = performance.table.budget
    total = budget.total if budget.total is not None else budget.budget
    found = [_amount(performance, performance.placement, total, "")]
    across = performance.amounts
    if across is not None and across.table.columns:
        measure = across.table.columns[0].measure
        for row, placement in zip(across.table.rows, across.placements, strict=True):
            found.append(_amount(performance, placement, row.cells[0], measure))
    return [amount for amount in found if amount is not None]


def _by_project(facts: ReadFacts) -> list[list[_Amount]]:
    """The amounts of each project; a unit with two different amounts for one is left out."""
    groups: dict[str, list[_Amount]] = defaultdict(list)
    for performance in facts.performances:
        for amount in _amounts_of(performance):
            groups[amount.project].append(amount)
    kept: list[list[_Amount]] = []
    for group in groups.values():
        values: dict[str, set[Decimal]] = defaultdict(set)
        for amount in group:
            values[amount.code].add(amount.value)
        once = {a.code: a for a in reversed(group) if len(values[a.code]) == 1}
        kept.append(list(once.values())[::-1])
    return kept


def _compare(
    amount: _Amount, figure: Figure, table: AllocationTable, column: int
) -> tuple[Decimal, Decimal, Decimal]:
    """(the amount in the column's measure, the figure less that, what rounding allows)."""
    there = money_factor(table.columns[column].measure or table.measure)
    here = money_factor(amount.measure)
    scale = here / there if here is not None and there is not None else Decimal(1)
    same = scale == 1 and figure.cell.decimals == amount.cell.decimals
    tolerance = Decimal(0) if same else figure.half + half_unit(amount.cell) * scale
    return amount.value * scale, figure.value - amount.value * scale, tolerance


@dataclass(frozen=True, slots=True)
class _Link:
    """An allocation table's column that the forms of one project repeat."""

    allocation: int
    column: int
    agreeing: tuple[_Pair, ...]
    other: tuple[_Pair, ...]


def _digits(value: Decimal) -> int:
    """How many digits a number has without idle zeros: 2 for 1500."""
    return len(value.normalize().as_tuple().digits)


def _link(facts: ReadFacts, allocation: int, column: int, pairs: list[_Pair]) -> _Link | None:
    table = facts.allocations[allocation].table
    agreeing, other = list[_Pair](), list[_Pair]()
    for pair in pairs:
        figure = figure_at(facts, allocation, pair.row, column)
        if figure is None:
            continue
        _, difference, tolerance = _compare(pair.amount, figure, table, column)
        (agreeing if abs(difference) <= tolerance else other).append(pair)
    telling = {p.amount.value for p in agreeing if p.amount.value != 0}
    alone = len(telling) == 1 and _digits(next(iter(telling))) < _TELLING_DIGITS
    if not telling or alone:
        return None
    return _Link(allocation, column, tuple(agreeing), tuple(other))


def _links(facts: ReadFacts) -> list[list[_Link]]:
    """For each allocation table and project the columns that agree most often, all of a tie."""
    found: list[list[_Link]] = []
    for amounts in _by_project(facts):
        for index, allocation in enumerate(facts.allocations):
            rows = rows_by_code(allocation)
            pairs = [_Pair(a, rows[a.code]) for a in amounts if a.code in rows]
            links: list[_Link] = []
            for column in _money_columns(allocation.table):
                link = _link(facts, index, column, pairs)
                links += [link] if link is not None else []
            most = max((len(link.agreeing) for link in links), default=0)
            best = [link for link in links if len(link.agreeing) == most]
            if best:
                found.append(best)
    return found


def amount_agreements(facts: ReadFacts) -> tuple[Agreement, ...]:
    """The cells of allocation tables that a performance table repeats as its 年度资金总额.

    Each counts as one equation that holds with the cell and does not come from its own table. Only
    the columns are counted that fit most of the forms; of several that fit equally well (拨付资金
    equals 合计 where nothing is settled) none, for the forms cannot tell which they mean.
    """
    return tuple(
        Agreement(
            link.allocation,
            pair.row,
            link.column,
            pair.amount.table_no,
            _in_column(facts, link, pair),
        )
        for best in _links(facts)
        if len(best) == 1
        for link in best
        for pair in link.agreeing
    )


def _in_column(facts: ReadFacts, link: _Link, pair: _Pair) -> Decimal:
    figure = figure_at(facts, link.allocation, pair.row, link.column)
    table = facts.allocations[link.allocation].table
    return (
        pair.amount.value
        if figure is None
        else _compare(pair.amount, figure, table, link.column)[0]
    )


def check_amounts(facts: ReadFacts) -> tuple[Finding, ...]:
    """A unit whose allocation is not the amount of its performance table: rule `amount-mismatch`.

    Told where at least two units agree in the column, and more agree than do not; where fewer do,
    of an amount that one slip makes of the figure. A unit that fits any of several equally
    good columns is left alone.
    """
    findings: list[Finding] = []
    for best in _links(facts):
        fits = {pair for link in best for pair in link.agreeing}
        link = best[-1]
        if len(link.agreeing) < len(link.other):
            continue
        outvoted = len(link.agreeing) > max(1, len(link.other))
        others = [p for p in link.other if p not in fits and (outvoted or _typo(facts, link, p))]
        found = [_finding(facts, link, pair) for pair in others]
        findings += [f for f in found if f is not None]
    found = [_finding(facts, link, pair) for link, pair in _alone(facts)]
    return (*findings, *(f for f in found if f is not None))


def _alone(facts: ReadFacts) -> list[tuple[_Link, _Pair]]:
    """The amounts of projects with one form, that no table repeats and that are one slip away
    from exactly one figure of their unit."""
    found: list[tuple[_Link, _Pair]] = []
    for amounts in _by_project(facts):
        near = list[tuple[_Link, _Pair]]()
        for index, allocation in enumerate(facts.allocations):
            rows = rows_by_code(allocation)
            pairs = [_Pair(a, rows[a.code]) for a in amounts if a.code in rows]
            for column in _money_columns(allocation.table):
                link = _Link(index, column, (), tuple(pairs))
                near += [(link, pair) for pair in pairs if _is_near(facts, link, pair)]
        if len(amounts) == 1 and len(near) == 1 and _typo(facts, *near[0]):
            found += near
    return found


def _money_columns(table: AllocationTable) -> list[int]:
    measures = [(i, c.measure or table.measure) for i, c in enumerate(table.columns)]
    return [
        i
        for i, measure in measures
        if not table.columns[i].is_text and (not measure or money_factor(measure) is not None)
    ]


def _is_near(facts: ReadFacts, link: _Link, pair: _Pair) -> bool:
    """Whether the amount is the figure, or one slip away from it."""
    figure = figure_at(facts, link.allocation, pair.row, link.column)
    if figure is None or _digits(pair.amount.value) <= _TELLING_DIGITS:
        return False
    table = facts.allocations[link.allocation].table
    value, difference, tolerance = _compare(pair.amount, figure, table, link.column)
    return abs(difference) <= tolerance or is_one_slip(figure.value, value)


def _typo(facts: ReadFacts, link: _Link, pair: _Pair) -> bool:
    """Whether the amount is the figure with one digit wrong, or two changed places, and is none of
    the other figures of the row."""
    figure = figure_at(facts, link.allocation, pair.row, link.column)
    if figure is None or _digits(pair.amount.value) < _TELLING_DIGITS:
        return False
    table = facts.allocations[link.allocation].table
    value, _, tolerance = _compare(pair.amount, figure, table, link.column)
    beside = (
        figure_at(facts, link.allocation, pair.row, column)
        for column in range(len(table.columns))
        if column != link.column
    )
    if any(abs(other.value - value) <= tolerance for other in beside if other is not None):
        return False
    return is_one_slip(figure.value, value)


def _finding(facts: ReadFacts, link: _Link, pair: _Pair) -> Finding | None:
    figure = figure_at(facts, link.allocation, pair.row, link.column)
    if figure is None or not figure.sure:
        return None
    table = facts.allocations[link.allocation].table
    row, head = table.rows[pair.row], table.columns[link.column]
    value, difference, tolerance = _compare(pair.amount, figure, table, link.column)
    return Finding(
        "amount-mismatch",
        Severity.ERROR,
        f"{pair.amount.name}: the allocation table prints {figure.cell.printed} in {head.item}, "
        f"performance table {pair.amount.table_no} prints {pair.amount.cell.printed}"
        + (f"; {len(link.agreeing)} other units agree." if link.agreeing else "."),
        cause_of(facts, misread_as(figure.value, value)),
        table.number,
        row.number,
        head.number,
        figure.cell.printed,
        value,
        Decimal(plain(difference)),
        tolerance,
        ref=figure.cell.ref,
    )
