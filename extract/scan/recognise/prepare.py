"""Lines of print to the strips that the recogniser reads, prepared in several ways."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.picture import Grey
from extract.scan.recognise.crops import PixelBox
from extract.scan.recognise.engine import FRAME, HEIGHT
from extract.scan.recognise.ink import Ink, Print

# A longer line is squeezed: the memory that it takes grows with the square of its width.
_LONGEST = 3200
# In heights of print: a single character, or two figures.
_NARROW = 1.1


@dataclass(frozen=True, slots=True)
class Preparation:
    """How a line becomes a strip.

    `share` of the strip's height is print (`lone` where it is a character or two), `margin` (in
    heights of print) is left on both sides, `smooth` is the deviation of a Gaussian in pixels.
    `bolder` thickens strokes by a pixel. `cleaned` takes out what is no darker than a grey seal.
    """

    share: float
    margin: float
    smooth: float = 0.0
    bolder: bool = False
    lone: float = 0.5
    cleaned: bool = False


# Measured best on figures of crops at 150 to 300 dpi, clean, faint, one-bit and skewed: less margin
# loses minus signs, and a lone 0 that fills the strip is read as O.
USUAL = Preparation(share=0.65, margin=0.5, smooth=0.6)

CLEANED = Preparation(share=0.65, margin=0.5, smooth=0.5, cleaned=True)
"""For crops under a grey seal."""

OTHERS = (
    CLEANED,
    Preparation(share=0.7, margin=0.5),
    Preparation(share=0.55, margin=0.8, smooth=0.8),
    Preparation(share=0.65, margin=0.6, smooth=0.4, bolder=True),
)
"""Unlike the usual one and each other, so that what one misreads another may read."""


def line_to_strip(ink: Ink, line: PixelBox, usual: Print, how: Preparation) -> Grey:
    """Cut a line of print out with some paper around it and bring it to the height that is read.

    A dash or a point keeps its size beside the usual print.
    """
    grey, height = ink.grey, usual.height
    if how.smooth:
        grey = np.asarray(cv2.GaussianBlur(grey, (0, 0), how.smooth), np.uint8)
    if how.bolder:
        grey = np.asarray(cv2.erode(grey, np.ones((2, 2), np.uint8)), np.uint8)
    share = how.share if line.right - line.left > _NARROW * height else how.lone
    tall = max(float(line.bottom - line.top), height) / share
    middle, margin = (line.top + line.bottom) / 2, round(how.margin * height)
    window = PixelBox(
        line.left - margin,
        round(middle - tall / 2),
        line.right + margin,
        round(middle + tall / 2),
    )
    cut = _cut(grey, window, ink.paper)
    width = math.ceil(cut.shape[1] * HEIGHT / cut.shape[0])
    return np.asarray(cv2.resize(cut, (min(max(width, FRAME), _LONGEST), HEIGHT)), np.uint8)


def _cut(grey: Grey, window: PixelBox, paper: int) -> Grey:
    """The window, with paper where it reaches out of the crop."""
    down, across = grey.shape
    above, below = max(0, -window.top), max(0, window.bottom - down)
    before, after = max(0, -window.left), max(0, window.right - across)
    framed = cv2.copyMakeBorder(
        grey, above, below, before, after, cv2.BORDER_CONSTANT, value=(paper,)
    )
    top, left = window.top + above, window.left + before
    return np.asarray(framed[top : window.bottom + above, left : window.right + before], np.uint8)
