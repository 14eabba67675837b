"""Quotients of polynomials with rational coefficients: what a printed formula comes down to."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

Monomial = tuple[str, ...]
Polynomial = tuple[tuple[Monomial, Fraction], ...]

MAX_TERMS: Final = 40
MAX_FACTORS: Final = 6


class FormulaError(ValueError):
    """A formula that cannot be used; the message says why."""


def _collect(terms: list[tuple[Monomial, Fraction]]) -> Polynomial:
    total: dict[Monomial, Fraction] = {}
    for monomial, factor in terms:
        total[monomial] = total.get(monomial, Fraction(0)) + factor
    kept = tuple(sorted((m, f) for m, f in total.items() if f))
    if len(kept) > MAX_TERMS or any(len(m) > MAX_FACTORS for m, _ in kept):
        raise FormulaError("the formula has too many terms")
    return kept


def _times(a: Polynomial, b: Polynomial) -> Polynomial:
    return _collect([(tuple(sorted(m + n)), f * g) for m, f in a for n, g in b])


def _plus(a: Polynomial, b: Polynomial) -> Polynomial:
    return _collect([*a, *b])


ONE: Final[Polynomial] = (((), Fraction(1)),)


@dataclass(frozen=True, slots=True)
class Rational:
    """`over / under`, each a sum of products of named quantities.

    `G/2` is `Rational(((("G",), Fraction(1, 2)),), ONE)`.
    """

    over: Polynomial
    under: Polynomial = ONE

    @property
    def names(self) -> tuple[str, ...]:
        """The quantities that occur, sorted."""
        return tuple(sorted({n for p in (self.over, self.under) for m, _ in p for n in m}))

    @property
    def is_linear(self) -> bool:
        """Whether it is a sum of quantities with whole coefficients, without a constant."""
        return self.under == ONE and all(len(m) == 1 and f.denominator == 1 for m, f in self.over)

    @property
    def is_multilinear(self) -> bool:
        """Whether each quantity occurs once at most in every product."""
        return all(len(set(m)) == len(m) for p in (self.over, self.under) for m, _ in p)

    def __add__(self, other: "Rational") -> "Rational":
        if self.under == other.under:
            return Rational(_plus(self.over, other.over), self.under)
        over = _plus(_times(self.over, other.under), _times(other.over, self.under))
        return Rational(over, _times(self.under, other.under))

    def __neg__(self) -> "Rational":
        return Rational(tuple((m, -f) for m, f in self.over), self.under)

    def __sub__(self, other: "Rational") -> "Rational":
        return self + -other

    def __mul__(self, other: "Rational") -> "Rational":
        return Rational(_times(self.over, other.over), _times(self.under, other.under))

    def __truediv__(self, other: "Rational") -> "Rational":
        if not other.over:
            raise FormulaError("the formula divides by zero")
        if len(other.over) == 1 and other.over[0][0] == () and other.under == ONE:
            factor = 1 / other.over[0][1]
            return Rational(tuple((m, f * factor) for m, f in self.over), self.under)
        return Rational(_times(self.over, other.under), _times(self.under, other.over))


def constant(value: Fraction) -> Rational:
    """A number."""
    return Rational(_collect([((), value)]))


def quantity(name: str) -> Rational:
    """A quantity by its name."""
    return Rational((((name,), Fraction(1)),))
