"""Text to lines: what is not print is taken off, and every line keeps its number.

Fixed order: line ends, marks that do not print, radicals and compatibility ideographs to the
characters they stand for, inline markup. Full-width forms, superscripts and spaces stay as
printed; `normalize` folds them where it compares.
"""

import csv
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import regex

from schemas.source import Line, LineRef

_LINE_END = regex.compile(r"\r\n|\r|\n|\x85|\u2028|\u2029")
# Zero-width and direction marks, byte-order marks, soft hyphens, variation selectors, private use.
_NO_PRINT = regex.compile(
    r"[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\p{Co}]|(?![\t\f])\p{Cc}"
)
_COMPATIBLE = regex.compile(r"[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_INLINE = regex.compile(
    r"</?(?:b|strong|i|em|u|span|font)(?:\s[^<>]{0,200})?>|\*\*|__(?=\S)|(?<=\S)__"
)
_LINE_BREAK = regex.compile(r"<br\s*/?>")
_HEADING = regex.compile(r"^\s{0,3}#{1,6}\s+")
_FURNITURE = regex.compile(
    r"\s*(?:[-—–―─·•]{1,3}\s*[0-9０-９]{1,4}\s*[-—–―─·•]{1,3}"
    r"|第\s*[0-9一二三四五六七八九十]{1,4}\s*页(?:\s*[,，/／]?\s*共\s*[0-9一二三四五六七八九十]{1,4}\s*页)?"
    r"|[Pp]age\s+[0-9]{1,4}(?:\s+of\s+[0-9]{1,4})?|[0-9]{1,4}\s*/\s*[0-9]{1,4})\s*"
)


@cache
def _radicals() -> dict[int, str]:
    """Unicode's EquivalentUnifiedIdeograph (UAX #38): ⻓ to 长, ⺠ to 民."""
    with files("extract").joinpath("data/radicals.csv").open(encoding="utf-8") as lines:
        return {ord(row["glyph"]): row["ideograph"] for row in csv.DictReader(lines)}


def clean(text: str) -> str:
    """A line without what does not print.

    >>> clean("⺠政局\u200b\ufeff拨付１０²元")
    '民政局拨付１０²元'
    """
    if text.isascii():
        return _NO_PRINT.sub("", text) if not text.isprintable() else text
    text = _NO_PRINT.sub("", text).translate(_radicals())
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def strip_inline_markup(text: str) -> str:
    """Bold marks and heading signs are markup, not print.

    >>> strip_inline_markup("## **项目支出**<b>绩效目标表</b>")
    '项目支出绩效目标表'
    """
    text = (
        _INLINE.sub("", _LINE_BREAK.sub(" ", text))
        if "<" in text or "_" in text
        else (text.replace("**", ""))
    )
    return _HEADING.sub("", text)


def is_furniture(text: str) -> bool:
    """Whether a line is what a page prints of itself: — 3 —, 第3页 共5页."""
    return bool(_FURNITURE.fullmatch(text))


def text_to_lines(text: str) -> tuple[Line, ...]:
    """All lines of a text, cleaned, numbered from 1; a form feed begins a new page.

    Blank lines stay: some layouts print an empty cell as a blank line.
    """
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    page = 1
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        page += raw.count("\f")
        printed = strip_inline_markup(clean(raw.replace("\f", ""))).rstrip(" ")
        yield Line(printed, LineRef(number), page, is_furniture(printed))
