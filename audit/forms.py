"""Right sides of equations over whole numbers, and how exactly a left side must meet them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from audit.rational import ONE, Polynomial, Rational

Term = tuple[int, tuple[int, ...]]


class Rounding(StrEnum):
    """How a computed figure became a printed one."""

    NEAREST = "nearest"
    DOWN = "down"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Form:
    """A quotient of polynomials in the inputs' counts, giving the output's count.

    Terms are (factor, positions among the inputs). The sum of all inputs has no terms at all, so
    that the sum of ten thousand rows needs no polynomial.
    """

    over: tuple[Term, ...] | None
    under: tuple[Term, ...] = ((1, ()),)

    @property
    def is_sum(self) -> bool:
        """Whether it is the plain sum of all its inputs."""
        return self.over is None

    def without(self, positions: frozenset[int]) -> "Form":
        """The form with nothing at some positions, the others moved up; a sum stays a sum.

        Raises ValueError where it divides by one of them.
        """
        if self.over is None:
            return self
        if any(p in positions for _, places in self.under for p in places):
            raise ValueError("nothing can be divided by nothing")
        count = 1 + max((p for _, places in (*self.over, *self.under) for p in places), default=0)
        kept = [p for p in range(count) if p not in positions]

        def moved(terms: tuple[Term, ...]) -> tuple[Term, ...]:
            return tuple(
                (factor, tuple(kept.index(p) for p in places))
                for factor, places in terms
                if positions.isdisjoint(places)
            )

        return Form(moved(self.over), moved(self.under))

    def parts(self, inputs: Sequence[int]) -> tuple[int, int]:
        """(over, under) at the given inputs, `under` never negative."""
        if self.over is None:
            return sum(inputs), 1
        over, under = _value(self.over, inputs), _value(self.under, inputs)
        return (-over, -under) if under < 0 else (over, under)


SUM = Form(None)


def _value(terms: tuple[Term, ...], inputs: Sequence[int]) -> int:
    total = 0
    for factor, positions in terms:
        product = factor
        for p in positions:
            product *= inputs[p]
        total += product
    return total


def _terms(
    polynomial: Polynomial, names: tuple[str, ...], scales: Sequence[int], shift: int
) -> list[tuple[Fraction, tuple[int, ...]]]:
    """The polynomial in counts: a count of a column of s places is 10**s times its value."""
    place = {n: i for i, n in enumerate(names)}
    made = []
    for monomial, factor in polynomial:
        positions = tuple(place[n] for n in monomial)
        power = shift - sum(scales[p] for p in positions)
        made.append((factor * Fraction(10) ** power, positions))
    return made


def rational_to_form(
    rational: Rational, names: tuple[str, ...], scales: Sequence[int], out_scale: int
) -> Form:
    """A form over counts from a quotient over values; `scales` are the places of the names."""
    over = _terms(rational.over, names, scales, out_scale)
    under = _terms(rational.under, names, scales, 0)
    common = lcm(*(f.denominator for f, _ in over), *(f.denominator for f, _ in under))
    whole_over = tuple((int(f * common), p) for f, p in over)
    whole_under = tuple((int(f * common), p) for f, p in under)
    if rational.under == ONE and whole_over == tuple((common, (i,)) for i in range(len(names))):
        return SUM
    return Form(whole_over, whole_under)


def meets(excess: int, under: int, rounding: Rounding) -> bool:
    """Whether a count is what `over / under` rounds to; `excess` is over - count × under."""
    if rounding is Rounding.NEAREST:
        return 2 * abs(excess) <= under
    if rounding is Rounding.DOWN:
        return 0 <= excess < under
    return -under < excess <= 0
