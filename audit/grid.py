"""A table's figures as integers, so that thousands of sums can be tried at once."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from audit.words import is_ratio_measure
from schemas.tables import AllocationTable, CellKind, Quantity

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

_MAX_DECIMALS: Final = 6
_LIMIT: Final = 10**13


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a table that may add up, as arrays of shape (rows, columns).

    `columns` are indices into the table's columns. `value` counts units of the last place of its
    column (two decimals: 1.5 is 150); `ulp` is the unit of the last printed place of each cell in
    the same count, 0 where nothing is printed. A blank or × counts as nothing to add; `known` is
    False where a figure stands that could not be read, `filled` where a number stands.
    """

    columns: tuple[int, ...]
    value: IntArray
    ulp: IntArray
    known: BoolArray
    filled: BoolArray


def _scaled(cell: Quantity, scale: int) -> tuple[int, int, bool, bool]:
    """A cell as (value, ulp, known, filled)."""
    if cell.kind in (CellKind.BLANK, CellKind.NOT_APPLICABLE):
        return 0, 0, True, False
    if cell.kind is not CellKind.NUMBER or cell.value is None or is_ratio_measure(cell.measure):
        return 0, 0, False, False
    if not cell.value.is_finite() or cell.value.adjusted() > 13:
        return 0, 0, False, False
    value = int(cell.value.scaleb(scale).to_integral_value())
    if abs(value) > _LIMIT:
        return 0, 0, False, False
    return value, max(1, 10 ** max(0, scale - cell.decimals)), True, True


def _may_add_up(cells: list[Quantity]) -> bool:
    numbers = [c for c in cells if c.kind is CellKind.NUMBER]
    ratios = sum(is_ratio_measure(c.measure) for c in numbers)
    return len(numbers) > 1 and 2 * ratios < len(numbers)


def table_to_grid(table: AllocationTable) -> Grid:
    """The columns that may add up: figures that are not percentages, rates or words."""
    columns: list[int] = []
    arrays: list[tuple[list[int], list[int], list[bool], list[bool]]] = []
    for index, column in enumerate(table.columns):
        cells = [row.cells[index] for row in table.rows]
        if column.is_text or is_ratio_measure(column.measure) or not _may_add_up(cells):
            continue
        places = [c.decimals for c in cells if c.kind is CellKind.NUMBER]
        scale = min(max(places), _MAX_DECIMALS)
        value, ulp, known, filled = zip(*(_scaled(c, scale) for c in cells), strict=True)
        columns.append(index)
        arrays.append((list(value), list(ulp), list(known), list(filled)))
    shape = (len(arrays), len(table.rows))
    return Grid(
        tuple(columns),
        np.array([a[0] for a in arrays], np.int64).reshape(shape).T,
        np.array([a[1] for a in arrays], np.int64).reshape(shape).T,
        np.array([a[2] for a in arrays], np.bool_).reshape(shape).T,
        np.array([a[3] for a in arrays], np.bool_).reshape(shape).T,
    )
