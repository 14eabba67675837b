"""Whether a change stands on enough: what its own equations say, and who else may be at fault.

A failing equation tells what one of its cells must be only if the others are right. A second
equation that gives the same last digit says so; so do equations of the others. Where neither is
there, the pairs of faults that would leave the same picture are counted, and must be unlikely.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from audit.equations import State
from audit.explain import Explanation, excludes, state_after
from audit.figures import Cell
from audit.misread import misread
from audit.pairs import misreadings, no_accomplice, no_pair, no_two, pairs_unlikely
from audit.pinned import alternatives, pinned, well_pinned
from audit.system import System

# Witnesses that a repair needs.
AGREED: Final = 2
# Of a longer equation it cannot be said that all its cells are beyond doubt.
_MAX_RELIED: Final = 60
# Inputs of an equation that are few. Failing equations are few up to this many, too, or to
# `_MANY` of all.
_FEW: Final = 4
_MANY: Final = 0.08


@dataclass(frozen=True, slots=True)
class Case:
    """The failing equations that are being mended, and the changes that are beyond doubt."""

    failing: frozenset[int]
    sure: Mapping[Cell, int] = field(default_factory=dict)


def _good_company(
    system: System,
    index: int,
    cell: Cell,
    failing: frozenset[int],
    sure: Mapping[Cell, int],
) -> bool:
    """Whether no other cell of an equation is strange itself, nor takes part in a failure that is
    not being mended, and no figure was lost that the equation would need.

    In a sum of many rows one such failure is no surprise; two of one cell are. In a short equation
    a cell is strange too if a misreading of it would make another one hold better.
    """
    if system.equations[index].gap and system.states[index] is State.FAILS:
        return False
    few = len(system.equations[index].inputs) <= _FEW
    return not any(
        c in system.figures.odd
        or c in system.figures.short
        or (few and _may_be_off(system, c, index))
        or sum(system.states[i] is State.FAILS and i not in failing for i in system.of_cell[c])
        > (0 if few else 1)
        for c in system.equations[index].cells
        if c != cell and c not in sure
    )


def _may_be_off(system: System, cell: Cell, beside: int) -> bool:
    """Whether a misreading of a cell would explain why another equation holds but loosely."""
    return any(
        system.states[i] is State.LOOSE and any(misreadings(system, i, cell, {}))
        for i in system.of_cell[cell]
        if i != beside
    )


def narrow_ones(
    system: System,
    cell: Cell,
    value: int,
    case: Case,
    equations: Iterable[int],
) -> list[int]:
    """The equations in good company that hold for a change, and for no value beside it."""
    failing, sure = case.failing, case.sure
    return [
        i
        for i in equations
        if state_after(system, i, {**sure, cell: value}) is State.HOLDS
        and _good_company(system, i, cell, failing, sure)
        and all(excludes(system, i, {**sure, cell: v}) for v in alternatives(system, cell, value))
    ]


def agreeing(system: System, change: Explanation) -> int:
    """How many of the equations that a change mends agree on its last digit."""
    return len(narrow_ones(system, change.cell, change.value, Case(change.mends), change.mends))


def _relied_on(
    system: System,
    index: int,
    cell: Cell,
    failing: frozenset[int],
    sure: Mapping[Cell, int],
) -> bool:
    """Whether all other cells of an equation are beyond doubt."""
    others = [c for c in system.equations[index].cells if c != cell and c not in sure]
    if len(others) > _MAX_RELIED:
        return False
    crowded = _crowded(system)
    if sure:
        failing = frozenset(
            i for i in failing if state_after(system, i, sure) is not State.HOLDS or i == index
        )
    return all(
        pinned(system, c, failing, sure) and (not crowded or well_pinned(system, c)) for c in others
    )


def founded_together(
    system: System,
    changes: Mapping[Cell, int],
    sure: Mapping[Cell, int],
    failing: frozenset[int],
) -> bool:
    """Whether each of the changes has an equation of its own that gives its last digit, and another
    one that agrees when the others are made."""
    for cell, value in changes.items():
        others = {**changes, **sure}
        del others[cell]
        own = system.of_cell[cell]
        apart = [i for i in own if changes.keys().isdisjoint({*system.equations[i].cells} - {cell})]
        if (
            misread(system.figures, cell, value) is None
            or not narrow_ones(system, cell, value, Case(failing, sure), apart)
            or len(narrow_ones(system, cell, value, Case(failing, others), own)) < AGREED
        ):
            return False
    return True


def _crowded(system: System) -> bool:
    """Whether so many equations fail that one which holds may do so by chance."""
    failing = sum(s is State.FAILS for s in system.states)
    return failing > max(_FEW, _MANY * len(system.states))


def founded(
    system: System,
    cell: Cell,
    value: int,
    case: Case,
    equations: Iterable[int],
) -> bool:
    """Whether a change stands on enough: two equations that agree on the last digit, or one all of
    whose other cells are beyond doubt, or one beside which no pair of faults is likely.

    A number that no single fault garbles into the printed one needs three witnesses, or two of
    which one equation relies on nothing that is in doubt; that it comes again and again in its
    column is one. Otherwise the cell that the equation relies on may be the wrong one, or be wrong
    as well.
    """
    failing, sure = case.failing, case.sure
    narrow = narrow_ones(system, cell, value, case, equations)
    explained = misread(system.figures, cell, value) is not None
    witnesses = len(narrow) + (value in system.levels.get(cell[1], ()))
    if not narrow or (not explained and witnesses < AGREED):
        return False
    if len(narrow) >= AGREED:
        pair = (narrow[0], narrow[1])
        alone = len(narrow) > AGREED or no_two(system, cell, value, pair, sure)
        if not alone or not no_accomplice(system, cell, value, narrow, sure):
            return False
        if explained or len(narrow) > AGREED:
            return True
    if any(
        _relied_on(system, i, cell, failing, sure) and no_pair(system, cell, value, i, sure)
        for i in narrow
    ):
        return True
    few = len(narrow) < AGREED and explained and not sure
    return few and pairs_unlikely(system, cell, value, narrow[0], failing)
