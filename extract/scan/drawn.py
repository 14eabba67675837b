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
    inked: list[float] = []
    for d in sorted(drawn, key=lambda d: -d.line.support):
        line = d.line
        middle = (line.start + line.end) / 2
        for i, other in enumerate(lines):
            beside = min(line.end, other.end) - max(line.start, other.start)
            apart = line.y(middle) - other.y(middle)
            wide = beside > 0.6 * (other.end - other.start)
            if abs(apart) <= DOUBLE and wide and min(d.inked, inked[i]) > _SOLID:
                lines[i] = replace(
                    other, at=other.at + apart / 2, spread=max(other.spread, abs(apart))
                )
                break
            if abs(apart) <= DOUBLE and beside > 0:
                break
        else:
            lines.append(line)
            inked.append(d.inked)
    return lines
