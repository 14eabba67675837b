"""An upright rule that is missed must not move the columns right of it."""

import cv2
import numpy as np
import pytest

from extract.grid import page_to_blocks
from extract.scan import picture_to_page
from extract.scan.lattice import darkness_to_lattice
from extract.scan.page import TOLERANCE
from extract.scan.picture import Pixels
from schemas.source import RawTable
from tests.extract.scan.geometry import drawing

ROWS = tuple(range(100, 500, 45))
COLUMNS = (80, 230, 360, 490, 620)


def figure(row: int, column: int) -> str:
    return str(1000 + row * 791 + column * 1047)


def ruled(missing: int | None) -> Pixels:
    """Four columns of figures, with one upright rule left out."""
    page = np.full((560, 720, 3), 248, np.uint8)
    for y in ROWS:
        cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], y), (20, 20, 20), 2)
    for i, x in enumerate(COLUMNS):
        if i != missing:
            cv2.line(page, (x, ROWS[0]), (x, ROWS[-1]), (20, 20, 20), 2)
    for row, y in enumerate(ROWS[:-1]):
        for column, x in enumerate(COLUMNS[:-1]):
            middle = (x + COLUMNS[column + 1]) // 2, y + 23
            drawing.write(page, figure(row, column), middle, 20)
    return page


@pytest.mark.parametrize("missing", [None, 2])
def test_figures_side_by_side_in_every_row_are_two_columns(missing: int | None) -> None:
    reading = picture_to_page(drawing.picture(ruled(missing)), 1)
    (table,) = (b for b in page_to_blocks(reading.page, TOLERANCE) if isinstance(b, RawTable))
    assert [[cell.text for cell in row] for row in table.rows] == [
        [figure(row, column) for column in range(4)] for row in range(len(ROWS) - 1)
    ]
    said = [finding.rule for finding in reading.findings]
    assert said == ([] if missing is None else ["missed-rules"])


def test_rules_of_two_tables_that_nearly_line_up_are_both_found() -> None:
    page = np.zeros((1200, 700), np.uint8)
    for top, middle in ((100, 340), (700, 350)):
        for y in range(top, top + 401, 50):
            page[y : y + 2, 80:602] = 255
        for x in (80, middle, 600):
            page[top : top + 402, x : x + 2] = 255
    found = [round(drawn.line.y(900)) for drawn in darkness_to_lattice(page).upright]
    assert sum(abs(x - 350) <= 2 for x in found) == 1
    assert sum(abs(x - 340) <= 2 for x in found) == 1
