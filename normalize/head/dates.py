"""Dates of signing and of printing: 2020 年 12 月 25 日, ２０２０年, 二〇二〇年十二月二十五日."""

import re
from dataclasses import dataclass
from datetime import date

from normalize.head.vocabulary import CHINESE_DIGITS, DIGITS_MISREAD

_CHINESE_ONLY = "一二三四五六七八九十廿卅"
_GLYPH = f"[0-9{''.join(DIGITS_MISREAD)}{''.join(CHINESE_DIGITS)}十廿卅]"
_DATE = re.compile(
    rf"(?P<year>{_GLYPH}(?:\s?{_GLYPH}){{3}})\s{{0,3}}年\s{{0,3}}"
    rf"(?P<month>元|{_GLYPH}(?:\s?{_GLYPH}){{0,2}})\s{{0,3}}月\s{{0,3}}"
    rf"(?P<day>{_GLYPH}(?:\s?{_GLYPH}){{0,2}})\s{{0,3}}[日号]"
)
_LIKE_A_DATE = re.compile(
    rf"(?:{_GLYPH}\s?){{2,4}}\S?\s?年.{{0,12}}[月日号]|{_GLYPH}{{2,4}}\s?.?\s?{_GLYPH}{{1,3}}月.{{1,5}}日"
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date in a text. `day` is None where the printed one cannot be (2 月 30 日)."""

    day: date | None
    printed: str
    start: int
    end: int


def text_to_date(folded: str) -> PrintedDate | None:
    """The first full date of a folded text.

    >>> text_to_date("2020 年 12 月 25 日印发").day, text_to_date("二O二〇年十二月廿五日").day
    (datetime.date(2020, 12, 25), datetime.date(2020, 12, 25))
    """
    match = _DATE.search(folded)
    if match is None:
        return None
    parts = [_number(match.group(name)) for name in ("year", "month", "day")]
    if match.group("month") == "元":
        parts[1] = 1
    return PrintedDate(_day(parts), match.group(), match.start(), match.end())


def is_like_a_date(folded: str) -> bool:
    """Whether a whole short line wants to be a date, readable or not: 2020年12 25日."""
    return len(folded) <= 24 and _LIKE_A_DATE.fullmatch(folded) is not None


def _day(parts: list[int | None]) -> date | None:
    year, month, day = parts
    if year is None or month is None or day is None or not 1949 <= year <= 2099:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # 2 月 30 日: printed, but no day of the calendar
        return None


def _number(printed: str) -> int | None:
    """A number in Arabic or Chinese glyphs; None for a mixture that is neither.

    >>> _number("二十五"), _number("2O"), _number("廿五"), _number("二〇二〇")
    (25, 20, 25, 2020)
    """
    glyphs = "".join(printed.split()).replace("廿", "二十").replace("卅", "三十")
    if not any(glyph in _CHINESE_ONLY for glyph in glyphs):
        arabic = "".join(
            DIGITS_MISREAD.get(glyph, str(CHINESE_DIGITS.get(glyph, glyph))) for glyph in glyphs
        )
        return int(arabic) if arabic.isascii() and arabic.isdigit() else None
    if "十" in glyphs:
        tens, _, ones = glyphs.partition("十")
        if len(tens) > 1 or len(ones) > 1:
            return None
        high = CHINESE_DIGITS.get(tens) if tens else 1
        low = CHINESE_DIGITS.get(ones) if ones else 0
        return None if high is None or low is None else high * 10 + low
    digits = [
        CHINESE_DIGITS.get(glyph, int(glyph) if glyph in "0123456789" else None) for glyph in glyphs
    ]
    return int("".join(str(digit) for digit in digits)) if None not in digits else None
