"""Whether a page lies on its side, and which way is up."""

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Area, Grey

# Darkness from which a pixel is ink.
_INK = 110
# At half of 200 dpi: characters are 4 to 45 pixels high, those of one string less than 7 apart.
_SMALLEST, _LARGEST = 4, 45
_APART = 7
_LONG, _LONGEST = 1.8, 14
_HIGHEST_STRING = 80


def lies_on_its_side(dark: Grey) -> bool:
    """Whether strings of characters run up and down the picture rather than across.

    Looks at nothing but the strings: ruling lines run both ways.

    >>> page = np.zeros((600, 400), np.uint8)
    >>> for at in range(100, 300, 24):
    ...     page[at : at + 16, 100:118] = 255
    >>> lies_on_its_side(page)
    True
    """
    widths, heights = (_strings(dark)[:, i].astype(float) for i in (2, 3))
    across = widths[widths > _LONG * heights].sum()
    along = heights[heights > _LONG * widths].sum()
    return bool(along > across)


def longest_strings(dark: Grey, most: int) -> tuple[Area, ...]:
    """The `most` longest strings of characters that run across a level page, in its pixels, but no
    whole lines of text: they cost more and tell no more."""
    strings = [
        Area(2 * x, 2 * y, 2 * (x + w), 2 * (y + h))
        for x, y, w, h, _ in _strings(dark).tolist()
        if _LONG * h < w < _LONGEST * h and 2 * h <= _HIGHEST_STRING
    ]
    return tuple(sorted(strings, key=lambda a: a.x0 - a.x1)[:most])


def _strings(dark: Grey) -> npt.NDArray[np.int_]:
    """Strings of characters at half size, one a row: x, y, width, height, area."""
    half = cv2.resize(dark, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = (half > _INK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]]
    character = (sizes.min(1) >= _SMALLEST) & (sizes.max(1) <= _LARGEST)
    character[0] = False
    marks = character[labels].astype(np.uint8)
    joined = cv2.morphologyEx(marks, cv2.MORPH_CLOSE, np.ones((_APART, _APART), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    return np.asarray(stats[1:], int)
