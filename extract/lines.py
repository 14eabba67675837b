"""Text to lines: what is not print is taken off, and every line keeps its number.

Fixed order: line ends, marks that do not print, radicals and compatibility ideographs to the
characters they stand for, inline markup. Full-width forms, superscripts and spaces stay as
printed; `normalize` folds them where it compares.
"""

import csv
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import regex

from extract.markup import strip_inline_markup
from schemas.source import Line, LineRef

_LINE_END = regex.compile(r"\r\n|\r|\n|\x85|\u2028|\u2029")
# Zero-width and direction marks, byte-order marks, soft hyphens, variation selectors, private use.
_NO_PRINT = regex.compile(
    r"[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc"
    r"\U000e0100-\U000e01ef\p{Co}]|(?![\t\f])\p{Cc}"
)
# A font of its own may have put a digit there.
_PRIVATE_DIGIT = regex.compile(r"(?<=[0-9.,])\p{Co}(?=[0-9.,])")
_COMPATIBLE = regex.compile(r"[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_NOT_PLAIN = regex.compile(r"[^\t\f\x20-\x7e一-鿿　-〗！-～￥“”‘’…—·×]")
_FURNITURE = regex.compile(
    r"\s*(?:[-—–―─·•]{1,3}\s*[0-9０-９]{1,4}\s*[-—–―─·•]{1,3}"
    r"|第\s*[0-9一二三四五六七八九十]{1,4}\s*页(?:\s*[,，/／]?\s*共\s*[0-9一二三四五六七八九十]{1,4}\s*页)?"
    r"|[Pp]age\s+[0-9]{1,4}(?:\s+of\s+[0-9]{1,4})?)\s*"
)
# 3/12 or 12 alone may be a cell as well: a page number only where the place says so.
_OF_PAGES = regex.compile(r"\s*[0-9]{1,3}\s*/\s*[0-9]{1,3}\s*")
_LONGEST_FURNITURE = 40


@cache
def _radicals() -> dict[int, str]:
    """Unicode's EquivalentUnifiedIdeograph (UAX #38): ⻓ to 长, ⺠ to 民."""
    with files("extract").joinpath("data/radicals.csv").open(encoding="utf-8") as lines:
        return {ord(row["glyph"]): row["ideograph"] for row in csv.DictReader(lines)}


def clean(text: str) -> str:
    """A line without what does not print. Word's end-of-cell mark becomes a tab, its line break
    a space; a private-use character inside a figure U+FFFD, as it may have printed a digit.

    >>> clean("⺠政局\u200b\ufeff拨付１０²元")
    '民政局拨付１０²元'
    """
    if not _NOT_PLAIN.search(text):
        return text
    text = _PRIVATE_DIGIT.sub("\ufffd", text.replace("\x07", "\t").replace("\x0b", " "))
    text = _NO_PRINT.sub("", text).translate(_radicals())
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)


def is_furniture(text: str) -> bool:
    """Whether a line is what a page prints of itself.

    >>> [is_furniture(t) for t in ("— 3 —", "第3页 共5页", "-4-", "-4", "2020/12")]
    [True, True, True, False, False]
    """
    return len(text) <= _LONGEST_FURNITURE and bool(_FURNITURE.fullmatch(text))


def text_to_lines(text: str) -> tuple[Line, ...]:
    """All lines of a text, cleaned, numbered from 1; a form feed begins a new page.

    Blank lines stay: some layouts print an empty cell as a blank line.
    """
    raws = _LINE_END.split(text)
    printed = [strip_inline_markup(clean(raw.replace("\f", ""))).rstrip(" ") for raw in raws]
    lines: list[Line] = []
    page = 1
    for i, shown in enumerate(printed):
        ends_page = i + 1 < len(raws) and raws[i + 1].startswith("\f")
        page += raws[i].count("\f")
        furniture = is_furniture(shown) or _is_page_number(printed, i, page, ends_page=ends_page)
        lines.append(Line(shown, LineRef(i + 1), page, furniture))
    return tuple(lines)


def _is_page_number(printed: Sequence[str], i: int, page: int, *, ends_page: bool) -> bool:
    """3/12 with blank lines around it; or 3, after a blank line, as the last line of page 3."""
    text = printed[i].strip()
    if not text or len(text) > 9 or (i > 0 and printed[i - 1].strip()):
        return False
    if ends_page and text == str(page):
        return True
    alone = i + 1 == len(printed) or not printed[i + 1].strip()
    return alone and bool(_OF_PAGES.fullmatch(text))
