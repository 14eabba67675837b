"""Cells read once more: the right place of the right page, whichever way the page lies."""

import math

import numpy as np
import pytest
from PIL import Image

from extract.scan.reread import reread
from schemas.errors import UnsupportedMediaError
from schemas.source import BoxRef, Media
from tests.extract.searchable.scanned import DPI, cell_box, document, saved, scan

WANTED = {"156430": (1, 1), "91.59": (1, 2), "2614": (2, 1), "-38.1": (2, 2)}


def ref_after_turn(row: int, column: int, degrees: float, page: int = 1) -> BoxRef:
    """The hull of a cell after the scan was turned counter-clockwise, as Pillow turns it."""
    x0, y0, x1, y1 = cell_box(row, column)
    flat, turned = scan().size, scan().rotate(degrees, expand=True).size
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    xs, ys = [], []
    for x, y in ((x0, y0), (x1, y0), (x0, y1), (x1, y1)):
        across, down = x - flat[0] / 2, y - flat[1] / 2
        xs.append((turned[0] / 2 + cos * across + sin * down) * 72 / DPI)
        ys.append((turned[1] / 2 - sin * across + cos * down) * 72 / DPI)
    return BoxRef(page, min(xs), min(ys), max(xs), max(ys))


@pytest.mark.parametrize("degrees", [0, 2, 90, 180])
def test_a_cell_is_read_again_where_it_stands(degrees: float) -> None:
    turned = scan().rotate(degrees, expand=True, fillcolor=252, resample=Image.Resampling.BICUBIC)
    scanned = document(saved(turned, "PNG", dpi=(DPI, DPI)), Media.SCAN)
    refs = {text: ref_after_turn(*place, degrees) for text, place in WANTED.items()}
    found = reread(scanned, refs.values())
    assert {text: found[ref][0] for text, ref in refs.items()} == {text: text for text in WANTED}


def test_the_page_of_a_cell_is_looked_at() -> None:
    blank = scan().point(lambda level: 255)
    data = saved(blank, "PDF", resolution=DPI, save_all=True, append_images=[scan()])
    ref = ref_after_turn(3, 1, 0, page=2)
    assert reread(document(data, Media.PDF), [ref])[ref][0] == "58305"


def test_a_place_off_the_page_has_no_reading() -> None:
    scanned = document(saved(scan(), "PNG", dpi=(DPI, DPI)), Media.SCAN)
    assert reread(scanned, [BoxRef(1, 9000, 9000, 9010, 9010)]) == {}
    assert reread(scanned, []) == {}


def test_a_text_has_no_picture() -> None:
    text = document(np.array([49]).astype(np.uint8).tobytes(), Media.TEXT)
    with pytest.raises(UnsupportedMediaError):
        reread(text, [BoxRef(1, 0, 0, 10, 10)])
