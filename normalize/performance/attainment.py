"""Whether a result reaches its target: yes, no, or unclear where nothing decides."""

from decimal import Decimal

from normalize.quantities import measures
from schemas.performance import Attained, Claim, Comparator

_SIGNS = frozenset("=＝")


def claims_to_attained(target: Claim, actual: Claim) -> Attained:
    """Compares numbers of the same measure (人 and 万人 are; 人 and 人次 are not).

    A target printed as a mere number (`32.85万人`) says neither "at least" nor "at most": a smaller
    result misses it, an equal one reaches it, a greater one is unclear.

    >>> from normalize.performance.claims import text_to_claim
    >>> def of(target: str, actual: str) -> str:
    ...     claims = (text_to_claim(target, None), text_to_claim(actual, None))
    ...     return claims_to_attained(*claims).value
    >>> of("0.37万人", "2020年末实际保障工伤待遇人数745人"), of("105%≤≥95%", "执行率92.85%")
    ('no', 'no')
    >>> of("≥95%", "成功率实际≥95%"), of("1315人次", "人月数1402"), of("有效提高", "有效提高")
    ('yes', 'unclear', 'unclear')
    """
    factors = _common_factors(target.measure, actual.measure)
    if factors is None:
        return Attained.UNCLEAR
    low, high = (_scaled(bound, factors[0]) for bound in (target.low, target.high))
    least, most = _bounds(actual, factors[1])
    if (least is None and most is None) or (low is None and high is None):
        return Attained.UNCLEAR
    if target.comparator is Comparator.EQ and low is not None:
        return _equal(target, low, least, most)
    return _within(low, high, least, most)


def _common_factors(one: str, two: str) -> tuple[Decimal, Decimal] | None:
    if one == two:
        return Decimal(1), Decimal(1)
    known = measures()
    if one not in known or two not in known or known[one].base != known[two].base:
        return None
    return known[one].factor, known[two].factor


def _scaled(number: Decimal | None, factor: Decimal) -> Decimal | None:
    return None if number is None else number * factor


def _bounds(actual: Claim, factor: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """The least and the greatest value that the result may mean; None is without bound."""
    low, high = _scaled(actual.low, factor), _scaled(actual.high, factor)
    return (low, low) if actual.comparator is Comparator.EQ else (low, high)


def _within(
    low: Decimal | None, high: Decimal | None, least: Decimal | None, most: Decimal | None
) -> Attained:
    if (low is not None and most is not None and most < low) or (
        high is not None and least is not None and least > high
    ):
        return Attained.NO
    reaches = low is None or (least is not None and least >= low)
    keeps = high is None or (most is not None and most <= high)
    return Attained.YES if reaches and keeps else Attained.UNCLEAR


def _equal(target: Claim, number: Decimal, least: Decimal | None, most: Decimal | None) -> Attained:
    if most is not None and most < number:
        return Attained.NO
    if least is not None and least == most == number:
        return Attained.YES
    printed_sign = target.printed.strip()[:1] in _SIGNS
    above = least is not None and least > number
    return Attained.NO if printed_sign and above else Attained.UNCLEAR
