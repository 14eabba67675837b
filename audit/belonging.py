"""Sums that the places of rows tell: the counties that follow a prefecture are its parts.

`wholes` gives for each row the row of the unit that its own unit belongs to, None where that is not
known or stands nowhere in the table. Figures come first: places strengthen or weaken a run that
adds up, and name the parts of a row whose sum is open by one misread figure, where the same table
shows elsewhere that a whole is the sum of the parts that follow it.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

import numpy as np

from audit.candidates import Candidate, agreement
from audit.closing import as_candidate, explained
from audit.grid import Grid
from audit.words import RowWord

Wholes = tuple[int | None, ...]

# In decades: what places add to the evidence of figures.
_TOLD: Final = 3.0
# Parts that a sum has at the least.
_LEAST: Final = 2
# So many times the sums that are not those of places must be those that are.
_SHOWN: Final = 3
# Where a run may end: a sum of so many rows more is not looked for.
_MOST_ENDS: Final = 60
_SUMS: Final = (RowWord.HEAD, RowWord.SUB)


def place_weight(candidate: Candidate, wholes: Wholes, sequence: tuple[int, ...]) -> float:
    """Decades by which places speak for a run (or against it, below zero).

    For it: its parts belong to its head, and none that does follows. Against it: it ends amid
    them, or its head has parts of its own and it is made of another's.
    """
    if not wholes:
        return 0.0
    head = candidate.head
    own = sum(wholes[p] == head for p in candidate.parts)
    strange = sum(wholes[p] not in (None, head) for p in candidate.parts)
    if own >= _LEAST and not strange:
        beyond = {candidate.first - 1, candidate.last + 1}
        amid = any(0 <= i < len(sequence) and wholes[sequence[i]] == head for i in beyond)
        return -_TOLD if amid else _TOLD
    placed = head in wholes or wholes[head] is not None
    return -_TOLD if strange and placed else 0.0


@dataclass(frozen=True, slots=True)
class _Table:
    """The figures, the wholes, the rows that are somebody's whole, and those that are called sums
    and whose parts are not known."""

    grid: Grid
    wholes: Wholes
    heads: frozenset[int]
    open_sums: frozenset[int]


def worded_wholes(words: tuple[RowWord | None, ...], forward: bool | None) -> Wholes:
    """The wholes that words tell: the first rows behind one that is called a sum (before it, where
    sums stand last) are its parts, and where they end is open.

    `甲地区合计, 甲县, 乙县, 丙县, 乙地区小计, …`: None, 0, 0, None, None, …
    """
    found: list[int | None] = [None] * len(words)
    if forward is None:
        return tuple(found)
    step = 1 if forward else -1
    for row, word in enumerate(words):
        if word in _SUMS:
            for part in range(row + step, row + step * (_LEAST + 1), step):
                if not 0 <= part < len(words) or words[part] in _SUMS:
                    break
                found[part] = row
    return tuple(found)


def told_sums(
    grid: Grid,
    words: tuple[RowWord | None, ...],
    wholes: Wholes,
    sequence: tuple[int, ...],
    known: Sequence[Candidate],
) -> tuple[Candidate, ...]:
    """Blocks of rows whose parts are told by their places and whose sum is open by one misreading,
    by a part that is counted elsewhere, or by a sum within it that is open.

    `sequence` are the rows that are nobody's parts yet, `known` the sums found by figures. Nothing
    is told where none of these, or too few, show that wholes are sums of the parts beside them.
    """
    if not wholes or not grid.columns:
        return ()
    shown, against = _shown(wholes, known)
    if shown < 1 or shown < _SHOWN * against:
        return ()
    summed = {b.head for b in known}
    open_sums = frozenset(r for r, w in enumerate(words) if w in _SUMS and r not in summed)
    heads = frozenset(row for row in wholes if row is not None)
    table = _Table(grid, wholes, heads, open_sums)
    taken: set[int] = set()
    found: list[Candidate] = []
    for head in sorted(heads - summed):
        made = _told(table, sequence, head)
        parts = {p for c in made for p in c.parts}
        if taken.isdisjoint(parts):
            found += made
            taken |= parts
    return tuple(found)


def _shown(wholes: Wholes, known: Sequence[Candidate]) -> tuple[int, int]:
    """How many sums found are those of all rows told to be their head's, and how many are not.

    A row within a sum of the parts (市辖区小计) stands for those that it adds up.
    """
    parent = {p: b.head for b in known for p in b.parts}
    parts: dict[int, list[int]] = defaultdict(list)
    for row, head in enumerate(wholes):
        if head is not None:
            parts[head].append(row)

    def within(row: int, head: int) -> bool:
        seen: set[int] = set()
        while row in parent and row not in seen:
            seen.add(row)
            row = parent[row]
            if row == head:
                return True
        return False

    shown = against = 0
    for block in known:
        own = parts[block.head]
        if len(own) >= _LEAST:
            whole = all(within(r, block.head) for r in own)
            shown, against = shown + whole, against + (not whole)
    return shown, against


def _told(table: _Table, sequence: tuple[int, ...], head: int) -> list[Candidate]:
    """The block of a row over the rows of a sequence beside it, with an open sum within; none where
    its figures are no sum of theirs but for a fault."""
    after, before = bisect_right(sequence, head), bisect_left(sequence, head)
    for beside in (sequence[after:], sequence[:before][::-1]):
        found = [made for run in _runs(table, head, beside) for made in _closing(table, head, run)]
        exact = [made for made in found if made[0].fails == 0]
        if exact or len(found) == 1:
            return (exact or found)[0]
    return []


def _runs(table: _Table, head: int, beside: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The rows beside a head up to its last known part, and with rows of no known place after."""
    run = tuple(takewhile(lambda row: _may_belong(table, row, head), beside))
    own = [i for i, row in enumerate(run, 1) if table.wholes[row] == head]
    if len(own) >= _LEAST:
        yield from (run[:end] for end in range(own[-1], len(run) + 1)[:_MOST_ENDS])


