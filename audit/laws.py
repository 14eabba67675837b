"""How exactly the equations of one kind hold, learned from the figures themselves.

Printed figures are rounded, so a sum of rounded parts may miss its sum. But most tables add up what
they print, and one that does shows it: sums that all come out to the last digit would be a strange
chance if each could miss. Then a miss by one is a fault. Where it is not so sure, a miss within the
rounding is neither proof nor fault; and where sums do miss, only the wide tolerance is left.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from audit.damage import misreading
from audit.equations import Equation, Law, State, excess, judge, slack, solve
from audit.figures import Figures
from audit.forms import Rounding, meets

# The odds before a figure is looked at that equations of a kind are exact, and where their parts
# are whole counts.
_PRIOR: Final = math.log10(5)
_COUNTED: Final = math.log10(20)
# In decades: what makes a law strict, what makes it tight.
_STRICT: Final = 3.0
_TIGHT: Final = 0.8
# The share of its equations that an exact law may miss; and that of sums, where so many decades
# say that those which hold do not by chance.
_EXCEPTIONS: Final = 0.02
_MISREAD: Final = 0.07
_BEYOND_CHANCE: Final = 6.0
# The share of equations of a kind that must hold.
_MOST: Final = 0.6
# The share that may fail without one misread digit that explains it: of what the figures show,
# of printed formulas, of sums. A kind with more accuses nobody.
_UNEXPLAINED: Final = 0.08
_PRINTED_UNEXPLAINED: Final = 0.15
_SUMS_UNEXPLAINED: Final = 0.2
# So many equations are looked at for the chance of holding; so many cells and values for a
# misreading.
_SAMPLED: Final = 12
_NEAR: Final = 40


@dataclass(frozen=True, slots=True)
class Kind:
    """Equations that follow one law: a relation over the rows of units, the sums of a column.

    `counted`: they add up whole things, persons or households, which nothing has rounded.
    """

    equations: tuple[Equation, ...]
    counted: bool = False


def _rounding(offs: Sequence[tuple[int, int]]) -> Rounding:
    """How the outputs were rounded: to the nearest, unless another way explains clearly more."""
    counts = {r: sum(meets(off, under, r) for off, under in offs) for r in Rounding}
    best = max(Rounding, key=lambda r: (counts[r], r is Rounding.NEAREST))
    clearly = counts[best] > counts[Rounding.NEAREST] + max(3, len(offs) // 10)
    return best if clearly else Rounding.NEAREST


def _chance(equation: Equation) -> float:
    """How likely an equation comes out to the last digit if its inputs were rounded each.

    The inputs' errors, uniform within half a unit, make an error of this deviation in the output.
    """
    spread = float(equation.room) - 1.0
    if equation.form.is_sum:
        deviation = math.sqrt(len(equation.rounded) / 12)
    else:
        deviation = max(0.0, spread) / 2 / math.sqrt(3 * max(1, len(equation.rounded)))
    return min(0.995, max(1 - 0.65 * deviation, 1 / (1 + 2.5 * deviation)))


def _law(equations: Sequence[Equation], offs: Sequence[tuple[int, int]], counted: bool) -> Law:
    rounding = _rounding(offs)
    exact = [meets(off, under, rounding) for off, under in offs]
    near = [
        not good and 2 * abs(off) <= e.room * under
        for e, (off, under), good in zip(equations, offs, exact, strict=True)
    ]
    step = max(1, len(equations) // _SAMPLED)
    chances = [_chance(e) for e in equations[::step]]
    chance = sum(chances) / len(chances)
    held, missed = sum(exact), sum(near)
    decades = (_COUNTED if counted else _PRIOR) + held * math.log10((1 - _EXCEPTIONS) / chance)
    decades += missed * math.log10(_EXCEPTIONS / (1 - chance))
    sums_of_rounded = any(e.leaves > 1 for e in equations)
    sums = equations[0].form.is_sum and not equations[0].source
    misread = _MISREAD if sums and decades >= _BEYOND_CHANCE else _EXCEPTIONS
    few = missed <= (0 if sums_of_rounded else max(1, misread * len(offs)))
    return Law(rounding, decades >= _TIGHT, decades >= _STRICT and few, True)


def explained(figures: Figures, equation: Equation, off: int) -> bool:
    """Whether a single misread digit in one of its cells makes a failing equation hold."""
    for cell in equation.cells[:_NEAR]:
        bounds = solve(figures, equation, cell, off)
        now = figures.value(cell)
        if bounds is None or now is None:
            continue
        low, high = bounds
        if high - low < _NEAR and any(misreading(v, now) for v in range(low, high + 1)):
            return True
    return False


def law_of(figures: Figures, equations: Sequence[Equation], counted: bool = False) -> Law | None:
    """The law that equations of one kind show; None where they mostly fail, or, for sums over rows
    that were found to belong together, where all do."""
    told = [(e, o) for e in equations for o in [excess(figures, e)] if o[1]]
    if not told:
        return None
    ones, offs = [e for e, _ in told], [o for _, o in told]
    law = _law(ones, offs, counted)
    sums = ones[0].form.is_sum and not ones[0].source and len(ones[0].inputs) > 1
    failing = [
        (e, off)
        for e, (off, under) in told
        if judge(replace(e, law=law), (off, under)) is State.FAILS
    ]
    unexplained = sum(not explained(figures, replace(e, law=law), off) for e, off in failing)
    some = sums and (len(failing) < len(told) or (len(told) == 1 and not unexplained))
    if len(failing) > (1 - _MOST) * len(told) and not some:
        return None
    allowed = _PRINTED_UNEXPLAINED if ones[0].source else _UNEXPLAINED
    allowed = _SUMS_UNEXPLAINED if sums else allowed
    if unexplained > max(2, allowed * len(told)):
        return replace(law, accuses=False)
    return law


def with_room(figures: Figures, equations: Iterable[Equation]) -> tuple[Equation, ...]:
    """The equations with what their print lets them miss by."""
    rooms = [slack(figures, e) for e in equations]
    return tuple(
        e if e.room == room else replace(e, room=room)
        for e, room in zip(equations, rooms, strict=True)
    )


def with_law(figures: Figures, kind: Kind) -> tuple[Equation, ...]:
    """The equations of a kind under the law that they show; none where they mostly fail.

    Where they fail though only the inputs that were computed may be rounded, all may be. A kind
    whose failures are not such as misread digits make has exceptions: it proves the cells for which
    it holds, and accuses none.
    """
    equations = with_room(figures, kind.equations)
    law = law_of(figures, equations, kind.counted)
    if law is None:
        every = [replace(e, rounded=tuple(range(len(e.inputs)))) for e in equations]
        equations = with_room(figures, every)
        law = law_of(figures, equations, kind.counted)
    return () if law is None else tuple(replace(e, law=law) for e in equations)


def misses(figures: Figures, equations: Sequence[Equation]) -> int:
    """How many equations miss the last digit by no more than rounding allows."""
    near = 0
    for e in with_room(figures, equations):
        off, under = excess(figures, e)
        exact = meets(off, under, Rounding.NEAREST)
        near += not exact and 2 * abs(off) <= e.room * under
    return near
