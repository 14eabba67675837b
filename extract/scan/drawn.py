"""Candidate lines with what is drawn along them; rules drawn double taken as one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extract.scan.evidence import Flags, Profile, lines_to_profiles
from extract.scan.picture import Grey
from extract.scan.strokes import Line, darkness_to_lines

DOUBLE = 12
"""In pixels at 200 dpi: two rules nearer than this are one, drawn double; rows of text are 25
pixels high and more."""

# Rules have free space beside them, rows of characters have more of the same.
CROWDED = 0.2
_GAP = 8
# Both rules of a double one are drawn by this share; two rows of strokes in a title are not.
_SOLID = 0.75
# In pixels: rules of two tables may come as near to one line, each drawn where the other is not.
_ALONE, _ABSENT = 101, 0.35


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A line with what is drawn along it."""

    line: Line
    profile: Profile

    @property
    def share(self) -> float:
        """The share of its length that is drawn."""
        return self.profile.drawn_share(self.line.start, self.line.end)

    @property
    def inked(self) -> float:
        """The share of its length where there is ink at all."""
        return self.profile.inked_share(self._extent.start, self._extent.stop)

    @property
    def crowded(self) -> float:
        """The share of its length where something else stands close by."""
        return float(self.profile.busy[self._extent].mean())

    @property
    def _extent(self) -> slice:
        first = min(max(round(self.line.start), 0), self.profile.drawn.size - 1)
        return slice(first, max(round(self.line.end), first + 1))


def darkness_to_drawn(dark: Grey, length: int, least: float) -> list[Drawn]:
    """All level lines (see `darkness_to_lines`) with their profiles."""
    lines = darkness_to_lines(dark, length, least)
    drawn = list(map(Drawn, lines, lines_to_profiles(dark, lines)))
    known = {id(d.line): d.profile for d in drawn}
    joined = _join_doubles(drawn)
    changed = [line for line in joined if id(line) not in known]
    fresh = dict(zip(map(id, changed), lines_to_profiles(dark, changed), strict=True))
    profiles = [(line, known.get(id(line)) or fresh[id(line)]) for line in joined]
    return [Drawn(_whole(line, profile), profile) for line, profile in profiles]


def _whole(line: Line, profile: Profile) -> Line:
    """The line as far as it is drawn on at both ends."""
    width = profile.drawn.size
    first, last = min(max(round(line.start), 0), width - 1), min(max(round(line.end), 0), width - 1)
    start = first - _runs_on(profile.drawn[:first][::-1])
    return replace(line, start=float(start), end=float(last + _runs_on(profile.drawn[last + 1 :])))


def _runs_on(drawn: Flags) -> int:
    """How many pixels it is drawn on, gaps that are short apart."""
    spots = np.flatnonzero(drawn)
    if not spots.size or spots[0] > _GAP:
        return 0
    gaps = np.flatnonzero(np.diff(spots) > _GAP)
    return int(spots[gaps[0]] if gaps.size else spots[-1]) + 1


def _join_doubles(drawn: Sequence[Drawn]) -> list[Line]:
    """Lines, with those that run side by side, both well drawn, as one."""
    lines: list[Line] = []
    seen: list[Drawn] = []
    for d in sorted(drawn, key=lambda d: -d.line.support):
        line = d.line
        for i, other in enumerate(lines):
            middle = (line.start + line.end) / 2
            beside = min(line.end, other.end) - max(line.start, other.start)
            apart = line.y(middle) - other.y(middle)
            if abs(apart) > DOUBLE or beside <= 0:
                continue
            wide = beside > 0.6 * (other.end - other.start)
            if wide and min(d.inked, seen[i].inked) > _SOLID:
                lines[i] = replace(
                    other, at=other.at + apart / 2, spread=max(other.spread, abs(apart))
                )
                break
            rest = _alone(line, d.profile, seen[i].profile)
            if rest is None:
                break
            line = rest
        else:
            lines.append(line)
            seen.append(d)
    return lines


def _alone(line: Line, drawn: Profile, other: Profile) -> Line | None:
    """The longest stretch of a line that is drawn where its stronger neighbour is not: their rules
    are of different tables. None where there is no such stretch."""
    first, last = max(round(line.start), 0), min(round(line.end) + 1, drawn.drawn.size)
    there, beside = drawn.drawn[first:last], other.drawn[first:last]
    if there.size < _ALONE:
        return None
    free = np.convolve(there, np.ones(_ALONE) / _ALONE, "same") >= _SOLID
    free &= np.convolve(beside, np.ones(_ALONE) / _ALONE, "same") <= _ABSENT
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8)))
    runs = edges.reshape(-1, 2)
    if not runs.size:
        return None
    start, end = max(runs.tolist(), key=lambda run: run[1] - run[0])
    if end - start < _ALONE:
        return None
    return replace(
        line, start=float(first + start), end=float(first + end), support=float(end - start)
    )
