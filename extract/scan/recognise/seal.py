"""Grey seals over print: as dark as pencil, broader than strokes of figures."""

import cv2
import numpy as np

from extract.scan.picture import Grey
from extract.scan.recognise.ink import Ink, Print

# In shares of the depth of the page's print: what is no paper, and what is no print.
_LIGHTEST, _DARKEST = 0.2, 0.7
# The share of a crop's pixels that a seal makes neither.
_SEALED = 0.06
# Strokes of print are thinner than this share of its height.
_STROKE = 0.38
_NOT_PRINT, _PRINT = 0.3, 0.75


def is_sealed(ink: Ink, usual: Print) -> bool:
    """Whether much of a crop is neither paper nor print, over more than the rim of a stroke."""
    depth = (ink.paper - cv2.blur(ink.grey, (3, 3)).astype(np.float32)) / usual.depth
    around = np.ones((3, 3), np.uint8)
    between = (cv2.erode(depth, around) > _LIGHTEST) & (cv2.dilate(depth, around) < _DARKEST)
    return float(np.count_nonzero(between)) > _SEALED * between.size


def without_seal(ink: Ink, usual: Print) -> Grey:
    """Only what is darker than its surroundings within the width of a stroke, black on white."""
    size = max(5, round(_STROKE * usual.height) | 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    depth = cv2.morphologyEx(ink.grey, cv2.MORPH_BLACKHAT, kernel).astype(np.float32)
    share = (depth / usual.depth - _NOT_PRINT) / (_PRINT - _NOT_PRINT)
    return np.asarray(255 * (1 - np.clip(share, 0, 1)), np.uint8)
