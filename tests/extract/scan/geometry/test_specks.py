"""Dirt beside figures is not read as points; points and minus signs are not taken for dirt."""

import numpy as np
import pytest

from extract.scan.picture import Area
from extract.scan.prints import cell_to_print

CELL = Area(0, 0, 200, 50)
FIGURE = [[60 + 14 * i, 15, 72 + 14 * i, 35, 120] for i in range(4)]


def ends(*more: list[int]) -> list[tuple[int, int]]:
    """From where to where the lines of a cell run that prints a figure and something more."""
    marks = sorted([*FIGURE, *more], key=lambda mark: mark[1])
    return [(line.x0, line.x1) for line in cell_to_print(np.array(marks), CELL, 20).lines]


@pytest.mark.parametrize(
    "speck",
    [
        [130, 31, 133, 34, 9],
        [150, 24, 153, 27, 9],
        [45, 33, 48, 36, 9],
        [18, 24, 21, 27, 9],
        [90, 4, 93, 7, 9],
        [90, 41, 94, 44, 9],
    ],
)
def test_a_speck_off_the_print_is_no_print(speck: list[int]) -> None:
    assert ends(speck) == [(60, 114)]
    assert Area(*speck[:4]) in cell_to_print(np.array([*FIGURE, speck]), CELL, 20).dirt


@pytest.mark.parametrize("stub", [[-1, 42, 4, 52, 40], [194, -1, 201, 8, 40]])
def test_the_stub_of_a_broken_rule_in_a_corner_is_no_print(stub: list[int]) -> None:
    assert ends(stub) == [(60, 114)]


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        ([45, 24, 55, 26, 20], (45, 114)),  # a minus sign
        ([50, 24, 53, 26, 6], (50, 114)),  # what a faint copy leaves of one
        ([33, 24, 36, 26, 6], (33, 114)),  # the same of a full-width one
        ([116, 32, 119, 35, 9], (60, 119)),  # a point where the figure ends
        ([120, 15, 122, 35, 40], (60, 122)),  # a thin 1
    ],
)
def test_signs_of_the_figure_are_kept(mark: list[int], expected: tuple[int, int]) -> None:
    assert ends(mark) == [expected]


def test_the_two_dots_of_a_colon_are_kept() -> None:
    assert ends([124, 18, 127, 21, 9], [124, 26, 127, 29, 9]) == [(60, 127)]


def test_a_lone_dot_in_a_cell_is_kept() -> None:
    marks = np.array([[60, 30, 63, 33, 9]])
    assert len(cell_to_print(marks, CELL, 20).lines) == 1
