"""Printed figures to quantities, by a strict grammar.

A figure is a sign, digits (plain, or grouped by threes), a decimal part, and a measure word. What
does not fit is not a number: it is text, or, where digits are mixed with signs that no figure has,
unreadable. Nothing is deleted to make a number of it.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

import regex

from normalize.text import fold, simplify
from schemas.source import Ref
from schemas.tables import CellKind, Quantity

_MINUS = "-−–—－﹣▲△"
_DIGITS = r"(?:[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+)"
_NUMBER = regex.compile(
    rf"(?P<open>\()?(?P<sign>[{_MINUS}+])? ?(?:[¥￥] ?)?"
    rf"(?P<whole>{_DIGITS})(?: ?\. ?(?P<places>[0-9]+))?"
    rf"(?P<close>\))?"
)
_GROUPED = regex.compile(r"(?<=[0-9])\s*([,，、])\s*(?=[0-9]{3}(?![0-9]))")
# Ten places and more come out of a computer, not off a page; a run of zeros or nines among them
# is where its binary fraction began (0.240000152587891, 91.589999999999996).
_FLOAT_NOISE = regex.compile(r"(?P<kept>[0-9]*?)(?P<run>0{4,}|9{4,})[0-9]*")
_NOISE_PLACES = 10
_NOT_APPLICABLE = frozenset("×✕✖╳XxＸ*/\\-−–—―─_") | {"--", "——", "－－", "-/-", "N/A", "n/a"}
_HAN = regex.compile(r"\p{Han}")
_FIGURE_LIKE = regex.compile(r"[0-9]|[■□▇●◆?？�]")


class MeasureKind(StrEnum):
    """What a measure counts, as far as arithmetic needs to know."""

    MONEY = "money"
    PERSONS = "persons"
    COUNT = "count"
    AREA = "area"
    LENGTH = "length"
    WEIGHT = "weight"
    VOLUME = "volume"
    POWER = "power"
    TIME = "time"
    SCORE = "score"
    RATIO = "ratio"
    RATE = "rate"


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure word: one `word` is `factor` times one `base` (万人 is 10000 times 人)."""

    word: str
    base: str
    factor: Decimal
    kind: MeasureKind


@cache
def measures() -> dict[str, Measure]:
    """All measure words of `data/measures.csv`, by word."""
    with files("normalize").joinpath("data/measures.csv").open(encoding="utf-8") as lines:
        return {
            row["word"]: Measure(
                row["word"], row["base"], Decimal(row["factor"]), MeasureKind(row["kind"])
            )
            for row in csv.DictReader(lines)
        }


def parse_number(text: str) -> tuple[Decimal, int] | None:
    """The number that `text` prints and its printed decimals, or None where it is not a number.

    Grouping by threes, brackets and ▲ for minus, full-width digits, a ¥ before the digits, and a
    blank after the sign or around the point are read. Noise of a computer's binary fractions is
    rounded off.

    >>> parse_number("1，234.50"), parse_number("▲5"), parse_number("(17)")
    ((Decimal('1234.50'), 2), (Decimal('-5'), 0), (Decimal('-17'), 0))
    >>> parse_number("0.240000152587891")
    (Decimal('0.24'), 2)
    >>> parse_number("12 34"), parse_number("10²"), parse_number("1?3")
    (None, None, None)
    """
    folded = _GROUPED.sub(",", fold(text))
    match = _NUMBER.fullmatch(folded)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    negative = bool(match["open"]) or (match["sign"] or "+") in _MINUS
    if match["open"] and match["sign"]:
        return None
    whole = match["whole"].replace(",", "").replace(" ", "")
    value = Decimal(f"{whole}.{match['places'] or 0}") if match["places"] else Decimal(whole)
    value, decimals = _without_float_noise(value, match["places"] or "")
    return (-value if negative else value), decimals


def _without_float_noise(value: Decimal, places: str) -> tuple[Decimal, int]:
    if len(places) < _NOISE_PLACES:
        return value, len(places)
    match = _FLOAT_NOISE.fullmatch(places)
    if match is None:
        return value, len(places)
    kept = len(match["kept"])
    return value.quantize(Decimal(1).scaleb(-kept)), kept


def split_measure(text: str) -> tuple[str, str]:
    """A printed figure without its measure word, and the word.

    >>> split_measure("74.05万人"), split_measure("60%"), split_measure("甲")
    (('74.05', '万人'), ('60', '%'), ('甲', ''))
    >>> split_measure("12萬元")
    ('12', '万元')
    """
    folded = fold(text)
    known = measures()
    simple = simplify(folded)
    words = simple if len(simple) == len(folded) else folded
    for length in range(min(len(folded), 8), 0, -1):
        word = words[-length:].lstrip()
        head = folded[: len(folded) - length]
        if word in known and head.strip()[-1:].isdigit():
            return head.strip(), word
    return folded, ""


def text_to_quantity(text: str, ref: Ref, readings: tuple[str, ...] = ()) -> Quantity:
    """A cell's text as a quantity: number, blank, not applicable, text or unreadable.

    `readings` are what other readings of the same picture gave; those that are numbers are kept.

    >>> from schemas.source import LineRef
    >>> cell = text_to_quantity("60%", LineRef(53, 4))
    >>> cell.value, cell.measure, cell.kind.value
    (Decimal('60'), '%', 'number')
    >>> [text_to_quantity(t, LineRef(1)).kind.value for t in ("", "0", "×", "1?3", "专户")]
    ['blank', 'number', 'not_applicable', 'unreadable', 'text']
    >>> text_to_quantity("1?3", LineRef(1), ("123", "l23")).readings
    (Decimal('123'),)
    """
    kind, value, decimals, measure = _read(text)
    if not readings:
        return Quantity(text, kind, value, decimals, measure, ref)
    numbers = dict.fromkeys(_read(r)[1] for r in readings)
    others = tuple(n for n in numbers if n is not None and n != value)
    return Quantity(text, kind, value, decimals, measure, ref, others)


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[CellKind, Decimal | None, int, str]:
    """Kind, value, decimals and measure of a text. Tables say 100% and 0 over and over."""
    folded = fold(text)
    if not folded:
        return CellKind.BLANK, None, 0, ""
    if folded in _NOT_APPLICABLE:
        return CellKind.NOT_APPLICABLE, None, 0, ""
    figure, measure = split_measure(folded)
    number = parse_number(figure)
    if number is not None:
        return CellKind.NUMBER, number[0], number[1], measure
    kind = CellKind.UNREADABLE if _is_spoilt_figure(folded) else CellKind.TEXT
    return kind, None, 0, measure


def _is_spoilt_figure(folded: str) -> bool:
    """Digits with signs that no figure has, and no Chinese words: a figure that cannot be read."""
    return not _HAN.search(folded) and bool(_FIGURE_LIKE.search(folded))
