"""Grey seals, as copies in black and white show them, told from print by their thick strokes."""

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Grey

Labels = npt.NDArray[np.int_]
Stat = npt.NDArray[np.int_]

# Darkness of a seal on a copy: lighter than ink, darker than noise.
_LIGHTEST, _DARKEST = 45, 205
# In pixels at 200 dpi: the rim and the star of a seal are thicker than any stroke of print, and a
# seal is wider than any character.
_THICK = 4
_NEAR = 9
_WIDEST_CHARACTER = 90
# The letters of a seal are thinner than its rim, but thicker than the rims of printed strokes; what
# stands further from them than this is out of their reach.
_LETTER, _REACH = 3, 5
# Ink must be this much darker than the seal to be told from it.
_CONTRAST = 45
_RAMP = 40


def without_grey_seals(dark: Grey) -> Grey:
    """Darkness without the rims, stars and letters of grey seals, the print over them kept.

    Only where a seal is lighter than the print; on a page in one bit nothing can be told apart.

    >>> page = np.zeros((400, 400), np.uint8)
    >>> _ = cv2.circle(page, (200, 200), 120, 110, 8)
    >>> page[196:204, 40:360] = 255
    >>> clear = without_grey_seals(page)
    >>> int(clear[80, 200]), int(clear[200, 80])
    (0, 255)
    """
    grey = ((dark > _LIGHTEST) & (dark < _DARKEST)).astype(np.uint8)
    kernel = np.ones((_THICK, _THICK), np.uint8)
    core = np.asarray(cv2.morphologyEx(grey, cv2.MORPH_OPEN, kernel), np.uint8)
    if not core.any():
        return dark
    joined = cv2.dilate(core, np.ones((_NEAR, _NEAR), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    seals = [
        label
        for label in range(1, len(stats))
        if min(stats[label, cv2.CC_STAT_WIDTH], stats[label, cv2.CC_STAT_HEIGHT])
        > _WIDEST_CHARACTER
    ]
    out = dark
    for label in seals:
        out = _lightened(
            out, (grey, core), np.asarray(labels, int), label, np.asarray(stats[label], int)
        )
    return out


def _lightened(
    dark: Grey, tones: tuple[Grey, Grey], labels: Labels, label: int, stat: Stat
) -> Grey:
    grey, core = tones
    x, y, w, h = (int(v) for v in stat[:4])
    area = np.s_[y : y + h, x : x + w]
    inside = (labels[area] == label).astype(np.uint8)
    level = float(np.quantile(dark[area][(inside > 0) & (core[area] > 0)], 0.9))
    if level + _CONTRAST > 255:
        return dark
    # The letters of a seal stand within its rim; print between them is none of its.
    points = cv2.findNonZero(inside)
    hull = cv2.convexHull(points)
    disc = cv2.fillConvexPoly(np.zeros_like(inside), hull, 1) * grey[area]
    strokes = cv2.morphologyEx(disc, cv2.MORPH_OPEN, np.ones((_LETTER, _LETTER), np.uint8))
    touched = cv2.dilate(strokes, np.ones((_REACH, _REACH), np.uint8))
    cut = level + _CONTRAST / 3
    ramp = np.clip((np.arange(256) - cut) * (255 / max(min(_RAMP, 250 - cut), 1)), 0, 255)
    light = cv2.LUT(np.ascontiguousarray(dark[area]), ramp.astype(np.uint8))
    out = dark.copy()
    out[area] = np.where(touched > 0, light, dark[area])
    return out
