"""Paths to their straight edges."""

import ctypes
from dataclasses import dataclass
from itertools import pairwise

from pypdfium2 import raw

from extract.pdf.limits import MOST_STROKES

Matrix = tuple[float, float, float, float, float, float]
Corners = tuple[float, float, float, float]
_Point = tuple[float, float]

THICKEST = 3.5
"""In points: a box no thicker than this is a ruling line, such as those of a letterhead."""

# A line that leaves its direction by so many points over its length is no ruling line.
_LEVEL = 0.6


@dataclass(frozen=True, slots=True)
class Edges:
    """Level and upright edges as thin boxes in PDF coordinates, and the number of curves."""

    boxes: tuple[Corners, ...]
    curves: int


def path_to_edges(item: raw.FPDF_PAGEOBJECT, matrix: Matrix, *, filled: bool) -> Edges:
    """The edges of a stroked path; of one that is only filled, the thin boxes in it.

    A stroked rectangle is four edges; a table whose borders are filled bars in one path is as many
    thin boxes. Fields of colour have no edges: they may lie under cells as they like.
    """
    parts, curves = _parts(item, matrix)
    boxes: list[Corners] = []
    for part in parts:
        if filled:
            box = _around(part)
            if min(box[2] - box[0], box[3] - box[1]) <= THICKEST:
                boxes.append(box)
        else:
            edges = (_around(edge) for edge in pairwise(part))
            boxes.extend(b for b in edges if min(b[2] - b[0], b[3] - b[1]) <= _LEVEL)
    return Edges(tuple(boxes), curves)


def _around(points: tuple[_Point, ...] | list[_Point]) -> Corners:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _parts(item: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> tuple[list[list[_Point]], int]:
    """The connected runs of straight strokes of a path, and the number of curves between them."""
    count = raw.FPDFPath_CountSegments(item)
    if count > MOST_STROKES:
        return [], count
    a, b, c, d, e, f = matrix
    x, y = ctypes.c_float(), ctypes.c_float()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    parts: list[list[_Point]] = []
    start: _Point = (0.0, 0.0)
    curves = 0
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, at_x, at_y)
        point = (a * x.value + c * y.value + e, b * x.value + d * y.value + f)
        if kind == raw.FPDF_SEGMENT_MOVETO or not parts:
            parts.append([point])
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            parts[-1].append(point)
        else:
            # The end of a curve begins a new run; a curve has three points.
            curves += 1
            parts.append([point])
        if raw.FPDFPathSegment_GetClose(segment) and parts[-1][-1] != start:
            parts[-1].append(start)
    return [part for part in parts if len(part) > 1], curves
