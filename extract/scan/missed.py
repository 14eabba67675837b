"""Upright rules that were missed: columns of which every row prints two figures side by side.

A rule too faint to be found would leave one column where two are printed, and every column right of
it one place off. What is printed shows it: a river of paper runs down between the figures.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

from extract.claims import looks_like_figure
from extract.grid import Grid, GridCell
from extract.pages import Box, Rule, Word
from extract.scan.picture import Area
from extract.scan.specks import Marks

# In heights of print: paper between two figures; what is left of a rule is taller than figures.
_RIVER = 0.7
_TALL = 1.5
# In pixels at 200 dpi.
_THIN = 5
_SIDE = 3
_LEAST_AREA = 5
# Rows that show the river, of those that print anything; and rows whose print runs across it.
_LEAST_ROWS, _MOST, _FEW = 3, 0.6, 0.34


@dataclass(frozen=True, slots=True)
class River:
    """Where a rule may run down a column: at `x`, through the cells with these boxes (in points),
    each printed on one side of it or on both."""

    x: float
    cells: tuple[Box, ...]


def grid_to_rivers(grid: Grid, marks: Marks, usual: float, point: float) -> Iterator[River]:
    """The columns of a grid that print two texts side by side in most of their rows.

    `marks` are in pixels, each `point` points wide; `usual` is the height of print in pixels.
    """
    single = [cell for cell in grid.cells if cell.colspan == 1]
    by_column = sorted(single, key=lambda cell: (cell.column, cell.row))
    for _, cells in groupby(by_column, key=lambda cell: cell.column):
        river = _river(list(cells), marks, usual, point)
        if river is not None:
            yield river


def _river(cells: Sequence[GridCell], marks: Marks, usual: float, point: float) -> River | None:
    areas = [_to_pixels(cell.box, point) for cell in cells]
    left = min(area.x0 for area in areas)
    width = max(area.x1 for area in areas) - left
    rows = [_inked(area, marks, left, width, usual) for area in areas]
    printed = [row for row in rows if row.any()]
    if len(printed) < _LEAST_ROWS:
        return None
    shown = np.sum([_between(row, _RIVER * usual) for row in printed], axis=0)
    across = np.sum(printed, axis=0)
    enough = max(_LEAST_ROWS, _MOST * len(printed))
    good = (shown >= enough) & (across <= _FEW * len(printed))
    if not good.any():
        return None
    best = np.flatnonzero(good & (shown - across == (shown - across)[good].max()))
    # The middle of the first stretch of paper that is as good as any.
    breaks = np.flatnonzero(np.diff(best) > 1)
    stretch = best[: int(breaks[0]) + 1] if breaks.size else best
    at = int(stretch[stretch.size // 2])
    free = (cell.box for cell, row in zip(cells, rows, strict=True) if not row[at])
    return River((left + at) * point, tuple(free))


def _inked(cell: Area, marks: Marks, left: int, width: int, usual: float) -> npt.NDArray[np.bool_]:
    """Where along its column a cell is printed, without what is left of rules."""
    x, y = (marks[:, 0] + marks[:, 2]) / 2, (marks[:, 1] + marks[:, 3]) / 2
    held = (x > cell.x0) & (x < cell.x1) & (y > cell.y0) & (y < cell.y1)
    thin = marks[:, 2] - marks[:, 0] <= _THIN
    at_side = (x < cell.x0 + 2 * _SIDE) | (x > cell.x1 - 2 * _SIDE)
    rule = thin & ((marks[:, 3] - marks[:, 1] >= _TALL * usual) | at_side)
    row = np.zeros(width, np.bool_)
    for x0, _, x1, _, _ in marks[held & ~rule & (marks[:, 4] >= _LEAST_AREA)].tolist():
        row[max(x0 - left, 0) : max(x1 - left, 0)] = True
    return row


def _between(row: npt.NDArray[np.bool_], least: float) -> npt.NDArray[np.bool_]:
    """Where a row is paper between print on both sides, wide enough to part two figures."""
    inked = np.flatnonzero(row)
    found = np.zeros(row.size, np.bool_)
    for at in np.flatnonzero(np.diff(inked) > least).tolist():
        found[inked[at] + _SIDE : inked[at + 1] - _SIDE + 1] = True
    return found


def parted(cell: Area, box: Box, rivers: Sequence[River], point: float) -> tuple[Area, ...]:
    """A cell in pixels, cut where rivers run through its box (the same in points)."""
    edges = [cell.x0, *(round(r.x / point) for r in rivers if box in r.cells), cell.x1]
    return tuple(Area(x0, cell.y0, x1, cell.y1) for x0, x1 in pairwise(edges))


def rivers_to_rules(rivers: Sequence[River], words: Sequence[Word]) -> tuple[Rule, ...]:
    """A rule through every cell of the rivers that part figures from figures."""
    return tuple(
        Rule(river.x, box.y0, river.x, box.y1)
        for river in rivers
        if _parts_figures(river, words)
        for box in river.cells
    )


def _parts_figures(river: River, words: Sequence[Word]) -> bool:
    both = figures = 0
    for box in river.cells:
        inside = [word for word in words if _holds(box, word)]
        before = "".join(word.text for word in inside if word.box.x1 <= river.x + 1)
        after = "".join(word.text for word in inside if word.box.x0 >= river.x - 1)
        both += bool(before and after)
        figures += looks_like_figure(before) and looks_like_figure(after)
    return figures >= _LEAST_ROWS and 2 * figures > both


def _holds(box: Box, word: Word) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return box.x0 < x < box.x1 and box.y0 < y < box.y1


def _to_pixels(box: Box, point: float) -> Area:
    return Area(*(round(v / point) for v in (box.x0, box.y0, box.x1, box.y1)))
