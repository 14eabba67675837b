"""Standards that headers tell in words: so much money for each head and period."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

import regex

from audit.words import table_of

_FOLD: Final = str.maketrans("０１２３４５６７８９．（）［］【】", "0123456789.()()()")
_AMOUNT: Final = r"(?<![0-9.])(?P<amount>[0-9]{1,7}(?:\.[0-9]{1,4})?)(?P<scale>[百千万]?)"
_GAP: Final = r"[^0-9每元、，,。；;]{0,8}?"
_SCALES: Final = {"": 1, "百": 100, "千": 1000, "万": 10_000}
_MOST_TEXT: Final = 400
_FROM: Final = ("-", "—", "~", "～", "至", "到")


@dataclass(frozen=True, slots=True)
class Standard:
    """`amount` 元 for each `head` (人, 床位) and `period` (月; "" where none is told).

    `words` are the words that say it. A period is paid for one of `times` times a year, the usual
    one first.
    """

    amount: Fraction
    head: str
    period: str
    times: tuple[int, ...]
    words: str


def standards_told(text: str) -> tuple[Standard, ...]:
    """The standards that a header or a title tells, each once; a bound or a range is none.

    >>> [(str(s.amount), s.head, s.period) for s in standards_told("按每人每月52元标准补助")]
    [('52', '人', '月')]
    >>> [(str(s.amount), s.head, s.period) for s in standards_told("补助标准（0.08万元/生·学年）")]
    [('800', '生', '学年')]
    >>> standards_told("每人每月不低于52元")
    ()
    """
    found: dict[tuple[Fraction, str, str], Standard] = {}
    for standard in _standards(
        "".join(text.split()).replace(",", "").translate(_FOLD)[:_MOST_TEXT]
    ):
        found.setdefault((standard.amount, standard.head, standard.period), standard)
    return tuple(found.values())


def _standards(text: str) -> Iterator[Standard]:
    taken: list[tuple[int, int]] = []
    for pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = match.span("amount")
            if any(a < end and start < b for a, b in taken):
                continue
            taken.append(match.span())
            if not _bounded(text, match):
                yield _standard(match)


def _standard(match: "regex.Match[str]") -> Standard:
    groups = match.groupdict()
    period = groups.get("period") or ""
    amount = Fraction(groups["amount"]) * _SCALES[groups["scale"]]
    return Standard(amount, groups["head"], period, _times(period), match[0])


def _bounded(text: str, match: "regex.Match[str]") -> bool:
    """Whether the words make the amount a bound, a guess, or one end of a range or a change."""
    before = text[: match.start("amount")]
    behind = (text[match.end() :], text[match.end("scale") :].removeprefix("元"))
    if before.endswith(_FROM):
        return True
    for line in table_of("bound_words.csv"):
        if line["side"] == "before" and before.endswith(line["word"]):
            return True
        if line["side"] == "after" and any(rest.startswith(line["word"]) for rest in behind):
            return True
    return False


def _times(period: str) -> tuple[int, ...]:
    for line in table_of("standard_periods.csv"):
        if line["word"] == period:
            return tuple(map(int, line["times"].split()))
    return (1,)


def counts_heads(head: str, name: str, measure: str) -> bool:
    """Whether a column of this name and measure may count these heads.

    >>> counts_heads("人", "领取待遇人数", ""), counts_heads("人", "金额", "万元")
    (True, False)
    """
    return _means("standard_heads.csv", head, name, measure)


def counts_periods(period: str, name: str) -> bool:
    """Whether a column of this name says for how many periods it is paid: 补助月数."""
    return _means("standard_periods.csv", period, name, "")


def _means(file: str, word: str, name: str, measure: str) -> bool:
    for line in table_of(file):
        if line["word"] == word:
            if measure:
                return measure in line.get("measures", "").split()
            return any(one in name for one in line["names"].split())
    return False


@cache
def _patterns() -> tuple["regex.Pattern[str]", ...]:
    heads = "|".join(_longest_first("standard_heads.csv"))
    periods = "|".join(_longest_first("standard_periods.csv"))
    places = {
        "{head}": f"(?P<head>{heads})",
        "{period}": f"(?P<period>{periods})",
        "{amount}": _AMOUNT,
        "{gap}": _GAP,
    }
    made = []
    for line in table_of("standard_patterns.csv"):
        text = line["pattern"]
        for name, pattern in places.items():
            text = text.replace(name, pattern)
        made.append(regex.compile(text))
    return tuple(made)


def _longest_first(file: str) -> list[str]:
    return sorted((line["word"] for line in table_of(file)), key=lambda word: -len(word))
