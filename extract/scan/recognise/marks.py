"""Cells that hold nothing but a dash or a slash: told by shape, for want of a line to read.

The recogniser has learned lines of text. A lone stroke in the middle of a cell is 一, 二, 1 or
nothing to it, but in a table it says that there is no figure.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.recognise.ink import Ink, Print

# All in heights of print, and degrees from upright.
_STRAIGHT = 0.09
_SHORT_DASH, _LONG_DASH, _LONGEST_DASH = 0.22, 0.75, 2.2
_LEVEL = 80.0
_SLASH = 0.75
_SLANTED = (14.0, 50.0)
# A dash stands in the middle of its cell; the bar of a broken 7 or 2 does not.
_OFF_MIDDLE = 0.22
# Lower crops do not show where the middle of the cell is.
_WHOLE_CELL = 1.3
_LEAST_STROKE = 6
# In pixels, and as a share of the stroke.
_RIM = 11
_SPECKS = 0.25


def ink_to_mark(ink: Ink, usual: Print) -> str:
    """`-`, `—` or `/` where that is all the print of a crop, else "".

    A slash may be any straight stroke that leans as slashes do: no figure is one.
    """
    stroke = _only_stroke(ink)
    if stroke is None or stroke.spread > _STRAIGHT * usual.height:
        return ""
    length, height = stroke.length / usual.height, ink.grey.shape[0]
    if _SLANTED[0] <= stroke.lean <= _SLANTED[1]:
        return "/" if length >= _SLASH else ""
    middling = abs(stroke.middle - height / 2) <= _OFF_MIDDLE * usual.height
    whole = height >= _WHOLE_CELL * usual.height
    if abs(stroke.lean) < _LEVEL or not (middling and whole):
        return ""
    if not _SHORT_DASH <= length <= _LONGEST_DASH:
        return ""
    return "-" if length < _LONG_DASH else "—"


@dataclass(frozen=True, slots=True)
class _Stroke:
    """`lean` in degrees clockwise from upright, -90 to 90; `length` and `spread` (the deviation
    across it) in pixels; `middle` is the row of its middle."""

    lean: float
    length: float
    spread: float
    middle: float


def _only_stroke(ink: Ink) -> _Stroke | None:
    """The only connected stroke of a crop, specks aside; None where there are others or none."""
    strokes = ink.strokes.astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strokes, connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    if count < 2 or areas.max() < _LEAST_STROKE:
        return None
    label = int(areas.argmax()) + 1
    only = labels == label
    # Faint ink beside the stroke may be more than its rim: a faint 7 is no dash.
    near = cv2.dilate(only.astype(np.uint8), np.ones((_RIM, _RIM), np.uint8)) > 0
    beside = np.count_nonzero((ink.faint | ink.strokes) & ~near)
    if beside > _SPECKS * np.count_nonzero(only):
        return None
    rows, columns = np.nonzero(only)
    spread = np.cov(np.stack([columns, rows]).astype(np.float64))
    variances, axes = np.linalg.eigh(spread)
    across, down = axes[:, 1]
    lean = math.degrees(math.atan2(across, -down))
    lean = (lean + 90) % 180 - 90
    length = math.sqrt(12 * max(variances[1], 0.0))
    return _Stroke(lean, length, math.sqrt(max(variances[0], 0.0)), float(rows.mean()))
