"""Where text is found on a page without ruling lines."""

import numpy as np

from extract.scan.recognise import PixelBox, find_text
from tests.extract.scan.recognise.printing import cells


def test_each_run_of_text_has_its_box() -> None:
    page = np.full((400, 700), 255, np.uint8)
    places = {(40, 60): "乌鲁木齐市", (400, 60): "156430", (40, 220): "木垒县"}
    for (x, y), cell in zip(places, cells(list(places.values())), strict=True):
        page[y : y + cell.shape[0], x : x + cell.shape[1]] = cell
    boxes = find_text(page)
    assert len(boxes) == len(places)
    for (x, y), box in zip(places, boxes, strict=True):
        assert PixelBox(x, y, x + 160, y + 52) != box
        assert x <= (box.left + box.right) / 2 <= x + 160
        assert y <= (box.top + box.bottom) / 2 <= y + 52


def test_a_blank_page_has_none() -> None:
    assert find_text(np.full((300, 500, 3), 255, np.uint8)) == ()
    assert find_text(np.zeros((0, 0), np.uint8)) == ()
