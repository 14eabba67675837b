"""The figures of a table as whole numbers of the last place of their column."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from schemas.tables import AllocationTable, CellKind, Quantity

Cell = tuple[int, int]
"""A cell of a table as (row, column), both from 0."""

# A column has usual values where those that come so often make up this share of it.
_OFTEN: Final = 3
_USUAL: Final = 0.8
# Share of figures with the same places from which these are the places of the column.
_FIXED: Final = 0.85
# Share of figures that may lack places and still only have dropped zeros at their end.
_DROPPED: Final = 0.2
# Share of figures that begin with a nought from which a column holds codes.
_CODES: Final = 0.2
# A count of the last place is a machine integer: no budget has more digits.
_MAX_PLACES: Final = 6
_MAX_SIZE: Final = 14
_EMPTY: Final = (CellKind.BLANK, CellKind.NOT_APPLICABLE)
_NUMBER: Final = re.compile(r"-?([0-9]+)(?:\.([0-9]+))?%?")


@dataclass(frozen=True, slots=True)
class Figures:
    """`values[row][column]` counts units of the last place that its column prints (91.59 is 9159
    in a column of two places); None where no usable number stands. `ulps` gives the unit of the
    cell's own last printed place in the same count. `scales` are the places of the columns, `odd`
    the cells that print more places than that: their count is rounded, so they prove nothing.
    `short` are cells with fewer places in a column that else prints all of them, zeros too;
    `words` are the columns of words, whose numbers are none of ours. `digits` are the digits of
    cells whose count does not show them (0456, and those of `odd`), `others` the counts that other
    readings of the same picture gave. `moved` are those of rows that may stand in other columns.
    `empty` are the cells of columns of figures in which nothing
    stands, or ×: nothing to add, or lost.
    """

    values: tuple[tuple[int | None, ...], ...]
    ulps: tuple[tuple[int, ...], ...]
    scales: tuple[int, ...]
    odd: frozenset[Cell]
    short: frozenset[Cell]
    words: frozenset[int]
    digits: Mapping[Cell, str] = field(default_factory=dict)
    others: Mapping[Cell, tuple[int, ...]] = field(default_factory=dict)
    empty: frozenset[Cell] = frozenset()
    moved: frozenset[Cell] = frozenset()

    def value(self, cell: Cell) -> int | None:
        """The figure at a cell."""
        return self.values[cell[0]][cell[1]]

    def decimal(self, column: int, value: int) -> Decimal:
        """A count of units of a column's last place as the number that it is."""
        return Decimal(value).scaleb(-self.scales[column])


def _scaled(cell: Quantity, scale: int) -> int | None:
    value = cell.value
    if cell.kind is not CellKind.NUMBER or value is None or not value.is_finite():
        return None
    if value.adjusted() + scale > _MAX_SIZE:
        return None
    return int(value.scaleb(scale).to_integral_value())


def _scale(cells: list[Quantity]) -> int:
    """The places of a column: the most that its figures print, float noise aside.

    Where nearly all print the same places, the few that print more were misread (3786.10 as
    3786.910), and so was a single one that prints more than all others.
    """
    places = Counter(c.decimals for c in cells if c.kind is CellKind.NUMBER)
    if not places:
        return 0
    usual, count = places.most_common(1)[0]
    most = max(places)
    if usual and count >= _FIXED * places.total():
        most = usual
    elif places[most] == 1 and places.total() > 3:
        most = max(p for p in places if p != most)
    return min(most, _MAX_PLACES)


def _drops_zeros(cells: list[Quantity], scale: int) -> bool:
    """Whether figures with fewer places are as exact as the others: 707.4 beside 91.59 is 707.40.

    Spreadsheets drop zeros at the end, of one figure in ten; more than that is another precision.
    """
    numbers = [c for c in cells if c.kind is CellKind.NUMBER]
    return sum(c.decimals < scale for c in numbers) <= _DROPPED * len(numbers)


def _prints_zeros(cells: list[Quantity], scale: int) -> bool:
    """Whether a column prints all its places, also where they end in zeros."""
    full = [c for c in cells if c.kind is CellKind.NUMBER and c.decimals == scale]
    numbers = sum(c.kind is CellKind.NUMBER for c in cells)
    ending = any(c.value is not None and int(c.value.scaleb(scale)) % 10 == 0 for c in full)
    return scale > 0 and ending and len(full) >= _FIXED * numbers


