"""Sums that stay open by one misread digit, in tables of so few columns that no other tells.

A total that misses its parts by 3000 is not the total of them by chance either: few numbers are a
digit and zeros. So a miss of that kind still speaks for the sum, though less than a hit does.
"""

import math
from collections.abc import Iterator
from typing import Final

import numpy as np

from audit.candidates import agreement
from audit.grid import Grid, IntArray

# In decades of evidence: what takes a broken sum for one, and more where no word says it.
_ENOUGH: Final = 1.5
_UNNAMED: Final = 1.0
# In tables of more columns the other columns tell where a sum ends.
_FEW_COLUMNS: Final = 2
# A figure of fewer digits is one digit off too many sums.
_FEW_DIGITS: Final = 4

Sum = tuple[int, tuple[int, ...]]


def _miss(gap: int) -> int:
    """How far a gap is from a digit and zeros."""
    unit: int = 10 ** (len(str(gap)) - 1)
    return min(abs(gap - d * unit) for d in range(1, 11))


def one_digit_away(grid: Grid, head: int, parts: tuple[int, ...]) -> bool:
    """Whether one substituted digit in each failing column explains why the sum stays open."""
    found = agreement(grid, head, np.array(parts))
    slack = grid.ulp[np.array(parts)].sum(axis=0) + grid.ulp[head]
    for c in np.flatnonzero(found.checked & ~found.holds):
        if _miss(abs(int(found.deviation[c]))) * 2 > int(slack[c]):
            return False
    return bool(found.checked.any())


def _weight(grid: Grid, head: int, parts: tuple[int, ...]) -> float:
    """Decades against chance of a sum that holds or misses by one digit in every column."""
    if not one_digit_away(grid, head, parts):
        return 0.0
    found = agreement(grid, head, np.array(parts))
    total = 0.0
    for c in np.flatnonzero(found.checked):
        size = abs(int(grid.value[head, c]))
        gap = abs(int(found.deviation[c]))
        close = 2 * gap + 1 if found.holds[c] else (2 * _miss(gap) + 1) * 18 * len(str(size))
        total += math.log10(max(1.0, size / close))
    return total


def _exact_runs(value: IntArray, extra: int) -> Iterator[tuple[int, int]]:
    """Runs of rows that add up to a number exactly."""
    prefix = np.concatenate([[0], value.cumsum()])
    rising = np.maximum.accumulate(prefix)
    ends = np.searchsorted(rising, prefix + extra)
    for start, end in enumerate(ends.tolist()):
        if start + 1 < end < len(prefix) and prefix[end] == prefix[start] + extra:
            yield start, end


def _broken_part(grid: Grid, head: int, parts: tuple[int, ...]) -> list[Sum]:
    """A run that the total counts twice, beside the row that is its sum but for one digit."""
    found = agreement(grid, head, np.array(parts))
    for c in np.flatnonzero(found.checked & (found.deviation > 0)):
        for start, end in _exact_runs(grid.value[np.array(parts), c], int(found.deviation[c])):
            run = parts[start:end]
            kept = parts[:start] + parts[end:]
            beside = [parts[i] for i in (start - 1, end) if 0 <= i < len(parts)]
            for inner in beside:
                size = len(str(abs(int(grid.value[inner, c]))))
                if size >= _FEW_DIGITS and len(kept) > 1 and one_digit_away(grid, inner, run):
                    return [(inner, run), (head, kept)]
    return []


def close_broken(
    grid: Grid, head: int, parts: tuple[int, ...], named: bool, tries: int
) -> list[Sum]:
    """The sums of a table of one or two columns one of whose figures is misread, or none.

    Either the total misses its parts by a digit, or a part that is a sum itself misses its own.
    """
    if len(grid.columns) > _FEW_COLUMNS or len(parts) < 2:
        return []
    bar = _ENOUGH + math.log10(tries) + (0.0 if named else _UNNAMED)
    if _weight(grid, head, parts) > bar:
        return [(head, parts)]
    return _broken_part(grid, head, parts)
