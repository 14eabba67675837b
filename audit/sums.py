"""The sums of a table's blocks column by column, in exact decimals."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.words import is_ratio_measure
from schemas.proofs import Block, Structure
from schemas.tables import AllocationTable, CellKind, Quantity

_MAX_DIGITS = 30


@dataclass(frozen=True, slots=True)
class ColumnSum:
    """A block in one column: the head as printed, what its parts add up to, and the rounding that
    their print allows. `column` is an index from 0."""

    block: Block
    column: int
    printed: Quantity
    head: Decimal
    parts: Decimal
    tolerance: Decimal

    @property
    def holds(self) -> bool:
        """Whether head and parts agree within rounding."""
        return abs(self.head - self.parts) <= self.tolerance


def is_figure(cell: Quantity) -> bool:
    """Whether a cell prints a finite number of a length that a budget can have."""
    value = cell.value
    if cell.kind is not CellKind.NUMBER or value is None or not value.is_finite():
        return False
    return value.adjusted() < _MAX_DIGITS and cell.decimals < _MAX_DIGITS


def half_unit(cell: Quantity) -> Decimal:
    """Half a unit of the last printed place: what a rounded figure may be off by.

    For a cell printed `91.59` it is 0.005, for `6638` it is 0.5.
    """
    return Decimal(5).scaleb(-cell.decimals - 1)


def _sum(table: AllocationTable, block: Block, column: int) -> ColumnSum | None:
    head = table.rows[block.head].cells[column]
    parts = [table.rows[p].cells[column] for p in block.parts]
    if not is_figure(head) or is_ratio_measure(head.measure) or head.value is None:
        return None
    total, tolerance, seen = Decimal(0), half_unit(head), 0
    for cell in parts:
        if cell.kind in (CellKind.BLANK, CellKind.NOT_APPLICABLE):
            continue
        if not is_figure(cell) or cell.value is None:
            return None
        total += cell.value
        tolerance += half_unit(cell)
        seen += 1
    if not seen or (head.value == 0 and all(c.value in (None, 0) for c in parts)):
        return None
    return ColumnSum(block, column, head, head.value, total, tolerance)


def column_sums(table: AllocationTable, structure: Structure) -> Iterator[ColumnSum]:
    """Every block's sum in every column where head and parts are figures; 0 = 0 is left out."""
    for index, column in enumerate(table.columns):
        if column.is_text or is_ratio_measure(column.measure):
            continue
        for block in structure.blocks:
            found = _sum(table, block, index)
            if found is not None:
                yield found


def _looks_like_rate(table: AllocationTable, found: ColumnSum) -> bool:
    """Whether the head lies among its parts, as a mean or a rate does and a sum does not."""
    values = [table.rows[p].cells[found.column].value for p in found.block.parts]
    numbers = [v for v in values if v is not None]
    return len(numbers) > 1 and min(numbers) <= found.head <= max(numbers) and min(numbers) >= 0


def additive_columns(table: AllocationTable, structure: Structure) -> frozenset[int]:
    """The columns (from 0) in which the blocks' sums are meant to hold.

    Those in which at least half of the sums hold; and those in which none does, when there are too
    few to tell and the heads exceed their parts.
    """
    good: dict[int, int] = {}
    bad: dict[int, list[ColumnSum]] = {}
    for found in column_sums(table, structure):
        if found.holds:
            good[found.column] = good.get(found.column, 0) + 1
        else:
            bad.setdefault(found.column, []).append(found)
    result = set[int]()
    for column in good.keys() | bad.keys():
        held, failed = good.get(column, 0), bad.get(column, [])
        few = not held and len(failed) < 3
        rates = any(_looks_like_rate(table, f) for f in failed)
        if held >= max(1, len(failed)) or (few and not rates):
            result.add(column)
    return frozenset(result)
