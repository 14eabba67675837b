"""Ruling lines as they were drawn, made whole: pieces joined, doubles laid upon each other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.pages import Rule

# A line drawn cell by cell has gaps as wide as the lines that cross it, a dotted one wider ones.
_GAP = 2.0
# Shorter than this many tolerances a line is a hyphen, a tick or dirt.
_SHORTEST = 1.5


@dataclass(frozen=True, slots=True, order=True)
class Segment:
    """A level or upright line: `at` across, from `start` to `end` along it, in points."""

    at: float
    start: float
    end: float


def rules_to_segments(
    rules: Iterable[Rule], tolerance: float
) -> tuple[tuple[Segment, ...], tuple[Segment, ...]]:
    """Level and upright rules as whole segments, each sorted by its place.

    Pieces no further apart than twice the tolerance are one; lines no further apart than the
    tolerance are one line drawn twice.

    >>> rules_to_segments((Rule(0, 5, 40, 5), Rule(41, 5.4, 90, 5.4), Rule(30, 0, 30, 9)), 3)
    ((Segment(at=5.22, start=0, end=90),), (Segment(at=30.0, start=0, end=9),))
    """
    level: list[Segment] = []
    upright: list[Segment] = []
    for rule in rules:
        if rule.y0 == rule.y1:
            level.append(Segment(rule.y0, min(rule.x0, rule.x1), max(rule.x0, rule.x1)))
        elif rule.x0 == rule.x1:
            upright.append(Segment(rule.x0, min(rule.y0, rule.y1), max(rule.y0, rule.y1)))
    return join_segments(level, tolerance), join_segments(upright, tolerance)


def join_segments(segments: Sequence[Segment], tolerance: float) -> tuple[Segment, ...]:
    """Segments of one direction with pieces joined, doubles made one, and specks left out."""
    joined: list[Segment] = []
    for line in clusters(sorted(segments), tolerance):
        joined.extend(_join_line(sorted(line, key=lambda s: s.start), _GAP * tolerance))
    return tuple(s for s in joined if s.end - s.start >= _SHORTEST * tolerance)


def clusters(segments: Sequence[Segment], tolerance: float) -> list[list[Segment]]:
    """Sorted segments in groups no wider than the tolerance."""
    groups: list[list[Segment]] = []
    for segment in segments:
        if groups and segment.at - groups[-1][0].at <= tolerance:
            groups[-1].append(segment)
        else:
            groups.append([segment])
    return groups


def _join_line(pieces: Sequence[Segment], gap: float) -> list[Segment]:
    """Pieces of about one line, sorted by their start, joined where they meet or nearly meet."""
    runs: list[list[Segment]] = []
    end = 0.0
    for piece in pieces:
        if runs and piece.start <= end + gap:
            runs[-1].append(piece)
            end = max(end, piece.end)
        else:
            runs.append([piece])
            end = piece.end
    return [_join_run(run) for run in runs]


def _join_run(run: Sequence[Segment]) -> Segment:
    length = sum(piece.end - piece.start for piece in run)
    if not length:
        return run[0]
    at = sum(piece.at * (piece.end - piece.start) for piece in run) / length
    return Segment(round(at, 3), min(piece.start for piece in run), max(piece.end for piece in run))
