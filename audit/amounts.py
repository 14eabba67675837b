"""Amounts that two tables of one notice give for the same unit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from audit.sums import half_unit, is_figure
from audit.words import money_factor
from schemas.findings import Cause, Finding, Severity
from schemas.notice import Allocation, Performance
from schemas.source import Ref
from schemas.tables import AllocationTable, Quantity


@dataclass(frozen=True, slots=True)
class UnitAmount:
    """An amount that a performance table gives for a unit."""

    code: str
    name: str
    cell: Quantity
    value: Decimal
    measure: str
    table_no: int
    ref: Ref


@dataclass(frozen=True, slots=True)
class Pair:
    """An amount beside the row of an allocation table for the same unit."""

    amount: UnitAmount
    table: AllocationTable
    row: int


def _amount(
    code: str, name: str, cell: Quantity | None, measure: str, table: int
) -> UnitAmount | None:
    if cell is None or not is_figure(cell) or cell.value is None:
        return None
    return UnitAmount(code, name, cell, cell.value, cell.measure or measure, table, cell.ref)


def _amounts(performances: Iterable[Performance]) -> list[UnitAmount]:
    found: list[UnitAmount | None] = []
    for p in performances:
        if p.placement.unit is not None:
            unit, budget = p.placement.unit, p.table.budget
            total = budget.total if budget.total is not None else budget.budget
            found.append(_amount(unit.code, unit.name, total, p.table.measure, p.table.number))
        if p.amounts is None or not p.amounts.table.columns:
            continue
        for row, placement in zip(p.amounts.table.rows, p.amounts.placements, strict=True):
            if placement.unit is not None:
                code, name = placement.unit.code, placement.unit.name
                measure = p.amounts.table.columns[0].measure or p.table.measure
                found.append(_amount(code, name, row.cells[0], measure, p.table.number))
    return [a for a in found if a is not None]


def _pairs(allocations: Iterable[Allocation], amounts: list[UnitAmount]) -> list[Pair]:
    pairs: list[Pair] = []
    for allocation in allocations:
        codes = [p.unit.code if p.unit else None for p in allocation.placements]
        once = {c: i for i, c in enumerate(codes) if c is not None and codes.count(c) == 1}
        pairs += [Pair(a, allocation.table, once[a.code]) for a in amounts if a.code in once]
    return pairs


def _scale(pair: Pair, column: int) -> Decimal:
    """What one unit of the amount's measure is in the column's measure, 1 where unknown."""
    there = money_factor(pair.table.columns[column].measure or pair.table.measure)
    here = money_factor(pair.amount.measure)
    return here / there if here is not None and there is not None else Decimal(1)


def _difference(pair: Pair, column: int) -> tuple[Decimal, Decimal] | None:
    """(difference, tolerance) of the allocated figure from the amount, in the column's measure."""
    cell = pair.table.rows[pair.row].cells[column]
    if not is_figure(cell) or cell.value is None:
        return None
    scale = _scale(pair, column)
    tolerance = half_unit(cell) + half_unit(pair.amount.cell) * scale
    if scale == 1 and cell.decimals == pair.amount.cell.decimals:
        tolerance = Decimal(0)  # the same number printed twice
    return cell.value - pair.amount.value * scale, tolerance


def _agrees(pair: Pair, column: int) -> bool:
    found = _difference(pair, column)
    return found is not None and abs(found[0]) <= found[1]


def _column(pairs: list[Pair]) -> int | None:
    """The column that the amounts repeat: the one that agrees most often, and not just once by
    chance with a zero; None where no column agrees or several do equally."""
    votes: Counter[int] = Counter()
    for pair in pairs:
        if pair.amount.value != 0:
            votes.update(c for c in range(len(pair.table.columns)) if _agrees(pair, c))
    ranked = votes.most_common()
    if not ranked:
        return None
    best = [c for c, count in ranked if count == ranked[0][1]]
    return best[0] if len(best) == 1 else best[-1]


def _finding(pair: Pair, column: int) -> Finding | None:
    found = _difference(pair, column)
    if found is None or abs(found[0]) <= found[1]:
        return None
    row, head = pair.table.rows[pair.row], pair.table.columns[column]
    cell = row.cells[column]
    return Finding(
        "amount-mismatch",
        Severity.ERROR,
        f"{pair.amount.name}: the allocation table prints {cell.printed} in {head.item}, "
        f"performance table {pair.amount.table_no} prints {pair.amount.cell.printed}.",
        Cause.UNKNOWN,
        pair.table.number,
        row.number,
        head.number,
        cell.printed,
        pair.amount.value * _scale(pair, column),
        found[0],
        found[1],
        ref=cell.ref,
    )


def check_amounts_by_unit(
    allocations: tuple[Allocation, ...], performances: tuple[Performance, ...]
) -> tuple[Finding, ...]:
    """Where a unit's amount in a performance table is not the one allocated to it.

    Which column holds the amounts is learned from the units that agree; units that stand in more
    than one row are left out. Rule `amount-mismatch`; no pair at all gives no finding.
    """
    findings: list[Finding] = []
    amounts = _amounts(performances)
    for allocation in allocations:
        pairs = _pairs((allocation,), amounts)
        column = _column(pairs)
        if column is not None:
            findings += [f for f in (_finding(p, column) for p in pairs) if f is not None]
    return tuple(findings)
