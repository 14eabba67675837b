"""Which rows of a table add up to which, found from its figures and role words together.

The table is reduced from the inside out: runs of rows that add up to the row before or after them
are found, the surest first, and each is replaced by its head; what then remains is searched again,
until the outermost sum covers the rest. Runs that could be chance are taken only where they make
the outermost sum close. Nothing is claimed where the evidence is symmetrical or weak.
"""

import math
from dataclasses import dataclass
from itertools import chain
from typing import Final

from audit.belonging import Wholes, place_weight, told_sums, worded_wholes
from audit.candidates import Candidate, candidates
from audit.closing import as_candidate, close_total, explained
from audit.grid import Grid, table_to_grid
from audit.inner import close_inner, nest_misread
from audit.words import RowWord, row_word
from schemas.proofs import Block, Structure
from schemas.tables import AllocationTable, Role

# Sums within sums.
_MAX_DEPTH: Final = 8
# In decades of evidence: what makes a run a sum, beside the length of the table; what a word for a
# sum adds; what a sum that is still open within takes off.
_SURE: Final = 1.5
_WORD: Final = 2.0
_INNER_WORD: Final = 3.0
# Two ways to cut a run are undecided within this share of their evidence.
_TIE: Final = 0.05
# How much more the figures must speak for heads above (or below) their parts.
_ONE_SIDED: Final = 1.5
_SUMS: Final = (RowWord.HEAD, RowWord.SUB)


@dataclass(frozen=True, slots=True)
class Rows:
    """What is known of rows beside their figures: the words in their names, and for each the row
    of the unit that its own unit belongs to (empty where no places are known)."""

    words: tuple[RowWord | None, ...]
    wholes: Wholes


@dataclass(frozen=True, slots=True)
class Reduced:
    """The search so far: rows not yet part of a sum, the sums found, and their total evidence."""

    sequence: tuple[int, ...]
    blocks: tuple[Candidate, ...]
    spare: tuple[Candidate, ...]
    forward: bool | None

    @property
    def heads(self) -> frozenset[int]:
        """The rows that are heads of sums found."""
        return frozenset(b.head for b in self.blocks)


def _open_sums(
    candidate: Candidate, words: tuple[RowWord | None, ...], heads: frozenset[int]
) -> bool:
    """Whether a part is itself called a sum whose parts are not known yet."""
    return any(words[p] in _SUMS and p not in heads for p in candidate.parts)


def _score(
    candidate: Candidate,
    rows: Rows,
    heads: frozenset[int],
    sequence: tuple[int, ...],
) -> float:
    """Evidence with the role words and places: a head that is called a sum gains, a run over one
    loses.

    A row called 合计 at the edge of the table is the sum of all of it, so a part gains nothing.
    """
    head, words = candidate.head, rows.words
    inner = _open_sums(candidate, words, heads)
    edge = head in (sequence[0], sequence[-1]) and words[head] is RowWord.HEAD
    whole = candidate.last - candidate.first + 1 == len(sequence)
    named = words[head] in _SUMS and (whole or not edge)
    told = place_weight(candidate, rows.wholes, sequence)
    return candidate.evidence + (_WORD if named else 0.0) - (_INNER_WORD if inner else 0.0) + told


def _well_formed(candidate: Candidate, words: tuple[RowWord | None, ...]) -> bool:
    """One part alone proves a sum only where the head is called one and all columns agree."""
    if len(candidate.parts) > 1:
        return True
    return words[candidate.head] in _SUMS and candidate.fails == 0


def _direction(ranked: list[tuple[float, Candidate]]) -> bool | None:
    """Whether heads stand before their parts in this table; None where the figures fit both."""
    weight = {True: 0.0, False: 0.0}
    for before in weight:
        taken: list[Candidate] = []
        busy: set[int] = set()
        for score, c in ranked:
            span = range(c.first, c.last + 1)
            if c.before is before and busy.isdisjoint(span):
                taken.append(c)
                busy.update(span)
                weight[before] += score
    if weight[True] > _ONE_SIDED * weight[False]:
        return True
    if weight[False] > _ONE_SIDED * weight[True]:
        return False
    return None


