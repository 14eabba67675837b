"""Which cells were misread, as far as the equations can tell, and what they were.

Failing equations that one and the same change could mend are looked at together. A change is made
only where every other explanation is ten thousand times less likely: one cell that mends all of
them, or the one set of changes that the exact solver finds. Else what may be at fault is suspect.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from audit.equations import State
from audit.explain import Explanation, excludes, explanations, state_after
from audit.figures import Cell, Figures
from audit.joint import solve_jointly
from audit.pinned import accused_cells, alternatives, just_missed, pinned
from audit.system import System, system_of

SURE: Final = math.log(10_000)
_WORTH: Final = math.log(1_000)
_ROUNDS: Final = 3
_MAX_JOINT: Final = 60
_MAX_COMPONENT: Final = 40
_MAX_RELIED: Final = 60
_FEW: Final = 4
_AGREED: Final = 2
_MANY: Final = 0.015
_FEW_UNITS: Final = Fraction(40)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Repaired cells with their readings, suspect cells with what they may have been, and the
    system with the repairs made."""

    system: System
    repairs: dict[Cell, int]
    suspects: dict[Cell, tuple[int, ...]]

    @property
    def many_faults(self) -> bool:
        """Whether so many cells are wrong that two of them may well agree with each other."""
        faults = len(self.repairs) + len(self.suspects)
        return faults > _MANY * len(self.system.of_cell)


@dataclass(slots=True)
class _Decision:
    repairs: dict[Cell, int] = field(default_factory=dict)
    suspects: dict[Cell, list[int]] = field(default_factory=lambda: defaultdict(list))

    def suspect(self, found: Iterable[Explanation]) -> None:
        """Suspect the cells of explanations, with their values as proposals."""
        for e in sorted(found, key=lambda e: (e.cost, e.cell, e.value)):
            known = self.suspects[e.cell]
            if (e.single or len(e.mends) > 1) and e.value not in known:
                known.append(e.value)


