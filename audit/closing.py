"""The outermost sum of a table, and the weaker sums inside it that make it close.

After the sure runs are found, a row remains that should be the sum of all others that remain.
Where it is not, weak runs are tried (their parts are counted twice otherwise), then a run of rows
that the total leaves out (the parts of a block of which some rows are missing).
"""

import math
from collections.abc import Iterator
from itertools import chain
from typing import Final

import numpy as np

from audit.broken import close_broken, one_digit_away
from audit.candidates import Candidate, agreement, evidence
from audit.damage import misreading
from audit.grid import Grid, IntArray
from audit.words import RowWord

_SUMS: Final = (RowWord.HEAD, RowWord.SUB)
# In decades of evidence: what closes a total, what it takes more where no word calls it one, and
# by how much a further block must make it close better.
_CLOSED: Final = 1.5
_UNNAMED_COST: Final = 1.0
# How many weak blocks, refinements, totals and broken ways are tried: the likeliest.
_MAX_WEAK: Final = 400
_MAX_REFINED: Final = 40
_REFINES: Final = 0.4
_MAX_TOTALS: Final = 4
_MAX_BROKEN: Final = 6
# Parts of a sum one of which may be called misread because it would close it.
_MOST_PARTS: Final = 150
# One run of all would come out by chance once in so many tables.
_RARE: Final = 50


def as_candidate(grid: Grid, head: int, parts: tuple[int, ...]) -> Candidate:
    """A head and its parts with the evidence for them, as a sum that could not end elsewhere."""
    weight, holds, fails = evidence(grid, head, np.array(parts), True)
    rows = (head, *parts)
    return Candidate(head, parts, min(rows), max(rows), head < parts[0], weight, holds, fails)


def _totals(words: tuple[RowWord | None, ...], sequence: tuple[int, ...]) -> list[int]:
    """Rows that may be the outermost sum: those called so, else the first and the last."""
    named = [r for r in sequence if words[r] is RowWord.HEAD]
    return named[:_MAX_TOTALS] or [*sequence[:1], *sequence[-1:]]


def _closing(grid: Grid, head: int, parts: tuple[int, ...], named: bool, tries: int) -> float:
    """Decades beyond what closes a total, in so many tries; not above zero where it stays open."""
    if len(parts) < (1 if named else 2):
        return -1.0
    weight, holds, fails = evidence(grid, head, np.array(parts), True)
    if 2 * holds <= fails:
        return -1.0
    bar = _CLOSED + math.log10(tries)
    return weight - (bar - 1.0 if named else bar + _UNNAMED_COST)


def _without(sequence: tuple[int, ...], used: list[Candidate], head: int) -> tuple[int, ...]:
    gone = set(chain.from_iterable(c.parts for c in used))
    return tuple(r for r in sequence if r not in gone and r != head)


def _compatible(weak: list[Candidate], sequence: tuple[int, ...], head: int) -> list[Candidate]:
    """Weak runs wholly within what remains, the likeliest first, no two sharing a row."""
    rest = set(sequence) - {head}
    taken: list[Candidate] = []
    busy: set[int] = set()
    for c in sorted(weak, key=lambda c: (-c.evidence, c.head))[:_MAX_WEAK]:
        rows = {c.head, *c.parts}
        if rows <= rest and busy.isdisjoint(rows):
            taken.append(c)
            busy |= rows
    return taken


def _excess(grid: Grid, head: int, parts: tuple[int, ...]) -> IntArray:
    return agreement(grid, head, np.array(parts)).deviation


def _weak_closing(
    grid: Grid, sequence: tuple[int, ...], weak: list[Candidate], head: int
) -> Iterator[list[Candidate]]:
    """Choices of weak runs under which the total may close: all, all but one, all but two."""
    for forward in (True, False):
        used = _compatible([c for c in weak if c.before is forward], sequence, head)
        if not used:
            continue
        yield used
        parts = _without(sequence, used, head)
        if not parts:
            continue
        missing = -_excess(grid, head, parts)
        sums = [grid.value[list(c.parts)].sum(axis=0) for c in used]
        lead = int(np.argmax(np.abs(missing)))
        where: dict[int, int] = {}
        for i, s in enumerate(sums):
            gap = int(missing[lead])
            if abs(int(s[lead]) - gap) <= len(used):
                yield used[:i] + used[i + 1 :]
            other = where.get(gap - int(s[lead]))
            if other is not None:
                yield [c for j, c in enumerate(used) if j not in (i, other)]
            where[int(s[lead])] = i


def _left_out(grid: Grid, head: int, parts: tuple[int, ...]) -> tuple[int, ...]:
    """A run of rows, as positions in `parts`, whose figures are what the total does not count."""
    order = np.array(parts)
    extra = _excess(grid, head, parts)
    if len(parts) < 3 or not (extra > 0).any():
        return ()
    zeros = np.zeros((1, len(grid.columns)), np.int64)
    prefix = np.vstack([zeros, grid.value[order].cumsum(axis=0)])
    best: tuple[int, int, int] = (0, 0, 0)
    for c in np.flatnonzero(extra > 0):
        rising = np.maximum.accumulate(prefix[:, c])
        ends = np.searchsorted(rising, prefix[:, c] + extra[c])
        for start, end in enumerate(ends.tolist()):
            if start < end < len(prefix) and prefix[end, c] == prefix[start, c] + extra[c]:
                same = int((prefix[end] - prefix[start] == extra)[extra != 0].sum())
                if same > best[0]:
                    best = (same, start, end)
    needed = max(2, math.ceil(int((extra != 0).sum()) / 2))
    if len(grid.columns) == 1 and extra[0] > _RARE * len(parts) ** 2:
        needed = 1  # by chance, one run of all would come out so once in many tables
    return tuple(range(best[1], best[2])) if best[0] >= needed else ()


