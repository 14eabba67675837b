"""The rows of a Word table, each cell as its row prints it, laid out as a full grid."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.joining import join_parts
from extract.limits import MOST_CELLS
from extract.tables import Row
from schemas.errors import TooLargeError
from schemas.source import Cell, LineRef

MOST_SPAN = 1_000
# 3 mm, in twentieths of a point: no character of a table is narrower with its margins.
_NARROWEST = 170


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell with its first grid column. `continues` says that it is merged with the cell above."""

    text: str
    ref: LineRef
    column: int
    colspan: int
    continues: bool


def snapped(
    rows: Sequence[Sequence[WordCell]], widths: Sequence[int]
) -> Sequence[Sequence[WordCell]]:
    """Rows whose borders stand nearly below each other, as if they stood exactly so.

    Borders moved by hand part a column of the grid in two, one of them narrower than any print.
    `widths` are those of the grid's columns, in twentieths of a point. Where a cell would vanish
    the rows stay as they are.
    """
    place = [0]
    for width in widths[:-1]:
        place.append(place[-1] + (width >= _NARROWEST))
    if len(widths) < 2 or place[-1] == len(widths) - 1:
        return rows
    place.append(place[-1] + 1)

    def moved(column: int) -> int:
        past = column - len(widths)
        return place[-1] + past if past > 0 else place[column]

    found = [
        [
            replace(
                c, column=moved(c.column), colspan=moved(c.column + c.colspan) - moved(c.column)
            )
            for c in row
        ]
        for row in rows
    ]
    return rows if any(cell.colspan < 1 for row in found for cell in row) else found


def rows_to_grid(rows: Sequence[Sequence[WordCell]]) -> tuple[Row, ...]:
    """A full grid with spans; () where no row has a cell. Raises TooLargeError.

    Columns in which no cell begins are left out. A cell that says it goes on from above, where
    nothing begins above, is a cell of its own.
    """
    begins = sorted({cell.column for row in rows for cell in row})
    if len(rows) * len(begins) > MOST_CELLS:
        raise TooLargeError(f"a table asks for {len(rows):,} rows of {len(begins):,} cells")
    if not begins:
        return ()
    blank = next(row[0].ref for row in rows if row)
    grid = [[Cell("", LineRef(row[0].ref.line) if row else blank)] * len(begins) for row in rows]
    above: dict[int, tuple[int, int]] = {}
    for r, row in enumerate(rows):
        held: dict[int, tuple[int, int]] = {}
        for cell in row:
            first = bisect_left(begins, cell.column)
            end = max(bisect_left(begins, cell.column + cell.colspan), first + 1)
            origin = above.get(cell.column)
            goes_on = cell.continues and origin is not None and origin[1] == end
            top = origin[0] if goes_on and origin is not None else r
            held[cell.column] = (top, end)
            grid[r][first:end] = [Cell("", cell.ref, 0, 0)] * (end - first)
            if goes_on:
                grid[top][first] = _taller(grid[top][first], cell.text)
            else:
                grid[r][first] = Cell(cell.text, cell.ref, 1, end - first)
        above = held
    return tuple(tuple(row) for row in grid)


def _taller(cell: Cell, text: str) -> Cell:
    """A merged cell one row further down; what stands in its lower part is printed too."""
    return Cell(join_parts((cell.text, text)), cell.ref, cell.rowspan + 1, cell.colspan)
