"""The joint assignment of all rows of a table to units: groups within groups, solved exactly.

Rows that add up into the same row form a group; the row that they add up into is their head. Given
the unit of the head, the rows of its group are assigned to that unit's children at least cost, and
this least cost is part of what it costs the head to be that unit. Children of different heads are
different units, so that solving the groups from the inside out is exact for the whole table.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import log

import numpy as np
from numpy.typing import NDArray

from normalize.places.assignment import assign, best_cost
from normalize.places.costs import Costs
from normalize.places.habits import Habits, order_of
from normalize.places.order import order_costs
from normalize.places.universe import Universe

# A unit that costs a head so much more than the best one, in nats, cannot become the best any more:
# its group is bounded, not solved.
WORTH_SOLVING = 15.0
# The most that a unit's place in the lists of its kind may cost or save.
MOST_ABSENT = 4.0
# What it costs a head to be no unit and only to gather some (南疆四地州).
GATHERED = 6.0
# What it costs an outermost row to be a child of a unit that heads a block of its own.
UNDER_A_HEAD = 6.0
# Rows that a head only gathers keep the order of codes half as well.
LOOSELY = 0.5
ROOT = -1
NONE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """What is solved: the universe, the costs of names and figures, and the table's habits.
    `easiest[r, u]` is the least cost of row r as some child of unit u.
    `solved` keeps each group that was set up once (memoisation; nothing else may depend on it)."""

    universe: Universe
    costs: Costs
    habits: Habits
    easiest: NDArray[np.float64]
    solved: dict["_Key", "_Group"] = field(default_factory=dict, repr=False)

    def columns(self, whole: int) -> NDArray[np.int64]:
        """The units that rows of a group may be: the children of its whole, or all units."""
        if whole == ROOT:
            return np.arange(len(self.universe.units))
        return self.universe.children.get(whole, np.zeros(0, dtype=np.int64))


def table_of(universe: Universe, costs: Costs, habits: Habits) -> Table:
    """A table ready to be solved."""
    easiest = np.full(costs.unit.shape, np.inf)
    for whole, children in universe.children.items():
        if whole != ROOT:
            easiest[:, whole] = costs.unit[:, children].min(axis=1)
    return Table(universe, costs, habits, easiest)


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The unit of a row (NONE: none of them), and how much dearer every other choice is.

    `extra[k]` is what the best world with the row as `units[k]` costs more than the best world;
    its last entry is for NONE. `whole` is the unit of the row's head, ROOT without one.
    `certain` is the probability that this whole is right, or, for a row that names its unit
    exactly, that the row's head is no other unit: its name then stands without the head.
    """

    unit: int
    units: NDArray[np.int64]
    extra: NDArray[np.float64]
    whole: int
    certain: float

    def probability(self, sharpness: float) -> float:
        """The share of the chosen unit among all choices, and of its whole."""
        weights = np.exp(-sharpness * self.extra)
        return float(self.certain / max(weights.sum(), 1.0))


def solve(table: Table, sharpness: float) -> dict[int, Choice]:
    """The choice for every row of the table that belongs to a group."""
    found: dict[int, Choice] = {}
    _solve_group(table, _Place(ROOT, ROOT, True, 1.0, 1.0), sharpness, found)
    return found


@dataclass(frozen=True, slots=True)
class _Place:
    """A group of rows to solve: its head row, the whole that it stands in, whether it lists that
    whole's children (a head that is no unit gathers some of them only), how sure that is, and how
    sure it is that the head is not another unit."""

    head: int
    whole: int
    lists: bool
    certain: float
    harmless: float


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Columns, costs and prices of none for the rows of a group; `unlisted` is what it costs that
    the whole's children are left out, before the rows list some of them."""

    columns: NDArray[np.int64]
    costs: NDArray[np.float64]
    none: NDArray[np.float64]
    unlisted: float

    def least(self) -> float:
        return best_cost(self.costs, self.none) + self.unlisted


def _solve_group(table: Table, at: _Place, sharpness: float, found: dict[int, Choice]) -> None:
    rows = table.habits.heads.get(at.head, ())
    if not rows:
        return
    group = _group(table, at.head, at.whole, at.lists)
    best = assign(group.costs, group.none)
    for place, row in enumerate(rows):
        column = int(best.chosen[place])
        unit = int(group.columns[column]) if column >= 0 else NONE
        named = unit != NONE and table.habits.exact[row] == unit
        certain = at.harmless if named else at.certain
        choice = Choice(unit, group.columns, best.extra[place], at.whole, certain)
        found[row] = choice
        inner = at.whole if unit == NONE else unit
        right = choice.probability(sharpness)
        none = right * float(np.exp(-sharpness * choice.extra[-1])) if unit != NONE else 0.0
        below = _Place(row, inner, unit != NONE, right, right + none)
        _solve_group(table, below, sharpness, found)


_Key = tuple[int, int, bool]


def _group(table: Table, head: int, whole: int, lists: bool) -> _Group:
    key = (head, whole, lists)
    if key not in table.solved:
        table.solved[key] = _set_up(table, head, whole, lists)
    return table.solved[key]


