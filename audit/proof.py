"""The proof of a table: every figure recomputed, repaired where it has one reading, or reported."""

from collections.abc import Iterable, Mapping
from decimal import Decimal, localcontext
from fractions import Fraction

from audit.equations import Equation, State
from audit.explain import excludes, state_after
from audit.figures import Cell, Figures, table_to_figures
from audit.holes import filled, holes_of
from audit.mining import mined_relations
from audit.misread import likely_values, misread
from audit.pinned import pinned, well_pinned
from audit.relations import Relation, printed_relations
from audit.repair import Verdict, judge_system, with_read_holes
from audit.sentences import proof_findings, right_side
from audit.system import System, make_system
from audit.told import told_relations
from schemas.findings import Finding
from schemas.proofs import Holding, Proof, ProofEquation, Status, Structure, TableProof
from schemas.tables import AllocationTable, CellKind, Quantity

_HOLDINGS = {
    State.HOLDS: Holding.HOLDS,
    State.LOOSE: Holding.LOOSE,
    State.FAILS: Holding.FAILS,
}
_KINDS = {
    CellKind.BLANK: Status.BLANK,
    CellKind.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    CellKind.TEXT: Status.TEXT,
    CellKind.UNREADABLE: Status.UNREADABLE,
    CellKind.NUMBER: Status.UNPROVED,
}


def _decimal(value: Fraction, places: int) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return exact.scaleb(-places).quantize(Decimal(1).scaleb(-places - 2)).normalize()


