"""Relations that headers tell in words: `按1%增长率测算领取待遇人数` is another column × 1.01, and
`按每人每月52元标准补助` makes an amount of money out of a number of persons.

The words do not say of which columns. The one reading is taken that fits the figures, and none
where two fit as well; what fits nowhere is a finding and accuses nobody.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Final

from audit.figures import Figures, table_to_figures
from audit.rational import Rational, constant, quantity
from audit.relations import Relation, make_relation, printed_relations, sample_rows, support
from audit.standards import Standard, counts_heads, counts_periods, standards_told
from audit.words import column_words, is_ratio_measure, money_factor, table_of
from schemas.findings import Cause, Finding, Severity
from schemas.tables import AllocationTable

# What words say must hold in this share of the rows that it speaks of, and in so many.
_MOST: Final = 0.6
_LEAST: Final = 3
# A reading that holds this share as often as the best one fits as well.
_NEXT: Final = 0.8
# What is tried at the most.
_MAX_COLUMNS: Final = 40
_MAX_PAIRS: Final = 36
_HUNDREDTH: Final = constant(Fraction(1, 100))
_UNTOLD_MONEY: Final = (10_000, 1)


@dataclass(frozen=True, slots=True)
class _Law:
    """What some words may mean: relations, one of which they do mean. `column` is where they
    stand, None for the title; `nearly` is how much of the best the second best may fit."""

    column: int | None
    words: str
    readings: tuple[Relation, ...]
    nearly: float


@dataclass(frozen=True, slots=True)
class _Fit:
    """In how many rows a reading holds, of those in which it says something."""

    held: int
    asked: int
    relation: Relation

    @property
    def is_enough(self) -> bool:
        return self.held >= max(_LEAST, _MOST * self.asked)


def growth_told(header: str) -> tuple[Fraction, str] | None:
    """The growth that a header tells, as a factor, and its words; None where it tells none.

    >>> growth_told("2020年按1%增长率测算领取待遇人数")
    (Fraction(101, 100), '按1%增长率')
    """
    text = "".join(header.split())
    for line in table_of("growth_words.csv"):
        found = re.search(line["pattern"], text)
        if found is not None:
            return 1 + Fraction(found["rate"]) / 100, found[0]
    return None


def told_relations(
    table: AllocationTable, figures: Figures, known: Sequence[Relation]
) -> list[Relation]:
    """Relations that the words of headers and title give, where the figures of most rows bear
    them out; `known` are those that formulas print."""
    made: list[Relation] = []
    for law in _laws(table, figures, known):
        fits = _fits(table, figures, law)
        if fits and fits[0].is_enough and _is_alone(fits, law.nearly):
            made.append(fits[0].relation)
    return made


def told_findings(table: AllocationTable) -> tuple[Finding, ...]:
    """What headers tell in words and the figures bear out in no reading: rule `words-fail`.

    Said only where the words can mean but one thing; else it is not known what does not hold.
    """
    if not any(_speaks(text) for text in (table.title, *(c.item for c in table.columns))):
        return ()
    figures = table_to_figures(table)
    known, _ = printed_relations(table, figures)
    findings: list[Finding] = []
    for law in _laws(table, figures, known):
        fits = _fits(table, figures, law)
        pairs = {(r.out, r.inputs) for r in law.readings if len(r.inputs) == 1}
        if len(pairs) == 1 and fits[0].asked >= _LEAST and not fits[0].is_enough:
            findings.append(_finding(table, law, fits[0]))
    return tuple(findings)


def _speaks(text: str) -> bool:
    return growth_told(text) is not None or bool(standards_told(text))


def _finding(table: AllocationTable, law: _Law, best: _Fit) -> Finding:
    column = table.columns[best.relation.out]
    return Finding(
        "words-fail",
        Severity.NOTE,
        f"{column_words(column)}: {law.words} holds in {best.held} of {best.asked} rows and is not "
        "used.",
        Cause.UNKNOWN,
        table.number,
        col_no=column.number,
        printed=law.words[:200],
        ref=table.ref,
    )


def _fits(table: AllocationTable, figures: Figures, law: _Law) -> list[_Fit]:
    """The readings with their support, the best first."""
    rows = sample_rows(len(table.rows))
    found = [_Fit(*support(figures, relation, rows), relation) for relation in law.readings]
    return sorted(found, key=lambda fit: -fit.held)


def _is_alone(fits: Sequence[_Fit], nearly: float) -> bool:
    """Whether no other reading fits as well. Two that compute one column of the same ones differ
    only in a factor: the better is meant."""
    best = fits[0]
    return all(
        fit.held < best.held
        and (fit.held <= nearly * best.held or fit.relation.inputs == best.relation.inputs)
        for fit in fits[1:]
    )


def _laws(table: AllocationTable, figures: Figures, known: Sequence[Relation]) -> Iterator[_Law]:
    columns = table.columns[:_MAX_COLUMNS]
    linked = {frozenset((r.out, *r.inputs)) for r in known}
    for out, head in enumerate(columns):
        told = growth_told(head.item)
        if told is None or head.is_text or head.formula.strip():
            continue
        readings = tuple(
            make_relation(figures, out, quantity(str(i)) * constant(told[0]), told[1], True)
            for i, other in enumerate(columns)
            if i != out and not other.is_text and frozenset((out, i)) not in linked
        )
        yield _Law(out, told[1], readings, 1.0)
    for scope in _scopes(table):
        found = standards_told(scope.text)
        if len(found) == 1:
            readings = tuple(_standard_readings(table, figures, scope, found[0], known))
            yield _Law(scope.column, found[0].words, readings, _NEXT)


@dataclass(frozen=True, slots=True)
class _Scope:
    """Words of the title or of one header, and the columns under it."""

    text: str
    column: int | None
    columns: tuple[int, ...]


def _scopes(table: AllocationTable) -> list[_Scope]:
    """The title with all columns, and each header with those below it, each once."""
    width = min(len(table.columns), _MAX_COLUMNS)
    found = [_Scope(table.title, None, tuple(range(width)))]
    paths = [table.columns[c].path for c in range(width)]
    seen: set[tuple[str, ...]] = set()
    for c, path in enumerate(paths):
        for level in range(1, len(path) + 1):
            start = path[:level]
            if start not in seen:
                seen.add(start)
                below = tuple(i for i, other in enumerate(paths) if other[:level] == start)
                found.append(_Scope(start[-1], c, below))
    return found


def _standard_readings(
    table: AllocationTable,
    figures: Figures,
    scope: _Scope,
    standard: Standard,
    known: Sequence[Relation],
) -> Iterator[Relation]:
    """Heads × standard × times, as the columns allow, with a share or a number of periods; nothing
    where a printed formula makes money of the heads already."""
    everywhere = range(min(len(table.columns), _MAX_COLUMNS))
    counts = [c for c in scope.columns if _counts(table, standard, c)]
    outs = [c for c in scope.columns if _money(table, c)]
    counts = counts or [c for c in everywhere if _counts(table, standard, c)]
    outs = outs or [c for c in everywhere if _money(table, c)]
    if any(r.out in outs and set(counts) & set(r.inputs) for r in known):
        return
    if len(outs) * len(counts) > _MAX_PAIRS:
        return
    computed = {r.out for r in known}
    shares = [c for c in scope.columns if is_ratio_measure(table.columns[c].measure)]
    periods = [c for c in everywhere if counts_periods(standard.period, _last(table, c))]
    for out, count in product(outs, counts):
        if out in computed or out == count:
            continue
        for rational in _products(standard, count, shares, periods):
            for factor in _money(table, out):
                scaled = rational * constant(Fraction(1, factor))
                yield make_relation(figures, out, scaled, standard.words, True)


def _products(
    standard: Standard, count: int, shares: Sequence[int], periods: Sequence[int]
) -> Iterator[Rational]:
    base = quantity(str(count)) * constant(standard.amount)
    often = [constant(Fraction(n)) for n in standard.times]
    often += [quantity(str(c)) for c in periods if c != count]
    for times in often:
        yield base * times
        for share in shares:
            yield base * times * quantity(str(share)) * _HUNDREDTH


def _last(table: AllocationTable, column: int) -> str:
    path = table.columns[column].path
    return path[-1] if path else ""


def _counts(table: AllocationTable, standard: Standard, column: int) -> bool:
    head = table.columns[column]
    return not head.is_text and counts_heads(standard.head, _last(table, column), head.measure)


def _money(table: AllocationTable, column: int) -> tuple[int, ...]:
    """What the figures of a column may be worth in 元, () where they are no money."""
    head = table.columns[column]
    if head.is_text or is_ratio_measure(head.measure):
        return ()
    factor = money_factor(head.measure)
    if head.measure:
        return () if factor is None else (int(factor),)
    if not any(line["word"] in _last(table, column) for line in table_of("amount_names.csv")):
        return ()
    whole = money_factor(table.measure)
    return _UNTOLD_MONEY if whole is None else (int(whole),)
