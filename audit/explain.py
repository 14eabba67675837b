"""What may have been misread: single changes of one cell that would mend failing equations."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from audit.damage import DAMAGED
from audit.equations import State, excess, judge, solve
from audit.figures import Cell
from audit.forms import Rounding
from audit.misread import garbled, likely_values, misread
from audit.system import System

# As many values of a cell are all tried; of more only the likeliest.
_NARROW: Final = 24
_MAX_VALUES: Final = 24
# A change after which an equation holds but loosely, or whose value is new in a column of few
# values, is so many times less likely.
_LOOSE: Final = math.log(50)
_UNUSUAL: Final = math.log(50)


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cell that was something else. `mends` are the failing equations that then hold, `leaves`
    those of its equations that still fail; none that held is broken. `cost` is a negative natural
    logarithm; `single` says that a fault of the damage model explains the reading.
    """

    cell: Cell
    value: int
    cost: float
    single: bool
    mends: frozenset[int]
    leaves: frozenset[int]


def off_after(system: System, index: int, changes: Mapping[Cell, int]) -> tuple[int, int]:
    """The excess of an equation with some cells changed; a sum is not added up again."""
    equation = system.equations[index]
    if not equation.form.is_sum:
        return excess(system.figures, equation, changes)
    off, under = system.offs[index]
    for cell, value in changes.items():
        if index in system.of_cell.get(cell, ()):
            was = system.figures.value(cell)
            assert was is not None
            off += was - value if cell == equation.out else value - was
    return off, under


def state_after(system: System, index: int, changes: Mapping[Cell, int]) -> State:
    """The state of an equation with some cells changed."""
    return judge(system.equations[index], off_after(system, index, changes))


def excludes(system: System, index: int, changes: Mapping[Cell, int]) -> bool:
    """Whether an equation that holds would speak against the changes.

    It fails, or its output would have been rounded down from exactly half.
    """
    found = off_after(system, index, changes)
    equation = system.equations[index]
    if judge(equation, found) is not State.HOLDS:
        return True
    half_up = equation.law.rounding is Rounding.NEAREST and not equation.rounded
    return half_up and not equation.form.is_sum and 2 * found[0] == found[1]


def values_for(
    system: System, index: int, cell: Cell, changes: Mapping[Cell, int]
) -> Iterator[int]:
    """Values of a cell for which an equation holds: all where they are few, else likely ones."""
    off, _ = off_after(system, index, changes)
    bounds = solve(system.figures, system.equations[index], cell, off, changes)
    now = system.figures.value(cell)
    if bounds is None or now is None:
        return
    low, high = bounds
    if high - low < _NARROW:
        yield from (v for v in range(low, high + 1) if v != now)
    else:
        figures = system.figures
        near = [v for v in likely_values(figures, cell) if low <= v <= high and v != now]
        yield from sorted(near, key=lambda v: (garbled(figures, cell, v), v))[:_MAX_VALUES]


def explanation(system: System, cell: Cell, value: int) -> Explanation | None:
    """A change of one cell, if it mends something and breaks nothing."""
    now = system.figures.value(cell)
    if now is None:
        return None
    mends: set[int] = set()
    leaves: set[int] = set()
    loose = 0
    for index in system.of_cell[cell]:
        before = system.states[index]
        after = state_after(system, index, {cell: value})
        if after > before:
            return None
        if before is State.FAILS:
            (leaves if after is State.FAILS else mends).add(index)
            loose += after is State.LOOSE
    if not mends:
        return None
    cost = DAMAGED + garbled(system.figures, cell, value) + loose * _LOOSE
    levels = system.levels.get(cell[1])
    if levels is not None and value not in levels:
        # As seldom as one figure of the column, and then any of so many.
        cost += _UNUSUAL + math.log(len(system.figures.values))
    single = misread(system.figures, cell, value) is not None
    return Explanation(cell, value, cost, single, frozenset(mends), frozenset(leaves))


def explanations(system: System, failing: list[int]) -> list[Explanation]:
    """All single changes that mend a failing equation and break none, in a stable order."""
    found: dict[tuple[Cell, int], Explanation | None] = {}
    for index in failing:
        for cell in system.equations[index].cells:
            for value in values_for(system, index, cell, {}):
                if (cell, value) not in found:
                    found[cell, value] = explanation(system, cell, value)
    return [e for e in found.values() if e is not None]


def components(
    failing: list[int], found: list[Explanation]
) -> list[tuple[frozenset[int], list[Explanation]]]:
    """Failing equations that share an explanation, directly or through others."""
    root = {i: i for i in failing}

    def top(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for e in found:
        first, *rest = sorted(e.mends | e.leaves)
        for other in rest:
            root[top(other)] = top(first)
    members: dict[int, set[int]] = defaultdict(set)
    for i in failing:
        members[top(i)].add(i)
    theirs: dict[int, list[Explanation]] = defaultdict(list)
    for e in found:
        theirs[top(min(e.mends))].append(e)
    return [(frozenset(m), theirs[t]) for t, m in sorted(members.items())]
