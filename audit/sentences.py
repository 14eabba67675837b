"""Equations and verdicts in words: the right side with its numbers, and the findings."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from audit.equations import Equation
from audit.figures import Cell, Figures
from audit.forms import Form
from audit.words import column_words
from schemas.findings import Cause, Finding, Severity
from schemas.proofs import Holding, Proof, ProofEquation, Status, TableProof
from schemas.tables import AllocationTable, Column, Row

_SHOWN = 14


def _factor(value: Fraction) -> str:
    if value.denominator == 1:
        return str(value.numerator)
    decimal = Decimal(value.numerator) / Decimal(value.denominator)
    if decimal * value.denominator == value.numerator:
        return format(decimal, "f")
    return f"{value.numerator}/{value.denominator}"


def _side(terms: Sequence[tuple[int, tuple[int, ...]]], scales: Sequence[int], shift: int) -> str:
    made = []
    for factor, positions in terms:
        value = factor * Fraction(10) ** (sum(scales[p] for p in positions) - shift)
        names = [f"{{{p}}}" for p in positions]
        if abs(value) == 1 and names:
            made.append(("- " if value < 0 else "+ ") + " × ".join(names))
        else:
            made.append(("- " if value < 0 else "+ ") + " × ".join([*names, _factor(abs(value))]))
    return " ".join(made).removeprefix("+ ")


@lru_cache(maxsize=1024)
def _form_text(form: Form, scales: tuple[int, ...], shift: int) -> str:
    assert form.over is not None
    if len(form.under) == 1 and form.under[0][1] == ():
        below = form.under[0][0]
        if len(form.over) == 1:
            factor, positions = form.over[0]
            value = Fraction(factor, below) * Fraction(10) ** (
                sum(scales[p] for p in positions) - shift
            )
            names = " × ".join(f"{{{p}}}" for p in positions)
            return names if value == 1 else f"{names} × {_factor(value)}"
        over = _side(form.over, scales, shift)
        return over if below == 1 else f"({over}) / {below}"
    return f"({_side(form.over, scales, shift)}) / ({_side(form.under, scales, 0)})"


def right_side(equation: Equation, figures: Figures) -> str:
    """The right side with `{0}`, `{1}` for its inputs: `{0} × {1} × 0.005`; "" for a plain sum."""
    if equation.form.is_sum:
        return ""
    scales = tuple(figures.scales[c] for _, c in equation.inputs)
    return _form_text(equation.form, scales, figures.scales[equation.out[1]])


def _number(proof: TableProof | Sequence[Sequence[Proof]], cell: Cell) -> str:
    proofs = proof.proofs if isinstance(proof, TableProof) else proof
    value = proofs[cell[0]][cell[1]].value
    return "?" if value is None else format(value, "f")


def equation_text(proofs: Sequence[Sequence[Proof]], equation: ProofEquation) -> str:
    """An equation with its numbers put in.

    `2488 = 289 + 10 + 437 + … (11 rows) ✓`, `12026 = 11907 × 1.01 → 12026.07 ✓`.
    """
    numbers = [_number(proofs, c) for c in equation.inputs]
    if equation.terms:
        right = equation.terms.format(*numbers)
    else:
        shown = numbers if len(numbers) <= _SHOWN else [*numbers[: _SHOWN - 2], "…", numbers[-1]]
        right = " + ".join(f"({n})" if n.startswith("-") else n for n in shown)
    mark = {Holding.HOLDS: "✓", Holding.LOOSE: "≈", Holding.FAILS: "✗"}[equation.holding]
    left = _number(proofs, equation.out)
    result = "" if equation.recomputed is None else f" → {format(equation.recomputed, 'f')}"
    return f"{left} = {right}{result} {mark}"


def cell_words(row: Row, column: Column) -> str:
    """What names a cell: its row's printed name and its column's header, else their numbers.

    `塔城地区合计, 缴费`; `row 6, column 2` where nothing is printed.
    """
    name = " ".join(row.unit_printed.split()) or f"row {row.number}"
    return f"{name}, {column_words(column)}"


def _worst(
    indices: Sequence[int], equations: Sequence[ProofEquation], wanted: Holding
) -> ProofEquation | None:
    ones = [equations[i] for i in indices if equations[i].holding is wanted]
    return min(ones, key=lambda e: len(e.inputs), default=None)


def _by_rounding(table: AllocationTable, equation: ProofEquation) -> bool:
    """Whether an equation misses by no more than the rounding of as many parts may add up to."""
    if equation.difference is None:
        return False
    places = max(table.rows[r].cells[c].decimals for r, c in (equation.out, *equation.inputs))
    parts = len(equation.inputs) + 1
    return abs(equation.difference) <= Decimal(parts).scaleb(-places) / 2


def _cause(
    table: AllocationTable, cell: Cell, failing: Sequence[ProofEquation], born_digital: bool
) -> Cause:
    """Whose fault a suspect figure is, as far as can be known: rounding where all misses are that
    small, extraction where the row's cells may stand in wrong columns, the author's where the
    digits are the author's."""
    if table.rows[cell[0]].shift_uncertain:
        return Cause.EXTRACTION
    if failing and all(_by_rounding(table, e) for e in failing):
        return Cause.ROUNDING
    return Cause.SOURCE if born_digital else Cause.UNKNOWN


def _finding(
    table: AllocationTable,
    cell: Cell,
    proofs: Sequence[Sequence[Proof]],
    equations: Sequence[ProofEquation],
    born_digital: bool,
) -> Finding:
    proof = proofs[cell[0]][cell[1]]
    row, column = table.rows[cell[0]], table.columns[cell[1]]
    quantity = row.cells[cell[1]]
    repaired = proof.status is Status.REPAIRED
    chosen = _worst(proof.equations, equations, Holding.HOLDS if repaired else Holding.FAILS)
    texts = [
        equation_text(proofs, equations[i])
        for i in proof.equations
        if equations[i].holding is (Holding.HOLDS if repaired else Holding.FAILS)
    ]
    recomputed = proof.value if repaired else chosen.recomputed if chosen else None
    if chosen is not None and not repaired and chosen.out != cell:
        recomputed = proof.proposals[0] if len(proof.proposals) == 1 else None
    difference = None
    if recomputed is not None and quantity.value is not None:
        difference = quantity.value - recomputed
    what = f"repaired to {proof.value}" if repaired else "may be wrong"
    why = "; ".join(texts[:4]) or "unlike the other figures of its column"
    if proof.confirmed:
        why += "; a second reading of the picture gives the same"
    failing = [equations[i] for i in proof.equations if equations[i].holding is Holding.FAILS]
    cause = Cause.OCR if repaired else _cause(table, cell, failing, born_digital)
    return Finding(
        "figure-repaired" if repaired else "figure-suspect",
        Severity.NOTE if repaired else Severity.ERROR,
        f"{cell_words(row, column)}: {quantity.printed} {what}: {why}.",
        cause,
        table.number,
        row.number,
        column.number,
        quantity.printed,
        recomputed,
        difference,
        chosen.tolerance if chosen else None,
        "、".join(str(p) for p in proof.proposals),
        quantity.ref,
    )


def proof_findings(
    table: AllocationTable,
    proofs: Sequence[Sequence[Proof]],
    equations: Sequence[ProofEquation],
    born_digital: bool,
) -> Iterator[Finding]:
    """A finding for every repaired and every suspect cell."""
    for row, line in enumerate(proofs):
        for column, proof in enumerate(line):
            if proof.status in (Status.REPAIRED, Status.SUSPECT):
                yield _finding(table, (row, column), proofs, equations, born_digital)
