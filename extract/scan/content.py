"""What is printed beside the rules of a page: the ink of characters, without the rules."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.drawn import Drawn
from extract.scan.lattice import Lattice
from extract.scan.picture import Area, Grey

# Darkness from which a pixel is ink.
_INK = 80
# In pixels at 200 dpi. Rules are no thicker than this; what crosses them is a character's stroke.
_THICKNESS = 3
# What is left of a rule lies this near to where it ran.
_RIM = 4
# Characters of one word stand no further apart, and keep this clear of a rule.
_APART = 10
_HUGS = 16
_JOINED = 5
_SPECK = 4
_LARGEST_SPECK, _TOO_MANY = 6, 150
# A point stands no further from the figures beside it: two pixels up or down, eight aside.
_CLOSE = (5, 8)


@dataclass(frozen=True, slots=True, eq=False)
class Content:
    """The ink of characters on an upright page: 1 where there is some, else 0."""

    ink: Grey

    def mirrored(self) -> "Content":
        """The same page mirrored at its diagonal: rows for columns."""
        return Content(np.ascontiguousarray(self.ink.T))


def without_rules(dark: Grey, lattice: Lattice, merged: Sequence[Area] = ()) -> Grey:
    """Darkness without the rules, but with the strokes that cross or touch them.

    A rule that ends at a merged cell and goes on behind it is not drawn within: what is dark there
    is print. `merged` are the insides of such cells, once they are known.
    """
    clear = dark.copy()
    for drawn in lattice.level:
        _erase(clear, dark, drawn)
    # Level rules are gone by now but where upright ones cross them.
    across = np.ascontiguousarray(clear.T)
    level_gone = across.copy()
    for drawn in lattice.upright:
        _erase(across, level_gone, drawn)
    clear = np.ascontiguousarray(across.T)
    for area in merged:
        inside = np.s_[max(area.y0, 0) : area.y1, max(area.x0, 0) : area.x1]
        clear[inside] = dark[inside]
    return _without_specks(clear)


def _without_specks(clear: Grey) -> Grey:
    """Darkness without the grain of a noisy page: marks of a size that it has far too many of, off
    the print. Points and commas are as small and as many, but stand between figures."""
    ink = (clear > _INK).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    small = areas <= _LARGEST_SPECK
    large = ~small
    large[0] = False
    print_ = large[labels].astype(np.uint8)
    kernel = np.ones(_CLOSE, np.uint8)
    after, before = (
        np.isin(np.arange(len(areas)), labels[cv2.dilate(print_, kernel, anchor=anchor) > 0])
        for anchor in ((_CLOSE[1] - 1, _CLOSE[0] // 2), (0, _CLOSE[0] // 2))
    )
    counts = np.bincount(areas[small & ~after & ~before], minlength=_LARGEST_SPECK + 1)
    noisy = np.flatnonzero(counts > _TOO_MANY)
    if not noisy.size:
        return clear
    grain = (areas <= noisy[-1]) & ~(after & before)
    out = clear.copy()
    out[grain[labels]] = 0
    return out


def darkness_to_content(clear: Grey) -> Content:
    """The ink of a page whose rules have been taken out."""
    return Content((clear > _INK).astype(np.uint8))


def content_splits(
    content: Content, across: tuple[float, float], along: tuple[float, float, float]
) -> bool:
    """Whether what is printed shows two cells, one above the other, rather than one merged cell.

    `across` are the left and right borders, `along` the top, the line in question, and the bottom.
    """
    left, right = (round(v) for v in across)
    top, middle, bottom = (round(v) for v in along)
    first, last = max(top, 0) + _RIM, bottom - _RIM + 1
    area = content.ink[first:last, max(left, 0) + _RIM : right - _RIM + 1]
    runs = _runs(area.sum(1) if area.size else np.zeros(1))
    at = middle - first
    above = [run for run in runs if run[1] <= at]
    below = [run for run in runs if run[0] >= at]
    if len(above) + len(below) < len(runs):
        # Something crosses: a word in the middle of a merged cell, unless it only touches.
        crossing = next(run for run in runs if run[0] < at < run[1])
        return bool(min(at - crossing[0], crossing[1] - at) <= _THICKNESS and len(runs) > 1)
    if above and below:
        return not _hugs(at, above, below, area.shape[0])
    if not runs:
        return True
    centre = (runs[0][0] + runs[-1][1]) / 2
    alone = at / 2 if above else (at + area.shape[0]) / 2
    return bool(abs(centre - alone) < abs(centre - area.shape[0] / 2))


def _hugs(
    at: int, above: Sequence[tuple[int, int]], below: Sequence[tuple[int, int]], size: int
) -> bool:
    """Whether print on both sides keeps so close to the line that it is one word across it."""
    before, after = at - above[-1][1], below[0][0] - at
    if before + after <= _APART:
        return True
    # Print that begins with the area, or ends with it, runs on into the next cell.
    margins = above[0][0] or size, (size - below[-1][1]) or size
    return max(before, after) <= _HUGS and min(margins) >= 2 * _APART


def _runs(profile: npt.NDArray[np.generic]) -> list[tuple[int, int]]:
    """From where to where there is ink, without specks."""
    flags = np.concatenate([[0], (np.asarray(profile) > 1).astype(int), [0]])
    steps = np.flatnonzero(np.diff(flags))
    pairs: Sequence[tuple[int, int]] = [
        (int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)
    ]
    joined: list[tuple[int, int]] = []
    for a, b in pairs:
        if joined and a - joined[-1][1] <= _JOINED:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return [(a, b) for a, b in joined if b - a >= _SPECK]


def _erase(clear: Grey, dark: Grey, drawn: Drawn) -> None:
    """Whiten one level rule where no stroke of a character crosses it."""
    line, half = drawn.line, round(drawn.line.spread / 2)
    first = max(round(line.start) - _THICKNESS, 0)
    last = min(round(line.end) + _THICKNESS + 1, dark.shape[1])
    xs = np.arange(first, last)
    middle = np.round(line.at + line.slope * xs).astype(int)
    reach = half + _THICKNESS
    top, bottom = int(middle.min()) - reach - 2, int(middle.max()) + reach + 3
    if top < 0 or bottom > dark.shape[0]:
        return
    beyond = [dark[(middle + o).clip(0, dark.shape[0] - 1), xs] for o in (-reach - 1, reach + 1)]
    stroke = np.maximum(*beyond) > _INK
    # Strokes that cross at a slant lean to one side or the other.
    stroke = cv2.dilate(stroke.astype(np.uint8)[None, :], np.ones((1, 3), np.uint8))[0] > 0
    for offset in range(-reach, reach + 1):
        ys = (middle + offset).clip(0, dark.shape[0] - 1)
        clear[ys[~stroke], xs[~stroke]] = 0
