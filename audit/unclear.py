"""Repairs that mend everything and yet are one way of two."""

from collections import Counter, defaultdict
from itertools import combinations, product

from audit.doubt import near_miss
from audit.equations import State
from audit.explain import state_after
from audit.figures import Cell
from audit.system import System


def cancelling(system: System, repairs: dict[Cell, int]) -> frozenset[Cell]:
    """Repaired cells that cancel out in an equation that held before: as likely two others, which
    cancel out in another one, were wrong."""
    times = Counter(i for c in repairs for i in system.of_cell[c])
    found: set[Cell] = set()
    for index in (i for i, n in times.items() if n > 1 and system.states[i] is State.HOLDS):
        amounts: dict[int, list[Cell]] = defaultdict(list)
        for cell in system.equations[index].cells:
            if cell in repairs:
                amounts[abs(repairs[cell] - (system.figures.value(cell) or 0))].append(cell)
        found.update(c for cells in amounts.values() if len(cells) > 1 for c in cells)
    return frozenset(found)


def _holds_as_well(mended: System, changes: dict[Cell, int]) -> bool:
    """Whether as many equations of some repaired cells hold with other values, and all others miss
    by no more than rounding might explain."""
    own = {i for cell in changes for i in mended.of_cell[cell]}
    states = [state_after(mended, i, changes) for i in own]
    holding = sum(mended.states[i] is State.HOLDS for i in own)
    return states.count(State.HOLDS) >= holding and all(
        state is State.HOLDS or near_miss(mended, i, changes)
        for i, state in zip(own, states, strict=True)
    )


def shifted(mended: System, repairs: dict[Cell, int]) -> frozenset[Cell]:
    """Repaired cells, two in one equation, that might as well both be one unit more or less.

    Of two sums of rounded figures one misses by a unit; which of them it is, no other equation of
    the two cells tells.
    """
    equations = {i for cell in repairs for i in mended.of_cell[cell]}
    pairs = {
        pair
        for i in equations
        for pair in combinations(sorted(repairs.keys() & set(mended.equations[i].cells)), 2)
    }
    return frozenset(
        cell
        for pair in pairs
        if any(
            _holds_as_well(mended, {c: repairs[c] + by for c, by in zip(pair, step, strict=True)})
            for step in product((-1, 1), repeat=2)
        )
        for cell in pair
    )
