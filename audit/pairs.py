"""Pairs of faults that would leave the same picture as the change of one cell."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from audit.damage import DAMAGED, SURE
from audit.equations import State
from audit.explain import state_after, values_for
from audit.figures import Cell
from audit.misread import garbled, likely_values, misread
from audit.system import System

# More pairs of values are not counted, nor cells that so many values fit.
_MAX_PAIRS: Final = 3_000
_MAX_ADMITTED: Final = 30


def misreadings(system: System, index: int, cell: Cell, made: Mapping[Cell, int]) -> Iterator[int]:
    """Values of a cell for which an equation holds and of which a single fault makes its print;
    none for one that is changed already."""
    if cell in made or system.figures.value(cell) is None:
        return
    for value in values_for(system, index, cell, made):
        if misread(system.figures, cell, value) is not None:
            yield value


def _admitted(system: System, cell: Cell, value: int, equations: Iterable[int]) -> list[int] | None:
    """Values of a cell for which all those equations hold, if they are few and not any."""
    found: set[int] | None = None
    for index in equations:
        theirs = set(values_for(system, index, cell, {}))
        if theirs and len(theirs) <= _MAX_ADMITTED and value in theirs:
            found = theirs if found is None else found & theirs
    return None if found is None else sorted(found - {value})


def pairs_unlikely(
    system: System, cell: Cell, value: int, narrow: int, failing: frozenset[int]
) -> bool:
    """Whether no other value of a cell, together with a fault in another cell of the one equation
    that gives its last digit, is likely beside the change.

    The cell's other failing equations must leave it few values; `3775090` persons by the sum of the
    column, and one of 3775088 to 3775091 by the amount that was paid for them.
    """
    others = [i for i in system.of_cell[cell] if i != narrow and i in failing]
    admitted = _admitted(system, cell, value, others)
    cells = [c for c in system.equations[narrow].cells if c != cell]
    if admitted is None or len(admitted) * len(cells) > _MAX_PAIRS:
        return False
    best = garbled(system.figures, cell, value)
    likely = 0.0
    for other in admitted:
        own = garbled(system.figures, cell, other)
        for c in cells:
            for wrong in values_for(system, narrow, c, {cell: other}):
                broken = any(
                    state_after(system, i, {c: wrong}) > system.states[i]
                    for i in system.of_cell[c]
                    if i != narrow
                )
                if not broken:
                    likely += math.exp(best - own - DAMAGED - garbled(system.figures, c, wrong))
    return likely < math.exp(-SURE)


def no_accomplice(
    system: System, cell: Cell, value: int, narrow: list[int], sure: Mapping[Cell, int]
) -> bool:
    """Whether no other value of a cell, together with a fault in a cell that all of its telling
    equations share, is likely beside the change.

    `rest = budget - spent` and `rate = spent / budget` agree on `spent`, but only for one budget.
    """
    shared = set(system.equations[narrow[0]].cells).intersection(
        *(system.equations[i].cells for i in narrow[1:])
    )
    best = garbled(system.figures, cell, value)
    likely = 0.0
    for c in sorted(shared - {cell} - sure.keys()):
        now = system.figures.value(c)
        touched = {*system.of_cell[c], *system.of_cell[cell]}
        for wrong in likely_values(system.figures, c):
            if wrong == now or not _unbroken(system, c, wrong, cell):
                continue
            for other in values_for(system, narrow[0], cell, {**sure, c: wrong}):
                made = {**sure, c: wrong, cell: other}
                if all(state_after(system, i, made) is not State.FAILS for i in touched):
                    cost = garbled(system.figures, cell, other) + garbled(system.figures, c, wrong)
                    likely += math.exp(best - cost - DAMAGED)
    return likely < math.exp(-SURE)


def no_pair(system: System, cell: Cell, value: int, narrow: int, sure: Mapping[Cell, int]) -> bool:
    """Whether no other cell of the one telling equation is likely to be wrong instead, together
    with a cell of an equation that holds because the two faults cancel out in it.

    A sum and one of its parts may both print 4 too much; the sum around them fails by 4.
    """
    best = garbled(system.figures, cell, value)
    likely = 0.0
    for other in system.equations[narrow].cells:
        if other == cell or other in sure:
            continue
        for wrong in misreadings(system, narrow, other, sure):
            made = {**sure, other: wrong}
            own = garbled(system.figures, other, wrong)
            for second, was in _beside(system, other, made, narrow):
                cost = own + garbled(system.figures, second, was) + DAMAGED
                likely += math.exp(best - cost)
    return likely < math.exp(-SURE)


def no_two(
    system: System, cell: Cell, value: int, telling: tuple[int, int], sure: Mapping[Cell, int]
) -> bool:
    """Whether no two other cells, one in each of two telling equations, are likely to be wrong
    instead.

    A sum and the sum around it may agree on a head because a part of each prints 30 too much.
    """
    together = math.exp(garbled(system.figures, cell, value) - DAMAGED)
    for index in telling:
        together *= sum(
            math.exp(-garbled(system.figures, other, wrong))
            for other in system.equations[index].cells
            if other != cell
            for wrong in misreadings(system, index, other, sure)
            if _unbroken(system, other, wrong, cell)
        )
    return together < math.exp(-SURE)


def _beside(
    system: System, cell: Cell, made: Mapping[Cell, int], narrow: int
) -> Iterator[tuple[Cell, int]]:
    """Changes of one more cell after which all equations of a changed one hold as they did."""
    broken = [
        i
        for i in system.of_cell[cell]
        if i != narrow and state_after(system, i, made) > system.states[i]
    ]
    for second in system.equations[broken[0]].cells if broken else ():
        for value in misreadings(system, broken[0], second, made):
            both = {**made, second: value}
            touched = {*broken, narrow, *system.of_cell[second]}
            if all(state_after(system, i, both) is not State.FAILS for i in touched):
                yield second, value


def _unbroken(system: System, cell: Cell, value: int, beside: Cell) -> bool:
    """Whether a change breaks no equation but those of another cell."""
    return all(
        state_after(system, i, {cell: value}) <= system.states[i]
        for i in system.of_cell[cell]
        if i not in system.of_cell[beside]
    )
