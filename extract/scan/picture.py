"""A page as a picture."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
"""Height x width x 3: red, green, blue."""

Grey = NDArray[np.uint8]
"""Height x width."""

_POINTS_PER_INCH = 72


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
        return float(self.pixels.shape[1] * _POINTS_PER_INCH / self.dpi)

    @property
    def height(self) -> float:
        """In points."""
        return float(self.pixels.shape[0] * _POINTS_PER_INCH / self.dpi)
