"""Relations between columns that printed formulas give, in the reading that the figures confirm."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from audit.figures import Figures
from audit.forms import Form, Rounding, meets, rational_to_form
from audit.formulas import Formula, read_formula
from audit.rational import Rational, constant
from audit.words import column_words
from schemas.findings import Cause, Finding, Severity
from schemas.tables import AllocationTable

# Rows that are tried: enough for any law, and no more for 10,000 rows.
SAMPLE: Final = 240
# What formulas leave unsaid: 元 to 万元, a percentage, and back.
_SCALES: Final = tuple(Fraction(n) for n in ("1", "1/10000", "1/100", "1/1000000", "100", "10000"))
# The share of rows in which a reading of a printed formula must hold; readings are first tried on
# a few.
_ENOUGH: Final = 0.4
_FIRST: Final = 20
_MAX_READINGS: Final = 200


@dataclass(frozen=True, slots=True)
class Relation:
    """`column out = rational(columns)`, for every row. Columns are indices from 0.

    `source` says in words where it comes from: the printed formula, or what was found.
    """

    out: int
    inputs: tuple[int, ...]
    rational: Rational
    form: Form
    source: str
    printed: bool

    @property
    def is_linear(self) -> bool:
        """Whether it must hold for sums of rows where it holds for the rows."""
        return self.rational.is_linear


def make_relation(
    figures: Figures, out: int, rational: Rational, source: str, printed: bool = False
) -> Relation:
    """A relation from a quotient whose names are column indices as text."""
    names = rational.names
    inputs = tuple(int(n) for n in names)
    form = rational_to_form(
        rational, names, [figures.scales[i] for i in inputs], figures.scales[out]
    )
    return Relation(out, inputs, rational, form, source, printed)


def sample_rows(count: int) -> list[int]:
    """At most `SAMPLE` rows, spread evenly over the table."""
    step = max(1, -(-count // SAMPLE))
    return list(range(0, count, step))


def support(figures: Figures, relation: Relation, rows: Iterable[int]) -> tuple[int, int]:
    """(rows in which the relation holds to the last digit, rows in which it says something)."""
    held = told = 0
    for row in rows:
        line = figures.values[row]
        out, inputs = line[relation.out], [line[i] for i in relation.inputs]
        if out is None or any(v is None for v in inputs):
            continue
        over, under = relation.form.parts([v for v in inputs if v is not None])
        if under == 0 or (out == 0 and over == 0):
            continue
        told += 1
        held += any(meets(over - out * under, under, r) for r in Rounding)
    return held, told


def _named(formula: Formula, labels: dict[str, int]) -> Rational:
    """The formula with column indices in place of labels."""

    def renamed(
        polynomial: Sequence[tuple[tuple[str, ...], Fraction]],
    ) -> tuple[tuple[tuple[str, ...], Fraction], ...]:
        return tuple((tuple(sorted(str(labels[n]) for n in m)), f) for m, f in polynomial)

    return Rational(renamed(formula.right.over), renamed(formula.right.under))


def _labels(table: AllocationTable) -> list[dict[str, int]]:
    """What labels may mean: those printed, and where some are lost, the columns' numbers."""
    printed = {c.label.strip(): i for i, c in enumerate(table.columns) if c.label.strip()}
    counted = {str(c.number): i for i, c in enumerate(table.columns)}
    lettered = {chr(ord("A") + i): i for i in range(min(26, len(table.columns)))}
    given = dict(printed)
    for more in (counted, lettered):
        if any(printed.get(k, v) == v for k, v in more.items()) or not printed:
            given = {**more, **given}
    return [printed, given] if printed and printed != given else [given]


def _options(table: AllocationTable, figures: Figures, column: int) -> list[Relation]:
    text = table.columns[column].formula
    made: dict[tuple[int, Rational], Relation] = {}
    for labels in _labels(table):
        for formula in read_formula(text, frozenset(labels)).formulas:
            rational = _named(formula, labels)
            outs = dict.fromkeys([column, labels.get(formula.left, column)])
            for out in outs:
                if str(out) in rational.names:
                    continue
                for scale in _SCALES:
                    scaled = rational if scale == 1 else rational * constant(scale)
                    key = (out, scaled)
                    if key not in made and len(made) < _MAX_READINGS:
                        made[key] = make_relation(figures, out, scaled, text.strip(), True)
    return list(made.values())


def _unused(table: AllocationTable, column: int, message: str, rule: str) -> Finding:
    head = table.columns[column]
    return Finding(
        rule,
        Severity.NOTE,
        f"{column_words(head)}: {message}",
        Cause.UNKNOWN,
        table.number,
        col_no=head.number,
        printed=head.formula[:200],
        ref=table.ref,
    )


def printed_relations(
    table: AllocationTable, figures: Figures
) -> tuple[list[Relation], list[Finding]]:
    """The relations that the headers print, each in the reading that holds in most rows.

    A formula that cannot be read, or that no reading makes hold, is a finding and is not used.
    """
    rows = sample_rows(len(table.rows))
    relations: list[Relation] = []
    findings: list[Finding] = []
    for column, head in enumerate(table.columns):
        if not head.formula.strip() or head.is_text:
            continue
        options = _options(table, figures, column)
        if not options:
            problem = read_formula(head.formula, frozenset(_labels(table)[-1])).problem
            text = problem or "its formula refers to columns that are not there."
            findings.append(_unused(table, column, text, "formula-unreadable"))
            continue
        likely = [o for o in options if support(figures, o, rows[:: -(-len(rows) // _FIRST)])[0]]
        ranked = [(support(figures, o, rows), -i, o) for i, o in enumerate(likely or options[:1])]
        (held, told), _, best = max(ranked, key=lambda r: (r[0][0], r[1]))
        if held >= max(1, _ENOUGH * told):
            relations.append(best)
        else:
            text = f"its formula holds in {held} of {told} rows and is not used."
            findings.append(_unused(table, column, text, "formula-fails"))
    kept = {(r.out, r.rational): r for r in reversed(relations)}
    return list(reversed(kept.values())), findings
