"""Candidate lines to the lattice of a page's tables: which lines are rules, by what they meet."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.scan.drawn import CROWDED, Drawn, darkness_to_drawn
from extract.scan.meeting import extended, meets, trimmed
from extract.scan.picture import Grey
from extract.scan.short import short_rules

# In pixels at 200 dpi. Level rules are averaged over the longer length: characters stand in rows.
_LEVEL_LENGTH, _LEAST_LEVEL = 51, 80
_UPRIGHT_LENGTH, _LEAST_UPRIGHT = 25, 25
# A line this long and this well drawn may be a rule; what it meets decides.
_LONG_LEVEL, _LONG_UPRIGHT, _SOLID = 200, 100, 0.45
_CROWDED_SLOPE = 1.6
_ROUNDS = 8


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """The rules of all tables of a page: `level` from top to bottom, `upright` from left to right.

    Upright rules are level lines of the page mirrored at its diagonal: their `y` is an x.
    """

    level: tuple[Drawn, ...]
    upright: tuple[Drawn, ...]


def darkness_to_lattice(dark: Grey) -> Lattice:
    """The lines of an upright page that are rules: those drawn up to the rules that they cross.

    >>> page = np.zeros((300, 400), np.uint8)
    >>> for at in (50, 120, 250):
    ...     page[at : at + 2, 50:352] = 255
    ...     page[50:252, at : at + 2] = page[50:252, 350:352] = 255
    >>> lattice = darkness_to_lattice(page)
    >>> len(lattice.level), len(lattice.upright)
    (3, 4)
    """
    across = np.ascontiguousarray(dark.T)
    level = darkness_to_drawn(dark, _LEVEL_LENGTH, _LEAST_LEVEL)
    upright = darkness_to_drawn(across, _UPRIGHT_LENGTH, _LEAST_UPRIGHT)
    rules = [d for d in level if _is_long(d, _LONG_LEVEL)]
    posts = [d for d in upright if _is_long(d, _LONG_UPRIGHT)]
    rules, posts = _settled(rules, posts)
    quality = lattice_quality(Lattice(tuple(rules), tuple(posts)))
    rules.extend(short_rules(dark, level, posts, rules, quality))
    posts.extend(short_rules(across, upright, rules, posts, quality))
    rules, posts = _settled(rules, posts)
    for _ in range(2):
        rules, posts = [extended(d, posts) for d in rules], [extended(d, rules) for d in posts]
    return Lattice(_in_order(rules), _in_order(posts))


def lattice_quality(lattice: Lattice) -> float:
    """The share of the rules of a page that is drawn, 0 to 1, the longest counting most."""
    shares = [(d.line.end - d.line.start, d.share) for d in (*lattice.level, *lattice.upright)]
    if not shares:
        return 0.0
    lengths, drawn = np.array(shares).T
    return float(np.median(np.repeat(drawn, np.maximum(lengths / 20, 1).astype(int))))


def _settled(rules: Sequence[Drawn], posts: Sequence[Drawn]) -> tuple[list[Drawn], list[Drawn]]:
    """Level and upright lines without those that do not meet the others, until all do."""
    level, upright = list(rules), list(posts)
    for _ in range(_ROUNDS):
        before = _lengths(level), _lengths(upright)
        level = [trimmed(d, upright) for d in level if meets(d, upright)]
        upright = [trimmed(d, level) for d in upright if meets(d, level)]
        if before == (_lengths(level), _lengths(upright)):
            break
    return level, upright


def _lengths(drawn: Sequence[Drawn]) -> tuple[float, ...]:
    return tuple(d.line.end - d.line.start for d in drawn)


def _is_long(drawn: Drawn, least: float) -> bool:
    """Whether it is long, and drawn all the better the more stands close beside it: characters
    in a row give lines too, but with gaps, and with more of the same beside."""
    if drawn.line.support < least or drawn.share < _SOLID:
        return False
    return drawn.inked >= _SOLID + max(drawn.crowded - CROWDED, 0) * _CROWDED_SLOPE


def _in_order(drawn: Sequence[Drawn]) -> tuple[Drawn, ...]:
    return tuple(sorted(drawn, key=lambda d: d.line.y((d.line.start + d.line.end) / 2)))
