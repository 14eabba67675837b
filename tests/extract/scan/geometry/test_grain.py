"""On a noisy page the grain goes and the points of the figures stay."""

import numpy as np

from extract.scan.content import without_rules
from extract.scan.lattice import Lattice
from extract.scan.picture import Grey

NONE = Lattice((), ())


def printed(grains: int) -> Grey:
    """Two hundred figures with a point in the middle, and grain between their rows."""
    page = np.zeros((900, 1100), np.uint8)
    for row in range(20):
        for column in range(10):
            y, x = 20 + 40 * row, 20 + 100 * column
            page[y : y + 18, x : x + 10] = page[y : y + 18, x + 17 : x + 27] = 255
            page[y + 16 : y + 18, x + 12 : x + 14] = 255
    for i in range(grains):
        y, x = 58 - 10 + 40 * (i % 20), 30 + 25 * (i // 20)
        page[y : y + 2, x : x + 2] = 255
    return page


def test_many_points_are_no_grain() -> None:
    page = printed(0)
    assert np.array_equal(without_rules(page, NONE), page)


def test_grain_is_taken_from_between_the_points() -> None:
    assert np.array_equal(without_rules(printed(400), NONE), printed(0))
