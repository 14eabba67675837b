"""What is read off cells, and how surely, under the damage that copies of notices have."""

import numpy as np
import pytest

from extract.scan.recognise import DOUBTED, Crop, read_crops, second_readings
from tests.extract.scan.recognise.printing import (
    HEI,
    SONG,
    Typeface,
    cells,
    crops,
    faint,
    jpeg,
    noisy,
    one_bit,
    under_seal,
)

FIGURES = (
    "156430",
    "-4360",
    "91.59",
    "0.5",
    "1,234.56",
    "98.7%",
    "≥90%",
    "1111",
    "700",
    "38959.3484",
)
SHORT = ("1", "0", "7", "9", "4", "11")
COUNTIES = ("乌鲁木齐市", "巴里坤县", "木垒县", "昌吉州本级")


def texts(greys: list[np.ndarray]) -> list[str]:
    return [reading.text.replace("，", ",") for reading in read_crops(crops(greys))]


@pytest.mark.parametrize("typeface", [SONG, HEI], ids=["song", "hei"])
def test_clean_figures_and_names_are_read_as_printed(typeface: Typeface) -> None:
    printed = [*FIGURES, *SHORT, *COUNTIES]
    assert texts([noisy(cell, 3) for cell in cells(printed, typeface)]) == printed


def test_figures_of_a_faint_copy_keep_points_and_minus_signs() -> None:
    printed = ["-4360", "91.59", "156430", "-710.94", "1", "0.1", "544.48"]
    assert texts([faint(cell) for cell in cells(printed)]) == printed


def test_figures_of_a_fax_are_read() -> None:
    printed = ["156430", "91.59", "7", "38959.3484", "98.7%"]
    assert texts([one_bit(cell) for cell in cells(printed)]) == printed


def test_jpeg_of_low_quality_harms_no_figure() -> None:
    printed = [*FIGURES, *SHORT]
    assert texts([jpeg(cell, 40) for cell in cells(printed)]) == printed


def test_a_grey_seal_through_a_figure_is_taken_out() -> None:
    printed = ["156430", "4258", "91.59", "60357"]
    untouched = cells(["2614", "700", "38.1", "58305"])
    read = texts([*untouched, *[under_seal(cell) for cell in cells(printed)]])
    assert read[len(untouched) :] == printed


@pytest.mark.parametrize("mark", ["-", "—", "/"])
def test_a_lone_mark_is_told_by_its_shape(mark: str) -> None:
    clean, copied = cells([mark, mark])
    read = read_crops(crops([*cells(["2614", "700", "58305"]), clean, faint(copied)]))
    assert [reading.text for reading in read[3:]] == [mark, mark]
    assert all(reading.score >= DOUBTED for reading in read[3:])


def test_the_bar_of_a_broken_seven_is_no_dash() -> None:
    (seven,) = cells(["7"], HEI)
    rows = np.flatnonzero((seven < 128).any(axis=1))
    seven[rows[0] + 5 :] = 255
    read = read_crops(crops([*cells(["2614", "700", "58305"], HEI), seven]))
    assert read[-1].text not in ("-", "—") or read[-1].score < DOUBTED


def test_a_blank_cell_is_blank_and_a_grainy_one_too() -> None:
    blank = np.full((52, 160), 250, np.uint8)
    for paper in (blank, noisy(blank, 4), np.full((1, 1), 0, np.uint8)):
        (reading,) = read_crops([Crop(paper)])
        assert (reading.text, reading.score) == ("", 1.0)


def test_rests_of_ruling_lines_along_the_rim_are_not_print() -> None:
    (cell,) = cells(["2614"])
    cell[:2] = 0
    cell[:, -2:] = 0
    blank = np.full_like(cell, 255)
    blank[:2, 30:90] = 0
    framed, empty = read_crops(crops([cell, blank]))
    assert framed.text == "2614"
    assert (empty.text, empty.score) == ("", 1.0)


def test_lines_of_a_cell_are_parted() -> None:
    (cell,) = cells(["其中：直达\n资金合计"])
    (reading,) = read_crops(crops([*cells([]), cell]))
    assert reading.text.replace(":", "：") == "其中：直达\n资金合计"


def test_order_is_kept_and_equal_cells_read_alike() -> None:
    printed = ["1", "乌鲁木齐市", "156430", "1", "91.59", "156430"]
    assert texts(cells(printed)) == printed


def test_colour_reads_as_grey_does() -> None:
    (cell,) = cells(["91.59"])
    (grey,), (colour,) = (
        read_crops([Crop(pixels)]) for pixels in (cell, np.repeat(cell[:, :, None], 3, axis=2))
    )
    assert grey == colour


def test_what_cannot_be_read_is_doubted() -> None:
    scribble = np.full((52, 160), 255, np.uint8)
    rng = np.random.default_rng(3)
    for x in rng.integers(20, 140, 25):
        y = int(rng.integers(12, 40))
        scribble[y : y + 3, x : x + 6] = 0
    (reading,) = read_crops([Crop(scribble)])
    assert reading.score < DOUBTED


def test_faint_print_that_cannot_be_read_is_not_blank() -> None:
    smudge = np.full((52, 160), 250, np.uint8)
    smudge[22:30, 70:80] = 205
    read = read_crops(crops([*cells(["2614", "700", "58305"]), smudge]))
    assert read[-1].text or read[-1].score < DOUBTED


def test_second_readings_offer_what_the_first_lost() -> None:
    printed = ["156430", "-4360", "91.59"]
    offered = second_readings(crops([faint(cell) for cell in cells(printed)]))
    for text, candidates in zip(printed, offered, strict=True):
        assert text in candidates


def test_second_readings_of_a_blank_cell_are_none() -> None:
    assert second_readings([Crop(np.full((52, 160), 255, np.uint8))]) == ((),)
