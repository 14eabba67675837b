"""How surely a line is drawn between two places on it."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Grey
from extract.scan.strokes import Line

Flags = npt.NDArray[np.bool_]

# In pixels at 200 dpi and darkness. A rule is dark within this distance of where the line runs...
_BAND = 2
_DRAWN = 70
# ... and paper is light this far above and below it, where no characters stand.
_FLANK = (5, 6, 7)
_BUSY = 50
_SMOOTH = 5
# Where characters are beside more than this share of an edge, nothing sure can be said of it.
_TOO_BUSY = 0.75
# What is drawn there counts for so much: some of it is print.
_DISCOUNT = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """Pixel by pixel along a line, from one side of the page to the other: whether it is `drawn`
    there, and whether something else stands close by (`busy`)."""

    drawn: Flags
    busy: Flags
    sums: npt.NDArray[np.int_]
    """How many pixels are drawn before each, so that shares cost nothing."""

    def inked_share(self, first: int, last: int) -> float:
        """The share of the pixels from `first` to before `last` where there is ink at all."""
        first, last = max(first, 0), min(last, self.drawn.size)
        return float(self.sums[last] - self.sums[first]) / (last - first) if last > first else 0.0

    def drawn_share(self, start: float, end: float) -> float:
        """The share of the line that is drawn from `start` to `end`, 0 to 1, judged where nothing
        else stands close by: characters are no evidence for a rule that would cross them."""
        first, last = max(round(start), 0), max(round(end), 0)
        drawn, busy = self.drawn[first:last], self.busy[first:last]
        if drawn.size == 0:
            return 0.0
        free = np.count_nonzero(~busy)
        if free < (1 - _TOO_BUSY) * drawn.size:
            return float(np.mean(drawn) * _DISCOUNT)
        return float(np.count_nonzero(drawn & ~busy) / free)


def lines_to_profiles(dark: Grey, lines: Sequence[Line]) -> tuple[Profile, ...]:
    """The profiles of level lines over the darkness of their page.

    >>> page = np.zeros((40, 100), np.uint8)
    >>> page[20, :50] = 255
    >>> profile, = lines_to_profiles(page, [Line(20, 0, 0, 50, 50)])
    >>> profile.drawn_share(0, 48), profile.drawn_share(55, 100)
    (1.0, 0.0)
    """
    smooth = np.asarray(cv2.blur(dark, (_SMOOTH, 1)), np.uint8)
    return tuple(_profile(smooth, line) for line in lines)


def _profile(smooth: Grey, line: Line) -> Profile:
    xs = np.arange(smooth.shape[1])
    middle = np.round(line.at + line.slope * xs).astype(int)
    half = round(line.spread / 2)
    band = np.max([_row(smooth, middle + o, xs) for o in _within(_BAND + half)], axis=0)
    above = np.mean([_row(smooth, middle - half - o, xs) for o in _FLANK], axis=0)
    below = np.mean([_row(smooth, middle + half + o, xs) for o in _FLANK], axis=0)
    drawn = band > _DRAWN
    sums = np.concatenate([[0], np.cumsum(drawn)])
    return Profile(drawn, np.maximum(above, below) > _BUSY, sums)


def _row(image: Grey, ys: npt.NDArray[np.int_], xs: npt.NDArray[np.int_]) -> Grey:
    return np.asarray(image[ys.clip(0, image.shape[0] - 1), xs], np.uint8)


def _within(reach: int) -> range:
    return range(-reach, reach + 1)
