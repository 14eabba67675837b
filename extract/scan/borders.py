"""The lattice of a page to its rules: which borders between neighbouring crossings are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from extract.scan.content import Content, content_splits
from extract.scan.drawn import Drawn
from extract.scan.lattice import Lattice, lattice_quality

# In pixels at 200 dpi.
_NEAR = 5
_END = 10
_SLACK = 24
# The share of a border that must be drawn, of what the rules of the page have on the whole; from
# the lower share on the border is looked at more closely.
_SURE, _LEAST_SURE = 0.62, 0.35
_UNSURE = 0.3
_ALL = 0.95
_BUSY = 0.45
# A rule is drawn up to its crossings by this share of their last pixels.
_REACHES = 0.5
# Below this share the rules of a page are broken, and a missing border need not mean merged cells.
_BROKEN = 0.97


@dataclass(frozen=True, slots=True)
class Border:
    """A piece of a rule in pixels of the upright page; `inferred` if what stands on both sides of
    it, not ink of its own, says that it is there."""

    x0: float
    y0: float
    x1: float
    y1: float
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Borders:
    """All borders of a page; `quality` is the share of its rules that is drawn, 0 to 1."""

    borders: tuple[Border, ...]
    quality: float


def lattice_to_borders(lattice: Lattice, content: Content) -> Borders:
    """Decide for each piece of rule between two crossings whether it is there.

    A piece that is drawn is there; one that is not is a hole in a merged cell. Where the rules of
    the page are broken, or a piece is drawn in part, what is printed on both sides decides: a word
    that runs across shows a merged cell, words on either side of it show two cells.
    """
    quality = lattice_quality(lattice)
    level = _borders(lattice.level, lattice.upright, quality, content)
    upright = _borders(lattice.upright, lattice.level, quality, content.mirrored())
    return Borders(
        (*level, *(Border(b.y0, b.x0, b.y1, b.x1, b.inferred) for b in upright)), quality
    )


def _borders(
    lines: Sequence[Drawn], across: Sequence[Drawn], quality: float, content: Content
) -> list[Border]:
    found: list[Border] = []
    for drawn in lines:
        spots = [(x, other) for other in across if (x := _crossing(drawn, other)) is not None]
        spots.sort(key=lambda spot: spot[0])
        xs = [x for x, _ in spots]
        present = _present(drawn, xs, quality)
        for i in range(len(xs) - 1):
            if present[i] == 1:
                found.append(_border(drawn, xs[i], xs[i + 1], inferred=False))
            elif present[i] == 0 and _continues(present, i, quality):
                y = drawn.line.y((xs[i] + xs[i + 1]) / 2)
                before, after = _neighbours(drawn, lines, xs[i], xs[i + 1], y)
                inner = before is not None and after is not None
                # Nothing is merged across the outer border of a table.
                if not inner or content_splits(
                    content, (xs[i], xs[i + 1]), (before or y, y, after or y)
                ):
                    found.append(_border(drawn, xs[i], xs[i + 1], inferred=True))
    return found


def _crossing(drawn: Drawn, other: Drawn) -> float | None:
    """Where `other` crosses or ends at `drawn`, along `drawn`."""
    line, over = drawn.line, other.line
    x = over.y(line.y(over.at))
    y = line.y(x)
    if not over.start - _SLACK <= y <= over.end + _SLACK:
        return None
    return x


def _present(drawn: Drawn, xs: Sequence[float], quality: float) -> npt.NDArray[np.int_]:
    """1 for a piece that is drawn, -1 for one that is not, 0 where that is not sure."""
    whole = quality >= _BROKEN
    sure = _SURE if whole else max(_LEAST_SURE, _SURE * quality)
    unsure = _UNSURE if whole else 0.0
    flags = []
    for start, end in pairwise(xs):
        near = min(_NEAR, (end - start) / 4)
        share = drawn.profile.drawn_share(start + near, end - near)
        ends = (_end(drawn, start, 1), _end(drawn, end, -1))
        # A word that stands where the rule would run leaves its ends free.
        reaches = min(ends) >= _REACHES if whole else max(ends) >= _UNSURE
        busy = drawn.profile.busy[max(round(start), 0) : max(round(end), 1)]
        # What is printed close beside may be taken for the rule itself.
        alone = busy.size > 0 and float(busy.mean()) < _BUSY
        reaches = (reaches and alone) or (share >= _ALL and drawn.line.spread < _NEAR)
        flags.append(1 if share >= sure and reaches else 0 if share >= unsure else -1)
    return np.array(flags, int)


def _end(drawn: Drawn, spot: float, way: int) -> float:
    """The share that is drawn next to a crossing, on one side of it."""
    inner, outer = sorted((round(spot) + way * _NEAR, round(spot) + way * _END))
    return drawn.profile.inked_share(inner, outer)


def _continues(present: npt.NDArray[np.int_], i: int, quality: float) -> bool:
    """Whether the same rule is drawn before or after this piece: next to it, where the rules of
    the page are whole."""
    if quality >= _BROKEN:
        return bool((present[max(i - 1, 0) : i + 2] == 1).any())
    return bool((present[:i] == 1).any() or (present[i + 1 :] == 1).any())


def _neighbours(
    drawn: Drawn, lines: Sequence[Drawn], start: float, end: float, y: float
) -> tuple[float | None, float | None]:
    """Where the next rules above and below lie that are drawn between the same crossings."""
    middle = (start + end) / 2
    ys = [
        other.line.y(middle)
        for other in lines
        if other is not drawn
        and other.profile.drawn_share(start + _NEAR, end - _NEAR) >= _UNSURE
        and other.line.start - _SLACK <= middle <= other.line.end + _SLACK
    ]
    return max((v for v in ys if v < y - 1), default=None), min(
        (v for v in ys if v > y + 1), default=None
    )


def _border(drawn: Drawn, start: float, end: float, inferred: bool) -> Border:
    middle = (drawn.line.start + drawn.line.end) / 2
    y = drawn.line.y(middle)
    return Border(start, y, end, y, inferred)