def _components(
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


def _rivals(best: Explanation, failing: frozenset[int], found: list[Explanation]) -> float:
    """How likely all other explanations together are, as a multiple of the best one's likelihood.

    One other change that mends everything; or several, one for each failing equation.
    """
    alone = sum(math.exp(best.cost - e.cost) for e in found if e is not best and e.mends == failing)
    if len(failing) < 2:
        return alone
    together = math.exp(best.cost)
    for index in failing:
        together *= sum(
            math.exp(-e.cost) for e in found if e.cell != best.cell and index in e.mends
        )
    return alone + together


def _good_company(system: System, index: int, cell: Cell, failing: frozenset[int]) -> bool:
    """Whether no other cell of an equation takes part in a failure that is not being mended.

    In a sum of many rows one such failure is no surprise; two of one cell are.
    """
    few = len(system.equations[index].inputs) <= _FEW
    return not any(
        sum(system.states[i] is State.FAILS and i not in failing for i in system.of_cell[c])
        > (0 if few else 1)
        for c in system.equations[index].cells
        if c != cell
    )


def _narrow(
    system: System, cell: Cell, value: int, failing: frozenset[int], equations: Iterable[int]
) -> list[int]:
    """The equations in good company that hold for a change, and for no value beside it."""
    return [
        i
        for i in equations
        if state_after(system, i, {cell: value}) is State.HOLDS
        and _good_company(system, i, cell, failing)
        and all(excludes(system, i, {cell: v}) for v in alternatives(system, cell, value))
    ]


def _founded(
    system: System, cell: Cell, value: int, failing: frozenset[int], equations: Iterable[int]
) -> bool:
    """Whether a change stands on enough: two equations that agree on the last digit, or one all of
    whose other cells are beyond doubt.

    Otherwise the cell that the equation relies on may be the wrong one, or be wrong as well.
    """
    narrow = _narrow(system, cell, value, failing, equations)
    if len(narrow) != 1:
        return len(narrow) > 1
    others = [c for c in system.equations[narrow[0]].cells if c != cell]
    if len(others) > _MAX_RELIED:
        return False
    return all(pinned(system, c, failing) for c in others)


def _agreeing(system: System, change: Explanation) -> int:
    """How many of the equations that a change mends agree on its last digit."""
    return len(_narrow(system, change.cell, change.value, change.mends, change.mends))


def _stands_alone(
    system: System, cell: Cell, changes: dict[Cell, int], failing: frozenset[int]
) -> bool:
    """Whether a change among several stands on equations in which it is the only one.

    The solver knows only the changes it was given; a fault that was not among them may hide behind
    two others. What a cell's own equations say does not depend on them.
    """
    others = changes.keys() - {cell}
    own = [i for i in system.of_cell[cell] if others.isdisjoint(system.equations[i].cells)]
    return _founded(system, cell, changes[cell], failing, own)


def _near_miss(system: System, index: int) -> bool:
    """Whether an equation misses by no more than the rounding of its figures might make it, or by
    a few units, as the rounding of rows that it was not known to sum up would."""
    off, under = system.offs[index]
    equation = system.equations[index]
    known = equation.form.is_sum or equation.out[0] in system.units
    room = equation.room if known else max(equation.room, _FEW_UNITS)
    return 2 * abs(off) <= room * under


def _doubtful(system: System, best: Explanation) -> bool:
    """Whether a cell on which the change relies is strange itself or just misses another equation,
    or the only failure is one that rounding might explain."""
    others = {c for i in best.mends for c in system.equations[i].cells[:_MAX_RELIED]}
    if not system.figures.odd.isdisjoint(others - {best.cell}):
        return True
    if best.value not in system.levels.get(best.cell[1], (best.value,)):
        return True
    if len(best.mends) == 1 and _near_miss(system, min(best.mends)):
        return True
    return _agreeing(system, best) < _AGREED and any(
        system.states[i] is State.LOOSE and i not in best.mends
        for c in others - {best.cell}
        for i in system.of_cell[c]
    )


def _mended(system: System, cell: Cell, changes: dict[Cell, int]) -> bool:
    """Whether no equation of a changed cell fails any more."""
    return all(state_after(system, i, changes) is not State.FAILS for i in system.of_cell[cell])


def _decide_jointly(
    system: System, failing: frozenset[int], found: list[Explanation], decision: _Decision
) -> None:
    answers = solve_jointly(system, failing, found, SURE) if found else []
    if not answers:
        decision.suspect(found)
        return
    made = dict(answers[0])
    sure = {c for c in made if len(answers) == 1 and _stands_alone(system, c, made, failing)}
    kept = {c: made[c] for c in sure}
    while any(not _mended(system, c, kept) for c in kept):
        kept = {c: v for c, v in kept.items() if _mended(system, c, kept)}
    decision.repairs.update(kept)
    for cell, value in sorted({change for answer in answers for change in answer}):
        if cell not in kept:
            decision.suspects[cell].append(value)


def _decide(
    system: System,
    failing: frozenset[int],
    found: list[Explanation],
    decision: _Decision,
    joint: bool,
) -> None:
    whole = sorted(
        (e for e in found if e.mends == failing), key=lambda e: (e.cost, e.cell, e.value)
    )
    best = next((e for e in whole if e.single or _agreeing(system, e) > _AGREED), None)
    if best is not None:
        rivals = _rivals(best, failing, found)
        own = system.of_cell[best.cell]
        stands = _founded(system, best.cell, best.value, failing, own)
        if rivals < math.exp(-SURE) and stands and not _doubtful(system, best):
            decision.repairs[best.cell] = best.value
        else:
            least = min(e.cost for e in found)
            near = [e for e in found if e.cost <= least + _WORTH or e.mends == failing]
            decision.suspect(near)
        return
    if joint and len(failing) <= _MAX_COMPONENT:
        _decide_jointly(system, failing, found, decision)
    else:
        decision.suspect(found)


def _with_values(figures: Figures, changes: dict[Cell, int]) -> Figures:
    rows = {row for row, _ in changes}
    values = tuple(
        tuple(changes.get((r, c), v) for c, v in enumerate(line)) if r in rows else line
        for r, line in enumerate(figures.values)
    )
    return replace(figures, values=values)


def _places_at_fault(system: System) -> dict[Cell, list[int]]:
    """Cells a change of which, whatever its size, would mend failing equations together."""
    failing = [i for i, s in enumerate(system.states) if s is State.FAILS]
    found = explanations(system, failing)
    at_fault: dict[Cell, list[int]] = {}
    for members, theirs in _components(failing, [e for e in found if not e.leaves]):
        at_fault.update({e.cell: [] for e in theirs if e.mends == members})
    return at_fault


def judge_system(system: System, may_repair: bool) -> Verdict:
    """Repair what has one reading, suspect what may be at fault.

    Without leave to repair, as in a document whose digits are its author's, cells that alone would
    mend failing equations are suspect, else those that no other one clears; nothing is proposed.
    """
    repairs: dict[Cell, int] = {}
    decision = _Decision()
    if not may_repair:
        decision.suspects.update(_places_at_fault(system))
    solved = 0
    for _ in range(_ROUNDS if may_repair else 0):
        decision = _Decision()
        failing = [i for i, s in enumerate(system.states) if s is State.FAILS]
        if not failing:
            break
        found = [e for e in explanations(system, failing) if e.single or not e.leaves]
        found = [e for e in found if e.cell not in repairs]
        for members, theirs in _components(failing, found):
            _decide(system, members, theirs, decision, solved < _MAX_JOINT)
            solved += len(members) > 1
        if not decision.repairs:
            break
        repairs.update(decision.repairs)
        system = system_of(
            _with_values(system.figures, decision.repairs), system.equations, system.units
        )
    failing = [i for i, s in enumerate(system.states) if s is State.FAILS]
    suspects = {c: tuple(v) for c, v in decision.suspects.items() if c not in repairs}
    kept = {
        c: v
        for c, v in suspects.items()
        if any(system.states[i] is State.FAILS for i in system.of_cell[c])
    }
    for cell in sorted(accused_cells(system, failing, set(kept))):
        kept.setdefault(cell, ())
    for cell, values in just_missed(system).items() if may_repair else ():
        if cell not in repairs:
            kept.setdefault(cell, values)
    return Verdict(system, repairs, kept)
