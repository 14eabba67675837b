"""Where text is printed on an upright page: lines within cells, and lines outside tables."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from extract.scan.content import Content
from extract.scan.picture import Area, Grey
from extract.scan.specks import Marks, specks

# In pixels at 200 dpi. A full stop of the smallest print is 2 by 3; noise is smaller.
_LEAST_AREA = 5
# Next to other print even less counts: a minus sign of a faint copy, the dot of an i.
_FAINTEST_AREA = 2
# And a character has more ink than this.
_LEAST_CHARACTER = 12
# Ink this near to a border and no thicker is what is left of a rule.
_RIM = 4
_LARGEST_SPECK, _LARGEST_STUB = 7, 12
_USUAL_HEIGHT = 26.0
_SHORTEST, _TALLEST = 12, 60
# Characters of one run of text stand no further apart than this share of their height.
_GAP = 0.9
_LEAST_HEIGHT = 6
# Beside a line of at least half the usual height, lines of specks alone are noise.
_HALF, _SPECK = 0.5, 0.45
_LONGEST_STROKE = 80


def content_to_marks(content: Content) -> Marks:
    """All connected marks of ink of a page but specks, from top to bottom.

    >>> ink = np.zeros((50, 50), np.uint8)
    >>> ink[10:20, 5:9] = ink[30, 30] = 1
    >>> content_to_marks(Content(ink)).tolist()
    [[5, 10, 9, 20, 40]]
    """
    _, _, stats, _ = cv2.connectedComponentsWithStats(content.ink, connectivity=8)
    marks = stats[1:].astype(int)
    marks = marks[marks[:, 4] >= _FAINTEST_AREA]
    marks[:, 2] += marks[:, 0]
    marks[:, 3] += marks[:, 1]
    return np.asarray(marks[np.argsort(marks[:, 1], kind="stable")])


def print_height(marks: Marks) -> float:
    """The usual height of characters on a page, in pixels."""
    heights = (marks[:, 3] - marks[:, 1])[marks[:, 4] > _LEAST_CHARACTER]
    heights = heights[(heights >= _SHORTEST) & (heights <= _TALLEST)]
    return float(np.median(heights)) if heights.size else _USUAL_HEIGHT


@dataclass(frozen=True, slots=True)
class CellPrint:
    """The lines of text within a cell, from top to bottom, none where it is blank; and its dirt:
    specks, and what is left of rules along its rim."""

    lines: tuple[Area, ...]
    dirt: tuple[Area, ...]


def cell_to_print(marks: Marks, cell: Area, usual: float) -> CellPrint:
    """What is printed within a cell; `usual` is the height of print in pixels.

    A mark belongs to the cell that holds its middle, so that text which runs over a rule stays
    whole. What is left of a rule along the rim of the cell is no text.

    >>> figure, rest_of_a_rule = [40, 20, 56, 44, 120], [10, 50, 90, 52, 160]
    >>> found = cell_to_print(np.array([figure, rest_of_a_rule]), Area(10, 10, 90, 54), 24)
    >>> found.lines, len(found.dirt)
    ((Area(x0=40, y0=20, x1=56, y1=44),), 1)
    """
    x = (marks[:, 0] + marks[:, 2]) / 2
    y = (marks[:, 1] + marks[:, 3]) / 2
    inside = marks[(x > cell.x0) & (x < cell.x1) & (y > cell.y0) & (y < cell.y1)]
    rim = _is_rim(inside, cell)
    dirt = rim.copy()
    dirt[~rim] = specks(inside[~rim], usual)
    return CellPrint(
        marks_to_lines(inside[~dirt], usual),
        tuple(Area(*mark) for mark in inside[dirt, :4].tolist()),
    )


def _is_rim(marks: Marks, cell: Area) -> npt.NDArray[np.bool_]:
    x0, y0, x1, y1 = marks[:, 0], marks[:, 1], marks[:, 2], marks[:, 3]
    thin_across, thin_along = y1 - y0 <= _RIM, x1 - x0 <= _RIM
    at_row = (y1 <= cell.y0 + _RIM + 2) | (y0 >= cell.y1 - _RIM - 2)
    at_column = (x1 <= cell.x0 + _RIM + 2) | (x0 >= cell.x1 - _RIM - 2)
    # A speck on the rule itself is what a seal or a stain left of it.
    on_level = (y0 <= cell.y0 + 1) | (y1 >= cell.y1 - 1)
    on_upright = (x0 <= cell.x0 + 1) | (x1 >= cell.x1 - 1)
    size = np.maximum(x1 - x0, y1 - y0)
    speck = (size <= _LARGEST_SPECK) & (on_level | on_upright)
    # And a mark on two of them at once is the stub of a rule that is broken near its crossing.
    stub = (size <= _LARGEST_STUB) & on_level & on_upright
    return np.asarray((thin_across & at_row) | (thin_along & at_column) | speck | stub)


def marks_to_lines(marks: Marks, usual: float) -> tuple[Area, ...]:
    """Marks as lines of text, from top to bottom: those whose heights overlap are of one line,
    and so are strokes of one character such as 二 that lie apart. Beside print, specks are none.

    `usual` is the height of print in pixels.

    >>> first, second, below = [10, 10, 30, 34, 90], [34, 12, 50, 34, 80], [12, 60, 40, 84, 95]
    >>> marks_to_lines(np.array([first, second, below]), 24)
    (Area(x0=10, y0=10, x1=50, y1=34), Area(x0=12, y0=60, x1=40, y1=84))
    """
    sure = marks[:, 4] >= _LEAST_AREA
    lines: list[list[int]] = []
    for x0, y0, x1, y1, _ in marks[sure][np.argsort(marks[sure, 1], kind="stable")].tolist():
        size = max(x1 - x0, y1 - y0)
        if lines and _same_line(lines[-1], y0, y1, usual):
            last = lines[-1]
            ends = min(last[0], x0), min(last[1], y0), max(last[2], x1), max(last[3], y1)
            last[:] = [*ends, max(last[4], size)]
        else:
            lines.append([x0, y0, x1, y1, size])
    if any(line[3] - line[1] >= _HALF * usual for line in lines):
        lines = [line for line in lines if line[4] >= _SPECK * usual]
    for x0, y0, x1, y1, _ in marks[~sure].tolist():
        for line in lines:
            near = x0 <= line[2] + usual * _GAP and x1 >= line[0] - usual * _GAP
            if near and line[1] <= y0 and y1 <= line[3]:
                line[0], line[2] = min(line[0], x0), max(line[2], x1)
    return tuple(Area(*line[:4]) for line in lines)


def _same_line(line: Sequence[int], y0: int, y1: int, usual: float) -> bool:
    overlap = min(line[3], y1) - max(line[1], y0)
    together = max(line[3], y1) - min(line[1], y0)
    # Half of the print may be figures, which are lower than characters; the first mark of a line
    # may be a stroke at the top of it.
    return overlap > 0.4 * min(y1 - y0, line[3] - line[1]) or together <= 1.5 * usual


def free_lines(content: Content, tables: Iterable[Area], usual: float) -> tuple[Area, ...]:
    """The lines of text outside tables, parted where there is a wide gap in them."""
    ink = content.ink.copy()
    for table in tables:
        ink[
            max(table.y0 - _RIM, 0) : table.y1 + _RIM, max(table.x0 - _RIM, 0) : table.x1 + _RIM
        ] = 0
    return _ink_to_lines(_without_long_strokes(ink), usual)


def _without_long_strokes(ink: Grey) -> Grey:
    """Ink without rules that belong to no grid: underlines, the three lines of a 三线表."""
    out = ink.copy()
    for size, grown in (((1, _LONGEST_STROKE), (3, 1)), ((_LONGEST_STROKE, 1), (1, 3))):
        long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(size, np.uint8))
        out[cv2.dilate(long, np.ones(grown, np.uint8)) > 0] = 0
    return out


def _ink_to_lines(ink: Grey, usual: float) -> tuple[Area, ...]:
    reach = max(3, round(usual * _GAP)) | 1
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = [
        Area(x, y, x + w, y + h)
        for x, y, w, h, area in stats[1:].tolist()
        if area >= 4 * _LEAST_AREA and (h >= _LEAST_HEIGHT or w >= _LEAST_HEIGHT)
    ]
    return _joined(found, usual)


def _joined(areas: Sequence[Area], usual: float) -> tuple[Area, ...]:
    """Areas that overlap are one: strokes of a character that lie apart, dots over it."""
    lines: list[Area] = []
    for area in sorted(areas, key=lambda a: (a.x1 - a.x0) * (a.y1 - a.y0), reverse=True):
        for i, line in enumerate(lines):
            near_x = area.x0 <= line.x1 + usual / 2 and area.x1 >= line.x0 - usual / 2
            middle = (area.y0 + area.y1) / 2
            if near_x and line.y0 - 2 <= middle <= line.y1 + 2 and _fits(area, line, usual):
                lines[i] = Area(
                    min(area.x0, line.x0),
                    min(area.y0, line.y0),
                    max(area.x1, line.x1),
                    max(area.y1, line.y1),
                )
                break
        else:
            lines.append(area)
    return tuple(sorted(lines, key=lambda a: (a.y0, a.x0)))


def _fits(area: Area, line: Area, usual: float) -> bool:
    together = max(area.y1, line.y1) - min(area.y0, line.y0)
    return together <= max(1.3 * (line.y1 - line.y0), 1.3 * usual)
