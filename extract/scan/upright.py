"""A picture to the same page upright: even, without red, level, at one resolution."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.pages import POINTS_PER_INCH, Placing
from extract.scan.colour import pixels_to_tones
from extract.scan.picture import Grey, Picture, Pixels
from extract.scan.skew import skew
from extract.scan.turn import lies_on_its_side

DPI = 200
"""At which pages are read: enough for the smallest print of notices, and finer reads no better."""

POINTS_PER_PIXEL = POINTS_PER_INCH / DPI
"""Of a page as it is read."""

# Degrees below which turning a page costs more sharpness than it gains.
_LEVEL = 0.02

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Upright:
    """Darkness of an upright page at `DPI`; the same page in grey, as light as it is; and the way
    from its pixels back to the points of the page as shown (3 x 3)."""

    dark: Grey
    light: Grey
    to_shown: Matrix

    @property
    def width(self) -> float:
        """In points."""
        return float(self.dark.shape[1] * POINTS_PER_PIXEL)

    @property
    def height(self) -> float:
        """In points."""
        return float(self.dark.shape[0] * POINTS_PER_PIXEL)

    @property
    def placing(self) -> Placing:
        """From points of the upright page to points of the page as shown."""
        pixels = np.diag([1 / POINTS_PER_PIXEL, 1 / POINTS_PER_PIXEL, 1])
        (a, b, c), (d, e, f), _ = (self.to_shown @ pixels).tolist()
        return Placing(a, b, c, d, e, f)


def picture_to_upright(picture: Picture) -> Upright:
    """Turn a page by a quarter where it lies on its side, and level its rows.

    It may still stand on its head: only reading tells (`turned_about`).
    """
    pixels = _at_reading_size(picture)
    point = POINTS_PER_INCH / picture.dpi
    shown = np.diag([point, point, 1.0])
    scale = np.diag(
        [picture.pixels.shape[1] / pixels.shape[1], picture.pixels.shape[0] / pixels.shape[0], 1]
    )
    tones = pixels_to_tones(pixels)
    upright = Upright(tones.dark, tones.light, shown @ scale)
    if lies_on_its_side(upright.dark):
        height = upright.dark.shape[0]
        quarter = np.array([[0.0, 1, 0], [-1, 0, height - 1], [0, 0, 1]])
        dark, light = (
            np.asarray(cv2.rotate(page, cv2.ROTATE_90_CLOCKWISE), np.uint8)
            for page in (upright.dark, upright.light)
        )
        upright = Upright(dark, light, upright.to_shown @ quarter)
    return _level(upright)


def turned_about(upright: Upright) -> Upright:
    """The page turned by 180 degrees; `to_shown` still leads to the page as shown."""
    height, width = upright.dark.shape
    about = np.array([[-1.0, 0, width - 1], [0, -1, height - 1], [0, 0, 1]])
    dark, light = (
        np.asarray(cv2.rotate(page, cv2.ROTATE_180), np.uint8)
        for page in (upright.dark, upright.light)
    )
    return Upright(dark, light, upright.to_shown @ about)


def _at_reading_size(picture: Picture) -> Pixels:
    share = DPI / picture.paper_dpi
    if abs(share - 1) < 0.02:
        return picture.pixels
    way = cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC
    return np.asarray(
        cv2.resize(picture.pixels, None, fx=share, fy=share, interpolation=way), np.uint8
    )


def _level(upright: Upright) -> Upright:
    degrees = skew(upright.dark)
    if abs(degrees) < _LEVEL:
        return upright
    height, width = upright.dark.shape
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1), [0, 0, 1]])
    corners = turn @ np.array([[0, width, 0, width], [0, 0, height, height], [1, 1, 1, 1]])
    left, top = corners[:2].min(1)
    right, bottom = corners[:2].max(1)
    turn = np.array([[1, 0, -left], [0, 1, -top], [0, 0, 1]]) @ turn
    size = int(np.ceil(right - left)), int(np.ceil(bottom - top))
    dark, light = (
        np.asarray(
            cv2.warpAffine(
                page, turn[:2], size, flags=cv2.INTER_CUBIC, borderValue=(float(paper),)
            ),
            np.uint8,
        )
        for page, paper in ((upright.dark, 0), (upright.light, 255))
    )
    return Upright(dark, light, upright.to_shown @ np.linalg.inv(turn))
