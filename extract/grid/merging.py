"""Places of a grid and the borders drawn between them, to cells with spans."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extract.grid.types import Grid, GridCell
from extract.pages import Box

Flags = npt.NDArray[np.bool_]
# First row, first column, last row, last column.
_Span = tuple[int, int, int, int]


def borders_to_grid(above: Flags, beside: Flags, xs: Sequence[float], ys: Sequence[float]) -> Grid:
    """The grid of lines at `xs` and `ys` whose borders are known; its cells in reading order.

    `above[r, c]` says that a line is drawn above row r over column c (r up to the number of rows),
    `beside[r, c]` that one is drawn left of column c beside row r. Where lines are missing so that
    what is left is no rectangle, it is cut into rectangles along the lines of its neighbours: no
    cell grows over a border that is drawn.
    """
    spans: list[_Span] = []
    # Nothing is merged over a line that is drawn all across: most rows stand between two of them.
    closed = (np.flatnonzero(above[1:-1].all(axis=1)) + 1).tolist()
    for first, end in pairwise([0, *closed, beside.shape[0]]):
        rows = [_row_to_runs(row, beside) for row in range(first, end)]
        if len(rows) == 1:
            spans.extend(rows[0])
            continue
        for runs in _regions(rows, above):
            spans.extend(_runs_to_spans(runs, above))
    # A line at which no cell begins parts nothing.
    row_at = {first: i for i, first in enumerate(sorted({span[0] for span in spans}))}
    column_at = {first: i for i, first in enumerate(sorted({span[1] for span in spans}))}
    row_at[len(ys) - 1], column_at[len(xs) - 1] = len(row_at), len(column_at)
    cells: list[GridCell] = []
    for row, column, last_row, last_column in sorted(spans):
        end_row, end_column = last_row + 1, last_column + 1
        cells.append(
            GridCell(
                row_at[row],
                column_at[column],
                row_at[end_row] - row_at[row],
                column_at[end_column] - column_at[column],
                Box(xs[column], ys[row], xs[end_column], ys[end_row]),
            )
        )
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    return Grid(tuple(cells), row_at[len(ys) - 1], column_at[len(xs) - 1], box)


def _row_to_runs(row: int, beside: Flags) -> list[_Span]:
    """The runs of places of a row with no line between them."""
    columns = beside.shape[1] - 1
    cuts = (np.flatnonzero(beside[row, 1:columns]) + 1).tolist()
    return [(row, first, row, end - 1) for first, end in pairwise([0, *cuts, columns])]


def _regions(rows: Sequence[Sequence[_Span]], above: Flags) -> list[list[_Span]]:
    """Runs of successive rows grouped where they join downwards."""
    groups: list[list[_Span]] = []
    group_of: dict[_Span, list[_Span]] = {}
    upper: Sequence[_Span] = []
    for runs in rows:
        at = 0
        for run in runs:
            group: list[_Span] = [run]
            group_of[run] = group
            groups.append(group)
            while upper and upper[at][3] < run[1]:
                at += 1
            for over in upper[at:]:
                if over[1] > run[3]:
                    break
                if group_of[over] is not group_of[run] and _joins(over, run, above):
                    merged, taken = group_of[over], group_of[run]
                    merged.extend(taken)
                    for span in taken:
                        group_of[span] = merged
                    taken.clear()
        upper = runs
    return [group for group in groups if group]


def _joins(over: _Span, run: _Span, above: Flags) -> bool:
    return _is_open(above[run[0], max(over[1], run[1]) : min(over[3], run[3]) + 1])


def _is_open(borders: Flags) -> bool:
    """Whether less than half of a border is drawn."""
    if borders.size == 1:
        return not borders[0]
    return bool(np.count_nonzero(borders) * 2 < borders.size)


def _runs_to_spans(runs: Sequence[_Span], above: Flags) -> list[_Span]:
    """Runs of one region as rectangles: those of the same columns under each other become one."""
    if len(runs) == 1:
        return list(runs)
    spans: list[_Span] = []
    for row, first, _, last in sorted(runs):
        for i, span in enumerate(spans):
            same = (span[1], span[3]) == (first, last) and span[2] == row - 1
            if same and _is_open(above[row, first : last + 1]):
                spans[i] = (span[0], first, row, last)
                break
        else:
            spans.append((row, first, row, last))
    return spans
