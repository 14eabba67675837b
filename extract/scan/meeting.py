"""Where lines cross, and whether they are drawn up to their crossings as rules are."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extract.scan.drawn import Drawn
from extract.scan.strokes import Line

# In pixels at 200 dpi. A rule is drawn right up to the rules that it meets; characters keep clear.
NEAR = 4
_FAR = 14
_MEETS = 0.4
# A line runs as far as the rule that it meets if that is no further away than this.
REACH = 24
_ROW = 70.0
_FAR_REACH = 3000.0
# What is drawn less than this between two crossings is not drawn there.
_HARDLY = 0.25
# The end of a broken rule is drawn at least by this share of how well the rest of it is drawn.
_UNTRIMMED = 0.45


def crossings(line: Line, others: Sequence[Drawn], reach: float = REACH) -> list[float]:
    """Where along a line the others cross or touch it."""
    spots = []
    for other in others:
        x = other.line.y(line.y((line.start + line.end) / 2))
        x = other.line.y(line.y(x))
        on_line = line.start - reach <= x <= line.end + reach
        # As far as one row of a table: the other may be broken at its end, too.
        over = min(reach, _ROW)
        on_other = other.line.start - over <= line.y(x) <= other.line.end + over
        if on_line and on_other:
            spots.append(x)
    return sorted(spots)


def contact(drawn: Drawn, spot: float) -> float:
    """How far the line is drawn up to a crossing, on the better side."""
    share, at = drawn.profile.inked_share, round(spot)
    return max(share(at - _FAR, at - NEAR), share(at + NEAR, at + _FAR))


def meets(drawn: Drawn, others: Sequence[Drawn]) -> bool:
    """Whether the line crosses at least two of the others and is drawn up to most of them."""
    spots = true_crossings(drawn, others)
    if len(spots) < 2:
        return False
    return float(np.mean([contact(drawn, spot) for spot in spots])) >= _MEETS


def true_crossings(drawn: Drawn, others: Sequence[Drawn]) -> list[float]:
    """Where others are drawn up to the line: a rule that ends near it does not meet it."""
    found: list[float] = []
    for other in others:
        spots = crossings(drawn.line, [other])
        found.extend(x for x in spots if contact(other, drawn.line.y(x)) >= _MEETS)
    return sorted(found)


def trimmed(drawn: Drawn, others: Sequence[Drawn]) -> Drawn:
    """The line without what hardly is drawn beyond its last crossings: characters that happen to
    stand in its way."""
    spots = crossings(drawn.line, others)
    while len(spots) > 2 and not _runs(drawn, spots[0], spots[1]):
        spots = spots[1:]
    while len(spots) > 2 and not _runs(drawn, spots[-2], spots[-1]):
        spots = spots[:-1]
    start = max(drawn.line.start, spots[0] - REACH)
    end = min(drawn.line.end, spots[-1] + REACH)
    return replace(drawn, line=replace(drawn.line, start=start, end=end))


def _runs(drawn: Drawn, start: float, end: float) -> bool:
    """Whether the line is drawn from one crossing to the other, and not only between them."""
    if edge_share(drawn, start, end) < _HARDLY:
        return False
    if end - start < 2 * _FAR:
        return True
    share, after, before = drawn.profile.inked_share, round(start), round(end)
    return max(share(after + NEAR, after + _FAR), share(before - _FAR, before - NEAR)) >= _MEETS


def extended(drawn: Drawn, others: Sequence[Drawn]) -> Drawn:
    """The line as far as the next rules that it would cross, where it is drawn in part up to them:
    the ends of broken rules."""
    start, end = drawn.line.start, drawn.line.end
    spots = crossings(drawn.line, others, _FAR_REACH)
    reach = _UNTRIMMED * drawn.share
    for spot in reversed([spot for spot in spots if spot < start]):
        if edge_share(drawn, spot, start) < reach or not _runs(drawn, spot, start):
            break
        start = spot
    for spot in (spot for spot in spots if spot > end):
        if edge_share(drawn, end, spot) < reach or not _runs(drawn, end, spot):
            break
        end = spot
    return replace(drawn, line=replace(drawn.line, start=start, end=end))


def edge_share(drawn: Drawn, start: float, end: float) -> float:
    """The share of a line that is drawn between two crossings, 0 to 1."""
    near = min(NEAR, (end - start) / 4)
    return drawn.profile.drawn_share(start + near, end - near)