def _counted(off: int, under: int, places: int) -> Decimal:
    """`off / under` counts of the last place as a plain number, with two more places at most."""
    if off % under == 0:
        return _plain(Decimal(off // under).scaleb(-places))
    return _plain(_decimal(Fraction(off, under), places))


def _plain(value: Decimal) -> Decimal:
    """Without an exponent: 1E+3 is 1000."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _equation(system: System, index: int) -> ProofEquation:
    equation: Equation = system.equations[index]
    figures = system.figures
    off, under = system.offs[index]
    places = figures.scales[equation.out[1]]
    now = figures.value(equation.out)
    recomputed = difference = None
    if under and now is not None:
        recomputed = _counted(off + now * under, under, places)
        difference = _counted(-off, under, places)
    wide = Fraction(1) if equation.law.tight else equation.room
    return ProofEquation(
        equation.out,
        equation.inputs,
        right_side(equation, figures),
        equation.source,
        _HOLDINGS[system.states[index]],
        recomputed,
        difference,
        _counted(wide.numerator, 2 * wide.denominator, places),
    )


def _unmistakable(system: System, cell: Cell) -> bool:
    """Whether equations that hold would fail for any value that could be misread as this one.

    In a column of a few values that come again and again (60 %, 100 %) only those are considered.
    """
    if pinned(system, cell):
        return True
    now = system.figures.value(cell)
    holding = [i for i in system.of_cell.get(cell, ()) if system.states[i] is State.HOLDS]
    if now is None or not holding:
        return False
    others: Iterable[int] = (v for v in likely_values(system.figures, cell) if v != now)
    usual = system.levels.get(cell[1])
    if usual is not None and now in usual:
        others = (v for v in others if v in usual)
    return all(
        any(excludes(system, i, {cell: other}) for i in holding)
        for other in sorted(others, key=lambda v: abs(v - now))
    )


def _usual_instead(system: System, cell: Cell) -> tuple[int, ...]:
    """Values that come again and again in the column, hold as well, and could be misread as this
    one, which does not: 60 where 66 is printed among 60 and 100."""
    levels, now = system.levels.get(cell[1]), system.figures.value(cell)
    if levels is None or now is None or now in levels:
        return ()
    holding = [i for i in system.of_cell.get(cell, ()) if system.states[i] is State.HOLDS]
    return tuple(
        v
        for v in sorted(levels)
        if misread(system.figures, cell, v) is not None
        and all(state_after(system, i, {cell: v}) is State.HOLDS for i in holding)
    )


def _nobodys(system: System, cell: Cell) -> bool:
    """Whether no figure is printed so: with more places than its column has, or as 021, which only
    equations that leave no other digit make good."""
    if cell in system.figures.odd:
        return cell in system.of_cell
    return cell in system.figures.digits and not well_pinned(system, cell)


def _status(verdict: Verdict, cell: Cell, quantity: Quantity) -> Status:
    system = verdict.system
    if cell in verdict.repairs or quantity.kind is CellKind.UNREADABLE:
        return Status.REPAIRED if cell in verdict.repairs else Status.UNREADABLE
    if cell in verdict.suspects or _nobodys(system, cell):
        return Status.SUSPECT
    if system.figures.value(cell) is None:
        word = cell[1] in system.figures.words and quantity.kind is CellKind.NUMBER
        return Status.TEXT if word else _KINDS[quantity.kind]
    own = system.of_cell.get(cell, ())
    states = [system.states[i] for i in own]
    if State.FAILS in states or State.HOLDS not in states or cell in system.aliased:
        return Status.UNPROVED
    if _unmistakable(system, cell):
        alone = all(i in verdict.unsure for i in own if system.states[i] is State.HOLDS)
        doubt = alone or verdict.many_faults or State.LOOSE in states
        return Status.UNPROVED if doubt and not well_pinned(system, cell) else Status.PROVED
    strange = cell in system.figures.short or _usual_instead(system, cell)
    return Status.SUSPECT if strange else Status.UNPROVED


def _proposals(verdict: Verdict, cell: Cell) -> tuple[int, ...]:
    if cell in verdict.suspects:
        return verdict.suspects[cell]
    if cell in verdict.repairs:
        return ()
    return _usual_instead(verdict.system, cell) or verdict.system.figures.others.get(cell, ())


def _proof(
    verdict: Verdict, cell: Cell, quantity: Quantity, guesses: Mapping[Cell, tuple[int, ...]]
) -> Proof:
    system, figures = verdict.system, verdict.system.figures
    indices = system.of_cell.get(cell, ())
    value, confirmed = quantity.value, False
    status = _status(verdict, cell, quantity)
    if cell in verdict.repairs:
        value = figures.decimal(cell[1], verdict.repairs[cell])
        confirmed = verdict.repairs[cell] in figures.others.get(cell, ())
    proposals = guesses.get(cell, ())
    if not proposals and status is not Status.PROVED:
        proposals = _proposals(verdict, cell)
    return Proof(
        status,
        value,
        tuple(figures.decimal(cell[1], v) for v in proposals),
        indices,
        sum(system.states[i] is State.HOLDS for i in indices),
        confirmed,
    )


def _relations(table: AllocationTable, figures: Figures) -> tuple[list[Relation], list[Finding]]:
    known, findings = printed_relations(table, figures)
    known += told_relations(table, figures, known)
    return known + mined_relations(figures, known), findings


def prove_table(table: AllocationTable, structure: Structure, born_digital: bool) -> TableProof:
    """Every figure of a table with its status, and the equations that say so.

    `proved`: equations hold, none fails, and they would not hold for any number that could have
    been misread as this one. `repaired`: equations failed, and one reading alone mends them all.
    `suspect`: an equation fails and the fault may lie here. `unproved`: nothing reaches it far
    enough. In a born-digital table nothing is repaired: its digits are what the author typed.
    """
    figures = table_to_figures(table)
    relations, findings = _relations(table, figures)
    holes = () if born_digital else holes_of(table, figures)
    guesses: dict[Cell, tuple[int, ...]] = {}
    while True:
        system = make_system(table, structure, filled(table, figures, holes), relations)
        verdict = with_read_holes(judge_system(system, not born_digital), table, holes)
        left = tuple(h for h in holes if h not in verdict.repairs)
        if not left:
            break
        # What stays unreadable must accuse nobody: once more without it.
        guesses.update({h: verdict.guesses(h) for h in left})
        holes = tuple(h for h in holes if h in verdict.repairs)
    proofs = tuple(
        tuple(_proof(verdict, (r, c), q, guesses) for c, q in enumerate(row.cells))
        for r, row in enumerate(table.rows)
    )
    equations = tuple(_equation(verdict.system, i) for i in range(len(verdict.system.equations)))
    told = proof_findings(table, proofs, equations, born_digital)
    return TableProof(proofs, equations, (*findings, *told))
