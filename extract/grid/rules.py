"""Ruling lines to grids: which places they enclose, and which of those are merged.

The way of Nurminen (Algorithmic Extraction of Data in Tables in PDF Documents, 2013): edges,
crossings, connected lines, enclosed places; merged cells are places with no line between them.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from extract.grid.merging import borders_to_grid
from extract.grid.segments import Segment, clusters, rules_to_segments
from extract.grid.types import Grid
from extract.pages import Rule

Flags = npt.NDArray[np.bool_]

# A border that is drawn over this share of a cell's side closes it.
_CLOSES = 0.6
# More lines than this are a drawing, and no table.
_MOST_LINES = 3_000
MOST_PLACES = 40_000


def rules_to_grids(rules: Sequence[Rule], tolerance: float) -> tuple[Grid, ...]:
    """The grids that the rules of one page enclose, from top to bottom and left to right.

    `tolerance` in points says how far ends and lines may lie from where they should: 3 for typed
    pages, where lines are doubled and drawn in pieces; more for pictures. Borders missing on the
    outside are drawn where the inner lines end together. Frames of one cell are no grids.

    >>> lines = [Rule(0, y, 90, y) for y in (0, 20, 40)]
    >>> grid, = rules_to_grids([*lines, Rule(0, 0, 0, 40), Rule(30, 20, 30, 40)], 3)
    >>> [(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]
    [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]
    """
    level, upright = rules_to_segments(rules, tolerance)
    if not level or not upright or len(level) + len(upright) > _MOST_LINES:
        return ()
    grids = [
        grid
        for lines in _connected(level, upright, tolerance)
        if (grid := _lines_to_grid(*lines, tolerance)) is not None
    ]
    return tuple(sorted(grids, key=lambda grid: (grid.box.y0, grid.box.x0)))


def _connected(
    level: Sequence[Segment], upright: Sequence[Segment], tolerance: float
) -> list[tuple[list[Segment], list[Segment]]]:
    """Lines that cross or touch, directly or through others, group by group."""
    crossing = _crossings(level, upright, tolerance)
    left = set(range(len(level)))
    groups: list[tuple[list[Segment], list[Segment]]] = []
    while left:
        rows = {left.pop()}
        columns: set[int] = set()
        fresh = set(rows)
        while fresh:
            found = {int(c) for c in np.flatnonzero(crossing[sorted(fresh)].any(axis=0))} - columns
            columns |= found
            fresh = (
                {int(r) for r in np.flatnonzero(crossing[:, sorted(found)].any(axis=1))} - rows
                if found
                else set()
            )
            rows |= fresh
        left -= rows
        if columns:
            groups.append(([level[r] for r in sorted(rows)], [upright[c] for c in sorted(columns)]))
    return groups


def _crossings(level: Sequence[Segment], upright: Sequence[Segment], tolerance: float) -> Flags:
    h = np.array([(s.at, s.start, s.end) for s in level])[:, None, :]
    v = np.array([(s.at, s.start, s.end) for s in upright])[None, :, :]
    meets: Flags = (
        (v[..., 0] >= h[..., 1] - tolerance)
        & (v[..., 0] <= h[..., 2] + tolerance)
        & (h[..., 0] >= v[..., 1] - tolerance)
        & (h[..., 0] <= v[..., 2] + tolerance)
    )
    return meets


def _lines_to_grid(level: list[Segment], upright: list[Segment], tolerance: float) -> Grid | None:
    """The grid of connected lines, or None where they enclose fewer than two cells."""
    upright = [*upright, *_outer(level, upright, tolerance)]
    level = [*level, *_outer(upright, level, tolerance)]
    for _ in range(4):
        rows, columns = clusters(sorted(level), tolerance), clusters(sorted(upright), tolerance)
        ys, xs = _places(rows), _places(columns)
        if len(ys) < 2 or len(xs) < 2 or (len(ys) - 1) * (len(xs) - 1) > MOST_PLACES:
            return None
        above, beside = _covered(rows, xs, tolerance), _covered(columns, ys, tolerance)
        kept_level, kept_upright = _drawing(rows, above), _drawing(columns, beside)
        if len(kept_level) == len(level) and len(kept_upright) == len(upright):
            break
        level, upright = kept_level, kept_upright
    grid = borders_to_grid(above, beside.T, xs, ys)
    return grid if len(grid.cells) > 1 else None


def _outer(lines: Sequence[Segment], across: Sequence[Segment], tolerance: float) -> list[Segment]:
    """The outer borders that are missing: where at least two lines run on beyond the last line
    across them and end together."""
    first = min(s.at for s in across) - 2 * tolerance
    last = max(s.at for s in across) + 2 * tolerance
    starts = sorted((s.start, s.at) for s in lines if s.start < first)
    ends = sorted((s.end, s.at) for s in lines if s.end > last)
    found: list[Segment] = []
    for over in (starts, ends):
        for group in clusters([Segment(end, at, at) for end, at in over], tolerance):
            spots = [s.start for s in group]
            if len(group) * 2 > len(over) and max(spots) - min(spots) > 2 * tolerance:
                middle = sum(s.at for s in group) / len(group)
                found.append(Segment(middle, min(spots), max(spots)))
    return found


def _places(groups: Sequence[Sequence[Segment]]) -> list[float]:
    """Where the lines of a grid stand: the middle, by length, of each group of them."""
    places: list[float] = []
    for group in groups:
        weight = sum(s.end - s.start for s in group)
        places.append(round(sum(s.at * (s.end - s.start) for s in group) / weight, 3))
    return places


def _covered(
    groups: Sequence[Sequence[Segment]], across: Sequence[float], tolerance: float
) -> Flags:
    """For each group of lines and each step across, whether a line is drawn."""
    stops = np.array(across)
    share = np.zeros((len(groups), len(across) - 1))
    for row, group in enumerate(groups):
        for line in group:
            start, end = line.start - tolerance / 2, line.end + tolerance / 2
            over = np.minimum(end, stops[1:]) - np.maximum(start, stops[:-1])
            share[row] += np.maximum(over, 0)
    flags: Flags = share >= _CLOSES * (stops[1:] - stops[:-1])
    return flags


def _drawing(groups: Sequence[Sequence[Segment]], covered: Flags) -> list[Segment]:
    """The lines that close a cell somewhere; others are underlines, ticks and loose ends."""
    return [line for row, group in enumerate(groups) if covered[row].any() for line in group]
