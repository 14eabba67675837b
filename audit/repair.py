"""Which cells were misread, as far as the equations can tell, and what they were.

Failing equations that one and the same change could mend are looked at together. A change is made
only where every other explanation is ten thousand times less likely: one cell that mends all of
them, or the one set of changes that the exact solver finds. Else what may be at fault is suspect.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

from audit.damage import SURE
from audit.doubt import doubtful, near_miss, rivals, unlikely
from audit.equations import State
from audit.explain import Explanation, components, explanations, state_after
from audit.figures import Cell, Figures
from audit.founded import AGREED, Case, agreeing, founded, founded_together
from audit.holes import fits_print
from audit.joint import solve_jointly
from audit.pinned import accused_cells, just_missed
from audit.system import System, system_of
from audit.unclear import cancelling, carried, rerouted, shifted
from schemas.tables import AllocationTable

# Explanations up to so many times less likely than the best one are proposals.
_WORTH: Final = math.log(1_000)
# Repairs are made in rounds, as one may show the next.
_ROUNDS: Final = 3
# How many groups of failing equations are solved jointly, and of how many equations.
_MAX_JOINT: Final = 60
_MAX_COMPONENT: Final = 40
# The share of wrong cells from which two may well agree with each other; and of figures that no
# equation reaches, from which sums were not found.
_MANY: Final = 0.015
_UNREACHED: Final = 0.2


@dataclass(frozen=True, slots=True)
class Verdict:
    """Repaired cells with their readings, suspect cells with what they may have been, and the
    system with the repairs made; `many_faults`: so many cells are wrong that two of them may well
    agree with each other. `unsure` are the equations that share a cell with a failing one, or have
    one that may be another figure though all holds."""

    system: System
    repairs: dict[Cell, int]
    suspects: dict[Cell, tuple[int, ...]]
    many_faults: bool
    unsure: frozenset[int]

    def guesses(self, cell: Cell) -> tuple[int, ...]:
        """What a cell may be: its repair, what it is suspected to have been, or what holds."""
        if cell in self.repairs:
            return (self.repairs[cell],)
        if self.suspects.get(cell):
            return self.suspects[cell]
        now = self.system.figures.value(cell)
        states = {self.system.states[i] for i in self.system.of_cell.get(cell, ())}
        holds = now is not None and State.HOLDS in states and State.FAILS not in states
        return (now,) if holds and now is not None else self.system.figures.others.get(cell, ())


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


def _mended(system: System, cell: Cell, changes: dict[Cell, int]) -> bool:
    """Whether no equation of a changed cell fails any more."""
    return all(state_after(system, i, changes) is not State.FAILS for i in system.of_cell[cell])


def _standing(system: System, changes: dict[Cell, int], failing: frozenset[int]) -> dict[Cell, int]:
    """The changes among several that stand on equations in which no unsure one takes part.

    The solver knows only the changes it was given; a fault that was not among them may hide behind
    two others. What a cell's own equations say does not depend on them.
    """
    sure: dict[Cell, int] = {}
    while True:
        more: dict[Cell, int] = {}
        for cell in changes.keys() - sure.keys():
            unsure = changes.keys() - sure.keys() - {cell}
            own = [i for i in system.of_cell[cell] if unsure.isdisjoint(system.equations[i].cells)]
            missed = [i for i in own if i in failing and not near_miss(system, i, sure)]
            if missed and founded(system, cell, changes[cell], Case(failing, sure), own):
                more[cell] = changes[cell]
        rest = {c: v for c, v in changes.items() if c not in sure}
        if not more:
            return changes if founded_together(system, rest, sure, failing) else sure
        sure.update(more)


def _kept(system: System, changes: dict[Cell, int], failing: frozenset[int]) -> dict[Cell, int]:
    """Those of the changes that stand without the others, and after which none of their equations
    fails."""
    kept, before = changes, -1
    while len(kept) != before:
        before = len(kept)
        unclear = carried(system, kept) | rerouted(system, kept) | unlikely(system, kept, failing)
        kept = {c: v for c, v in kept.items() if c not in unclear}
        mended = frozenset(i for i in failing if state_after(system, i, kept) is not State.FAILS)
        kept = _standing(system, kept, mended)
        kept = {c: v for c, v in kept.items() if _mended(system, c, kept)}
    return kept


def _decide_jointly(
    system: System,
    failing: frozenset[int],
    found: list[Explanation],
    decision: _Decision,
) -> None:
    answers = solve_jointly(system, failing, found, SURE) if found else []
    if not answers:
        decision.suspect(found)
        return
    kept = _kept(system, dict(answers[0]), failing) if len(answers) == 1 else {}
    decision.repairs.update(kept)
    for cell, value in sorted({change for answer in answers for change in answer}):
        if cell not in kept:
            decision.suspects[cell].append(value)


def _overdetermined(system: System, change: Explanation) -> bool:
    """Whether two witnesses give the value of a change that no single fault explains."""
    usual = change.value in system.levels.get(change.cell[1], ())
    return len(change.mends) + usual >= AGREED and agreeing(system, change) + usual >= AGREED


def _changes(system: System, failing: list[int]) -> list[Explanation]:
    """What may have been misread: by a single fault, alone, or so that two equations agree.

    What no fault explains waits until the others are mended: it makes all cells of an equation
    rivals of each other.
    """
    return [
        e
        for e in explanations(system, failing)
        if e.single or not e.leaves or _overdetermined(system, e)
    ]


def _decide(
    system: System,
    failing: frozenset[int],
    found: list[Explanation],
    decision: _Decision,
    joint: bool,
) -> None:
    whole = sorted(
        (e for e in found if e.mends == failing),
        key=lambda e: (e.cost, e.cell, e.value),
    )
    best = next((e for e in whole if e.single or _overdetermined(system, e)), None)
    if best is not None:
        others = rivals(system, best, failing, found)
        own = system.of_cell[best.cell]
        stands = founded(system, best.cell, best.value, Case(failing), own)
        if others < math.exp(-SURE) and stands and not doubtful(system, best):
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
    return replace(figures, values=values, odd=figures.odd - changes.keys())


def _places_at_fault(system: System) -> dict[Cell, list[int]]:
    """Cells a change of which, whatever its size, would mend failing equations together."""
    failing = [i for i, s in enumerate(system.states) if s is State.FAILS]
    found = explanations(system, failing)
    at_fault: dict[Cell, list[int]] = {}
    for members, theirs in components(failing, [e for e in found if not e.leaves]):
        at_fault.update({e.cell: [] for e in theirs if e.mends == members})
    return at_fault


def _round(system: System, repairs: dict[Cell, int], *, garbled: bool) -> _Decision:
    """What all failing equations come to, each with those that it shares an explanation with."""
    decision = _Decision()
    failing = [i for i, s in enumerate(system.states) if s is State.FAILS]
    changes = explanations(system, failing) if garbled else _changes(system, failing)
    solved = 0
    found = [e for e in changes if e.cell not in repairs]
    for members, theirs in components(failing, found):
        _decide(system, members, theirs, decision, solved < _MAX_JOINT)
        solved += len(members) > 1
    return decision


def _mend(system: System, held: frozenset[Cell]) -> tuple[System, dict[Cell, int], _Decision]:
    """Repairs in rounds, each seeing those before; `held` are cells that are not repaired."""
    repairs: dict[Cell, int] = {}
    suspected = _Decision()
    for _ in range(_ROUNDS):
        for garbled in (False, True):
            decision = _round(system, repairs, garbled=garbled)
            for cell in held & decision.repairs.keys():
                decision.suspects[cell].append(decision.repairs.pop(cell))
            suspected = suspected if garbled and not decision.repairs else decision
            if decision.repairs:
                break
        if not decision.repairs:
            break
        repairs.update(decision.repairs)
        system = system_of(
            _with_values(system.figures, decision.repairs),
            system.equations,
            system.units,
            system.aliased,
        )
    return system, repairs, suspected


def _repaired(system: System) -> tuple[System, dict[Cell, int], _Decision]:
    """Repairs no two of which cancel out where nothing had failed, or are one way of two; none in
    a row whose figures may stand in other columns."""
    held = system.figures.moved
    while True:
        mended, repairs, decision = _mend(system, held)
        unclear = cancelling(system, repairs) | shifted(mended, repairs)
        unclear = (unclear | rerouted(system, repairs)) - held
        if not unclear:
            return mended, repairs, decision
        held |= unclear


def judge_system(system: System, may_repair: bool) -> Verdict:
    """Repair what has one reading, suspect what may be at fault.

    Without leave to repair, as in a document whose digits are its author's, cells that alone would
    mend failing equations are suspect, else those that no other one clears; nothing is proposed.
    """
    repairs: dict[Cell, int] = {}
    decision = _Decision()
    if may_repair:
        system, repairs, decision = _repaired(system)
    else:
        decision.suspects.update(_places_at_fault(system))
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
    faults = len(repairs) + _faults(system, kept.keys())
    cells = len(system.of_cell)
    many = faults > _MANY * cells or _unreached(system) > _UNREACHED * cells
    failing = [i for i, s in enumerate(system.states) if s is State.FAILS]
    accused = {c for i in failing for c in system.equations[i].cells}
    # 00.32 is nobody's figure: what holds with it holds by chance, or by another fault.
    strange = system.figures.digits.keys() | system.aliased
    accused |= (strange & system.of_cell.keys()) - repairs.keys()
    unsure = frozenset(i for c in accused for i in system.of_cell[c])
    return Verdict(system, repairs, kept, many, unsure)


def _unreached(system: System) -> int:
    """How many figures no equation reaches, in columns in which equations reach others: sums that
    were not found may be those that fail."""
    columns = {c for _, c in system.of_cell}
    return sum(
        value is not None and c in columns and (r, c) not in system.of_cell
        for r, line in enumerate(system.figures.values)
        for c, value in enumerate(line)
    )


def _faults(system: System, suspects: AbstractSet[Cell]) -> int:
    """How many cells are wrong at least: the suspects of one failing equation are one fault."""
    faults, seen = 0, set[Cell]()
    failing = (system.equations[i] for i, s in enumerate(system.states) if s is State.FAILS)
    for equation in sorted(failing, key=lambda e: len(e.inputs)):
        if seen.isdisjoint(equation.cells):
            faults += 1
            seen.update(equation.cells)
    return faults + len(suspects - seen)


def with_read_holes(verdict: Verdict, table: AllocationTable, holes: tuple[Cell, ...]) -> Verdict:
    """The verdict with place holders that hold as they stand taken for repairs, and repairs of
    unreadable cells that do not fit what is printed undone (but for their numbers)."""
    system, repairs = verdict.system, dict(verdict.repairs)
    for cell in holes:
        value = repairs.pop(cell, system.figures.value(cell))
        if value is None or cell in verdict.suspects:
            continue
        own = system.of_cell.get(cell, ())
        clear = all(system.states[i] is not State.FAILS for i in own)
        printed = table.rows[cell[0]].cells[cell[1]].printed
        likely = value in system.figures.others.get(cell, ()) or fits_print(
            printed, system.figures.decimal(cell[1], value)
        )
        if clear and likely and founded(system, cell, value, Case(frozenset()), own):
            repairs[cell] = value
    return replace(verdict, repairs=repairs)
