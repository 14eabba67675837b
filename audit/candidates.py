"""Runs of rows that add up to the row before or after them, with the weight of the evidence.

Prefix sums find, for every row and column at once, how far the following rows must be added to
reach the row's own figure; a run in which several independent columns agree is a candidate. Its
evidence is how unlikely the agreement is by chance, in decades: an exact match of a figure whose
parts are around 500 could be had by chance once in 500.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from audit.grid import BoolArray, Grid, IntArray

# Columns that share out a sum alike but for this much are one witness.
_SAME_SHARE: Final = 0.03
# Decades that a column in which the sum fails takes off.
_FAIL_COST: Final = 0.5
# So many ends of a run are weighed for each head.
_PER_HEAD: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A head and its parts as rows of the table, with what speaks for it.

    `first` and `last` bound the positions in the sequence that was searched, head included.
    `before` says that the head stands before its parts; `evidence` is in decades.
    """

    head: int
    parts: tuple[int, ...]
    first: int
    last: int
    before: bool
    evidence: float
    holds: int
    fails: int


@dataclass(frozen=True, slots=True)
class Agreement:
    """For each column of a grid: whether a sum can be checked, holds, and says something."""

    checked: BoolArray
    holds: BoolArray
    deviation: IntArray

    @property
    def fails(self) -> int:
        """The number of columns in which the sum fails."""
        return int((self.checked & ~self.holds).sum())


def agreement(grid: Grid, head: int, parts: IntArray) -> Agreement:
    """How the parts' sums compare with the head, column by column, within rounding.

    A printed v stands for v ± half a unit of its last place, so a sum of n parts is loose by half a
    unit for each of them. 0 = 0 says nothing and is not counted as checked.
    """
    value = grid.value[parts]
    deviation = value.sum(axis=0) - grid.value[head]
    slack = grid.ulp[parts].sum(axis=0) + grid.ulp[head]
    some = (grid.value[head] != 0) | (value != 0).any(axis=0)
    checked = grid.filled[head] & grid.known[parts].all(axis=0) & some
    return Agreement(checked, checked & (2 * np.abs(deviation) <= slack), deviation)


def evidence(grid: Grid, head: int, parts: IntArray, whole: bool) -> tuple[float, int, int]:
    """(decades against chance, columns that hold, columns that fail) of a run of parts.

    Columns that share out the head alike (a count and an amount proportional to it) are one
    witness, not two. `whole` says that the run could not have ended elsewhere, so that the chance
    is taken against the head's own size instead of the size of a part.
    """
    found = agreement(grid, head, parts)
    value = grid.value[parts]
    telling = found.holds & (grid.value[head] != 0) & ((value != 0).sum(axis=0) > 1)
    if len(parts) == 1:
        telling = found.holds & (grid.value[head] != 0)
    columns = np.flatnonzero(telling)
    some = value[:, columns]
    size = np.abs(some).sum(axis=0) / np.maximum((some != 0).sum(axis=0), 1)
    if whole:
        size = np.maximum(size, np.abs(grid.value[head, columns]))
    spread = 2 * np.abs(found.deviation[columns]) + np.maximum(grid.ulp[head, columns], 1)
    weight = np.log10(np.maximum(size / spread, 1.0))
    shares = value[:, columns] / grid.value[head, columns]
    total, taken = 0.0, list[int]()
    for index in np.argsort(-weight, kind="stable"):
        if all(np.abs(shares[:, index] - shares[:, t]).sum() > _SAME_SHARE for t in taken):
            taken.append(int(index))
            total += float(weight[index])
    return total - _FAIL_COST * found.fails, int(found.holds.sum()), found.fails


def _nearest(prefix: IntArray, target: IntArray, after: IntArray) -> IntArray:
    """Where the prefix sums come nearest to their target, for each row; at least one part."""
    rising = np.maximum.accumulate(prefix)
    end = np.clip(np.searchsorted(rising, target), after, len(prefix) - 1)
    lower = np.maximum(end - 1, after)
    nearer = np.abs(prefix[lower] - target) < np.abs(prefix[end] - target)
    return np.where(nearer, lower, end)


def _ends(grid: Grid, order: IntArray) -> tuple[IntArray, IntArray]:
    """For each position and column the end of the run that fits, and how many columns agree."""
    rows, columns = len(order), len(grid.columns)
    value, ulp = grid.value[order], grid.ulp[order]
    zeros = np.zeros((1, columns), np.int64)
    prefix = np.vstack([zeros, value.cumsum(axis=0)])
    slack = np.vstack([zeros, ulp.cumsum(axis=0)])
    unknown = np.vstack([zeros, (~grid.known[order]).cumsum(axis=0)])
    base = np.minimum(np.arange(rows) + 1, rows)
    after = np.minimum(base + 1, rows)
    target = prefix[base] + value
    ends = np.empty((rows, columns), np.int64)
    for c in range(columns):
        ends[:, c] = _nearest(prefix[:, c], target[:, c], after)
    votes = np.zeros((rows, columns), np.int64)
    for c in range(columns):
        end = ends[:, c]
        fits = 2 * np.abs(prefix[end] - target) <= slack[end] - slack[base] + ulp
        fits &= (value != 0) & (unknown[end] == unknown[base]) & (end > base - 1)[:, None]
        votes[:, c] = np.where(fits[:, c], fits.sum(axis=1), 0)
    votes[-1:] = 0
    return ends, votes


def _best_ends(ends: IntArray, votes: IntArray) -> Iterator[tuple[int, int]]:
    for head in np.flatnonzero(votes.max(axis=1, initial=0) > 0):
        seen: dict[int, int] = {}
        for end, count in zip(ends[head].tolist(), votes[head].tolist(), strict=True):
            seen[end] = max(count, seen.get(end, 0))
        ranked = sorted((e for e in seen if seen[e] > 0), key=lambda e: (-seen[e], e))
        for end in ranked[:_PER_HEAD]:
            yield int(head), end


def _all_zero(grid: Grid, row: int) -> bool:
    return bool((grid.value[row] == 0).all() and grid.known[row].all())


def _equal_pairs(value: IntArray) -> BoolArray:
    """Which rows equal the next one and no third: of three equal rows none is the others' sum."""
    same = np.append((value[:-1] == value[1:]).any(axis=1), False)
    before, after = np.roll(same, 1), np.roll(same, -1)
    return np.asarray(same & ~before & ~after)


def candidates(grid: Grid, sequence: tuple[int, ...], before: bool) -> list[Candidate]:
    """Every run of the sequence that adds up to the row before it (or after it).

    Rows of zeros that follow a run belong to it: they change no sum. At most three runs are kept
    for a head, so that the work grows with the rows alone.
    """
    if len(sequence) < 2 or not grid.columns:
        return []
    order = np.array(sequence if before else sequence[::-1])
    count = len(order)
    zero = [_all_zero(grid, int(row)) for row in order]
    pair = _equal_pairs(grid.value[order])
    found: dict[tuple[int, int], Candidate] = {}
    for head, fit in _best_ends(*_ends(grid, order)):
        end = fit
        while end < count and zero[end]:
            end += 1
        parts = order[head + 1 : end]
        if (head, end) in found or not len(parts) or (len(parts) == 1 and not pair[head]):
            continue
        weight, holds, fails = evidence(grid, int(order[head]), parts, end == count)
        bounds = (head, end - 1) if before else (count - end, count - 1 - head)
        chosen = tuple(int(p) for p in (parts if before else parts[::-1]))
        found[head, end] = Candidate(
            int(order[head]), chosen, bounds[0], bounds[1], before, weight, holds, fails
        )
    return list(found.values())
