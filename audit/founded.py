"""Whether a change stands on enough: what its own equations say, and who else may be at fault.

A failing equation tells what one of its cells must be only if the others are right. A second
equation that gives the same last digit says so; so do equations of the others. Where neither is
there, the pairs of faults that would leave the same picture are counted, and must be unlikely.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from audit.damage import DAMAGED
from audit.equations import State
from audit.explain import Explanation, excludes, state_after, values_for
from audit.figures import Cell
from audit.misread import garbled, likely_values, misread
from audit.pinned import alternatives, pinned, well_pinned
from audit.system import System

SURE: Final = math.log(10_000)
AGREED: Final = 2
_MAX_RELIED: Final = 60
_MAX_PAIRS: Final = 3_000
_MAX_ADMITTED: Final = 30
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

    In a sum of many rows one such failure is no surprise; two of one cell are.
    """
    if system.equations[index].gap and system.states[index] is State.FAILS:
        return False
    few = len(system.equations[index].inputs) <= _FEW
    return not any(
        c in system.figures.odd
        or c in system.figures.short
        or sum(system.states[i] is State.FAILS and i not in failing for i in system.of_cell[c])
        > (0 if few else 1)
        for c in system.equations[index].cells
        if c != cell and c not in sure
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


def _admitted(system: System, cell: Cell, value: int, equations: Iterable[int]) -> list[int] | None:
    """Values of a cell for which all those equations hold, if they are few and not any."""
    found: set[int] | None = None
    for index in equations:
        theirs = set(values_for(system, index, cell, {}))
        if theirs and len(theirs) <= _MAX_ADMITTED and value in theirs:
            found = theirs if found is None else found & theirs
    return None if found is None else sorted(found - {value})


def _pairs_unlikely(
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


def _no_accomplice(
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


def _no_pair(system: System, cell: Cell, value: int, narrow: int, sure: Mapping[Cell, int]) -> bool:
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


def misreadings(system: System, index: int, cell: Cell, made: Mapping[Cell, int]) -> Iterator[int]:
    """Values of a cell for which an equation holds and of which a single fault makes its print;
    none for one that is changed already."""
    if cell in made or system.figures.value(cell) is None:
        return
    for value in values_for(system, index, cell, made):
        if misread(system.figures, cell, value) is not None:
            yield value


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
    if len(narrow) >= AGREED and not _no_accomplice(system, cell, value, narrow, sure):
        return False
    if len(narrow) >= AGREED and (explained or len(narrow) > AGREED):
        return True
    if any(
        _relied_on(system, i, cell, failing, sure) and _no_pair(system, cell, value, i, sure)
        for i in narrow
    ):
        return True
    if len(narrow) >= AGREED or not explained:
        return False
    return not sure and _pairs_unlikely(system, cell, value, narrow[0], failing)