def _select(ranked: list[tuple[float, Candidate]], forward: bool | None) -> list[Candidate]:
    """The surest candidates that fit together, without those that have an equal rival.

    A row is a part of one sum at most and the head of one; it may be both.
    """
    if forward is not None:
        ranked = sorted(ranked, key=lambda r: r[1].before is not forward)
        ranked.sort(key=lambda r: -(r[0] + (_SURE if r[1].before is forward else 0.0)))
    owner: dict[tuple[bool, int], int] = {}
    taken: list[tuple[float, Candidate]] = []
    contested: set[int] = set()
    for score, c in ranked:
        keys = [(True, c.head), *((False, p) for p in c.parts)]
        rivals = {owner[k] for k in keys if k in owner}
        if not rivals:
            owner.update(dict.fromkeys(keys, len(taken)))
            taken.append((score, c))
            continue
        for index in rivals:
            other_score, other = taken[index]
            undecided = forward is None or other.before is not forward
            if undecided and other.before is not c.before and score > other_score * (1 - _TIE):
                contested.add(index)
    return [c for i, (_, c) in enumerate(taken) if i not in contested]


def _nearly_all(
    candidate: Candidate, words: tuple[RowWord | None, ...], sequence: tuple[int, ...]
) -> bool:
    """Whether a run from the edge of the table covers most of it, and no other sum by name follows.

    The sum of a whole table, some inner sums of which are still unknown, looks like this too.
    """
    length = candidate.last - candidate.first + 1
    if candidate.head not in (sequence[0], sequence[-1]) or length == len(sequence):
        return False
    rest = chain(sequence[: candidate.first], sequence[candidate.last + 1 :])
    return 3 * length > 2 * len(sequence) and all(words[r] is not RowWord.HEAD for r in rest)


def _reduce(grid: Grid, rows: Rows, sequence: tuple[int, ...], patient: bool) -> Reduced:
    """Collapse sure runs to their heads, from the inside out; `patient` leaves runs over nearly all
    of the table for later."""
    words = rows.words
    blocks: list[Candidate] = []
    spare: dict[tuple[int, tuple[int, ...]], Candidate] = {}
    forward: bool | None = None
    for _ in range(_MAX_DEPTH):
        heads = frozenset(b.head for b in blocks)
        found = candidates(grid, sequence, True) + candidates(grid, sequence, False)
        ranked = sorted(
            ((_score(c, rows, heads, sequence), c) for c in found if c.holds),
            key=lambda r: (-r[0], r[1].head, len(r[1].parts)),
        )
        bar = _SURE + math.log10(max(len(sequence), 2))
        strong = [
            r
            for r in ranked
            if r[0] >= bar
            and _well_formed(r[1], words)
            and not (patient and _nearly_all(r[1], words, sequence))
        ]
        if forward is None:
            forward = _direction(strong)
        ready = [r for r in strong if not _open_sums(r[1], words, heads)]
        sure = _select(ready, forward) or _select(strong, forward)
        spare |= {
            (c.head, c.parts): c
            for s, c in ranked
            if s > 0 and c not in sure and (len(c.parts) > 1 or c.before is forward)
        }
        if not sure:
            break
        gone = {p for c in sure for p in c.parts}
        blocks.extend(sure)
        sequence = tuple(r for r in sequence if r not in gone)
    return Reduced(sequence, tuple(blocks), tuple(spare.values()), forward)


def _roles(
    words: tuple[RowWord | None, ...], blocks: tuple[Candidate, ...], rows: int
) -> tuple[Role, ...]:
    parts = {p for b in blocks for p in b.parts}
    roles = [Role.UNIT] * rows
    for row, word in enumerate(words):
        if word in _SUMS:
            edge = row in (0, rows - 1) and word is RowWord.HEAD and row not in parts
            roles[row] = Role.TOTAL if edge else Role.SUBTOTAL
    outer = [b for b in blocks if b.head not in parts]
    for b in blocks:
        named = words[b.head] is RowWord.HEAD
        alone = len(outer) == 1 and b.head in (0, rows - 1)
        top = b.head not in parts and (named or alone)
        roles[b.head] = Role.TOTAL if top else Role.SUBTOTAL
    return tuple(roles)


