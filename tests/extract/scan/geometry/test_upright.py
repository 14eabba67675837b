"""Turning, levelling and cleaning, and the way back to the page as shown."""

import numpy as np
import pytest

from extract.pages import Box
from extract.scan.colour import pixels_to_tones
from extract.scan.cutting import cut
from extract.scan.picture import Picture
from extract.scan.skew import skew
from extract.scan.turn import lies_on_its_side
from extract.scan.upright import DPI, picture_to_upright, turned_about
from schemas.source import BoxRef
from tests.extract.scan.geometry import drawing


@pytest.mark.parametrize("degrees", [-5, -2.2, -0.4, 0, 0.3, 1.7, 5])
def test_skew_is_measured_to_a_twentieth_of_a_degree(degrees: float) -> None:
    page = drawing.skewed(drawing.page(), degrees)
    assert skew(pixels_to_tones(page).dark) == pytest.approx(degrees, abs=0.05)


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_page_on_its_side_is_told_by_its_strings(quarters: int) -> None:
    page = np.ascontiguousarray(np.rot90(drawing.page(), quarters))
    assert lies_on_its_side(pixels_to_tones(page).dark) == bool(quarters % 2)


@pytest.mark.parametrize(("quarters", "degrees"), [(0, 0), (0, 4), (1, 0), (2, -2), (3, 3)])
def test_the_way_back_leads_to_the_same_ink(quarters: int, degrees: float) -> None:
    page = drawing.page()
    page[1040:1100, 600:680] = 0  # a block that stands nowhere else
    shown = Picture(np.ascontiguousarray(np.rot90(drawing.skewed(page, degrees), quarters)), DPI)
    upright = picture_to_upright(shown)
    for way in (upright, turned_about(upright)):
        ys, xs = np.nonzero(_thick(way.dark))
        box = Box(*(float(v) * 72 / DPI for v in (xs.min(), ys.min(), xs.max(), ys.max())))
        ref = way.placing.box_to_ref(box, 1)
        assert cut(shown, ref, 0).mean() < 60


def _thick(dark: np.ndarray) -> np.ndarray:
    """Where ink fills a square of 40 pixels."""
    sums = np.cumsum(np.cumsum((dark > 128).astype(int), 0), 1)
    full = sums[40:, 40:] - sums[:-40, 40:] - sums[40:, :-40] + sums[:-40, :-40]
    return full > 1550


def test_red_goes_and_black_beneath_it_stays() -> None:
    page = drawing.page()
    stamped = drawing.sealed(page, (210, 50, 50), (620, 500))
    before, after = pixels_to_tones(page).dark, pixels_to_tones(stamped).dark
    assert after[before < 20].max() < 100
    assert np.quantile(after[before > 240], 0.01) > 200


def test_a_grey_seal_goes_and_print_stays() -> None:
    page = drawing.page()
    stamped = drawing.sealed(page, (150, 150, 150), (620, 500))
    before, after = pixels_to_tones(page).dark, pixels_to_tones(stamped).dark
    assert np.quantile(after[before < 5], 0.999) < 100
    assert np.quantile(after[before > 240], 0.01) > 150


def test_faint_ink_becomes_black_and_its_paper_white() -> None:
    dark = pixels_to_tones(drawing.faded(drawing.page(), 0.3, 2)).dark
    ink = pixels_to_tones(drawing.page()).dark > 240
    assert np.median(dark[ink]) > 200
    assert np.median(dark[~ink]) < 20


def test_dark_edges_go() -> None:
    page = drawing.page()
    page[:, :50], page[:25] = 15, 30
    dark = pixels_to_tones(page).dark
    assert dark[200:900, :40].max() < 60
    assert dark[5:15, 100:1000].max() < 60


def test_a_cut_beyond_the_page_still_gives_pixels() -> None:
    shown = Picture(np.zeros((100, 100, 3), np.uint8), 72)
    assert cut(shown, BoxRef(1, 500, 500, 600, 600)).size
    assert cut(shown, BoxRef(1, -50, -50, -10, -10)).size
