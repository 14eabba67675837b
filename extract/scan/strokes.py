"""Darkness to straight level lines: candidates for the rules of a table, whole or in pieces."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.picture import Grey

# All in pixels at 200 dpi. A rule is seen where the darkness averaged over this length stands out
# from what lies this far above and below it.
_FLANK = 6
_STANDS_OUT = 42
# Pieces that lie no further than this beside a line belong to it.
_BESIDE = 4
_STEEPEST = 0.01
# A line of several pieces that is longer has a slope of its own; a shorter one that of its longest.
_LONG = 400
_TALLEST = 12
_MOST_PIECES = 3000


@dataclass(frozen=True, slots=True)
class Line:
    """A nearly level line `y = at + slope * x` from `start` to `end`; `support` pixels of it are
    drawn; it is `spread` pixels from its uppermost to its lowest stroke."""

    at: float
    slope: float
    start: float
    end: float
    support: float
    spread: float = 0.0

    def y(self, x: float) -> float:
        """Its height at `x`."""
        return self.at + self.slope * x


def darkness_to_lines(dark: Grey, length: int, least: float) -> tuple[Line, ...]:
    """Level lines of at least `least` drawn pixels, from top to bottom.

    `length` is how far darkness is averaged along the line: longer bridges wider gaps of broken
    rules and drowns more noise, shorter sees shorter rules. Strokes of characters that happen to
    lie in a row may be among the lines: what a line crosses tells them apart.

    >>> page = np.zeros((100, 300), np.uint8)
    >>> page[50:52, 20:280] = 255
    >>> line, = darkness_to_lines(page, 41, 80)
    >>> round(line.y(150), 1), line.support > 250
    (50.5, True)
    """
    pieces = _pieces(dark, length)
    return tuple(
        line
        for group in _collinear(pieces)
        if (line := _pieces_to_line(group)).support >= least and abs(line.slope) <= _STEEPEST
    )


def _pieces(dark: Grey, length: int) -> list[Line]:
    along = np.asarray(cv2.blur(dark, (length, 1), borderType=cv2.BORDER_CONSTANT), np.uint8)
    # Of two rows: rules that run half between two rows of pixels count as whole ones.
    along = np.asarray(cv2.blur(along, (1, 2)), np.uint8)
    flanks = cv2.addWeighted(_shifted(along, _FLANK), 0.5, _shifted(along, -_FLANK), 0.5, 0)
    mask = (cv2.subtract(along, flanks) > _STANDS_OUT).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    widths, heights = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    long = (widths >= length) & (widths >= 3 * heights)
    long &= heights <= _TALLEST + widths * _STEEPEST
    long[0] = False
    # Of a picture that is no page of print, the longest.
    chosen = np.flatnonzero(long)
    chosen = chosen[np.argsort(-widths[chosen], kind="stable")][:_MOST_PIECES]
    found: list[Line] = []
    for label in chosen.tolist():
        x, y, w, h, _ = (int(v) for v in stats[label])
        inside = labels[y : y + h, x : x + w] == label
        weights = along[y : y + h, x : x + w] * inside
        found.append(_fit(weights, x, y, length))
    return found


def _shifted(image: Grey, rows: int) -> Grey:
    out = np.zeros_like(image)
    if rows > 0:
        out[rows:] = image[:-rows]
    else:
        out[:rows] = image[-rows:]
    return out


def _fit(weights: npt.NDArray[np.uint8], x: int, y: int, length: int) -> Line:
    """The straight line through the middle of one piece."""
    h, w = weights.shape
    mass = weights.astype(np.float64)
    columns = mass.sum(0)
    rows = (mass * np.arange(h)[:, None]).sum(0) / np.maximum(columns, 1)
    if w >= 3 * length:
        slope, at = np.polyfit(np.arange(w), rows, 1, w=columns)
    else:
        slope, at = 0.0, float(np.average(rows, weights=columns))
    # Averaging smears a piece out at both ends; and two rows averaged lie half a row higher.
    smear = min(length / 3, w / 3)
    return Line(y - 0.5 + at - slope * x, slope, x + smear, x + w - 1 - smear, w - 2 * smear)


def _collinear(pieces: Sequence[Line]) -> list[list[Line]]:
    """Pieces grouped into lines: each joins the group whose longest piece it continues."""
    groups: list[list[Line]] = []
    at, slope = np.empty(len(pieces)), np.empty(len(pieces))
    for piece in sorted(pieces, key=lambda p: -p.support):
        middle = (piece.start + piece.end) / 2
        count = len(groups)
        beside = np.abs(at[:count] + slope[:count] * middle - piece.y(middle))
        best = int(beside.argmin()) if count else 0
        if count and beside[best] <= _BESIDE:
            groups[best].append(piece)
        else:
            at[count], slope[count] = piece.at, piece.slope
            groups.append([piece])
    return groups


def _pieces_to_line(group: Sequence[Line]) -> Line:
    start, end = min(p.start for p in group), max(p.end for p in group)
    xs = np.array([x for p in group for x in (p.start, p.end)])
    ys = np.array([y for p in group for y in (p.y(p.start), p.y(p.end))])
    # Long pieces are surer than short ones, which may be strokes of characters.
    weights = np.repeat([p.support**2 for p in group], 2)
    if end - start > _LONG and len(group) > 1:
        slope, at = np.polyfit(xs, ys, 1, w=weights)
    else:
        slope = group[0].slope
        at = float(np.average(ys - slope * xs, weights=weights))
    off = ys - at - slope * xs
    drawn = _union([(p.start, p.end) for p in group])
    return Line(float(at), float(slope), start, end, drawn, float(off.max() - off.min()))


def _union(spans: Sequence[tuple[float, float]]) -> float:
    """The length that spans cover together."""
    total, at = 0.0, -np.inf
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, at))
        at = max(at, end)
    return float(total)
