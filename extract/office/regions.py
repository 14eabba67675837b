"""The cells of a sheet become running lines and tables, in print order.

A sheet has no tables, only cells. Rows in which no cell begins part its regions. In a region the
rows of one text (titles, notes) and of fields (单位：万元) above the first row of several cells are
lines; the rest is a table. A title between rows begins a new region.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from extract.claims import looks_like_figure
from extract.joining import join_parts
from extract.landmarks import is_measure, is_title
from extract.limits import MOST_CELLS
from extract.lines import is_furniture
from extract.office.sheet import Merge, Place, SheetGrid
from extract.tables import Row, split_sides
from schemas.errors import TooLargeError
from schemas.source import Block, Cell, Line, RawTable, Reader, SheetRef

_FIELD = regex.compile(r"[^。；]{1,25}[:：][^。；]{0,30}")
_MARK = regex.compile(r"附(?:件|表)\s*[0-9一二三四五六七八九十]{0,3}(?:-[0-9]{1,2})?\s*[:：]?")
_YEAR = regex.compile(r"[(（]?\d{4}(?:-\d{4})?年度?[)）]?")


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet by its rows: what begins in each, and the merged cells by where they begin."""

    number: int
    cells: Mapping[Place, str]
    rows: Mapping[int, tuple[int, ...]]
    merges: Mapping[Place, Merge]
    covered: Mapping[Place, Merge]

    def texts(self, row: int) -> list[str]:
        """What stands in a row, from left to right."""
        return [join_parts((self.cells[row, column],)) for column in self.rows[row]]

    def lines(self, row: int) -> Iterator[Line]:
        """The cells of a row as lines of running text."""
        for column in self.rows[row]:
            ref = SheetRef(self.number, row, column)
            for text in self.cells[row, column].split("\n"):
                yield Line(text, ref, self.number, is_furniture(text))


def grid_to_blocks(grid: SheetGrid, number: int) -> tuple[Block, ...]:
    """A sheet as lines and tables. `number` is that of the sheet."""
    sheet = _sheet(grid, number)
    blocks: list[Block] = []
    columns: tuple[int, ...] = ()
    for region in _regions(sheet):
        lines, rows = _split(sheet, region)
        blocks += lines
        if rows:
            columns = _columns(sheet, rows, columns)
            blocks += _tables(sheet, rows, columns)
    return tuple(blocks)


def hidden_texts(grid: SheetGrid) -> tuple[Place, ...]:
    """Cells that hold a text under a merged cell, which then does not show it."""
    return tuple(sorted(set(grid.cells) & set(_covered(grid))))


def _covered(grid: SheetGrid) -> dict[Place, Merge]:
    """The places that merged cells with a text cover, in rows and columns that have any text; of
    two that overlap, which no program allows, the first counts. Raises TooLargeError."""
    rows = sorted({row for row, _ in grid.cells})
    columns = sorted({column for _, column in grid.cells})
    covered: dict[Place, Merge] = {}
    for merge in grid.merges:
        first = (merge.top, merge.left)
        if first not in grid.cells or first in covered:
            continue
        tall = rows[bisect_left(rows, merge.top) : bisect_right(rows, merge.bottom)]
        broad = columns[bisect_left(columns, merge.left) : bisect_right(columns, merge.right)]
        if len(covered) + len(tall) * len(broad) > MOST_CELLS:
            raise TooLargeError(f"the merged cells of a sheet cover more than {MOST_CELLS:,} cells")
        places = [(row, column) for row in tall for column in broad if (row, column) != first]
        if not any(place in covered for place in places):
            covered.update(dict.fromkeys(places, merge))
    return covered


def _sheet(grid: SheetGrid, number: int) -> _Sheet:
    covered = _covered(grid)
    rows: dict[int, list[int]] = {}
    for row, column in sorted(grid.cells):
        if (row, column) not in covered:
            rows.setdefault(row, []).append(column)
    held = {row: tuple(columns) for row, columns in rows.items()}
    firsts = {(merge.top, merge.left): merge for merge in reversed(grid.merges)}
    return _Sheet(number, grid.cells, held, firsts, covered)


