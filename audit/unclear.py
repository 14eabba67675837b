"""Repairs that mend everything and yet are one way of two."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations, permutations, product
from typing import Final

from audit.damage import DAMAGED, SURE
from audit.doubt import near_miss
from audit.equations import State
from audit.explain import state_after
from audit.figures import Cell
from audit.misread import garbled
from audit.pairs import misreadings
from audit.system import System

Changes = dict[Cell, int]
# Longer equations are not looked through pair by pair.
_MAX_CELLS: Final = 200
# Another pair of changes within this cost of the one that was found makes both unclear.
_MARGIN: Final = SURE + math.log(5)
"""One fault more is five times as likely in a table with five times the usual damage."""


def carried(system: System, changes: Changes) -> frozenset[Cell]:
    """Pairs of changes by one amount that might as well be two others by that amount.

    Where two faults of one sum cancel, two others like them, each in its row, leave the same
    picture: one difference is carried from column to column.
    """
    return frozenset(
        cell
        for a, b in combinations(sorted(changes), 2)
        if _amount(system, a, changes[a]) == _amount(system, b, changes[b])
        and _two_others(system, changes, (a, b))
        for cell in (a, b)
    )


def rerouted(system: System, changes: Changes) -> frozenset[Cell]:
    """Pairs of changes in one equation, one of which might as well be two in another row.

    A row misses by 2, its columns by 5 and -3: +5 and -3 in that row, or +2 there, and +3 and -3 in
    any other row, where they cancel out.
    """
    theirs: dict[int, list[Cell]] = defaultdict(list)
    for cell in sorted(changes):
        for i in system.of_cell[cell]:
            if len(system.equations[i].inputs) <= _MAX_CELLS:
                theirs[i].append(cell)
    pairs = {pair for cells in theirs.values() for pair in permutations(cells, 2)}
    return frozenset(
        cell for p, q in sorted(pairs) if _another_way(system, changes, p, q) for cell in (p, q)
    )


def _another_way(system: System, changes: Changes, p: Cell, q: Cell) -> bool:
    """Whether instead of one cell of a pair two others may be wrong, whose faults cancel out in an
    equation of theirs, and are not much less likely together with the other of the pair."""
    kept = {c: v for c, v in changes.items() if c not in (p, q)}
    most = _cost(system, {p: changes[p], q: changes[q]}) + _MARGIN
    near_p = {c for i in system.of_cell[p] for c in system.equations[i].cells} - changes.keys()
    tied = sorted(set(system.of_cell[p]) & set(system.of_cell[q]))
    for own in set(system.of_cell[q]) - set(system.of_cell[p]):
        for y in system.equations[own].cells:
            for vy in misreadings(system, own, y, {**kept, p: changes[p]}) if y != q else ():
                for z, vz in _balanced(system, y, {**kept, y: vy}, own, near_p):
                    others = {y: vy, z: vz}
                    for vp in misreadings(system, tied[0], p, {**kept, **others}):
                        made = {p: vp, **others}
                        if _cost(system, made) <= most and not _missing(
                            system, {**kept, **made}, changes
                        ):
                            return True
    return False


def _balanced(
    system: System, y: Cell, made: Changes, own: int, among: set[Cell]
) -> Iterator[tuple[Cell, int]]:
    """Changes of another cell by which the other equations of a changed one hold again."""
    for index in system.of_cell[y]:
        if index != own:
            for z in among.intersection(system.equations[index].cells) - {y}:
                yield from ((z, v) for v in misreadings(system, index, z, made))


def _amount(system: System, cell: Cell, value: int) -> int:
    return abs(value - (system.figures.value(cell) or 0))


def _cost(system: System, changes: Changes) -> float:
    return sum(DAMAGED + garbled(system.figures, c, v) for c, v in changes.items())


def _two_others(system: System, changes: Changes, pair: tuple[Cell, Cell]) -> bool:
    """Whether other cells than a pair mend, by the same amount, what the two mend, and are not
    much less likely to be wrong."""
    kept = {c: v for c, v in changes.items() if c not in pair}
    theirs = {c: changes[c] for c in pair}
    most = _cost(system, theirs) + _MARGIN
    amount = _amount(system, pair[0], theirs[pair[0]])
    open_ones = _missing(system, kept, changes)
    if not open_ones:
        return True
    if max(len(system.equations[i].cells) for i in open_ones) > _MAX_CELLS:
        return True
    for first in _mending(system, open_ones[0], kept, amount):
        left = _missing(system, {**kept, **first}, changes)
        seconds = _mending(system, left[0], {**kept, **first}, amount) if left else [{}]
        for second in seconds:
            made = {**first, **second}
            whole = made != theirs and not _missing(system, {**kept, **made}, changes)
            if whole and _cost(system, made) <= most:
                return True
    both = [i for i in open_ones if set(pair) <= set(system.equations[i].cells)]
    return any(not list(_mending(system, i, kept, amount)) for i in both)


def _missing(system: System, made: Changes, wanted: Changes) -> list[int]:
    """The equations that fail under some changes, and do not under those that are wanted."""
    own = {i for cell in (*made, *wanted) for i in system.of_cell[cell]}
    return [
        i
        for i in sorted(own)
        if state_after(system, i, made) is State.FAILS
        and state_after(system, i, wanted) is not State.FAILS
    ]


def _mending(system: System, index: int, made: Changes, amount: int) -> Iterator[Changes]:
    """Changes of one cell by an amount, up or down, that mend an equation."""
    for cell in system.equations[index].cells:
        now = system.figures.value(cell)
        if cell in made or now is None:
            continue
        for value in (now - amount, now + amount):
            if state_after(system, index, {**made, cell: value}) is not State.FAILS:
                yield {cell: value}


def cancelling(system: System, repairs: Changes) -> frozenset[Cell]:
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


def _holds_as_well(mended: System, changes: Changes) -> bool:
    """Whether as many equations of some repaired cells hold with other values, and all others miss
    by no more than rounding might explain."""
    own = {i for cell in changes for i in mended.of_cell[cell]}
    states = [state_after(mended, i, changes) for i in own]
    holding = sum(mended.states[i] is State.HOLDS for i in own)
    return states.count(State.HOLDS) >= holding and all(
        state is State.HOLDS or near_miss(mended, i, changes)
        for i, state in zip(own, states, strict=True)
    )


def shifted(mended: System, repairs: Changes) -> frozenset[Cell]:
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