def _digits(cell: Quantity, scale: int, codes: bool) -> str:
    """The printed digits of a number whose count of the column's last place hides some, else "";
    in a column of codes a nought in front is nothing strange."""
    found = _NUMBER.fullmatch(cell.printed.replace(",", "").replace(" ", ""))
    if found is None:
        return ""
    whole, places = found[1], found[2] or ""
    hidden = len(places) > scale or (not codes and len(whole) > 1 and whole[0] == "0")
    return whole + places.ljust(scale, "0") if hidden else ""


def _holds_codes(cells: list[Quantity]) -> bool:
    """Whether numbers of a column begin with a nought more than now and then, as codes do."""
    numbers = [c.printed.strip() for c in cells if c.kind is CellKind.NUMBER]
    led = sum(len(text) > 1 and text[0] == "0" and text[1].isdigit() for text in numbers)
    return led > 1 and led >= _CODES * len(numbers)


def _readings(cell: Quantity, scale: int) -> tuple[int, ...]:
    """What other readings gave, as counts of the column's last place."""
    counts = []
    for value in cell.readings:
        if value.is_finite() and value.adjusted() + scale <= _MAX_SIZE:
            count = value.scaleb(scale)
            if count == count.to_integral_value():
                counts.append(int(count))
    return tuple(dict.fromkeys(counts))


def table_to_figures(table: AllocationTable) -> Figures:
    """The figures of all columns; words, blanks and numbers of more than 14 digits are None."""
    scales: list[int] = []
    values: list[list[int | None]] = []
    ulps: list[list[int]] = []
    odd: set[Cell] = set()
    short: set[Cell] = set()
    digits: dict[Cell, str] = {}
    others: dict[Cell, tuple[int, ...]] = {}
    for index, column in enumerate(table.columns):
        cells = [row.cells[index] for row in table.rows]
        scale = _scale(cells)
        scales.append(scale)
        if column.is_text:
            values.append([None] * len(cells))
        else:
            values.append([_scaled(c, scale) for c in cells])
        exact = _drops_zeros(cells, scale)
        ulps.append([1 if exact else 10 ** max(0, scale - c.decimals) for c in cells])
        if _prints_zeros(cells, scale):
            short |= {(row, index) for row, cell in enumerate(cells) if cell.decimals < scale}
        codes = _holds_codes(cells)
        for row, cell in enumerate(cells):
            if values[-1][row] is not None and (hidden := _digits(cell, scale, codes)):
                digits[row, index] = hidden
            if cell.readings and (counts := _readings(cell, scale)):
                others[row, index] = counts
        odd |= {
            (row, index)
            for row, (cell, value) in enumerate(zip(cells, values[-1], strict=True))
            if value is not None and cell.value != Decimal(value).scaleb(-scale)
        }
    return Figures(
        tuple(zip(*values, strict=True)),
        tuple(zip(*ulps, strict=True)),
        tuple(scales),
        frozenset(odd),
        frozenset(short),
        frozenset(i for i, c in enumerate(table.columns) if c.is_text),
        digits,
        others,
        frozenset(
            (row, index)
            for row, line in enumerate(table.rows)
            for index, cell in enumerate(line.cells)
            if cell.kind in _EMPTY and not table.columns[index].is_text
        ),
        frozenset(
            (row, index)
            for row, line in enumerate(table.rows)
            if line.shift_uncertain
            for index in range(len(line.cells))
        ),
    )


Levels = dict[int, frozenset[int]]
"""The usual values of columns that have few."""


def usual_levels(figures: Figures) -> Levels:
    """The columns in which a few values come again and again, with those values."""
    found: Levels = {}
    for column in range(len(figures.scales)):
        counts = Counter(line[column] for line in figures.values if line[column] is not None)
        often = [v for v, n in counts.items() if n >= _OFTEN and v is not None]
        usual = sum(counts[v] for v in often) >= _USUAL * counts.total()
        if usual and len(often) * 8 <= counts.total():
            found[column] = frozenset(often)
    return found