def _regions(sheet: _Sheet) -> list[list[int]]:
    """The rows of each region. A gap between rows of figures is no end: some leave rows blank.

    `reach` is the last row of the merged cells so far: rows that they cover are no gap.
    """
    regions: list[list[int]] = []
    reach = 0
    for row, columns in sheet.rows.items():
        apart = row - 1 > reach and not (regions and _goes_on(sheet, regions[-1], row))
        if not regions or apart or _is_title_row(sheet, row):
            regions.append([row])
        else:
            regions[-1].append(row)
        merges = (sheet.merges[row, column] for column in columns if (row, column) in sheet.merges)
        reach = max(reach, row, *(merge.bottom for merge in merges))
    return regions


def _goes_on(sheet: _Sheet, region: Sequence[int], row: int) -> bool:
    """Whether a row below a gap belongs to the rows above it: both have figures behind a name."""
    above = sheet.rows[region[-1]]
    same_place = above[0] == sheet.rows[row][0]
    return same_place and _has_figures(sheet, row) and _has_figures(sheet, region[-1])


def _has_figures(sheet: _Sheet, row: int) -> bool:
    texts = sheet.texts(row)[1:]
    figures = sum(looks_like_figure(text) for text in texts)
    return len(texts) > 0 and figures * 2 > len(texts)


def _is_title_row(sheet: _Sheet, row: int) -> bool:
    texts = sheet.texts(row)
    return len(texts) == 1 and is_title(texts[0])


def _split(sheet: _Sheet, region: Sequence[int]) -> tuple[list[Line], Sequence[int]]:
    """The lines above the table of a region, and the rows of the table."""
    wide = any(len(sheet.rows[row]) > 1 for row in region)
    first = 0
    while first < len(region) and (not wide or _is_above(sheet, region[first])):
        first += 1
    lines = [line for row in region[:first] for line in sheet.lines(row)]
    return lines, region[first:]


def _columns(sheet: _Sheet, rows: Sequence[int], before: tuple[int, ...]) -> tuple[int, ...]:
    """The columns of a table: those in which a cell begins. Rows of figures without a header go on
    below the table `before` and keep its columns, blank ones too."""
    own = tuple(sorted({column for row in rows for column in sheet.rows[row]}))
    return before if _has_figures(sheet, rows[0]) and set(own) <= set(before) else own


def _tables(sheet: _Sheet, rows: Sequence[int], columns: Sequence[int]) -> Iterator[RawTable]:
    """A full grid; tables side by side one after another."""
    if len(rows) * len(columns) > MOST_CELLS:
        raise TooLargeError(f"a table asks for {len(rows):,} rows of {len(columns):,} cells")
    grid = tuple(tuple(_cell(sheet, row, column, rows, columns) for column in columns)
                 for row in rows)  # fmt: skip
    sides = split_sides(grid)
    # No merged cell may reach from one side into the other.
    whole = all(_is_whole(side) for side in sides)
    for side in sides if whole else (grid,):
        yield RawTable(side, Reader.SHEET, sheet.number)


def _is_whole(rows: Sequence[Row]) -> bool:
    """Whether the cells of a table take just its places."""
    return sum(c.rowspan * c.colspan for row in rows for c in row) == sum(map(len, rows))


def _is_above(sheet: _Sheet, row: int) -> bool:
    """Whether a row is no row of a table yet: one text, or nothing but fields and marks."""
    texts = sheet.texts(row)
    return len(texts) == 1 or all(
        is_measure(t) or _FIELD.fullmatch(t) or _MARK.fullmatch(t) or _YEAR.fullmatch(t)
        for t in texts
    )


def _cell(
    sheet: _Sheet, row: int, column: int, rows: Sequence[int], columns: Sequence[int]
) -> Cell:
    ref = SheetRef(sheet.number, row, column)
    over = sheet.covered.get((row, column))
    if over is not None:
        # A title that is merged down over a row of the table stands outside the table.
        return Cell("", ref, 0, 0) if over.top >= rows[0] else Cell("", ref)
    text = join_parts((sheet.cells.get((row, column), ""),))
    merge = sheet.merges.get((row, column))
    if merge is None or not text:
        return Cell(text, ref)
    rowspan = bisect_right(rows, merge.bottom) - bisect_left(rows, merge.top)
    colspan = bisect_right(columns, merge.right) - bisect_left(columns, merge.left)
    return Cell(text, ref, rowspan, colspan)
