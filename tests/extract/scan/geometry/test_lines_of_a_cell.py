"""Marks of a cell to lines of text."""

import numpy as np

from extract.scan.picture import Area
from extract.scan.prints import marks_to_lines

USUAL = 12.0


def test_a_stroke_at_the_top_of_a_line_is_of_that_line() -> None:
    marks = np.array([[620, 208, 636, 216, 90], [370, 209, 750, 228, 4000]])
    assert marks_to_lines(marks, USUAL) == (Area(370, 208, 750, 228),)


def test_lines_that_lie_close_stay_two() -> None:
    marks = np.array([[10, 10, 90, 30, 900], [10, 29, 90, 49, 900]])
    assert len(marks_to_lines(marks, USUAL)) == 2
