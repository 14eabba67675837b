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

_ALIKE: Final = 80.0
_MARGIN: Final = 10.0
_AGREEMENT: Final = Fraction(1, 2)
_MOST_NAMED: Final = 3
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
    for fullest in (True, False):
        pairs |= _same(left, right, pairs, fullest)
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
    fullest: bool,
) -> dict[int, int]:
    """Columns headed the same, where the header stands once on each side."""
    free_left = [i for i in range(len(left)) if i not in set(pairs.values())]
    free_right = [i for i in range(len(right)) if i not in pairs]
    hits = [
        (i, r) for i in free_left for r in free_right if _headed_same(left[i], right[r], fullest)
    ]
    return {
        r: i
        for i, r in hits
        if sum(h[0] == i for h in hits) == 1 and sum(h[1] == r for h in hits) == 1
    }


def _headed_same(left: SideColumn, right: SideColumn, fullest: bool) -> bool:
    if fullest:
        return bool(left.spellings) and left.spellings[:1] == right.spellings[:1]
    return not set(left.spellings).isdisjoint(right.spellings)


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
    same = tuple(i for i, column in enumerate(left) if _headed_same(column, right[r], False))
    if same:
        return Unmatched(r, "the header stands several times", same[:_MOST_NAMED])
    # Columns that are matched already are looked at too: a header like theirs is not a clear one.
    ranked = sorted(
        ((_likeness(column, right[r]), -i) for i, column in enumerate(left)), reverse=True
    )
    near = tuple(-i for score, i in ranked if score >= _ALIKE)[:_MOST_NAMED]
    if not near:
        return Unmatched(r, "no header like it")
    best = near[0]
    if best in pairs.values():
        return Unmatched(r, "the only header like it has its column", near)
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _MARGIN:
        return Unmatched(r, "several headers are like it", near)
    if agreement(best, r) < _AGREEMENT:
        return Unmatched(r, "a header is like it, but most figures differ", near)
    return best
