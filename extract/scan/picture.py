"""A page as a picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.pages import POINTS_PER_INCH

Pixels = NDArray[np.uint8]
"""Height x width x 3: red, green, blue."""

Grey = NDArray[np.uint8]
"""Height x width."""


@dataclass(frozen=True, slots=True, order=True)
class Area:
    """A rectangle of pixels; the right and the bottom edge lie outside."""

    x0: int
    y0: int
    x1: int
    y1: int


_A3_LONG, _A4_LONG = 1300.0, 842.0
"""The long sides in points, that of A3 with some room."""


def paper_share(long_side: float) -> float:
    """By what the size of a page must be multiplied to be that of its paper.

    Some programs take the pixels of a scan for points, so that an A4 page becomes a poster. A page
    larger than A3 is read as A4.

    >>> paper_share(842), round(paper_share(3508), 2)
    (1.0, 0.24)
    """
    return 1.0 if long_side <= _A3_LONG else _A4_LONG / long_side


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A page as it is shown: height x width x 3 bytes, red, green and blue; `dpi` of both ways.

    >>> Picture(np.zeros((2339, 1654, 3), np.uint8), 200).width
    595.44
    """

    pixels: Pixels
    dpi: float

    @property
    def width(self) -> float:
        """In points."""
        return float(self.pixels.shape[1] * POINTS_PER_INCH / self.dpi)

    @property
    def height(self) -> float:
        """In points."""
        return float(self.pixels.shape[0] * POINTS_PER_INCH / self.dpi)

    @property
    def paper_dpi(self) -> float:
        """Pixels an inch of the paper that was scanned, whatever size the page is said to have."""
        return self.dpi / paper_share(max(self.width, self.height))
