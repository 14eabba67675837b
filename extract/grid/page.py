"""A page as blocks: its tables and running lines in reading order."""

from collections.abc import Sequence
from dataclasses import replace

from extract.grid.aligned import words_to_aligned
from extract.grid.doubt import columns_are_uncertain
from extract.grid.lines import words_to_lines
from extract.grid.rules import rules_to_grids
from extract.grid.splitting import split_rows
from extract.grid.tables import FilledCell, fill_grid, filled_to_table, in_box
from extract.grid.types import Grid
from extract.pages import Box, Page, Word
from schemas.source import Block, Reader

# In points: rules of typed pages meet where they cross.
TYPED_TOLERANCE = 3.0
# A grid with fewer cells that hold words is a frame, not a table.
_LEAST_FILLED = 2


def page_to_blocks(page: Page, tolerance: float = TYPED_TOLERANCE) -> tuple[Block, ...]:
    """The tables and running lines of a page, from top to bottom.

    Ruled tables come first into their own; of the words that are left, columns of figures are a
    table without rules, and the rest are lines. `page.typed` chooses between the readers for typed
    pages and for pictures. No word is left out.
    """
    ruled = Reader.RULED if page.typed else Reader.PICTURE
    aligned = Reader.ALIGNED if page.typed else Reader.PICTURE_ALIGNED
    blocks: list[tuple[Box, Block]] = []
    free = list(page.words)
    # The smallest first: a table that stands within a cell of another keeps its words.
    grids = rules_to_grids(page.rules, tolerance)
    for grid in sorted(grids, key=lambda g: (g.box.x1 - g.box.x0) * (g.box.y1 - g.box.y0)):
        inside = [word for word in free if in_box(word, grid.box)]
        filled = fill_grid(grid, inside)
        if not _is_table(grid, filled):
            continue
        held = {id(word) for word in inside}
        free = [word for word in free if id(word) not in held]
        split, rows = split_rows(filled, grid.rows)
        reader = ruled if rows == grid.rows else aligned
        table = filled_to_table(split, rows, grid.columns, page, reader)
        if not page.typed and columns_are_uncertain(split):
            table = replace(table, uncertain=True)
        blocks.append((grid.box, table))
    taken = [box for box, _ in blocks]
    for found in words_to_aligned(free, page, aligned, taken):
        blocks.append((found.box, found.table))
        used = {id(word) for word in found.words}
        free = [word for word in free if id(word) not in used]
    return in_print_order(blocks, free, page)


def _is_table(grid: Grid, filled: Sequence[FilledCell]) -> bool:
    """Frames around running text, blank frames and drawings are no tables."""
    return grid.columns > 1 and sum(bool(one.words) for one in filled) >= _LEAST_FILLED


def in_print_order(
    tables: Sequence[tuple[Box, Block]], words: Sequence[Word], page: Page
) -> tuple[Block, ...]:
    """Tables with the lines between them: a paragraph never runs past a table."""
    ordered = sorted(tables, key=lambda entry: (entry[0].y0, entry[0].x0))
    blocks: list[Block] = []
    left = list(words)
    for box, table in ordered:
        above = [word for word in left if (word.box.y0 + word.box.y1) / 2 < box.y0]
        taken = {id(word) for word in above}
        blocks.extend(words_to_lines(above, page))
        blocks.append(table)
        left = [word for word in left if id(word) not in taken]
    blocks.extend(words_to_lines(left, page))
    return tuple(blocks)
