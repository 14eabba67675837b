"""A rule that goes on behind a merged cell takes no stroke out of what is printed there."""

import numpy as np

from extract.scan.content import without_rules
from extract.scan.lattice import darkness_to_lattice
from extract.scan.page import picture_to_page
from extract.scan.picture import Area, Picture
from tests.extract.scan.geometry import drawing
from tests.extract.scan.geometry.drawing import Table

ROWS, COLUMNS = (60, 120, 180, 240, 300), (60, 260, 460, 660)
BEHIND = Table(ROWS, COLUMNS, ((1, 0, 1, 2),))


def test_a_stroke_in_line_with_a_rule_is_kept_within_a_merged_cell() -> None:
    page = 248 - drawing.page(BEHIND, (380, 740))[:, :, 0]
    page[121:179, 62:458] = 0
    page[140:162, 259:262] = 228
    lattice = darkness_to_lattice(page)
    inside = np.s_[141:161, 259:262]
    assert without_rules(page, lattice)[inside].max() < 80
    kept = without_rules(page, lattice, (Area(70, 130, 450, 170),))
    assert kept[inside].min() > 200
    assert np.array_equal(kept[190:], without_rules(page, lattice)[190:])


def test_the_first_digit_of_a_merged_cell_is_whole() -> None:
    pixels = drawing.page(BEHIND, (380, 740))
    pixels[121:179, 62:458] = 248
    # The left side of the first figure stands where the rule above and below it would run.
    drawing.write(pixels, "86525", (296, 150), 20)
    page = picture_to_page(Picture(pixels, drawing.DPI), 1).page
    assert "86525" in [word.text for word in page.words]