def _best_closing(
    grid: Grid,
    sequence: tuple[int, ...],
    weak: tuple[Candidate, ...],
    head: int,
    named: bool,
) -> list[Candidate] | None:
    """The choice of weak runs under which the total closes best, [] for none; None: not at all.

    A sum of many rows is loose by its rounding and may swallow a small block counted twice, so runs
    that make it close more exactly are taken even where it closed without them.
    """
    chosen: list[Candidate] | None = None
    best = 0.0
    options = chain([[]], _weak_closing(grid, sequence, list(weak), head))
    for tries, used in enumerate(options, 1):
        value = _closing(grid, head, _without(sequence, used, head), named, tries)
        if value > best:
            chosen, best = used, value
    if chosen is None:
        return None
    rest = set(sequence) - {head}
    for c in sorted(weak, key=lambda c: (-c.evidence, c.head))[:_MAX_REFINED]:
        rows = {c.head, *c.parts}
        if not rows <= rest or any(not rows.isdisjoint((u.head, *u.parts)) for u in chosen):
            continue
        more = [*chosen, c]
        value = _closing(grid, head, _without(sequence, more, head), named, 1)
        if value > best + _REFINES:
            chosen, best = more, value
    return chosen


def close_total(
    grid: Grid,
    words: tuple[RowWord | None, ...],
    sequence: tuple[int, ...],
    weak: tuple[Candidate, ...],
    heads: frozenset[int],
) -> tuple[Candidate, ...]:
    """The block of the outermost sum, with the weak blocks that it needs; empty where none closes.

    A row called 合计 at the edge of the table whose sum does not close is given as a block that
    fails, unless other sums by name are still open: that it fails is what there is to report.
    """
    if not grid.columns:
        return ()
    rows = len(words)
    for head in _totals(words, sequence):
        named = words[head] in _SUMS
        best = _best_closing(grid, sequence, weak, head, named)
        if best is not None:
            return (*best, as_candidate(grid, head, _without(sequence, best, head)))
        parts = tuple(r for r in sequence if r != head)
        out = {parts[i] for i in _left_out(grid, head, parts)}
        kept = tuple(r for r in parts if r not in out)
        if out and len(kept) > 1 and _closing(grid, head, kept, named, len(parts)) > 0:
            return (as_candidate(grid, head, kept),)
    sums = [r for r in sequence if words[r] in _SUMS and r not in heads]
    if len(sums) == 1 and sums[0] in (0, rows - 1) and words[sums[0]] is RowWord.HEAD:
        parts = tuple(r for r in sequence if r != sums[0])
        flat = len(sequence) == rows and not weak
        if flat or (len(parts) > 1 and one_digit_away(grid, sums[0], parts)):
            return (as_candidate(grid, sums[0], parts),)
    for head in _totals(words, sequence):
        options = [[], *_weak_closing(grid, sequence, list(weak), head)][:_MAX_BROKEN]
        for tries, used in enumerate(options, 1):
            left = _without(sequence, used, head)
            found = close_broken(grid, head, left, words[head] in _SUMS, tries)
            if found:
                return (*used, *(as_candidate(grid, h, p) for h, p in found))
    return ()


def close_head(
    grid: Grid,
    words: tuple[RowWord | None, ...],
    sequence: tuple[int, ...],
    weak: tuple[Candidate, ...],
    head: int,
) -> tuple[Candidate, ...]:
    """The block of one row over all others of a sequence, with the weak blocks that it needs, or
    with one misread figure in a table of few columns; empty where it does not close."""
    if not grid.columns:
        return ()
    named = words[head] in _SUMS
    best = _best_closing(grid, sequence, weak, head, named)
    if best is not None:
        return (*best, as_candidate(grid, head, _without(sequence, best, head)))
    parts = tuple(r for r in sequence if r != head)
    broken = close_broken(grid, head, parts, named, 1)
    return tuple(as_candidate(grid, h, p) for h, p in broken)


def explained(grid: Grid, head: int, parts: tuple[int, ...]) -> bool:
    """Whether a sum holds in each column but for one misread figure: the head's or a part's. Of too
    many parts one that fits is no wonder."""
    if not 2 <= len(parts) <= _MOST_PARTS:
        return False
    found = agreement(grid, head, np.array(parts))
    return bool(found.checked.any()) and all(
        _one_fault(grid, head, parts, int(column), int(found.deviation[column]))
        for column in np.flatnonzero(found.checked & ~found.holds)
    )


def _one_fault(grid: Grid, head: int, parts: tuple[int, ...], column: int, gap: int) -> bool:
    """Whether one fault explains that parts amount to so much more than their head."""
    own = int(grid.value[head, column])
    if own and misreading(own + gap, own) is not None:
        return True
    values = (int(v) for v in grid.value[list(parts), column])
    return any(misreading(v - gap, v) is not None for v in values if v)
