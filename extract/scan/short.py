"""Short rules: those that run from one rule to the next, or over a few cells only."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from extract.scan.drawn import CROWDED, DOUBLE, Drawn
from extract.scan.evidence import lines_to_profiles
from extract.scan.meeting import NEAR, contact, edge_share, true_crossings
from extract.scan.picture import Grey
from extract.scan.strokes import Line

# A short rule is drawn whole, or on a page of broken rules at least by this share of the others.
_WHOLE = 0.85
_TOUCHES = 0.5
_TOO_BUSY = 0.6
_SHORTEST = 2 * NEAR + 8
# In pixels: characters in line with a rule may have drawn the line this far off it.
_OFF = 8


def short_rules(
    dark: Grey,
    candidates: Sequence[Drawn],
    across: Sequence[Drawn],
    beside: Sequence[Drawn],
    quality: float,
) -> list[Drawn]:
    """Level rules made of the stretches of candidates that are drawn from rule to rule.

    `across` are the upright rules that they may run between, `beside` the level ones that are
    known; `quality` is the share of the page's rules that is drawn, 0 to 1.
    """
    lines: list[Line] = []
    for drawn in candidates:
        for start, end in _stretches(drawn, across, quality):
            line = _moved(dark, drawn.line, start, end)
            if not _is_known(line, (d.line for d in beside)) and not _is_known(line, lines):
                lines.append(line)
    return list(map(Drawn, lines, lines_to_profiles(dark, lines)))


def _stretches(drawn: Drawn, across: Sequence[Drawn], quality: float) -> list[tuple[float, float]]:
    """From where to where neighbouring edges of a line are all drawn."""
    found: list[tuple[float, float]] = []
    for start, end in pairwise(true_crossings(drawn, across)):
        if end - start < _SHORTEST or not _is_drawn(drawn, start, end, quality):
            continue
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_drawn(drawn: Drawn, start: float, end: float, quality: float) -> bool:
    share = edge_share(drawn, start, end)
    ends = contact(drawn, start), contact(drawn, end)
    busy = float(drawn.profile.busy[round(start) : round(end)].mean())
    if quality > _WHOLE:
        return share >= _WHOLE and min(ends) >= _WHOLE and busy < _TOO_BUSY
    return bool(busy < CROWDED and share >= _WHOLE * quality and sum(ends) / 2 >= _TOUCHES)


def _moved(dark: Grey, line: Line, start: float, end: float) -> Line:
    """The line from `start` to `end`, where the ink is darkest there."""
    middle = line.y((start + end) / 2)
    first = max(round(middle) - _OFF, 0)
    rows = dark[first : first + 2 * _OFF + 1, round(start) + NEAR : round(end) - NEAR]
    sums = rows.sum(1, dtype=np.float64)
    best = int(sums.argmax())
    near = slice(max(best - 1, 0), best + 2)
    y = first + float(np.average(np.arange(sums.size)[near], weights=sums[near] + 1e-9))
    return Line(y, 0.0, start, end, end - start)


def _is_known(line: Line, others: Iterable[Line]) -> bool:
    middle = (line.start + line.end) / 2
    return any(
        other.start < middle < other.end and abs(other.y(middle) - line.y(middle)) <= DOUBLE
        for other in others
    )
