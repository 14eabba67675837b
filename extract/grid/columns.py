"""Columns of a table without upright rules: what the white between its entries parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.claims import looks_like_figure
from extract.grid.printing import PrintLine, line_to_text
from extract.pages import Box

# An entry may run over into its neighbour in this share of the rows.
_OVERRUN = 0.08
_NARROWEST_RIVER = 1.0
_SPACE = 0.6
_LONGEST_MEASURE = 3


@dataclass(frozen=True, slots=True)
class ColumnSpan:
    """A column: its print lies from `start` to `end`, its place is from `left` to `right`."""

    start: float
    end: float
    left: float
    right: float


def data_columns(rows: Sequence[Sequence[PrintLine]]) -> tuple[ColumnSpan, ...]:
    """The columns of rows of entries, from left to right."""
    spans = _inked([piece.box for row in rows for piece in row], _OVERRUN * len(rows))
    if not spans:
        return ()
    columns = _places(spans)
    glued = [i for i in range(len(columns) - 1) if _are_one(rows, columns, i)]
    for i in reversed(glued):
        spans[i : i + 2] = [(spans[i][0], spans[i + 1][1])]
    return _places(spans)


def _places(spans: Sequence[tuple[float, float]]) -> tuple[ColumnSpan, ...]:
    rivers = [(a[1] + b[0]) / 2 for a, b in pairwise(spans)]
    lefts, rights = [spans[0][0], *rivers], [*rivers, spans[-1][1]]
    return tuple(
        ColumnSpan(start, end, left, right)
        for (start, end), left, right in zip(spans, lefts, rights, strict=True)
    )


def _are_one(rows: Sequence[Sequence[PrintLine]], columns: Sequence[ColumnSpan], at: int) -> bool:
    """Whether column `at` and the next are one: everywhere a space apart, and the first always the
    same (01 自治区直达资金), or the second a measure (12 人)."""
    left: list[str] = []
    right: list[str] = []
    for row in rows:
        pieces = {holding_columns(piece.box, columns)[0]: piece for piece in row}
        one, other = pieces.get(at), pieces.get(at + 1)
        if one is not None and other is not None:
            if other.box.x0 - one.box.x1 > _SPACE * one.height:
                return False
            left.append(line_to_text(one.words))
            right.append(line_to_text(other.words))
    if len(left) < 2:
        return False
    measure = len(right[0]) <= _LONGEST_MEASURE and not looks_like_figure(right[0])
    return len(set(left)) == 1 or (len(set(right)) == 1 and measure)


def _inked(boxes: Sequence[Box], overrun: float) -> list[tuple[float, float]]:
    """Stretches that more than `overrun` boxes cover, with no wide white between."""
    events = sorted([(box.x0, 1) for box in boxes] + [(box.x1, -1) for box in boxes])
    spans: list[list[float]] = []
    covering = 0
    for x, step in events:
        before = covering
        covering += step
        if before <= overrun < covering:
            if spans and x - spans[-1][1] < _NARROWEST_RIVER:
                continue
            spans.append([x, x])
        elif covering <= overrun < before:
            spans[-1][1] = x
    return [(start, end) for start, end in spans if end > start]


def holding_columns(box: Box, columns: Sequence[ColumnSpan]) -> list[int]:
    """The columns whose print a box lies over or under; else the one it stands in. Never empty."""
    over = [
        (min(box.x1, column.end) - max(box.x0, column.start), i) for i, column in enumerate(columns)
    ]
    held = [i for share, i in over if share > 0.15 * (columns[i].end - columns[i].start)]
    if held:
        return held
    middle = (box.x0 + box.x1) / 2
    return [min(range(len(columns)), key=lambda i: _distance(middle, columns[i]))]


def _distance(x: float, column: ColumnSpan) -> float:
    return max(column.left - x, x - column.right, 0.0)
