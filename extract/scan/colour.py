"""From a picture in colour to how dark the ink is: paper 0, ink 255, without seals and shadows."""

from dataclasses import dataclass

import cv2
import numpy as np

from extract.scan.picture import Grey, Pixels
from extract.scan.seals import without_grey_seals

# Of reddish pixels: how much red exceeds the other colours before it counts as seal ink.
_RED = 28
# Fewer red pixels than this share of the page are noise of the camera or of JPEG.
_LEAST_RED = 1e-4
# Darkness (natural logarithm of the share of light swallowed) that a red rim may leave.
_VEIL, _VEIL_SHARE = 0.2, 0.08
# Paper is looked for within this many pixels: wider than any stroke, narrower than a shadow.
_PAPER_REACH = 60
_SHRINK = 4
# A dark edge is at least this thick; no rule is.
_EDGE_THICKNESS = 20
_DARK = 110
# Ink is printed black; on a faint copy its darkest strokes are taken for black.
_FAINTEST_INK = 40


@dataclass(frozen=True, slots=True, eq=False)
class Tones:
    """A page without red ink, shadows and dark edges, grey seals lightened.

    `dark` says how dark its ink is, strengthened: paper about 0, good ink about 255, of a faint
    copy too. `light` is the page in grey as it is, paper about 255: on a faint copy it has less
    noise than what is strengthened, and reads better.
    """

    dark: Grey
    light: Grey


def pixels_to_tones(pixels: Pixels) -> Tones:
    """Both tones of a page in colour (height x width x 3).

    Red ink is taken out where it lies alone and where it covers black (the red of a seal leaves
    less than a tenth of its darkness behind); shadows of the paper and dark edges of the scanner's
    bed vanish.

    >>> page = np.full((300, 300, 3), 250, np.uint8)
    >>> page[50:60, 50:250] = (200, 30, 40)
    >>> page[100:104, 50:250] = 20
    >>> dark = pixels_to_tones(page).dark
    >>> bool(dark[55, 100] < 40), bool(dark[102, 100] > 200)
    (True, True)
    """
    light = _even(_without_edges(_without_red(pixels)))
    sealed = _strengthen(np.asarray(255 - light, np.uint8))
    dark = without_grey_seals(sealed)
    if dark is not sealed:
        light = np.where(dark != sealed, 255 - dark, light).astype(np.uint8)
    return Tones(dark, light)


def _without_red(pixels: Pixels) -> Grey:
    red, green, blue = cv2.split(pixels)
    luma = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    others = cv2.max(green, blue)
    reddish = cv2.subtract(red, others) > _RED
    if reddish.mean() < _LEAST_RED:
        return np.asarray(luma, np.uint8)
    # JPEG keeps colour at half the resolution: the seal's rim is reddish a little further out.
    near = cv2.dilate(reddish.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    # Inks multiply: density in red = black + share * seal, density in green = black + seal.
    density = -np.log(np.arange(1, 257, dtype=np.float32) / 256)
    in_red, in_other = density[red[near]], density[others[near]]
    seal = np.maximum(in_other - in_red, 0)
    core = seal > 0.5 * np.quantile(seal, 0.95)
    # Where black lies beneath, red is darker than the seal makes it: the lower half is seal only.
    share = float(np.quantile(in_red[core] / seal[core], 0.4)) if core.any() else 0.0
    # JPEG smears colour over the print beneath, which then seems redder than any seal is.
    most = float(np.quantile(in_red[core], 0.6)) if core.any() else 0.0
    out = np.asarray(cv2.max(red, luma), np.uint8)
    # The rim of the seal leaves a veil; black ink beneath is far darker than it.
    ink = float(density[int(np.quantile(luma[::4, ::4], 0.01))])
    red_part = np.minimum(share * seal, most)
    black = np.maximum(in_red - red_part - min(_VEIL, _VEIL_SHARE * ink), 0)
    out[near] = np.clip(256 * np.exp(-black) - 1, 0, 255).astype(np.uint8)
    return out


def _without_edges(grey: Grey) -> Grey:
    """Paper instead of what is dark, thick and reaches in from the edge of the picture."""
    dark = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA) < _DARK
    size = _EDGE_THICKNESS // 4
    # Outside the picture all is dark, so that a thin strip along the edge counts as thick.
    framed = cv2.copyMakeBorder(
        dark.astype(np.uint8), size, size, size, size, cv2.BORDER_CONSTANT, value=1
    )
    kernel = np.ones((size, size), np.uint8)
    thick = cv2.morphologyEx(framed, cv2.MORPH_OPEN, kernel)
    _, labels = cv2.connectedComponents(thick)
    edge = labels == labels[0, 0]
    inner = edge[size:-size, size:-size]
    if not inner.any():
        return grey
    grown = cv2.dilate(inner.astype(np.uint8), np.ones((3, 3), np.uint8))
    mask = cv2.resize(grown, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_NEAREST)
    out = grey.copy()
    out[mask > 0] = int(np.median(grey[::8, ::8]))
    return out


def _even(grey: Grey) -> Grey:
    """Divide by the paper around, so that all paper is white."""
    small = cv2.resize(grey, None, fx=1 / _SHRINK, fy=1 / _SHRINK, interpolation=cv2.INTER_AREA)
    reach = _PAPER_REACH // _SHRINK
    paper = cv2.dilate(small, np.ones((reach, reach), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), reach)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, np.maximum(paper, 1), scale=255), np.uint8)


def _strengthen(dark: Grey) -> Grey:
    """Stretch so that paper is 0 and the ink of this page, wherever it is faint, is black."""
    sample = dark[::2, ::2]
    floor = int(np.median(sample))
    strokes = sample[sample > max(floor + 16, _otsu(sample))]
    if strokes.size == 0:
        return dark
    ink = max(float(np.quantile(strokes, 0.7)), floor + _FAINTEST_INK)
    levels = (np.arange(256) - floor) * (255 / (ink - floor))
    return np.asarray(cv2.LUT(dark, np.clip(levels, 0, 255).astype(np.uint8)), np.uint8)


def _otsu(dark: Grey) -> float:
    level, _ = cv2.threshold(np.ascontiguousarray(dark), 0, 255, cv2.THRESH_OTSU)
    return float(level)