def _set_up(table: Table, head: int, whole: int, lists: bool) -> _Group:
    rows = np.array(table.habits.heads[head], dtype=np.int64)
    columns = table.columns(whole)
    costs = table.costs.unit[np.ix_(rows, columns)]
    none = table.costs.other[rows]
    sure = _sure_columns(table, rows, columns)
    counts = [table.habits.counts[int(row)] for row in rows]
    share = table.habits.order[0 if head == ROOT else 1]
    # Rows gathered from several wholes (省直管县) keep the order of blocks only where they show it.
    gathered = head != ROOT and not lists
    if gathered:
        share = min(share, order_of(table.habits.sure, [rows.tolist()]))
    ordered = order_costs(sure, counts, _levels(table, columns, sure), share)
    costs += ordered * (LOOSELY if gathered else 1.0)
    unlisted = 0.0
    if lists:
        absence = _absence(table, columns, sure, whole)
        costs -= absence
        unlisted = float(np.logaddexp(0.0, absence).sum())
    if head == ROOT:
        costs += _claimed(table, columns)
    for place, row in enumerate(rows):
        if int(row) in table.habits.heads:
            outer = _Group(columns, costs[place], none[place : place + 1], 0.0)
            costs[place], none[place] = _with_parts(table, int(row), whole, outer)
    return _Group(columns, costs, none, unlisted)


def _with_parts(
    table: Table, row: int, whole: int, outer: _Group
) -> tuple[NDArray[np.float64], float]:
    """Costs of a head together with the least cost of its parts under each of its units."""
    parts = np.array(table.habits.heads[row], dtype=np.int64)
    named = np.minimum(
        table.easiest[np.ix_(parts, outer.columns)] - MOST_ABSENT, table.costs.other[parts, None]
    ).sum(axis=0)
    leaves = ~np.isfinite(table.easiest[0, outer.columns])
    least = outer.costs + np.where(leaves, _none_of(table, row), named)
    result = least.copy()
    best = easiest = np.inf
    for place in np.argsort(least, kind="stable"):
        if least[place] > best + WORTH_SOLVING:
            result[place] = max(least[place], best + WORTH_SOLVING)
            continue
        unit = int(outer.columns[place])
        if unit in table.universe.children:
            inner = _group(table, row, unit, True).least()
            result[place] = outer.costs[place] + inner
            easiest = min(easiest, inner)
        best = min(best, float(result[place]))
    # A row that is no unit explains its parts no better than the best unit does.
    if np.isfinite(easiest):
        return result, float(outer.none[0]) + easiest + GATHERED
    gathered = _group(table, row, whole, False).least()
    return result, float(outer.none[0]) + gathered


def _none_of(table: Table, head: int) -> float:
    """The cost of the rows below a head when none of them is a unit."""
    below = table.habits.heads.get(head, ())
    return sum(float(table.costs.other[row]) + _none_of(table, row) for row in below)


def _sure_columns(
    table: Table, group: NDArray[np.int64], columns: NDArray[np.int64]
) -> tuple[int, ...]:
    """The column that each row surely is; NONE where two rows say the same, for one is wrong."""
    place = {int(unit): k for k, unit in enumerate(columns)}
    found = [place.get(table.habits.sure[int(row)], NONE) for row in group]
    claims = Counter(found)
    return tuple(column if claims[column] == 1 else NONE for column in found)


def _absence(
    table: Table, columns: NDArray[np.int64], sure: Sequence[int], whole: int
) -> NDArray[np.float64]:
    """For each unit how much dearer it is to leave it out of the table than to list it."""
    listed = {int(columns[k]) for k in sure if k != NONE}
    unsure = sum(1 for k in sure if k == NONE)
    result = np.zeros(len(columns))
    kinds = table.universe.kind[columns]
    parents = table.universe.parent[columns] if whole == ROOT else np.full(len(columns), whole)
    for key in {(int(p), int(k)) for p, k in zip(parents, kinds, strict=True)}:
        mine = (parents == key[0]) & (kinds == key[1])
        total = int(mine.sum())
        there = sum(1 for unit in columns[mine] if int(unit) in listed)
        fill = min(unsure, total - there) if there or whole != ROOT else 0
        prior, weight = (0.5, 1.0) if whole == ROOT else (table.habits.complete[key[1]], 2.0)
        share = (there + prior * weight) / (total - fill + weight)
        result[mine] = min(MOST_ABSENT, max(-MOST_ABSENT, log(share / (1 - share))))
    return result


def _claimed(table: Table, columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """Units that stand in the block of a head are not listed beside it."""
    heads = {table.habits.sure[row] for row in table.habits.heads if row != ROOT} - {NONE}
    claimed = np.isin(table.universe.parent[columns], sorted(heads))
    return np.where(claimed, UNDER_A_HEAD, 0.0)


def _levels(table: Table, columns: NDArray[np.int64], sure: Sequence[int]) -> NDArray[np.float64]:
    """How likely each unit is by its level alone: rows of one group are mostly of one level."""
    levels = np.array([0, 1, 1, 2])[table.universe.kind[columns]]
    known = [int(levels[k]) for k in sure if k != NONE]
    there = [int((levels == level).sum()) for level in range(3)]
    shares = [(known.count(level) + 0.5) / max(1, there[level]) for level in range(3)]
    found: NDArray[np.float64] = np.array(shares)[levels]
    return found
