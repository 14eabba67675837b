"""Where the title of a notice stands, over one line or several; else the title of its tables."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.head.dates import text_to_date
from normalize.head.doc_no import text_to_own_doc_no
from normalize.head.organs import is_addressee
from normalize.head.text import SHORT, HeadLine, tidy
from normalize.head.vocabulary import ATTACHMENTS, TITLE
from schemas.source import BoxRef, LineRef, Ref, SheetRef

_SEARCHED_LINES = 80
_MAX_LINES = 7
_MAX_LENGTH = 220
_HAN = "[\u3400-\u9fff]"
_BEGIN = re.compile(
    rf"(?:{'|'.join(TITLE.begins)})|{_HAN}[\u3400-\u9fff()、·]{{1,80}}(?:{'|'.join(TITLE.about)})"
)
_END = re.compile(rf"(?:{'|'.join(TITLE.ends)})(?:\([^()]{{1,30}}\))?\Z")
_TABLE_END = re.compile(rf"(?:{'|'.join(TITLE.table_ends)})(?:\([^()]{{1,30}}\))?\Z")
_SURE_TABLE_END = re.compile(rf"(?:{'|'.join(TITLE.sure_table_ends)})(?:\([^()]{{1,30}}\))?\Z")
_YEAR_LINE = re.compile(r"\(?(?:(?:19|20)\d\d)\s?年度?\)?")
_NO_TITLE = re.compile(
    rf"(?:{'|'.join(ATTACHMENTS.marks)})(?:件|表)?\s?[0-9一二三四五六七八九十]{{0,3}}\s?[:.、]?\Z"
)
_CUT_TITLE = re.compile(rf"(?:{'|'.join(TITLE.about)})[\u3400-\u9fff0-9()《》、]{{6,120}}")
_ADDITION = re.compile(r"\([^(),。:]{1,20}\)")
_QUOTES = (("《", "》"), ("〈", "〉"), ("<", ">"), ("(", ")"), ("“", "”"))


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """The title, and its lines: from `first` up to, but not including, `after`. `whole` is False
    where it breaks off before a word such as 通知."""

    text: str
    folded: str
    first: int
    after: int
    whole: bool


def lines_to_title(lines: Sequence[HeadLine]) -> TitleSpan | None:
    """The title of a notice: it begins with 关于 (bodies may stand before it), ends with 通知 or
    another kind of document, and stands before the first sentence. Spaces beside Chinese go.

    >>> from normalize.head.text import lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> texts = ["关于提前下达 2021 年自治区财政城乡居民", "基本养老保险补助资金的通知"]
    >>> lines_to_title(lines_to_head_lines([Line(t, LineRef(1)) for t in texts])).text
    '关于提前下达2021年自治区财政城乡居民基本养老保险补助资金的通知'
    """
    for first, line in enumerate(lines[:_SEARCHED_LINES]):
        if "。" in line.folded or len(line.folded) > SHORT:
            return None
        span = _title_from(lines, first)
        if span is not None:
            return span
    return None


def _title_from(lines: Sequence[HeadLine], first: int) -> TitleSpan | None:
    head = tidy(lines[first].folded)
    if not _BEGIN.match(head) or head.startswith(TITLE.not_begins) or re.search("[,;:。]", head):
        return None
    text = folded = ""
    after = first
    for line in lines[first : first + _MAX_LINES]:
        if after > first and (_ends_title(line) or len(folded) > _MAX_LENGTH):
            break
        text, folded = text + line.text, folded + line.folded
        after += 1
        if _is_whole(tidy(folded)) and not _goes_on(lines, after):
            if after < len(lines) and _is_addition(lines[after]):
                text, folded = text + lines[after].text, folded + lines[after].folded
                after += 1
            return TitleSpan(tidy(text), tidy(folded), first, after, whole=True)
    # The end was lost: sure only where the next line is one that follows a title.
    is_cut = (
        after < len(lines)
        and after - first <= 3
        and lines[after].folded.endswith(":")
        and is_addressee(lines[after].folded[:-1])
        and _CUT_TITLE.fullmatch(tidy(folded)) is not None
    )
    if is_cut and _is_balanced(folded):
        return TitleSpan(tidy(text), tidy(folded), first, after, whole=False)
    return None


def _ends_title(line: HeadLine) -> bool:
    folded = line.folded
    return (
        "。" in folded
        or folded.endswith(":")
        or len(folded) > 120
        or text_to_own_doc_no(line.text) is not None
    )


def _is_whole(folded: str) -> bool:
    return _END.search(folded) is not None and _is_balanced(folded) and len(folded) <= _MAX_LENGTH


def _is_balanced(folded: str) -> bool:
    return all(folded.count(left) == folded.count(right) for left, right in _QUOTES)


def _goes_on(lines: Sequence[HeadLine], after: int) -> bool:
    """关于转发…下达…的通知 / 的通知: a title may hold another one without quotes."""
    return after < len(lines) and lines[after].folded.startswith(("的通知", "》", "的函", "的批复"))


def _is_addition(line: HeadLine) -> bool:
    """（第一批） on a line of its own below the title."""
    return (
        _ADDITION.fullmatch(line.folded) is not None
        and text_to_date(line.folded) is None
        and text_to_own_doc_no(line.text) is None
    )


def lines_to_table_title(lines: Sequence[HeadLine], only_single: bool = False) -> str:
    """The first title of a table in the lines above the tables, joined if it is broken; "" if
    there is none. With `only_single` the lines are running text, where nothing may be joined.

    >>> from normalize.head.text import lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> texts = ["附件1", "提前下达2024年城乡居民", "基本养老保险补助资金分配表", "单位：万元"]
    >>> lines_to_table_title(lines_to_head_lines([Line(t, LineRef(1)) for t in texts]))
    '提前下达2024年城乡居民基本养老保险补助资金分配表'
    """
    end = _SURE_TABLE_END if only_single else _TABLE_END
    for first in range(min(len(lines), 200)):
        if not _is_title_like(lines[first].folded) or len(tidy(lines[first].text)) < 4:
            continue
        text = folded = ""
        before = lines[first].ref
        for line in lines[first : first + (1 if only_single else 3)]:
            if text and not (_is_title_like(line.folded) and _is_near(before, line.ref)):
                break
            before = line.ref
            text, folded = text + line.text, folded + line.folded
            if end.search(tidy(folded)) and _is_balanced(folded):
                title = tidy(text)
                if len(title) >= (6 if only_single else 4):
                    return title
    return ""


def _is_near(before: Ref, ref: Ref) -> bool:
    """Whether nothing but a blank line can stand between two lines."""
    if isinstance(before, LineRef) and isinstance(ref, LineRef):
        return ref.line - before.line <= 2
    if isinstance(before, SheetRef) and isinstance(ref, SheetRef):
        return before.sheet == ref.sheet and ref.line - before.line <= 2
    return isinstance(before, BoxRef) and isinstance(ref, BoxRef) and before.page == ref.page


def _is_title_like(folded: str) -> bool:
    name = tidy(folded)
    return (
        2 <= len(name) <= 80
        and re.search("[。;:,≥≤=<>%]", name) is None
        and len(re.findall(_HAN, name)) >= 2
        and not _NO_TITLE.match(name)
        and not _YEAR_LINE.fullmatch(name)
    )
