"""Which cells the equations that hold pin to their last digit, and which stay accused."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from audit.equations import State
from audit.explain import excludes, state_after, values_for
from audit.figures import Cell
from audit.misread import misread
from audit.system import System

# Cells of an equation that are looked through.
_MAX_RELIED: Final = 60
_NOTHING: Mapping[Cell, int] = {}


def alternatives(system: System, cell: Cell, value: int) -> Iterable[int]:
    """The values nearest to one that a cell might have instead."""
    levels = system.levels.get(cell[1], frozenset())
    return levels - {value} if value in levels else (value - 1, value + 1)


def well_pinned(system: System, cell: Cell) -> bool:
    """Whether two equations pin a cell each, or one whose other cells others pin."""
    now = system.figures.value(cell)
    holding = [i for i in system.of_cell.get(cell, ()) if system.states[i] is State.HOLDS]
    if now is None:
        return False
    narrow = [
        i
        for i in holding
        if all(excludes(system, i, {cell: v}) for v in alternatives(system, cell, now))
    ]
    if len(narrow) != 1:
        return len(narrow) > 1
    others = [c for c in system.equations[narrow[0]].cells if c != cell][:_MAX_RELIED]
    return all(pinned(system, c, frozenset(narrow)) for c in others)


def pinned(
    system: System,
    cell: Cell,
    without: frozenset[int] = frozenset(),
    changes: Mapping[Cell, int] = _NOTHING,
) -> bool:
    """Whether equations that hold would not if the cell were one unit more, nor one unit less.

    `changes` are made beforehand, in other cells.
    """
    now = system.figures.value(cell)
    if now is None:
        return False
    holding = [
        i
        for i in system.of_cell.get(cell, ())
        if i not in without
        and (state_after(system, i, changes) if changes else system.states[i]) is State.HOLDS
    ]
    return all(
        any(excludes(system, i, {**changes, cell: now + step}) for i in holding) for step in (1, -1)
    )


def accused_cells(system: System, failing: Iterable[int], suspects: set[Cell]) -> set[Cell]:
    """Cells of failing equations that nothing explains: those that no other equation clears.

    Two wrong cells may clear each other, so one that takes part in two such failures is accused.
    """
    open_ones = [i for i in failing if suspects.isdisjoint(system.equations[i].cells)]
    often = Counter(c for i in open_ones for c in system.equations[i].cells)
    accused = {c for c, times in often.items() if times > 1}
    for index in open_ones:
        equation = system.equations[index]
        unclear = {c for c in equation.cells if not pinned(system, c)}
        accused |= unclear or {equation.out}
    return accused


def just_missed(system: System) -> dict[Cell, tuple[int, ...]]:
    """Cells one misreading of which makes several equations miss by what rounding might explain
    too, with what they were: that rounding did it each time, and alike, is less likely."""
    loose = [
        i
        for i, s in enumerate(system.states)
        if s is State.LOOSE and system.equations[i].law.tight and system.offs[i][1]
    ]
    times = Counter(c for i in loose for c in system.equations[i].cells)
    missed: dict[Cell, tuple[int, ...]] = {}
    for cell in sorted(c for c, n in times.items() if n > 1):
        now, own = system.figures.value(cell), system.of_cell[cell]
        theirs = [i for i in loose if i in own]
        values = {
            v
            for v in values_for(system, theirs[0], cell, {})
            if now is not None and misread(system.figures, cell, v) is not None
        }
        good = sorted(
            v
            for v in values
            if all(state_after(system, i, {cell: v}) is State.HOLDS for i in theirs)
            and all(state_after(system, i, {cell: v}) <= system.states[i] for i in own)
        )
        if good:
            missed[cell] = tuple(good)
    return missed
