"""Which column of one side is which of the other: by header text, never by a guess.

A header that is not the same on both sides is matched only where it is much more alike than any
other, has the same numbers in it (2020年 is not 2021年), and most figures below agree.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz

from audit.diff.sides import SideColumn

# By rapidfuzz, 0 to 100: headers that are alike, and how far ahead the best one must be.
_ALIKE: Final = 80.0
_MARGIN: Final = 10.0
# The share of figures that must agree.
_AGREEMENT: Final = Fraction(1, 2)
# Headers that a message names.
_MOST_NAMED: Final = 3
# In characters: a shorter header is part of too many others.
_LEAST_HELD: Final = 2
_DIGITS = re.compile(r"[0-9]+")

Agreement = Callable[[int, int], Fraction]
"""Share of the figures of a left and a right column, by index, that agree."""

NO_PAIRS: Mapping[int, int] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A right column without a partner, with the reason and the left columns that it may be."""

    right: int
    reason: str
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """`pairs` are (left, right) indices in the order of the left; `left_only` are left indices."""

    pairs: tuple[tuple[int, int], ...]
    left_only: tuple[int, ...]
    unmatched: tuple[Unmatched, ...]


def match_columns(
    left: Sequence[SideColumn],
    right: Sequence[SideColumn],
    agreement: Agreement,
    given: Mapping[int, int] = NO_PAIRS,
) -> ColumnMatch:
    """Pair the columns of two tables. `given` are pairs that a person told, right to left.

    >>> ours = [SideColumn("缴费 / 人数", ("缴费/人数", "人数")), SideColumn("合计", ("合计",))]
    >>> theirs = [SideColumn("合 计", ("合计",)), SideColumn("备用金", ("备用金",))]
    >>> match = match_columns(ours, theirs, lambda left, right: Fraction(0))
    >>> match.pairs, match.unmatched[0].reason
    (((1, 0),), 'no header like it')
    """
    pairs = dict(given)
    for likeness in (_whole, _shared):
        pairs |= _same(left, right, pairs, likeness)
    found = {
        r: _alike(left, right, r, pairs, agreement) for r in range(len(right)) if r not in pairs
    }
    chosen = {r: f for r, f in found.items() if isinstance(f, int)}
    for r, target in chosen.items():
        if list(chosen.values()).count(target) == 1:
            pairs[r] = target
    unmatched = [
        f
        if isinstance(f, Unmatched)
        else Unmatched(r, "two headers are like one of the left", (f,))
        for r, f in found.items()
        if r not in pairs
    ]
    taken = set(pairs.values())
    return ColumnMatch(
        tuple(sorted((target, r) for r, target in pairs.items())),
        tuple(i for i in range(len(left)) if i not in taken),
        tuple(unmatched),
    )


def _same(
    left: Sequence[SideColumn],
    right: Sequence[SideColumn],
    pairs: Mapping[int, int],
    length: Callable[[SideColumn, SideColumn], int],
) -> dict[int, int]:
    """Columns headed the same, each the other's only best: by the most glyphs in common."""
    taken = set(pairs.values())
    hits = {
        (i, r): length(left[i], right[r])
        for i in range(len(left))
        for r in range(len(right))
        if i not in taken and r not in pairs
    }
    return {
        r: i
        for (i, r), glyphs in hits.items()
        if glyphs and all(_is_less(hits, other, (i, r)) for other in hits if other != (i, r))
    }


def _is_less(
    hits: Mapping[tuple[int, int], int], other: tuple[int, int], best: tuple[int, int]
) -> bool:
    """Whether another pair leaves a pair alone: it has no column of it, or less in common."""
    touches = other[0] == best[0] or other[1] == best[1]
    return not touches or hits[other] < hits[best]


def _whole(left: SideColumn, right: SideColumn) -> int:
    """The length of the whole headers where they are the same, else 0."""
    same = bool(left.spellings) and left.spellings[:1] == right.spellings[:1]
    return len(left.spellings[0]) if same else 0


def _shared(left: SideColumn, right: SideColumn) -> int:
    """The length of the longest form that both headers have; a remark in brackets may be left out
    on one side, but 补助(中央) is not 补助(省级)."""
    one, other = set(left.spellings), set(right.spellings)
    same = (one & other) | (set(left.bare) & other) | (one & set(right.bare))
    return max(map(len, same), default=0)


def _likeness(left: SideColumn, right: SideColumn) -> float:
    """How alike two headers are, from 0 to 100; 0 where the numbers in them differ."""
    scores = (
        fuzz.ratio(one, other)
        for one in left.spellings
        for other in right.spellings
        if sorted(_DIGITS.findall(one)) == sorted(_DIGITS.findall(other))
    )
    return max(scores, default=0.0)


def _alike(
    left: Sequence[SideColumn],
    right: Sequence[SideColumn],
    r: int,
    pairs: Mapping[int, int],
    agreement: Agreement,
) -> int | Unmatched:
    """The left column that a right one surely is, or why there is none."""
    same = tuple(i for i, column in enumerate(left) if _shared(column, right[r]))
    if same:
        return Unmatched(r, "the header stands several times", same[:_MOST_NAMED])
    # Columns that are matched already are looked at too: a header like theirs is not a clear one.
    ranked = sorted(
        ((_likeness(column, right[r]), -i) for i, column in enumerate(left)), reverse=True
    )
    near = tuple(-i for score, i in ranked if score >= _ALIKE)[:_MOST_NAMED]
    if not near:
        return _by_figures(left, right, r, pairs, agreement)
    best = near[0]
    if best in pairs.values():
        return Unmatched(r, "the only header like it has its column", near)
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN:
        return Unmatched(r, "several headers are like it", near)
    if agreement(best, r) < _AGREEMENT:
        return Unmatched(r, "a header is like it, but most figures differ", near)
    return best


def _by_figures(
    left: Sequence[SideColumn],
    right: Sequence[SideColumn],
    r: int,
    pairs: Mapping[int, int],
    agreement: Agreement,
) -> int | Unmatched:
    """The one left column whose header, or its last part, holds that of the right one (结算资金 in
    2019年结算资金) or is held by it, where most figures agree; else those whose figures it has, as
    a hint."""
    free = [i for i in range(len(left)) if i not in pairs.values()]
    agreeing = tuple(i for i in free if agreement(i, r) >= _AGREEMENT)
    holding = [i for i in range(len(left)) if _holds(left[i], right[r])]
    if len(holding) == 1 and holding[0] in agreeing:
        return holding[0]
    if agreeing:
        return Unmatched(
            r, "no header like it, but most figures are those of", agreeing[:_MOST_NAMED]
        )
    return Unmatched(r, "no header like it")


def _holds(left: SideColumn, right: SideColumn) -> bool:
    """Whether one header stands whole within the other, with all its numbers."""
    return any(
        len(short) >= _LEAST_HELD and short in long
        for one in left.spellings
        for other in right.spellings
        for short, long in [sorted((one, other), key=len)]
        if set(_DIGITS.findall(short)) <= set(_DIGITS.findall(long))
    )
