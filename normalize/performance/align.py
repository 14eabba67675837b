"""Cells of a row to the fields of a form, in order: the cheapest monotone assignment."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Alignment:
    """`fields[i]` is the field of cell i, None where it fits none; `cost` is the whole cost."""

    cost: int
    fields: tuple[int | None, ...]


def align(
    cells: int,
    fields: int,
    cost: Callable[[int, int], int],
    skip_cell: int,
    skip_field: Callable[[int], int],
) -> Alignment:
    """Needleman and Wunsch (1970): each cell takes one field or none, and no two cross.

    >>> align(2, 3, lambda c, f: abs(c - f), 9, lambda f: 1).fields
    (0, 1)
    """
    best: list[list[tuple[int, tuple[int | None, ...]]]] = [[(0, ())]]
    for field in range(fields):
        last = best[0][-1]
        best[0].append((last[0] + skip_field(field), ()))
    for cell in range(cells):
        row = [(best[cell][0][0] + skip_cell, (*best[cell][0][1], None))]
        for field in range(fields):
            above, left, corner = best[cell][field + 1], row[-1], best[cell][field]
            row.append(
                min(
                    (corner[0] + cost(cell, field), (*corner[1], field)),
                    (left[0] + skip_field(field), left[1]),
                    (above[0] + skip_cell, (*above[1], None)),
                    key=lambda entry: entry[0],
                )
            )
        best.append(row)
    return Alignment(*best[cells][fields])
