"""Grey seals are taken out where their ink is, and nowhere else."""

import cv2
import numpy as np

from extract.scan.seals import without_grey_seals

SEAL, HAIRLINE = 110, 120


def sealed() -> np.ndarray:
    """A ring, and within it, clear of its ink, a thin grey stroke as copies print a comma's."""
    dark = np.zeros((400, 400), np.uint8)
    cv2.circle(dark, (200, 200), 150, SEAL, 8)
    dark[200, 180:220] = HAIRLINE
    return dark


def test_thin_print_between_the_strokes_of_a_seal_is_left_as_it_is() -> None:
    clear = without_grey_seals(sealed())
    assert clear[200, 180:220].min() == HAIRLINE
    assert clear[50, 200] == 0


def test_a_dark_margin_around_the_page_is_no_seal_over_its_print() -> None:
    dark = np.zeros((600, 800), np.uint8)
    dark[:14] = dark[:, :12] = 150
    dark[300, 200:600] = HAIRLINE
    assert without_grey_seals(dark)[300, 200:600].min() == HAIRLINE
