"""What speaks against a change that would mend everything: other explanations, and rounding."""

import math
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Final

from audit.equations import Equation, State
from audit.explain import Explanation, off_after
from audit.figures import Cell
from audit.founded import AGREED, agreeing
from audit.misread import garbled, likely_values
from audit.system import System

_NOTHING: Mapping[Cell, int] = {}
# A longer equation is not looked through cell by cell.
_MAX_RELIED: Final = 60
# Twice the units of the last place that an equation may miss by: where it may add up rows that
# were not found, and in a row of a unit.
_FEW_UNITS: Final = Fraction(40)
_ONE_UNIT: Final = Fraction(2)
# So many times likelier a misreading must be to count as the simpler one.
_SIMPLER: Final = math.log(30)
# A miss by rounding alone is at least as seldom as one in so many.
_MISSED: Final = math.log(50)
"""The cost of a miss by rounding where most of its kind are exact."""


def rivals(
    system: System, best: Explanation, failing: frozenset[int], found: list[Explanation]
) -> float:
    """How likely all other explanations together are, as a multiple of the best one's likelihood.

    One other change that mends everything, but for what rounding may explain; or several, one for
    each failing equation.
    """
    alone = 0.0
    for e in found:
        rest = failing - e.mends
        if e is not best and all(near_miss(system, i, {e.cell: e.value}) for i in rest):
            alone += math.exp(best.cost - e.cost - sum(_miss_cost(system, i) for i in rest))
    if len(failing) < 2:
        return alone
    together = math.exp(best.cost)
    for index in failing:
        together *= sum(
            math.exp(-e.cost) for e in found if e.cell != best.cell and index in e.mends
        )
    return alone + together


def near_miss(system: System, index: int, changes: Mapping[Cell, int] = _NOTHING) -> bool:
    """Whether an equation misses by no more than the rounding of its figures might make it, or by
    a few units, as the rounding of rows that it was not known to sum up would."""
    off, under = off_after(system, index, changes)
    return 2 * abs(off) <= _room(system, index) * under


def _room(system: System, index: int) -> Fraction:
    """Twice what rounding might make an equation miss by."""
    equation = system.equations[index]
    if equation.form.is_sum:
        return equation.room
    if equation.out[0] in system.units:
        return equation.room if equation.source else max(equation.room, _ONE_UNIT)
    # It may be a sum of any of the rows, each rounded by up to half a unit.
    return max(equation.room, _FEW_UNITS, Fraction(len(system.figures.values)))


def _miss_cost(system: System, index: int) -> float:
    """The cost of a miss by one certain amount of those that rounding might explain.

    As seldom as one in all of its kind that hold. Small amounts are likelier: as many as there are
    on one side share the chance of them all.
    """
    seldom = max(_MISSED, math.log(system.alike[index] + 2))
    return seldom + math.log(max(1.0, float(_room(system, index) + 1) / 2))


def _is_linear(equation: Equation) -> bool:
    """Whether an equation adds and subtracts whole figures."""
    form = equation.form
    return form.is_sum or (
        form.under == ((1, ()),) and all(abs(f) == 1 and len(p) == 1 for f, p in form.over or ())
    )


def _by_one(system: System, change: Explanation) -> bool:
    """Whether a change is by one unit of the last place, as rounding at another step would be."""
    now = system.figures.value(change.cell)
    return now is not None and abs(change.value - now) <= 1


def _missed_alike(system: System, index: int) -> bool:
    """Whether another sum fails by the same amount, and an equation that holds ties the two.

    Two faults that cancel out in a column leave two rows that fail alike, and no trace of where.
    """
    equation, (off, _) = system.equations[index], system.offs[index]
    if not equation.law.accuses or not _is_linear(equation):
        return False
    tied = {i for c in equation.cells for i in system.of_cell[c] if system.states[i] is State.HOLDS}
    return any(
        s is State.FAILS
        and i != index
        and abs(system.offs[i][0]) == abs(off)
        and _is_linear(system.equations[i])
        and any(not tied.isdisjoint(system.of_cell[c]) for c in system.equations[i].cells)
        for i, s in enumerate(system.states)
    )


def _simpler_nearly_fits(
    system: System, cell: Cell, value: int, mends: AbstractSet[int], beside: Mapping[Cell, int]
) -> bool:
    """Whether a far likelier misreading of a cell would miss by what rounding may explain.

    `mends` are the equations that its value mends, `beside` the changes of other cells. `011` was
    511 rather than 510, where a sum of rounded figures asks for 510.
    """
    least = garbled(system.figures, cell, value) - _SIMPLER
    return any(
        garbled(system.figures, cell, other) < least
        and all(near_miss(system, i, {**beside, cell: other}) for i in mends)
        for other in likely_values(system.figures, cell)
        if other != value
    )


def unlikely(
    system: System, changes: Mapping[Cell, int], failing: frozenset[int]
) -> frozenset[Cell]:
    """The cells of several changes instead of which a simpler one would do, but for what rounding
    may explain."""
    return frozenset(
        cell
        for cell, value in changes.items()
        if _simpler_nearly_fits(
            system, cell, value, failing.intersection(system.of_cell[cell]), changes
        )
    )


def doubtful(system: System, best: Explanation) -> bool:
    """Whether a cell on which the change relies just misses another equation, or the only failures
    are such as rounding might explain."""
    others = {c for i in best.mends for c in system.equations[i].cells[:_MAX_RELIED]}
    if best.value not in system.levels.get(best.cell[1], (best.value,)):
        return True
    if _simpler_nearly_fits(system, best.cell, best.value, best.mends, _NOTHING):
        return True
    if len(best.mends) == 1 and _missed_alike(system, min(best.mends)):
        return True
    least = len(best.mends) <= AGREED and _by_one(system, best)
    if (least or len(best.mends) == 1) and all(near_miss(system, i) for i in best.mends):
        return True
    return agreeing(system, best) < AGREED and any(
        system.states[i] is State.LOOSE and i not in best.mends
        for c in others - {best.cell}
        for i in system.of_cell[c]
    )
