"""A picture of no print has no table, however many lines and marks it shows."""

import cv2
import numpy as np

from extract.grid import page_to_blocks
from extract.scan.legible import shows_no_print
from extract.scan.page import TOLERANCE, picture_to_page
from extract.scan.picture import Picture
from schemas.source import RawTable


def test_a_bad_copy_is_still_print() -> None:
    assert not shows_no_print([*[0.3] * 80, *[0.95] * 20])
    assert not shows_no_print([0.7] * 100)
    assert not shows_no_print([0.1, 0.2])


def test_tiles_of_a_floor_are_no_table() -> None:
    rng = np.random.default_rng(5)
    grain = cv2.resize(rng.normal(0, 45, (70, 100)).astype(np.float32), (500, 350))
    floor = np.full((350, 500), 200, np.float32)
    floor[::110] = floor[1::110] = floor[2::110] = 60
    floor[:, ::170] = floor[:, 1::170] = floor[:, 2::170] = 60
    pixels = np.clip(floor + grain, 0, 255).astype(np.uint8)
    reading = picture_to_page(Picture(np.repeat(pixels[..., None], 3, axis=2), 200), 1)
    assert [finding.rule for finding in reading.findings] == ["too-many-marks"]
    assert reading.page.rules == ()
    blocks = page_to_blocks(reading.page, TOLERANCE)
    assert not any(isinstance(block, RawTable) for block in blocks)
