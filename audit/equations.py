"""Equations between cells: whether they hold, and what one cell must be for them to hold."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from typing import Final

from audit.figures import Cell, Figures
from audit.forms import Form, Rounding, meets

_DEVIATIONS: Final = 4
_NOTHING: Mapping[Cell, int] = {}


class State(IntEnum):
    """An equation's state: it holds, it holds only if rounding was unkind, or it fails."""

    HOLDS = 0
    LOOSE = 1
    FAILS = 2


@dataclass(frozen=True, slots=True)
class Law:
    """How exactly the equations of one kind hold in this table, as its own figures show.

    `tight`: the output is the rounded value of its inputs as printed. `strict`: so surely that a
    miss within the inputs' rounding is a fault too. `accuses`: an equation that fails is a fault;
    else the kind has exceptions (a share that is not the same everywhere) and only proves.
    """

    rounding: Rounding = Rounding.NEAREST
    tight: bool = True
    strict: bool = True
    accuses: bool = True


@dataclass(frozen=True, slots=True)
class Equation:
    """`out = form(inputs)`. `leaves` is how many printed rows its rounding may add up over;
    `rounded` are the inputs (their positions) that may have been rounded before they were printed,
    and `room` is twice what that lets the equation miss by (see `slack`). A `gap` is a part of a
    sum where nothing is printed and no other equation says that nothing belongs there.
    """

    out: Cell
    inputs: tuple[Cell, ...]
    form: Form
    law: Law
    leaves: int
    rounded: tuple[int, ...]
    source: str
    room: Fraction = Fraction(1)
    gap: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All cells that take part, the output first."""
        return (self.out, *self.inputs)


def _at(figures: Figures, cell: Cell, changes: Mapping[Cell, int]) -> int:
    value = changes.get(cell)
    if value is None:
        value = figures.values[cell[0]][cell[1]]
    assert value is not None  # equations are made over figures only
    return value


def excess(
    figures: Figures, equation: Equation, changes: Mapping[Cell, int] = _NOTHING
) -> tuple[int, int]:
    """(over - out × under, under): zero first where the equation holds to the last digit."""
    inputs = [_at(figures, c, changes) for c in equation.inputs]
    over, under = equation.form.parts(inputs)
    return over - _at(figures, equation.out, changes) * under, under


def slack(figures: Figures, equation: Equation) -> Fraction:
    """Twice what the print of all its cells lets an equation miss by, in the output's count.

    Each printed v stands for v ± half a unit. Few such errors may all point one way; of many that
    are independent, the sum stays within four standard deviations (of a uniform error).
    """
    ulp = figures.ulps
    own = Fraction(ulp[equation.out[0]][equation.out[1]])
    if equation.form.is_sum:
        errors = [ulp[equation.inputs[i][0]][equation.inputs[i][1]] for i in equation.rounded]
        return own + _together(sum(errors), sum(e * e for e in errors))
    inputs = [_at(figures, c, _NOTHING) for c in equation.inputs]
    over, under = equation.form.parts(inputs)
    total = own
    for i in equation.rounded:
        r, c = equation.inputs[i]
        inputs[i] += ulp[r][c]
        more, below = equation.form.parts(inputs)
        inputs[i] -= ulp[r][c]
        if under and below:
            total += abs(Fraction(more, below) - Fraction(over, under))
    if equation.leaves == 1:
        return total
    return own + total * (_together(equation.leaves, equation.leaves) + _leaning(equation))


def _leaning(equation: Equation) -> Fraction:
    """Twice what rounding halves up adds to a sum of rounded products with a simple constant.

    Half of the products with 12.5 end in .5, and all of these are rounded up.
    """
    over, under = equation.form.over or (), equation.form.under
    if len(under) != 1 or under[0][1]:
        return Fraction(0)
    step = under[0][0] // math.gcd(under[0][0], *(factor for factor, _ in over))
    return Fraction(equation.leaves, step) if step % 2 == 0 else Fraction(0)


def _together(total: int, squares: int) -> Fraction:
    """Twice what many rounding errors amount to: `total` at worst, less where they are many."""
    likely = _DEVIATIONS * 2 * math.sqrt(squares / 12)
    return min(Fraction(total), Fraction(round(likely * 16), 16))


def judge(equation: Equation, found: tuple[int, int]) -> State:
    """The state of an equation with the given excess."""
    off, under = found
    if under == 0:
        return State.LOOSE
    if meets(off, under, equation.law.rounding):
        return State.HOLDS
    if equation.law.strict or 2 * abs(off) > equation.room * under:
        return State.FAILS if equation.law.accuses else State.LOOSE
    return State.LOOSE if equation.law.tight else State.HOLDS


def state(figures: Figures, equation: Equation, changes: Mapping[Cell, int] = _NOTHING) -> State:
    """The state of an equation, with some cells changed."""
    return judge(equation, excess(figures, equation, changes))


def _form_solution(
    figures: Figures, equation: Equation, cell: Cell, changes: Mapping[Cell, int]
) -> tuple[Fraction, Fraction] | None:
    inputs = [_at(figures, c, changes) for c in equation.inputs]
    if cell == equation.out:
        over, under = equation.form.parts(inputs)
        return (Fraction(over, under), Fraction(1)) if under else None
    place = equation.inputs.index(cell)
    out = _at(figures, equation.out, changes)
    ends = []
    for probe in (0, 1):
        inputs[place] = probe
        over, under = equation.form.parts(inputs)
        ends.append(over - out * under)
    slope = ends[1] - ends[0]
    if slope == 0:
        return None
    root = Fraction(-ends[0], slope)
    inputs[place] = round(root)
    under = equation.form.parts(inputs)[1]
    return root, abs(Fraction(under, slope))


def solve(
    figures: Figures,
    equation: Equation,
    cell: Cell,
    off: int,
    changes: Mapping[Cell, int] = _NOTHING,
) -> tuple[int, int] | None:
    """The least and greatest count that a cell may have for the equation to hold; None if any may.

    The bounds allow for the rounding of the output, and for that of the inputs where the law does.
    `off` is the equation's excess with these changes: a sum needs no more to be solved.
    """
    step = Fraction(1)
    if equation.form.is_sum:
        now = _at(figures, cell, changes)
        middle = Fraction(now + off if cell == equation.out else now - off)
    else:
        found = _form_solution(figures, equation, cell, changes)
        if found is None:
            return None
        middle, step = found
    width = Fraction(1) if equation.law.rounding is Rounding.NEAREST else Fraction(2)
    if not equation.law.tight:
        width = max(width, equation.room)
    reach = step * width / 2
    low, high = middle - reach, middle + reach
    return -((-low.numerator) // low.denominator), high.numerator // high.denominator
