"""Unreadable figures: what the equations and other readings of the picture say they are.

A place holder stands in for what cannot be read, as a misreading would: the first of the other
readings, or the printed digits with zeros for the spoilt ones (`1?3` as 103). What the equations
then make of it is taken only where it fits the printed characters or another reading.
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Final

from audit.figures import Cell, Figures
from schemas.tables import AllocationTable, CellKind

_FIGURE: Final = re.compile(r"[-0-9.]")
# Digits that a count of the last place has room for.
_MAX_LENGTH: Final = 14
# Of a table with more unreadable cells nothing is filled in.
_MAX_HOLES: Final = 200


def _place_holder(printed: str, scale: int) -> int:
    """`1?3` in a column of whole numbers as 103, `■1.5` in one of two places as 150."""
    text = "".join(c if _FIGURE.match(c) else "0" for c in printed if c not in ", %")
    whole, _, places = text.lstrip("-").replace("-", "0").partition(".")
    digits = (whole + places.replace(".", "0")[:scale].ljust(scale, "0"))[:_MAX_LENGTH]
    return int(digits or "0")


def holes_of(table: AllocationTable, figures: Figures) -> tuple[Cell, ...]:
    """The unreadable cells of columns of figures; none where they are too many to be told apart."""
    holes = tuple(
        (r, c)
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row.cells)
        if cell.kind is CellKind.UNREADABLE and c not in figures.words
    )
    return holes if len(holes) <= _MAX_HOLES else ()


def filled(table: AllocationTable, figures: Figures, holes: tuple[Cell, ...]) -> Figures:
    """The figures with a place holder in each of the holes."""
    if not holes:
        return figures
    values = [list(line) for line in figures.values]
    for row, column in holes:
        others = figures.others.get((row, column))
        printed = table.rows[row].cells[column].printed
        scale = figures.scales[column]
        values[row][column] = others[0] if others else _place_holder(printed, scale)
    return replace(figures, values=tuple(tuple(line) for line in values))


def fits_print(printed: str, value: Decimal) -> bool:
    """Whether a number may stand behind spoilt characters, each of which hides one or two.

    >>> [fits_print("1?3", Decimal(n)) for n in (123, 143, 1203, 13, 124)]
    [True, True, True, False, False]
    """
    pattern = "".join(
        re.escape(c) if _FIGURE.match(c) else "[0-9.]{1,2}" for c in printed if c not in ", %"
    )
    plain = format(value, "f")
    spelled = {plain, plain.rstrip("0").rstrip(".")} if "." in plain else {plain}
    return any(re.fullmatch(pattern, text) for text in spelled)
