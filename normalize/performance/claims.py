"""Printed targets and results to claims: comparator, numbers, measure, words.

A number counts only where the text cannot mean something else by it: it is the whole text, or
stands at its beginning before a comma, or at its end, or it is the only percentage. Years, days
and other parts of dates are not values, and two candidates are none.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import regex

from normalize.performance.words import MEMORY, clean, table
from normalize.quantities import measures, parse_number
from normalize.text import fold
from schemas.performance import Claim, Comparator
from schemas.source import Ref

_NUMBER = (
    r"(?<![0-9.,²³⁴½¼¾][ ]?)-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?(?! ?[0-9]|[²³⁴½¼¾])"
)
_DASH = r"(?:-|–|—|~|～|〜|至|到)"
_END = r"(?:[,，、;；。.]|$|\()"
_DATE = regex.compile(
    r"(?:[0-9]{4}[/.-][0-9]{1,2}(?:[/.-][0-9]{1,2})?(?![0-9])"
    r"|(?:[0-9]{2}|[0-9]{4})年(?:度|初|末|底)?(?:第?[0-9一二三四]{1,2}季度)?(?:[0-9]{1,2}月(?:份|初|末|底)?)?"
    r"(?:[0-9]{1,2}[日号])?"
    r"|(?:每|次|当|本|第)?[0-9]{0,2}月(?:份|初|末|底)?[0-9]{1,2}[日号]"
    r"|[0-9]{1,2}月(?:份|初|末|底)"
    r"|[0-9]{1,2}月?[-–—~～至到][0-9]{1,2}月(?!人))"
)
_DEADLINE = regex.compile(
    r"(?:[日号月天年]|月底|月末|月初|年底|年末|年初|季末|工作日|小时|周)(?:底|末)?(?:之?前|以前|之?内|以内)"
    r"(?:完成|到位|拨付|支付|发放|报送|下达)?$"
    r"|(?:当年|年度|年内|年底|年末|月底|季末)(?:前|内)?(?:完成|到位|拨付|支付)?$"
)
_BEFORE_DATE = regex.compile(
    rf"{_DATE.pattern}(?:之?前|以前|止)(?:完成|到位|拨付|支付|发放|报送|下达)?"
)
_ORDINAL = regex.compile(r"第[0-9]+|(?<![0-9])[0-9]+/[0-9]+|[0-9]+[、.](?=\p{Han})|[0-9]+号文?")
_LONGEST, _LONGEST_VALUE = 300, 40
_SEPARATORS = " ,，、;；。.:：()（）"


@dataclass(frozen=True, slots=True)
class _Value:
    """One value expression in a text, and where it stands."""

    start: int
    end: int
    comparator: Comparator
    low: Decimal | None
    high: Decimal | None
    measure: str
    signed: bool


@cache
def _measure_pattern() -> str:
    words = sorted(measures(), key=len, reverse=True)
    one = "|".join(regex.escape(word) for word in words)
    return rf"(?:{one})(?:[/·](?:{one}))*"


@cache
def _signs(place: str) -> dict[str, Comparator]:
    return {
        row["word"]: Comparator(row["comparator"])
        for row in table("comparators")
        if row["place"] == place
    }


def _any_of(place: str) -> str:
    return "|".join(regex.escape(w) for w in sorted(_signs(place), key=len, reverse=True))


@cache
def _single() -> regex.Pattern[str]:
    before, after = _any_of("before"), _any_of("after")
    return regex.compile(
        rf"(?P<before>{before})? ?(?P<number>{_NUMBER}) ?(?P<measure>{_measure_pattern()})?"
        rf" ?(?P<after>{after})?"
    )


@cache
def _range() -> regex.Pattern[str]:
    measure, before = _measure_pattern(), _any_of("before")
    first = rf"(?P<first>{_NUMBER}) ?(?P<m1>{measure})?"
    second = rf"(?P<second>{_NUMBER}) ?(?P<m2>{measure})?"
    one, two = rf"(?P<s1>{before})", rf"(?P<s2>{before})"
    return regex.compile(
        rf"{first} ?{_DASH} ?{second}(?:之?间|区间)?"
        rf"|{first} ?{one} ?(?:[A-Za-z]|\p{{Han}}{{0,8}}) ?{two} ?{second}"
        rf"|{one} ?{first} ?[,，、;；且并]? ?{two} ?{second}"
    )


_COMPOSED = {"＜=": "≤", "＞=": "≥", "<＝": "≤", ">＝": "≥", "〈=": "≤", "〉=": "≥"}


def _tidy(printed: str) -> str:
    text = fold(clean(printed))
    for old, new in _COMPOSED.items():
        text = text.replace(old, new)
    text = regex.sub(r"(?<=[<>=]) (?=[<>=])", "", text)
    return text.strip("。;；,，、")


def text_to_claim(printed: str, ref: Ref | None) -> Claim:
    """What a target or result says, as far as that is certain.

    >>> def show(text: str) -> tuple[str, str, str, str, str]:
    ...     c = text_to_claim(text, None)
    ...     return c.comparator.value, str(c.low), str(c.high), c.measure, c.words
    >>> show("≥74.05万人"), show("12次, 按月发放")
    (('>=', '74.05', 'None', '万人', ''), ('=', '12', 'None', '次', '按月发放'))
    >>> show("105%≤≥95%"), show("上访率控制在0.1%以内")
    (('between', '95', '105', '%', ''), ('<=', 'None', '0.1', '%', '上访率控制在'))
    >>> show("2020年末实际参保缴费人数32.68万人")
    ('=', '32.68', 'None', '万人', '2020年末实际参保缴费人数')
    >>> show("10年以上"), show("≥10年")
    (('>=', '10', 'None', '年', ''), ('>=', '10', 'None', '年', ''))
    >>> show("每月25日前")
    ('by', 'None', 'None', '', '每月25日前')
    >>> show("2020年8家单位纳入，实际补发")
    ('text', 'None', 'None', '', '2020年8家单位纳入,实际补发')
    """
    text = _tidy(printed)
    if not text:
        return Claim(printed, Comparator.TEXT, None, None, "", "", ref)
    if _is_deadline(text):
        return Claim(printed, Comparator.BY, None, None, "", text, ref)
    value = _the_value(text) if len(text) <= _LONGEST else None
    if value is None:
        return Claim(printed, Comparator.TEXT, None, None, "", text, ref)
    words = (text[: value.start].strip(_SEPARATORS), text[value.end :].strip(_SEPARATORS))
    return Claim(
        printed,
        value.comparator,
        value.low,
        value.high,
        value.measure,
        " ".join(part for part in words if part),
        ref,
    )


@lru_cache(maxsize=MEMORY)
def is_claim_like(text: str) -> bool:
    """Whether a cell holds a value and little else: `≥95%`, `50元/人/年`, `每月25日前`.

    A cell of plain words may be a value too (`持续推动`); this cannot tell.
    """
    tidy = _tidy(text)
    if not tidy or len(tidy) > _LONGEST_VALUE:
        return False
    if _is_deadline(tidy):
        return True
    value = _the_value(tidy)
    return value is not None and (value.start == 0 or value.signed)


def _is_deadline(text: str) -> bool:
    if _DATE.fullmatch(text) or _BEFORE_DATE.fullmatch(text):
        return True
    has_sign = any(sign in text for sign in _signs("before") if not sign.isalpha())
    return not has_sign and _DEADLINE.search(text) is not None


def _the_value(text: str) -> _Value | None:
    masked = _masked(text)
    values = _values(masked)
    placed = [value for value in values if _counts(masked, value)]
    if len(placed) == 1:
        return placed[0]
    whole = [value for value in placed if (value.start, value.end) == (0, len(text))]
    if whole:
        return whole[0]
    shares = [value for value in values if value.measure == "%"]
    return shares[0] if len(values) == 1 and shares else None


def _masked(text: str) -> str:
    """The text with the digits of dates and ordinals blotted out, at equal length. ≥10年 and
    10年以上 are spans of time."""
    for pattern in (_DATE, _ORDINAL):
        text = pattern.sub(
            lambda m: m.group() if _is_span(m) else regex.sub(r"[0-9]", "〇", m.group()), text
        )
    return text


def _is_span(match: regex.Match[str]) -> bool:
    """Whether what may be a year of two digits stands beside a sign that only amounts have."""
    before, after = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip()
    return regex.fullmatch(r"[0-9]{2}年", match.group()) is not None and (
        before.endswith(tuple(_signs("before"))) or after.startswith(tuple(_signs("after")))
    )


def _counts(text: str, value: _Value) -> bool:
    head, tail = text[: value.start], text[value.end :]
    if not tail.strip(_SEPARATORS):
        return True
    if tail.startswith(("(", "（")) and tail.rstrip().endswith((")", "）")):
        return True
    return not head and (value.signed or regex.match(_END, tail.lstrip()) is not None)


def _values(text: str) -> list[_Value]:
    found: list[_Value] = []
    at = 0
    while at < len(text):
        span = _range().search(text, at)
        one = _single().search(text, at)
        if one is None:
            break
        value = None
        if span is not None and span.start() <= one.start():
            value = _from_range(span)
        value = value or _from_single(text, one)
        found.append(value)
        at = max(value.end, at + 1)
    return found


def _decimal(text: str) -> Decimal:
    number = parse_number(text)
    if number is None:
        raise ValueError(f"not a number although the pattern says so: {text!r}")
    return number[0]


def _from_range(match: regex.Match[str]) -> _Value | None:
    first, second = _decimal(match["first"]), _decimal(match["second"])
    one, two = match["m1"] or "", match["m2"] or ""
    if one and two and one != two:
        return None
    low, high = sorted((first, second))
    if match["s1"] and _signs("before")[match["s1"]] is Comparator.EQ:
        return None
    signed = match["s1"] is not None
    return _Value(match.start(), match.end(), Comparator.BETWEEN, low, high, two or one, signed)


def _from_single(text: str, match: regex.Match[str]) -> _Value:
    number = _decimal(match["number"])
    after, before = match["after"], match["before"]
    comparator = Comparator.EQ
    if before:
        comparator = _signs("before")[before]
    elif after:
        comparator = _signs("after")[after]
    measure, end = match["measure"] or "", match.end()
    if not measure and not after:
        # A counting word that no list knows: at most three characters, and the text ends there.
        unknown = regex.fullmatch(r" ?([\p{Han}/]{1,3})", text[end:])
        if unknown and match.start() == 0 and _looks_like_measure(unknown[1]):
            measure, end = unknown[1], len(text)
    signed = bool(before or after)
    if comparator is Comparator.LE:
        return _Value(match.start(), end, comparator, None, number, measure, signed)
    return _Value(match.start(), end, comparator, number, None, measure, signed)


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(row["word"] for row in table("not_measures"))


def _looks_like_measure(word: str) -> bool:
    return not any(verb in word for verb in _verbs())
