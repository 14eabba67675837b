"""Measures taken apart, and the numbers of claims with what their print allows."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from importlib.resources import files

from schemas.performance import Claim, Comparator

_SPACES = {ord(c): None for c in " \t\r\n\u3000\u00a0"}


@cache
def words_of(name: str) -> tuple[dict[str, str], ...]:
    """The lines of a file of `audit/cross/data`."""
    text = files("audit.cross").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def words_for(name: str, use: str) -> tuple[str, ...]:
    """The words of a file that have one use, the longest first."""
    found = {line["word"] for line in words_of(name) if line["use"] == use}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure of what (`base`), in which unit (`factor`), and for each of what (`per`).

    `kind` is count, times, money, rate, period, or "" for a base that is not known; `of` is what
    is counted anew each time (人 for 人次), else "".
    """

    base: str
    factor: Decimal
    per: tuple[str, ...]
    kind: str
    of: str


def _base(word: str) -> tuple[str, str, str]:
    for line in words_of("bases.csv"):
        if line["word"] == word:
            return line["base"], line["kind"], line["of"]
    return word, "", ""


def _scaled(word: str) -> tuple[Decimal, str]:
    if any(line["word"] == word for line in words_of("bases.csv")):
        return Decimal(1), word  # 千米 and 百分点 are no thousand and no hundred of anything
    scales = sorted(words_of("scales.csv"), key=lambda line: -len(line["word"]))
    for line in scales:
        if word.startswith(line["word"]):
            return Decimal(line["factor"]), word.removeprefix(line["word"])
    return Decimal(1), word


@lru_cache(maxsize=1024)
def parse_measure(text: str) -> Measure | None:
    """A measure taken apart; None for no measure at all.

    >>> parse_measure("万人次")
    Measure(base='人次', factor=Decimal('10000'), per=(), kind='times', of='人')
    >>> parse_measure("元/人/月")
    Measure(base='元', factor=Decimal('1'), per=('人', '月'), kind='money', of='')
    """
    parts = [p for p in text.translate(_SPACES).replace("／", "/").split("/") if p]
    if not parts:
        return None
    factor, word = _scaled(parts[0])
    base, kind, of = _base(word)
    return Measure(base, factor, tuple(_base(p)[0] for p in parts[1:]), kind, of)


@dataclass(frozen=True, slots=True)
class Range:
    """What a claim allows, in the plain unit of its base; `high` None where nothing bounds it."""

    low: Decimal
    high: Decimal | None


@dataclass(frozen=True, slots=True)
class Number:
    """The one number of a claim, as printed and in plain units: `≥74.05万人` is 74.05, 740500
    with `unit` 100 (one unit of its last place)."""

    printed: Decimal
    value: Decimal
    unit: Decimal
    measure: Measure

    @property
    def half(self) -> Decimal:
        """What the rounding of the print allows."""
        return self.unit / 2

    @property
    def slack(self) -> Decimal:
        """The same, but nothing for whole persons, times and 元, which are told exactly."""
        exact = self.measure.factor == 1 and self.measure.kind != "rate"
        return Decimal(0) if exact else self.half


def to_number(printed: Decimal, measure: Measure) -> Number | None:
    """A printed number with its measure; None for what no budget can print."""
    exponent = printed.as_tuple().exponent
    if not isinstance(exponent, int) or printed.adjusted() > 18 or exponent < -12:
        return None
    unit = Decimal(1).scaleb(min(exponent, 0)) * measure.factor
    return Number(printed, printed * measure.factor, unit, measure)


def _is_guess(words: str) -> bool:
    """Whether the words beside a number make it a guess: 约 before it, 左右 behind it."""
    before, after = words_for("bound_words.csv", "before"), words_for("bound_words.csv", "after")
    return any(piece.endswith(before) or piece.startswith(after) for piece in words.split())


def claim_number(claim: Claim | None) -> Number | None:
    """The number of a claim that prints exactly one; None for spans, days and words.

    A claim without a measure counts in units of its own.
    """
    if claim is None or claim.comparator not in (Comparator.EQ, Comparator.GE, Comparator.LE):
        return None
    if claim.comparator is Comparator.EQ and _is_guess(claim.words):
        return None
    printed = claim.high if claim.comparator is Comparator.LE else claim.low
    measure = parse_measure(claim.measure) or Measure("", Decimal(1), (), "", "")
    return None if printed is None else to_number(printed, measure)


def claim_range(claim: Claim, number: Number) -> Range:
    """What a claim allows, rounding counted in."""
    if claim.comparator is Comparator.LE:
        return Range(Decimal(0), number.value + number.slack)
    high = None if claim.comparator is Comparator.GE else number.value + number.slack
    return Range(max(Decimal(0), number.value - number.slack), high)


def plain(value: Decimal) -> str:
    """A number as a reader writes it: no exponent, no idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
