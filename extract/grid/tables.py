"""A grid and the words within it, to a raw table."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.grid.printing import words_to_readings, words_to_text
from extract.grid.types import Grid, GridCell
from extract.pages import Box, Page, Placing, Word
from schemas.source import BoxRef, Cell, RawTable, Reader

# Print may stand this far over the outer border, in points.
_OVER = 1.5


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A cell of a grid with the words whose middle lies in it."""

    cell: GridCell
    words: tuple[Word, ...]


def grid_to_table(grid: Grid, words: Sequence[Word], page: Page, reader: Reader) -> RawTable:
    """The raw table of a grid: every place of it is a cell, covered places have both spans 0.

    Words outside the grid are not looked at. The reference of a cell is its box on the page.
    """
    inside = [word for word in words if in_box(word, grid.box)]
    return filled_to_table(fill_grid(grid, inside), grid.rows, grid.columns, page, reader)


def in_box(word: Word, box: Box) -> bool:
    """Whether the middle of a word lies in a box."""
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return box.x0 - _OVER <= x <= box.x1 + _OVER and box.y0 - _OVER <= y <= box.y1 + _OVER


def fill_grid(grid: Grid, words: Sequence[Word]) -> tuple[FilledCell, ...]:
    """The cells of a grid, each with those of the words within it, in their order."""
    xs = sorted({cell.box.x0 for cell in grid.cells})
    ys = sorted({cell.box.y0 for cell in grid.cells})
    at = [[0] * grid.columns for _ in range(grid.rows)]
    for i, cell in enumerate(grid.cells):
        for row in range(cell.row, cell.row + cell.rowspan):
            at[row][cell.column : cell.column + cell.colspan] = [i] * cell.colspan
    held: dict[int, list[Word]] = {}
    for word in words:
        box = word.box
        column = bisect_right(xs, (box.x0 + box.x1) / 2) - 1
        row = bisect_right(ys, (box.y0 + box.y1) / 2) - 1
        held.setdefault(at[max(row, 0)][max(column, 0)], []).append(word)
    return tuple(FilledCell(cell, tuple(held.get(i, ()))) for i, cell in enumerate(grid.cells))


def filled_to_table(
    filled: Sequence[FilledCell], rows: int, columns: int, page: Page, reader: Reader
) -> RawTable:
    """Cells with their words as a raw table of `rows` × `columns` places."""
    # Most pages are shown as they are upright.
    place = _as_it_is if page.placing == Placing() else page.placing.box_to_ref
    places: list[list[Cell | None]] = [[None] * columns for _ in range(rows)]
    for one in filled:
        cell = one.cell
        width = cell.box.x1 - cell.box.x0
        printed = Cell(
            words_to_text(one.words, width) if one.words else "",
            place(cell.box, page.number),
            cell.rowspan,
            cell.colspan,
            words_to_readings(one.words, width) if one.words else (),
        )
        if cell.rowspan > 1 or cell.colspan > 1:
            covered = replace(printed, text="", rowspan=0, colspan=0, readings=())
            for row in range(cell.row, cell.row + cell.rowspan):
                for column in range(cell.column, cell.column + cell.colspan):
                    places[row][column] = covered
        places[cell.row][cell.column] = printed
    return RawTable(
        tuple(tuple(cell for cell in row if cell is not None) for row in places),
        reader,
        page.number,
    )


def _as_it_is(box: Box, page: int) -> BoxRef:
    return BoxRef(page, box.x0, box.y0, box.x1, box.y1)
