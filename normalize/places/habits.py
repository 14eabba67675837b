"""What the sure rows of a table teach about it: its order, its completeness, its damage.

All numbers are shares with a weak prior, so that a short table says little.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from normalize.places.readings import Reading, ReadingKind
from normalize.places.universe import Universe
from schemas.places import RowClue
from schemas.tables import Role

# Those of `Universe.kind`.
KINDS = 4
# How many rows the prior counts for.
EXPECTED = 20.0
MAY_BE = frozenset({ReadingKind.NAME, ReadingKind.BLANK})


@dataclass(frozen=True, slots=True)
class Habits:
    """`sure[r]` is the unit that row r names exactly and alone, or -1; `counts[r]` whether it can
    be a unit. `heads` maps a row to the rows that add up into it (-1: no row). `order` is the
    share of neighbours in the order of codes beyond chance, for the outermost rows and for those
    in blocks; `complete[k]` the share of children of kind k that blocks list; `other`,
    `swapped`, `foreign`, `nonsense` are costs (minus log shares) of a row that is no unit, or
    prints another unit, or one elsewhere, or none; `harm` is the share of names that say no unit
    or one that another row says too."""

    sure: tuple[int, ...]
    exact: tuple[int, ...]
    counts: tuple[bool, ...]
    heads: Mapping[int, tuple[int, ...]]
    order: tuple[float, float]
    complete: tuple[float, ...]
    other: float
    swapped: float
    foreign: float
    nonsense: float
    harm: float


def habits_of(
    rows: Sequence[RowClue],
    readings: Sequence[Reading],
    universe: Universe,
    sure: tuple[int, ...] | None = None,
) -> Habits:
    """Learn the habits of a table from the rows that are `sure`: at first those with exact names,
    in a second look those that the first look has placed."""
    heads = group_rows(rows, readings)
    exact = tuple(_sure(reading, universe) for reading in readings)
    sure = exact if sure is None else sure
    names = sum(1 for r in readings if r.kind in MAY_BE)
    seen = Counter(unit for unit in exact if unit >= 0)
    swapped = sum(count - 1 for count in seen.values())
    foreign = sum(1 for r in readings if r.kind is ReadingKind.NAME and r.elsewhere)
    nonsense = sum(1 for r in readings if r.kind is ReadingKind.NAME and not r.exact) - foreign
    other = sum(
        1
        for index, r in enumerate(readings)
        if r.kind is ReadingKind.APART or (r.kind is ReadingKind.OTHER and index not in heads)
    )
    harmed = sum(1 for r in readings if r.kind in MAY_BE and not r.exact) + swapped
    harm = harmed / max(1, names)

    def share(count: int, least: float) -> float:
        return -log((count + least + EXPECTED * harm / 6) / (names + EXPECTED))

    return Habits(
        sure=sure,
        exact=exact,
        counts=tuple(r.kind in MAY_BE for r in readings),
        heads=heads,
        order=(
            order_of(sure, [heads.get(-1, ())]),
            order_of(sure, [g for h, g in heads.items() if h >= 0]),
        ),
        complete=_completeness(sure, heads, universe, readings),
        other=-log((other + 0.15) / (names + other + 25)),
        # A name taken from another row is one of the table's; where no row shows harm, a chance
        # likeness may be any unit's.
        swapped=share(swapped, 0.15) + log(max(names, 2 if harm else len(universe.units), 2)),
        foreign=share(foreign, 0.15) + 8.0,
        nonsense=share(nonsense, 0.3),
        harm=harm,
    )


def group_rows(rows: Sequence[RowClue], readings: Sequence[Reading]) -> dict[int, tuple[int, ...]]:
    """Rows by the head that they add up into; -1 holds those that only a total sums."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for index in range(len(rows)):
        if readings[index].kind is ReadingKind.TOTAL:
            continue
        groups[_head(rows, index)].append(index)
    return {head: tuple(found) for head, found in groups.items()}


def _head(rows: Sequence[RowClue], index: int) -> int:
    """The row's head; -1 where it is a total, lies outside the table or leads round in a circle."""
    head = rows[index].head
    if head is None or not 0 <= head < len(rows) or rows[head].role is Role.TOTAL:
        return -1
    step: int | None = head
    for _ in rows:
        if step is None or not 0 <= step < len(rows):
            return head
        if step == index:
            return -1
        step = rows[step].head
    return -1


def _sure(reading: Reading, universe: Universe) -> int:
    best = [unit for unit, cost in reading.exact if cost < 0.9]
    if len(best) == 1 and len(universe.units) > best[0]:
        return best[0]
    return -1


def order_of(sure: Sequence[int], groups: Sequence[Sequence[int]]) -> float:
    """The share of neighbours in the order of codes beyond chance, 0 to 1; weak where few."""
    rising = pairs = 0
    for group in groups:
        found = [sure[r] for r in group if sure[r] >= 0]
        for one, next_one in pairwise(found):
            if one != next_one:
                pairs += 1
                rising += one < next_one
    if not pairs:
        return 0.0
    return max(0.0, (2 * rising - pairs) / (pairs + 2))


def _completeness(
    sure: Sequence[int],
    heads: Mapping[int, tuple[int, ...]],
    universe: Universe,
    readings: Sequence[Reading],
) -> tuple[float, ...]:
    present = [3.0] * KINDS
    total = [3.6] * KINDS
    for head, group in heads.items():
        found = {sure[r] for r in group if sure[r] >= 0}
        parents = Counter(int(universe.parent[u]) for u in found)
        if head < 0 or not parents:
            continue
        parent, count = parents.most_common(1)[0]
        if 2 * count <= len(found):
            continue
        children = universe.children[parent]
        unsure = sum(1 for r in group if sure[r] < 0 and readings[r].kind in MAY_BE)
        for kind in range(KINDS):
            mine = [u for u in children if universe.kind[u] == kind]
            there = sum(1 for u in mine if u in found)
            missing = max(0, len(mine) - there - unsure)
            if there:
                present[kind] += there
                total[kind] += there + missing
    return tuple(min(0.985, p / t) for p, t in zip(present, total, strict=True))
