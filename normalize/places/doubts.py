"""Rows whose name looks whole and may yet have been printed for another unit.

A name taken from another row shows itself where that row still prints it too. Where that row is
lost itself (blank, or beyond reading), nothing shows: the wrong name stands once, and fits. How
many names the table takes from other rows, and how many rows are lost, say how often that happens;
the order of the table says where it cannot have happened.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from normalize.places.explain import Case
from normalize.places.joint import NONE, ROOT
from normalize.places.likeness import damage_cost
from normalize.places.order import rising
from normalize.places.readings import ReadingKind

# A row is doubted where the chance that it bears another row's name is larger.
MOST_RISK = 0.0025
# Tables with a smaller share of harmed names are not looked at.
MUCH_HARM = 0.18
# Of harmed names, the share that was taken from another row.
TAKEN_SHARE = 1 / 6
# In tables with a larger share of harm, a unit without a row whose name is so near to a row's, in
# nats, puts that row in doubt.
NEAR = 7.0
MUCH_HARM_NEAR = 0.2
# A group is in order where the table's habit is so strong and this share of its rows rise.
IN_ORDER = 0.6
MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of a group in print order, with ranks of units for columns: `named[p]` the rank of
    the row that its own name places, `lost` the places of rows that only other rows place."""

    rows: tuple[int, ...]
    named: tuple[int, ...]
    lost: tuple[int, ...]
    free: tuple[int, ...]
    run: tuple[int, ...]
    ordered: bool


def doubtful_rows(case: Case, accepted: Mapping[int, int]) -> frozenset[int]:
    """Rows among the `accepted` (row to unit) for which another world is too likely; none in a
    table with little harm."""
    names = sum(1 for c in case.table.habits.counts if c)
    visible = _taken(case)
    if case.table.habits.harm + visible / max(1, names) < MUCH_HARM:
        return frozenset()
    rate = (visible + TAKEN_SHARE * case.table.habits.harm * names) / max(1, names)
    found: set[int] = set()
    for head in case.table.habits.heads:
        group = _group(case, head, accepted)
        if group is None:
            continue
        pairs = list(_exchanges(group))
        for place in {p for p, _ in pairs}:
            lost = {q for p, q in pairs if p == place}
            if rate * len(lost) / names > MOST_RISK:
                found |= {group.rows[q] for q in (place, *lost)}
        if case.table.habits.harm > MUCH_HARM_NEAR:
            found |= _near(case, group)
    return frozenset(found & set(accepted))


def _taken(case: Case) -> int:
    """How many names stand in rows of other units, as far as it shows."""
    exact = [u for u in case.table.habits.exact if u != NONE]
    return len(exact) - len(set(exact))


def _group(case: Case, head: int, accepted: Mapping[int, int]) -> _Group | None:
    rows = tuple(
        r
        for r in case.table.habits.heads[head]
        if case.table.habits.counts[r] and r in case.choices
    )
    if not rows:
        return None
    place = {int(u): k for k, u in enumerate(case.choices[rows[0]].units)}
    named = tuple(
        place[accepted[r]] if r in accepted and _names(case, r, accepted[r]) else NONE for r in rows
    )
    known = [rank for rank in named if rank != NONE]
    whole = case.choices[rows[0]].whole
    run = rising(named, [True] * len(rows), len(place))
    habit = case.table.habits.order[0 if head == ROOT else 1]
    free = tuple(k for k in place.values() if k not in known and _listed(case, whole, k, rows))
    lost = tuple(p for p, rank in enumerate(named) if rank == NONE)
    ordered = habit >= IN_ORDER and len(run) >= MOSTLY * len(known)
    return _Group(rows, named, lost, free, tuple(sorted(run)), ordered)


def _names(case: Case, row: int, unit: int) -> bool:
    if unit in dict(case.readings[row].exact) or case.costs.resembled[row] == unit:
        return True
    return unit in case.costs.paid[row]


def _listed(case: Case, whole: int, rank: int, rows: Sequence[int]) -> bool:
    """Whether a unit is of the kind that the rows of the group are."""
    units = case.choices[rows[0]].units
    kinds = {case.universe.parent[case.choices[r].unit] for r in rows if case.choices[r].unit >= 0}
    return whole != ROOT or case.universe.parent[units[rank]] in kinds


def _exchanges(group: _Group) -> Iterator[tuple[int, int]]:
    """Pairs of a named place and a lost place where the lost row may be the named one's unit, and
    the named row another one that stands nowhere."""
    for place, rank in enumerate(group.named):
        if rank == NONE:
            continue
        here = _gap(group, place, place)
        others = [v for v in group.free if here[0] < v < here[1]]
        for lost in group.lost:
            low, high = _gap(group, lost, place)
            if not low < rank < high:
                continue
            if any(not group.ordered or (lost < place) == (rank < v) for v in others):
                yield place, lost


def _gap(group: _Group, place: int, without: int) -> tuple[int, int]:
    """The ranks between which the order puts a place, one row left out."""
    if not group.ordered:
        return -1, 1 << 30
    named = [NONE if p == without else rank for p, rank in enumerate(group.named)]
    anchors = [p for p in group.run if p not in {place, without}]
    at = bisect_left(anchors, place)
    low = named[anchors[at - 1]] if at else -1
    return low, named[anchors[at]] if at < len(anchors) else 1 << 30


def _near(case: Case, group: _Group) -> set[int]:
    """Rows whose name is another unit's but for one damage, where that unit stands nowhere."""
    found = set()
    for place, rank in enumerate(group.named):
        row = group.rows[place]
        if rank == NONE or case.readings[row].kind is not ReadingKind.NAME:
            continue
        low, high = _gap(group, place, place)
        units = case.choices[row].units
        likely = {int(units[v]) for v in group.free if low < v < high}
        for name in case.universe.names:
            usable = name.unit in likely and not name.stem and len(name.text) > 2
            if usable and damage_cost(case.readings[row].text, name.text) <= NEAR:
                found.add(row)
    return found