def _may_belong(table: _Table, row: int, head: int) -> bool:
    """Whether a row is a part of a head by its place, or has no known place and no parts."""
    whole = table.wholes[row]
    return whole == head or (whole is None and row not in table.heads)


def _closing(table: _Table, head: int, run: tuple[int, ...]) -> Iterator[list[Candidate]]:
    """Ways in which a run is the sum of its head: but for a misread figure, for a part that is
    counted elsewhere, or for the parts of a sum within it."""
    grid, parts = table.grid, tuple(sorted(run))
    sums = [i for i, row in enumerate(parts) if row in table.open_sums]
    if not sums and explained(grid, head, parts):
        yield [as_candidate(grid, head, parts)]
        return
    for inner, rest in _without_inner(parts, sums[0]) if len(sums) == 1 else ():
        if _holds(grid, head, rest) and explained(grid, inner[0], inner[1:]):
            yield [as_candidate(grid, head, rest), as_candidate(grid, inner[0], inner[1:])]
    for part in _left_over(grid, head, parts):
        rest = tuple(p for p in parts if p != part)
        if len(rest) >= _LEAST and _holds(grid, head, rest):
            yield [as_candidate(grid, head, rest)]


def _without_inner(
    parts: tuple[int, ...], place: int
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The row at a place among parts with so many rows behind it, and all other rows with it."""
    for end in range(place + 2, min(len(parts), place + _MOST_ENDS)):
        yield parts[place : end + 1], (*parts[: place + 1], *parts[end + 1 :])


def _left_over(grid: Grid, head: int, parts: tuple[int, ...]) -> Iterator[int]:
    """Parts that are as much as all parts together exceed their head by, in each column."""
    found = agreement(grid, head, np.array(parts))
    open_ones = found.checked & ~found.holds
    if open_ones.any():
        fits = (grid.value[list(parts)] == found.deviation)[:, open_ones].all(axis=1)
        yield from (parts[i] for i in np.flatnonzero(fits)[:_MOST_ENDS])


def _holds(grid: Grid, head: int, parts: tuple[int, ...]) -> bool:
    """Whether a sum holds in each column in which it says something, and says something in one."""
    found = agreement(grid, head, np.array(parts))
    return bool(found.checked.any()) and found.fails == 0
