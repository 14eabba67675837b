"""Blocks that the names of the rows tell: a prefecture, and the counties printed behind it.

In a table of one or two columns a misread figure hides the sum that it belongs to. Where names that
can mean but one level (地区 over 县; 市 may be either) divide the rows into blocks, most of which
add up, all of them are blocks; those that do not are what there is to report.
"""

from collections.abc import Iterator
from itertools import takewhile
from typing import Final

from audit.candidates import Candidate
from audit.closing import as_candidate
from audit.grid import Grid
from audit.words import Rank, RowWord

_FEW_COLUMNS: Final = 2
_LEAST_BLOCKS: Final = 3
_LEAST_PARTS: Final = 2
_MOST: Final = 0.6

Ranks = tuple[Rank | None, ...]
Words = tuple[RowWord | None, ...]


def named_blocks(grid: Grid, ranks: Ranks, words: Words) -> tuple[Candidate, ...]:
    """The blocks of a table of few columns by the ranks of its rows; none where most do not add up.

    All stand before their parts or all behind them.
    """
    if not 0 < len(grid.columns) <= _FEW_COLUMNS:
        return ()
    best: tuple[Candidate, ...] = ()
    most = 0
    for forward in (True, False):
        found = tuple(as_candidate(grid, h, p) for h, p in _runs(ranks, words, forward))
        holding = sum(c.holds > c.fails for c in found)
        if len(found) >= _LEAST_BLOCKS and holding >= _MOST * len(found) and holding > most:
            best, most = found, holding
    return best


def _runs(ranks: Ranks, words: Words, forward: bool) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Rows of the upper rank with all rows of the lower one beside them, where nothing between
    them and the next upper row is of no known rank."""
    order = range(len(ranks)) if forward else range(len(ranks) - 1, -1, -1)
    for place, head in enumerate(order):
        if ranks[head] is not Rank.UPPER:
            continue
        parts = tuple(takewhile(lambda r: ranks[r] is Rank.LOWER, order[place + 1 :]))
        end = order[place + 1 + len(parts) :][:1]
        closed = all(ranks[r] is Rank.UPPER or words[r] is RowWord.HEAD for r in end)
        if len(parts) >= _LEAST_PARTS and closed:
            yield head, tuple(sorted(parts))