def _outermost_first(blocks: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Blocks from the outermost to the inner, each level in print order."""
    parent = {p: b.head for b in blocks for p in b.parts}

    def depth(row: int) -> int:
        steps = 0
        while row in parent and steps <= _MAX_DEPTH:
            row, steps = parent[row], steps + 1
        return steps

    return tuple(sorted(blocks, key=lambda b: (depth(b.head), b.head)))


def _open_total(grid: Grid, rows: Rows, sequence: tuple[int, ...]) -> tuple[Candidate, ...]:
    """The total at the edge of a table whose sums were told, open by one misread figure."""
    for head in (sequence[0], sequence[-1]):
        parts = tuple(r for r in sequence if r != head)
        apart = not rows.wholes or all(rows.wholes[r] in (None, head) for r in parts)
        if apart and rows.words[head] is RowWord.HEAD and explained(grid, head, parts):
            return (as_candidate(grid, head, parts),)
    return ()


def _told(grid: Grid, rows: Rows, reduced: Reduced) -> tuple[Candidate, ...]:
    """The open sums that places tell, and among the rows that are left those that words do."""
    placed = told_sums(grid, rows.words, rows.wholes, reduced.sequence, reduced.blocks)
    gone = {p for c in placed for p in c.parts}
    left = tuple(r for r in reduced.sequence if r not in gone)
    wholes = worded_wholes(rows.words, reduced.forward)
    return placed + told_sums(grid, rows.words, wholes, left, reduced.blocks + placed)


def _search(
    grid: Grid, rows: Rows, sequence: tuple[int, ...]
) -> tuple[tuple[Candidate, ...], float]:
    words = rows.words
    blocks: tuple[Candidate, ...] = ()
    for patient in (True, False):
        reduced = _reduce(grid, rows, sequence, patient)
        told = _told(grid, rows, reduced)
        forward = reduced.forward is not False
        blocks = nest_misread(grid, words, reduced.blocks + told, forward)
        gone = {p for c in blocks for p in c.parts}
        left = tuple(r for r in reduced.sequence if r not in gone)
        if len(left) == 1:
            break
        heads = frozenset(b.head for b in blocks)
        outer = close_total(grid, words, left, reduced.spare, heads)
        if not outer and told:
            outer = _open_total(grid, rows, left)
        blocks += outer
        if outer:
            break
    blocks += close_inner(grid, words, blocks, reduced.spare, reduced.forward)
    blocks = nest_misread(grid, words, blocks, forward)
    return blocks, sum(b.evidence for b in blocks)


def table_to_structure(table: AllocationTable, wholes: Wholes = ()) -> Structure:
    """The sums of a table, and the role of each of its rows.

    `wholes`, where places are known, gives for each row the row of the unit that its own unit
    belongs to, or None (see `audit.belonging`).

    Sums hold within rounding; a single wrong digit spoils one column of a block, which is found by
    the others. Rows called 其中 are left out of the sums unless the sums need them. Blocks are
    ordered from the outermost to the inner; a table whose sums cannot be told has none.

    For `全区合计 100 / 甲地区 60 / 甲县 40 / 乙县 20 / 丙市 40` the roles are TOTAL, SUBTOTAL,
    UNIT, UNIT, UNIT and the blocks `Block(0, (1, 4), 1, 0)` and `Block(1, (2, 3), 1, 0)`.
    """
    rows = len(table.rows)
    words = tuple(row_word(row.unit_printed) for row in table.rows)
    if rows < 2:
        return Structure(_roles(words, (), rows), ())
    grid = table_to_grid(table)
    known = Rows(words, wholes)
    blocks, weight = _search(grid, known, tuple(range(rows)))
    without = tuple(r for r in range(rows) if words[r] is not RowWord.OF_WHICH)
    if 1 < len(without) < rows:
        others, other_weight = _search(grid, known, without)
        if other_weight > weight:
            blocks = others
    ordered = _outermost_first(blocks)
    return Structure(
        _roles(words, blocks, rows),
        tuple(Block(b.head, b.parts, b.holds, b.fails) for b in ordered),
    )
