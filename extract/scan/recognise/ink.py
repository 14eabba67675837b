"""Where a crop is printed, and how high the print of a page is."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Grey
from extract.scan.recognise.crops import Crop, PixelBox

# A minus sign is one pixel thin on a bad copy: runs along and across show it above the noise.
_WINDOWS = ((7, 1), (3, 3), (1, 7))
_FAINTEST = 8.0
_ABOVE_NOISE = 5.0
_OF_DARKEST = 0.25
_OF_STROKES = 0.35
# Standard deviation of normal noise by its median absolute deviation.
_DEVIATION = 1.4826
# Lower ink is a dash, a point or a speck, and says nothing of the height of print.
_LOWEST_PRINT = 8
# In pixels; a 1 that touches a ruling line is broader.
_RIM = 3
_USUAL_PRINT = 24.0
_USUAL_DEPTH = 200.0

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Print:
    """The usual print of a page: the height of a line in pixels, and how much darker than paper its
    strokes are (of 255)."""

    height: float
    depth: float


@dataclass(frozen=True, slots=True, eq=False)
class Ink:
    """The print of a crop: the crop in grey, the level of its paper, where ink is however `faint`
    and where dark `strokes` are, and the box around all ink. `depth` is how much darker than paper
    its darkest strokes are.
    """

    grey: Grey
    paper: int
    faint: Flags
    strokes: Flags
    box: PixelBox
    depth: float


def crop_to_ink(crop: Crop) -> Ink | None:
    """Find the print of a crop; None where there is none.

    Faint and thin strokes count: a blank cell costs little if it is read in vain, a minus sign
    that is cut off costs the figure.
    """
    pixels = crop.pixels
    if min(pixels.shape[:2]) < 3:
        return None
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = np.asarray(grey, np.uint8)
    paper = float(np.median(grey))
    depth = paper - grey.astype(np.float32)
    noise = _DEVIATION * float(np.median(np.abs(depth)))
    means = [cv2.blur(depth, size, borderType=cv2.BORDER_REPLICATE) for size in _WINDOWS]
    darkest = max(float(mean.max()) for mean in means)
    faint = np.zeros(grey.shape, np.bool_)
    for mean, (across, down) in zip(means, _WINDOWS, strict=True):
        above = _ABOVE_NOISE * noise / (across * down) ** 0.5
        faint |= mean > max(_FAINTEST, above, _OF_DARKEST * darkest)
    strokes = means[1] > max(_FAINTEST, _ABOVE_NOISE * noise / 3, _OF_STROKES * darkest)
    rim = _rim(strokes)
    faint &= ~rim
    box = mask_to_box(faint)
    if box is None:
        return None
    return Ink(grey, round(paper), faint, strokes & ~rim, box, darkest)


def _rim(strokes: Flags) -> Flags:
    """What is left of ruling lines and their crossings: strokes that lie within the outermost
    pixels of a crop, and what is smeared around them."""
    down, across = strokes.shape
    rim = np.zeros(strokes.shape, np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(strokes.astype(np.uint8), connectivity=8)
    for label, (left, top, wide, high, _) in enumerate(stats[1:].tolist(), start=1):
        at_side = left + wide <= _RIM or left >= across - _RIM
        at_end = top + high <= _RIM or top >= down - _RIM
        if at_side or at_end:
            rim[top : top + high, left : left + wide] |= (
                labels[top : top + high, left : left + wide] == label
            )
    return cv2.dilate(rim, np.ones((7, 7), np.uint8)) > 0 if rim.any() else rim > 0


def mask_to_box(mask: Flags) -> PixelBox | None:
    """The smallest box around what is set."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not rows.size:
        return None
    return PixelBox(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def inks_to_print(inks: Sequence[Ink]) -> Print:
    """The usual print over many crops: a dash does not show how high a line is, nor a seal how dark
    its print."""
    heights = [
        bottom - top
        for ink in inks
        for top, bottom in row_runs(ink)
        if bottom - top >= _LOWEST_PRINT
    ]
    depths = [ink.depth for ink in inks]
    return Print(
        float(median(heights)) if heights else _USUAL_PRINT,
        float(median(depths)) if depths else _USUAL_DEPTH,
    )


def row_runs(ink: Ink) -> list[tuple[int, int]]:
    """First row and row after the last of every run of rows that hold strokes."""
    inked = np.concatenate(([False], ink.strokes.any(axis=1), [False])).astype(np.int8)
    edges = np.flatnonzero(np.diff(inked))
    return [(int(top), int(bottom)) for top, bottom in edges.reshape(-1, 2)]
