"""Several faults in one system, solved together by an exact solver (HiGHS, through scipy).

Every candidate change is a variable of 0 or 1. A sum is one linear constraint; another equation
forbids each combination of changes under which it fails. The cheapest choice wins; a second one
that costs little more makes it ambiguous.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from audit.damage import DAMAGED
from audit.equations import State
from audit.explain import Explanation, explanation, off_after, state_after, values_for
from audit.figures import Cell
from audit.misread import garbled, misread
from audit.system import System

# Limits that keep the exact solver fast: changes in all, changed cells of one product and their
# values, answers asked for, answers that are kept as rivals.
_MAX_CANDIDATES: Final = 120
_MAX_TOGETHER: Final = 3
_MAX_ROUNDS: Final = 12
_MAX_RIVALS: Final = 4
_MAX_IN_FORM: Final = 24

Change = tuple[Cell, int]
Row = tuple[dict[int, float], float, float]


def _more(system: System, known: list[Explanation]) -> list[Explanation]:
    """Changes that mend what a first change leaves failing: two faults in one equation."""
    found = {(e.cell, e.value): e for e in known}
    for first in known:
        for index in first.leaves:
            for cell in system.equations[index].cells:
                now = system.figures.value(cell)
                if cell == first.cell or now is None:
                    continue
                for value in values_for(system, index, cell, {first.cell: first.value}):
                    if (cell, value) in found or misread(system.figures, cell, value) is None:
                        continue
                    alone = explanation(system, cell, value)
                    touched = frozenset(system.of_cell[cell])
                    broken = [
                        i
                        for i in touched
                        if i != index and state_after(system, i, {cell: value}) > system.states[i]
                    ]
                    if not broken:
                        cost = DAMAGED + garbled(system.figures, cell, value)
                        found[cell, value] = alone or Explanation(
                            cell, value, cost, True, frozenset({index}), frozenset()
                        )
        if len(found) > _MAX_CANDIDATES:
            break
    return list(found.values())


def _sum_row(system: System, index: int, changes: Sequence[Explanation]) -> Row:
    equation = system.equations[index]
    off, _ = system.offs[index]
    weights: dict[int, float] = {}
    for place, change in enumerate(changes):
        if index in system.of_cell[change.cell]:
            weights[place] = float(off_after(system, index, {change.cell: change.value})[0] - off)
    # Counts are whole numbers, so a quarter loosens nothing and keeps the solver from its limits.
    room = 0.25 if equation.law.tight else float(equation.room) / 2
    return weights, -off - room, -off + room


def _form_rows(system: System, index: int, changes: Sequence[Explanation]) -> Iterator[Row]:
    """One row for each combination of changes under which the equation fails."""
    cells: dict[Cell, list[int]] = {}
    for place, change in enumerate(changes):
        if index in system.of_cell[change.cell]:
            cells.setdefault(change.cell, []).append(place)
    places = [p for ones in cells.values() for p in ones]
    if len(places) > _MAX_IN_FORM:
        return
    for count in range(_MAX_TOGETHER + 1):
        for chosen in combinations(cells, count):
            for picks in product(*(cells[c] for c in chosen)):
                made = {changes[p].cell: changes[p].value for p in picks}
                if state_after(system, index, made) is State.FAILS:
                    weights = {p: (1.0 if p in picks else -1.0) for p in places}
                    yield weights, -np.inf, count - 1.0


def _rows(system: System, changes: Sequence[Explanation], failing: frozenset[int]) -> list[Row]:
    touched = failing | {i for c in changes for i in system.of_cell[c.cell]}
    rows: list[Row] = []
    for index in sorted(touched):
        if system.equations[index].form.is_sum:
            if system.states[index] is not State.LOOSE:
                rows.append(_sum_row(system, index, changes))
        else:
            rows += _form_rows(system, index, changes)
    places: dict[Cell, list[int]] = {}
    for place, change in enumerate(changes):
        places.setdefault(change.cell, []).append(place)
    rows += [(dict.fromkeys(p, 1.0), -np.inf, 1.0) for p in places.values() if len(p) > 1]
    return rows


def _cheapest(costs: npt.NDArray[np.float64], rows: list[Row]) -> tuple[int, ...] | None:
    count = len(costs)
    matrix = np.zeros((len(rows), count))
    low, high = np.empty(len(rows)), np.empty(len(rows))
    for i, (weights, least, most) in enumerate(rows):
        size = max((abs(w) for w in weights.values()), default=1.0) or 1.0
        for place, weight in weights.items():
            matrix[i, place] = weight / size
        low[i], high[i] = least / size, most / size
    margin = 1e-9
    solved = milp(
        costs,
        integrality=np.ones(count),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, low - margin, high + margin),
        options={"node_limit": 2000},
    )
    if solved.x is None or solved.status != 0:
        return None
    return tuple(int(i) for i in np.flatnonzero(solved.x > 0.5))


def _holds(system: System, failing: frozenset[int], made: dict[Cell, int]) -> bool:
    """Whether all holds under the changes, in exact arithmetic."""
    touched = failing | {i for cell in made for i in system.of_cell[cell]}
    return all(
        state_after(system, i, made) <= (State.HOLDS if i in failing else system.states[i])
        for i in touched
    )


def solve_jointly(
    system: System, failing: frozenset[int], known: list[Explanation], gap: float
) -> list[tuple[Change, ...]]:
    """The cheapest sets of changes under which all equations hold, those within `gap` of the best.

    One set: the answer. Several: what they have in common is sure. None: no answer was found, for
    there is none or the system is too large; both are known only as that.
    """
    changes = _more(system, known)
    if not changes or len(changes) > _MAX_CANDIDATES:
        return []
    rows = _rows(system, changes, failing)
    costs = np.array([c.cost for c in changes])
    found: list[tuple[Change, ...]] = []
    best = np.inf
    for _ in range(_MAX_ROUNDS):
        chosen = _cheapest(costs, rows)
        if chosen is None:
            break
        price = float(costs[list(chosen)].sum())
        if price > best + gap:
            break
        made = {changes[i].cell: changes[i].value for i in chosen}
        if _holds(system, failing, made):
            found.append(tuple(sorted(made.items())))
            best = min(best, price)
            if len(found) >= _MAX_RIVALS:
                break
        others = {i: (1.0 if i in chosen else -1.0) for i in range(len(changes))}
        rows.append((others, -np.inf, len(chosen) - 1.0))
    else:
        return []
    return found
