"""Ruling lines as they are drawn in the wild enclose the cells that a reader sees."""

from itertools import pairwise

import pytest

from extract.grid import Grid, rules_to_grids
from extract.pages import Rule


def ruled(xs: list[float], ys: list[float]) -> list[Rule]:
    """A full grid, every line in one piece."""
    level = [Rule(xs[0], y, xs[-1], y) for y in ys]
    return level + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def piecewise(xs: list[float], ys: list[float], gap: float = 0.0) -> list[Rule]:
    """A full grid, drawn cell by cell as spreadsheets do."""
    level = [Rule(a + gap, y, b - gap, y) for y in ys for a, b in pairwise(xs)]
    upright = [Rule(x, a + gap, x, b - gap) for x in xs for a, b in pairwise(ys)]
    return level + upright


def spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]


XS = [50.0, 120.0, 190.0, 260.0]
YS = [100.0, 120.0, 140.0, 160.0, 180.0]
FULL = [(row, column, 1, 1) for row in range(4) for column in range(3)]
# 地区 over two rows, 人数 over two columns.
HEADER = [Rule(50, 100, 260, 100), Rule(120, 115, 260, 115), Rule(50, 130, 260, 130)]
HEADER += [Rule(50, 160, 260, 160), Rule(50, 100, 50, 160), Rule(120, 100, 120, 160)]
HEADER += [Rule(190, 115, 190, 160), Rule(260, 100, 260, 160)]


@pytest.mark.parametrize(
    "rules",
    [
        ruled(XS, YS),
        piecewise(XS, YS),
        piecewise(XS, YS, gap=1.5),
        # A double border, its lines 1.5 points apart.
        ruled(XS, YS) + ruled([48.5, 261.5], [98.5, 181.5]),
        # Every line a thin rectangle, stroked on its two sides.
        ruled([x + d for x in XS for d in (0, 0.7)], [y + d for y in YS for d in (0, 0.7)]),
        # Lines that end a little short or long.
        [Rule(51.5, y, 258, y) for y in YS] + [Rule(x, 98.5, x, 181) for x in XS],
        # No border on the left, none on the right, none above and below.
        [r for r in ruled(XS, YS) if r.x0 != 50 or r.level],
        [r for r in ruled(XS, YS) if r.x1 != 260 or r.level],
        [r for r in ruled(XS, YS) if r.level or r.x0 in XS[1:-1]],
        [r for r in ruled(XS, YS) if not r.level or r.y0 in YS[1:-1]],
        # An underline in a cell, a tick, and a line under the title.
        [*ruled(XS, YS), Rule(130, 135, 170, 135), Rule(50, 125, 54, 125), Rule(90, 60, 220, 60)],
    ],
    ids=[
        "whole",
        "by cells",
        "gaps",
        "double border",
        "thin boxes",
        "loose ends",
        "open left",
        "open right",
        "open sides",
        "open above and below",
        "underline",
    ],
)
def test_a_full_grid_however_it_is_drawn(rules):
    (grid,) = rules_to_grids(rules, 3)
    assert (grid.rows, grid.columns) == (4, 3)
    assert spans(grid) == FULL


def test_merged_header_cells_have_spans():
    (grid,) = rules_to_grids(HEADER, 3)
    assert spans(grid) == [
        (0, 0, 2, 1),
        (0, 1, 1, 2),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 0, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]
    assert (grid.cells[1].box.x0, grid.cells[1].box.x1) == (120, 260)


def test_tables_on_one_page_are_grids_from_top_to_bottom():
    below = ruled(XS, [y + 200 for y in YS])
    beside = ruled([300.0, 350.0, 400.0], YS)
    grids = rules_to_grids([*below, *beside, *ruled(XS, YS)], 3)
    assert [(g.box.y0, g.box.x0, g.columns) for g in grids] == [
        (100, 50, 3),
        (100, 300, 2),
        (300, 50, 3),
    ]


def test_a_frame_around_the_page_is_no_cell_of_the_table():
    grids = rules_to_grids(ruled(XS, YS) + ruled([10, 590], [10, 830]), 3)
    assert [spans(grid) for grid in grids] == [FULL]


def test_a_border_missing_within_makes_no_cell_that_is_no_rectangle():
    # The line between 地区 and 人数 is lost beside one row of the header.
    rules = [r for r in HEADER if r != Rule(120, 100, 120, 160)] + [Rule(120, 115, 120, 160)]
    (grid,) = rules_to_grids(rules, 3)
    places = [
        (row, column)
        for c in grid.cells
        for row in range(c.row, c.row + c.rowspan)
        for column in range(c.column, c.column + c.colspan)
    ]
    assert sorted(places) == [(row, column) for row in range(3) for column in range(3)]


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [Rule(50, 100, 500, 100)],
        ruled([50, 500], [100, 300]),
        [Rule(50, y, 500, y) for y in (100, 130, 400)],
        [Rule(x, y, x + 1, y) for x in range(100) for y in range(20)],
    ],
    ids=["nothing", "letterhead line", "frame", "three lines", "dots"],
)
def test_what_encloses_no_cells_is_no_grid(rules):
    assert rules_to_grids(rules, 3) == ()


def test_a_drawing_of_many_lines_is_no_table():
    hatching = [Rule(0, y * 5, 500, y * 5) for y in range(2000)]
    hatching += [Rule(x * 5, 0, x * 5, 10000) for x in range(2000)]
    assert rules_to_grids(hatching, 3) == ()


def test_thousands_of_pieces_are_still_one_grid():
    xs, ys = [10.0 + 20 * i for i in range(31)], [10.0 + 12 * i for i in range(61)]
    (grid,) = rules_to_grids(piecewise(xs, ys, gap=0.5), 3)
    assert (grid.rows, grid.columns, len(grid.cells)) == (60, 30, 1800)
