"""Sums inside a table that stay open though the sum around them closes.

`全区 = 甲地区 + 乙地区` holds, and behind 乙地区 stand rows that no sum accounts for: they are its
parts, one of which is misread, or is a sum itself too weak to be found alone.
"""

from itertools import takewhile
from typing import Final

import numpy as np

from audit.candidates import Candidate, agreement, candidates
from audit.closing import as_candidate, close_head
from audit.damage import misreading
from audit.grid import Grid
from audit.words import RowWord

# Parts of an inner sum, and sums like it that close, at the least.
_LEAST: Final = 2
_ALIKE: Final = 2
# Parts of a sum that was misread itself, at the most.
_MOST: Final = 60


def close_inner(
    grid: Grid,
    words: tuple[RowWord | None, ...],
    blocks: tuple[Candidate, ...],
    spare: tuple[Candidate, ...],
    forward: bool | None,
) -> tuple[Candidate, ...]:
    """Blocks whose heads are parts of known ones and stand beside rows of no block.

    `forward` says whether heads stand before their parts; nothing is found where that is unknown,
    or where the row at the edge is not the outermost sum.
    """
    parent = {p: b.head for b in blocks for p in b.parts}
    top = 0 if forward else len(words) - 1
    if forward is None or top in parent or top not in parent.values():
        return ()
    found: list[Candidate] = []
    for head, orphans in _orphaned(len(words), parent, top, forward):
        inside = frozenset(orphans)
        sequence = tuple(sorted((head, *orphans)))
        weak = {
            (c.head, c.parts): c
            for c in (*spare, *candidates(grid, sequence, forward))
            if inside.issuperset((c.head, *c.parts)) and c.evidence > 0
        }
        closed = close_head(grid, words, sequence, tuple(weak.values()), head)
        found += closed or _as_its_like(grid, parent, head, orphans)
    return tuple(found)


def nest_misread(
    grid: Grid, words: tuple[RowWord | None, ...], blocks: tuple[Candidate, ...], forward: bool
) -> tuple[Candidate, ...]:
    """The blocks, with rows that are called sums, and that no sum needs, put between a head and
    those of its parts that they add up but for one misread figure of their own.

    `甲市 100 / 市辖区小计 61 / 乙区 40 / 丙区 27 / 丁县 33`: 100 is 40 + 27 + 33, and 61 was 67.
    """
    heads = {b.head for b in blocks}
    owner = {p: i for i, b in enumerate(blocks) for p in b.parts}
    made = list(blocks)
    for row, word in enumerate(words):
        beside = row + (1 if forward else -1)
        if word is not RowWord.SUB or row in heads or row in owner or beside not in owner:
            continue
        place = owner[beside]
        runs = _misread_sums(grid, row, frozenset(made[place].parts), forward)
        if len(runs) == 1:
            parts = tuple(sorted({*made[place].parts, row}.difference(runs[0])))
            made[place] = as_candidate(grid, made[place].head, parts)
            made.append(as_candidate(grid, row, runs[0]))
    return tuple(made)


def _misread_sums(
    grid: Grid, row: int, among: frozenset[int], forward: bool
) -> list[tuple[int, ...]]:
    """The runs of a block's parts beside a row that it adds up but for one fault of its own."""
    step = 1 if forward else -1
    run: list[int] = []
    found: list[tuple[int, ...]] = []
    while len(run) < min(_MOST, len(among) - 2) and row + step * (len(run) + 1) in among:
        run.append(row + step * (len(run) + 1))
        parts = tuple(sorted(run))
        if len(parts) >= _LEAST and _is_misread(grid, row, parts):
            found.append(parts)
    return found


def _is_misread(grid: Grid, head: int, parts: tuple[int, ...]) -> bool:
    """Whether single faults of a head, one in each column, explain why its sums stay open."""
    found = agreement(grid, head, np.array(parts))
    return bool(found.checked.any()) and all(
        misreading(int(grid.value[head, c] + found.deviation[c]), int(grid.value[head, c]))
        is not None
        for c in np.flatnonzero(found.checked & ~found.holds)
    )


def _as_its_like(
    grid: Grid, parent: dict[int, int], head: int, orphans: tuple[int, ...]
) -> list[Candidate]:
    """The sum of a row that does not close, where its like all close: that it fails is what there
    is to report. The rows must come near it, and some column must close where there are several;
    else they may be something else."""
    heads = set(parent.values())
    alike = sum(parent[r] == parent[head] for r in heads & parent.keys())
    near = {
        abs(2 * int(total) - 2 * int(own)) < abs(int(own))
        for total, own in zip(grid.value[list(orphans)].sum(axis=0), grid.value[head], strict=True)
    }
    made = as_candidate(grid, head, orphans)
    credible = made.holds >= made.fails or len(grid.columns) == 1
    return [made] if alike >= _ALIKE and True in near and credible else []


def _orphaned(
    rows: int, parent: dict[int, int], top: int, forward: bool
) -> list[tuple[int, tuple[int, ...]]]:
    """Parts that are no heads, each with the rows of no block that follow (or precede) it.

    Rows that are parts of such a row are left out: it stands for them.
    """

    def root(row: int) -> int:
        while row in parent:
            row = parent[row]
        return row

    order = [r for r in range(rows) if r not in parent or root(r) == top]
    if not forward:
        order.reverse()
    heads = set(parent.values())
    found = []
    for place, head in enumerate(order):
        if head in parent and head not in heads:
            orphans = tuple(takewhile(lambda r: r not in parent and r != top, order[place + 1 :]))
            if len(orphans) >= _LEAST:
                found.append((head, orphans))
    return found
