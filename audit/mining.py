"""Relations between columns that the figures show though no header prints them.

Sums and differences, products with a constant, products of two columns, quotients and growth. Each
is counted in decades of evidence: a row in which the figure 48077 comes out to the last digit could
be had by chance once in so many. A relation is taken when its evidence exceeds what so many trials
would show by chance, and it holds in most rows; a relation that follows from others is left out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from itertools import combinations, permutations
from typing import Final

import numpy as np

from audit.figures import Figures
from audit.linear import linear_relations
from audit.rational import Rational, constant, quantity
from audit.relations import Relation, make_relation, sample_rows
from audit.sampled import (
    DECADES,
    LEAST_ROWS,
    MOST,
    Columns,
    Floats,
    figures_to_columns,
    weigh,
)

# Digits of a constant, at the most.
_SIMPLE: Final = 4
# By what share of rows a relation must hold more often than another: with as many places, and
# with fewer, as which it holds more easily.
_CLEARLY: Final = 0.02
_ROOMY: Final = 0.2
# Factors of a product that is turned round.
_FACTORS: Final = 2
_ROUGH: Final = Context(prec=10)
_CONVERSIONS: Final = frozenset(Fraction(10) ** n for n in range(9))


_Bases = Callable[[Columns, int], Iterator[tuple[Rational, Floats]]]


@dataclass(frozen=True, slots=True)
class _Found:
    """A relation with a constant, the share of rows that hold, and the constant. A `coarse` one
    makes figures of fewer places than it is made of: amounts are worked out from persons, and no
    persons from amounts."""

    relation: Relation
    held: float
    factor: Fraction
    coarse: bool

    @property
    def digits(self) -> int:
        """The digits of the constant."""
        return len(Decimal(float(self.factor)).normalize(_ROUGH).as_tuple()[1])

    @property
    def bare(self) -> bool:
        """Whether the constant only converts units of measure: 10000, 100."""
        return max(self.factor, 1 / self.factor) in _CONVERSIONS

    def beats(self, other: "_Found | None") -> bool:
        """Whether it holds clearly more often, or as often with a constant of fewer digits:
        60 = 59 × 1.01 rather than 59 = 60 × 0.9901; or as often without one: persons times the
        column of the standard rather than persons times 1.5."""
        if other is None:
            return True
        if self.coarse is not other.coarse:
            # What has fewer places holds more easily, in the sums of rounded figures above all.
            return self.held > other.held + (_ROOMY if self.coarse else -_ROOMY)
        if self.held > other.held + _CLEARLY:
            return True
        if self.bare and not other.bare and self.held >= other.held:
            return True
        as_complex = len(self.relation.inputs) <= len(other.relation.inputs)
        simpler = (self.digits, -self.held) < (other.digits, -other.held)
        return as_complex and self.held >= other.held - _CLEARLY and simpler


def _simplest(low: float, high: float) -> Fraction | None:
    """The number of fewest digits between two bounds, up to four; else none is simple enough."""
    middle = (low + high) / 2
    if not np.isfinite(middle) or middle <= 0:
        return None
    for digits in range(1, _SIMPLE + 1):
        context = Context(prec=digits, rounding=ROUND_HALF_EVEN)
        rounded = context.create_decimal_from_float(middle)
        if low <= float(rounded) <= high:
            return Fraction(Decimal(rounded))
    return None


def _factor(out: Floats, base: Floats, ulp: float) -> Fraction | None:
    """The simplest k for which most rows have out = k * base to the last digit."""
    told = np.isfinite(out) & np.isfinite(base) & (out != 0) & (base != 0)
    if int(told.sum()) < LEAST_ROWS + 2:
        return None
    ends = (out[told, None] + np.array([-0.5, 0.5]) * ulp) / base[told, None]
    low, high = ends.min(axis=1), ends.max(axis=1)
    points = np.concatenate([low, high])
    steps = np.concatenate([np.ones(len(low)), -np.ones(len(high))])
    order = np.lexsort((-steps, points))
    depth = steps[order].cumsum()
    best = int(depth.argmax())
    if depth[best] < MOST * len(low):
        return None
    slim = 1e-12 * abs(points[order[best]])
    # Sums of rounded products have narrow bounds that may crown a place beside the constant.
    for least in (depth[best], depth[best] - max(1, len(low) // 12)):
        first = last = best
        while first > 0 and depth[first - 1] >= least:
            first -= 1
        while depth[last + 1] >= least:
            last += 1
        low_end, high_end = points[order[first]], points[order[last + 1]]
        found = _simplest(float(low_end) - slim, float(high_end) + slim)
        if found is not None:
            return found
    return None


def _products(data: Columns, out: int) -> Iterator[tuple[Rational, Floats]]:
    """Columns and products of two of them, of which a column may be a multiple."""
    name = [quantity(str(i)) for i in data.indices]
    others = [i for i in range(len(data.indices)) if i != out]
    for i in others:
        yield name[i], data.values[i]
    for i, j in combinations(others, 2):
        yield name[i] * name[j], data.values[i] * data.values[j]


def _quotients(data: Columns, out: int) -> Iterator[tuple[Rational, Floats]]:
    """Quotients and growths of two columns, of which a column may be a multiple."""
    values = data.values
    name = [quantity(str(i)) for i in data.indices]
    with np.errstate(divide="ignore", invalid="ignore"):
        for i, j in permutations((i for i in range(len(data.indices)) if i != out), 2):
            yield name[i] / name[j], values[i] / values[j]
            yield (name[i] - name[j]) / name[j], (values[i] - values[j]) / values[j]


def _fitted(figures: Figures, data: Columns, out: int, bases: _Bases) -> _Found | None:
    """The best relation with a constant for one column, the simplest base first."""
    best: _Found | None = None
    ulp = float(data.ulps[out])
    for base, values in bases(data, out):
        factor = _factor(data.values[out], values, ulp)
        if factor is None:
            continue
        evidence, held = weigh(data.values[out], values * float(factor), ulp, True)
        trials = np.log10(1 + len(data.indices) ** 3)
        if evidence <= DECADES + trials:
            continue
        relation = make_relation(figures, data.indices[out], base * constant(factor), "")
        most = max(figures.scales[i] for i in relation.inputs)
        found = _Found(relation, held, factor, figures.scales[relation.out] < most)
        if found.beats(best):
            best = found
    return best


def _turned(figures: Figures, data: Columns, found: _Found, taken: set[int]) -> _Found:
    """A multiple of one column or of a product, or that column (or a factor) as worked out from
    it, whichever is the better: 75.12 % = 512.27 / 681.94, not 512.27 = 681.94 × 75.12 %."""
    place = {c: i for i, c in enumerate(data.indices)}
    was = found.relation
    best = found
    for turned in was.inputs:
        if turned in taken or len(was.inputs) > _FACTORS:
            continue
        rest = [i for i in was.inputs if i != turned]

        def only(
            columns: Columns, _: int, rest: Sequence[int] = rest
        ) -> Iterator[tuple[Rational, Floats]]:
            name, values = quantity(str(was.out)), columns.values[place[was.out]]
            for i in rest:
                with np.errstate(divide="ignore", invalid="ignore"):
                    name, values = (
                        name / quantity(str(i)),
                        values / columns.values[place[i]],
                    )
            yield name, values

        # What is the same in most rows fits beside a relation that needs none of it.
        for bases in (only, _products) if rest else (_products,):
            other = _fitted(figures, data, place[turned], bases)
            if other is not None and was.out in other.relation.inputs and other.beats(best):
                best = other
    return best


def mined_relations(figures: Figures, known: list[Relation]) -> list[Relation]:
    """Relations between columns beyond those known, in a stable order.

    Looks at a sample of rows: the cost does not grow with the table. Shares of a whole are left to
    `audit.shares`, sums over rows to `audit.structure`.
    """
    data = figures_to_columns(figures, sample_rows(len(figures.values)))
    if len(data.indices) < 2:
        return []
    made = linear_relations(figures, data, known)
    size = np.nanmedian(np.abs(data.values), axis=1) / data.ulps
    for bases in (_products, _quotients):
        for out in sorted(range(len(data.indices)), key=lambda i: (size[i], i)):
            relations = [*known, *made]
            linked = {frozenset((r.out, *r.inputs)) for r in relations}
            taken = {r.out for r in relations if not r.is_linear}
            if bases is _quotients:
                taken = {i for r in relations for i in (r.out, *r.inputs)}
            found = None
            if data.indices[out] not in taken:
                found = _fitted(figures, data, out, bases)
            if found is not None:
                turned = _turned(figures, data, found, taken) if bases is _products else found
                relation = turned.relation
                if frozenset((relation.out, *relation.inputs)) not in linked:
                    made.append(relation)
    return made
