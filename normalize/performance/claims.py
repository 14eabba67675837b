"""Printed targets and results to claims: comparator, numbers, measure, words.

A number counts only where the text cannot mean something else by it: it is the whole text, or
stands at its beginning before a comma, or at its end, or it is the only percentage. Years, days
and other parts of dates are not values, and two candidates are none.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache

import regex

from normalize.performance.claim_patterns import (
    BEFORE_DATE,
    DASH,
    DATE,
    DEADLINE,
    END,
    FAR_SIGN,
    ORDINAL,
    PROPORTION,
    YEARS,
    any_of,
    measure_pattern,
    signs,
    single_value,
    unknown_measure,
    value_range,
)
from normalize.performance.words import MEMORY, clean, table
from normalize.quantities import MeasureKind, measures, parse_number
from normalize.text import fold, simplify_in_place
from schemas.performance import Claim, Comparator
from schemas.source import Ref

_FIRST_OF_TWO = regex.compile(rf"(?<![0-9])[0-9]{{1,2}} ?{DASH}$")
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


_BLANK_GROUPS = regex.compile(r"[^0-9]{0,4}[0-9]{1,3}(?: [0-9]{3})+[^0-9]{0,8}")
_COMPOSED = {"＜=": "≤", "＞=": "≥", "<＝": "≤", ">＝": "≥", "〈=": "≤", "〉=": "≥"}


def _tidy(printed: str) -> str:
    text = simplify_in_place(fold(clean(printed)))
    for old, new in _COMPOSED.items():
        text = text.replace(old, new)
    text = regex.sub(r"(?<=[<>=]) (?=[<>=])|(?<=\p{Han}) (?=\p{Han})", "", text)
    if _BLANK_GROUPS.fullmatch(text):
        text = regex.sub(r"(?<=[0-9]) (?=[0-9])", "", text)
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
    if value is None or tidy[value.end :].endswith(_counted()):
        return False  # 7岁以下儿童健康管理率
    return value.start == 0 or value.signed


@cache
def _counted() -> tuple[str, ...]:
    """The words that end the names of what is counted."""
    return tuple(row["word"] for row in table("type_words"))


@lru_cache(maxsize=MEMORY)
def split_value(text: str) -> tuple[str, str]:
    """A name and the value glued to its end; ("", "") where no sign, or % behind 率, parts them.

    >>> split_value("改建卫生厕所≥2,000座"), split_value("验收合格率100%"), split_value("培训12次")
    (('改建卫生厕所', '≥2,000座'), ('验收合格率', '100%'), ('', ''))
    """
    match = _glued().fullmatch(text.strip())
    if match is None or not is_claim_like(match["value"]):
        return "", ""
    return match["name"].rstrip(_SEPARATORS), match["value"].strip()


@cache
def _glued() -> regex.Pattern[str]:
    marks = "|".join(regex.escape(s) for s in signs("before") if not s.isalpha())
    return regex.compile(
        rf"(?P<name>\p{{Han}}[^0-9]*?)[:：]? ?(?P<value>(?:{marks})+ ?[0-9].*"
        r"|(?<=[率度例比])[0-9]+(?:\.[0-9]+)?[%％])"
    )


def _is_deadline(text: str) -> bool:
    if YEARS.fullmatch(text):
        return False
    if DATE.fullmatch(text) or BEFORE_DATE.fullmatch(text):
        return True
    has_sign = any(sign in text for sign in signs("before") if not sign.isalpha())
    return not has_sign and DEADLINE.search(text) is not None


def _the_value(text: str) -> _Value | None:
    masked = _masked(text)
    values = _values(masked)
    placed = [value for value in values if _counts(masked, value)]
    if len(placed) == 1:
        one = placed[0]
        # 城市95%,农村60% is two values, not the one that ends the text.
        alike = [v for v in values if v.measure == one.measure and v.start < one.start]
        return None if alike else one
    whole = [value for value in placed if (value.start, value.end) == (0, len(text))]
    if whole:
        return whole[0]
    shares = [value for value in values if value.measure == "%"]
    return shares[0] if len(values) == 1 and shares else None


def _masked(text: str) -> str:
    """The text with the digits of dates and ordinals blotted out, at equal length. ≥10年 and
    10年以上 are spans of time, 2021.5万人 is an amount."""

    def blotted(match: regex.Match[str]) -> str:
        amount = _is_span(match) or _is_decimal(match)
        return match.group() if amount else regex.sub(r"[0-9]", "〇", match.group())

    for pattern in (DATE, ORDINAL, PROPORTION):
        text = pattern.sub(blotted, text)
    return text


def _is_decimal(match: regex.Match[str]) -> bool:
    """Whether what may be year and month (`2021.5`) stands before a measure that is no time."""
    word = regex.match(rf" ?({measure_pattern()})", match.string[match.end() :])
    known = measures().get(word[1]) if word else None
    return (
        regex.fullmatch(r"[0-9]{4}\.[0-9]{1,2}", match.group()) is not None
        and word is not None
        and (known is None or known.kind is not MeasureKind.TIME)
    )


def _is_span(match: regex.Match[str]) -> bool:
    """Whether what may be a year of two digits stands beside a sign that only amounts have."""
    before, after = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip()
    return YEARS.fullmatch(match.group()) is not None and (
        not (before or after)
        or _FIRST_OF_TWO.search(before) is not None
        or before.endswith(tuple(signs("before")))
        or after.startswith(tuple(signs("after")))
    )


def _counts(text: str, value: _Value) -> bool:
    head, tail = text[: value.start], text[value.end :]
    if not tail.strip(_SEPARATORS):
        return True
    if regex.fullmatch(rf" ?(?:{any_of('about')})", tail):
        return True
    if tail.startswith(("(", "（")) and tail.rstrip().endswith((")", "）")):
        return True
    return not head and (value.signed or regex.match(END, tail.lstrip()) is not None)


def _values(text: str) -> list[_Value]:
    found: list[_Value] = []
    at = 0
    while at < len(text):
        span = value_range().search(text, at)
        one = single_value().search(text, at)
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
    if match["s1"] and signs("before")[match["s1"]] is Comparator.EQ:
        return None
    signed = match["s1"] is not None
    return _Value(match.start(), match.end(), Comparator.BETWEEN, low, high, two or one, signed)


def _from_single(text: str, match: regex.Match[str]) -> _Value:
    number = _decimal(match["number"])
    after, before = match["after"], match["before"]
    measure, end = match["measure"] or "", match.end()
    if not measure and not after:
        # A counting word that no list knows: at most three characters, and the text ends there,
        # but for a sign (1500亿斤以上).
        unknown = unknown_measure().fullmatch(text, end)
        told = unknown is not None and (match.start() == 0 or unknown["after"])
        if unknown and told and _looks_like_measure(unknown["measure"]):
            measure, after, end = unknown["measure"], unknown["after"], len(text)
    comparator = Comparator.EQ
    far = FAR_SIGN.search(text[: match.start()])
    if before:
        comparator = signs("before")[before]
    elif after:
        comparator = signs("after")[after]
    elif far is not None and far["sign"] in signs("before"):
        comparator = signs("before")[far["sign"]]  # 不超过资金总额的2%
    signed = bool(before or after)
    if comparator is Comparator.LE:
        return _Value(match.start(), end, comparator, None, number, measure, signed)
    return _Value(match.start(), end, comparator, number, None, measure, signed)


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(row["word"] for row in table("not_measures"))


def _looks_like_measure(word: str) -> bool:
    return not any(verb in word for verb in _verbs())
