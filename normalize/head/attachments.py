"""The list of attachments below the body (附件：1. …)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from normalize.head.organs import is_item_end
from normalize.head.text import SHORT, HeadLine, tidy
from normalize.head.vocabulary import ATTACHMENTS, CHINESE_DIGITS

_MARK = re.compile(
    rf"(?:{'|'.join(ATTACHMENTS.marks)})\s?"
    r"(?::|(?P<number>[0-9]{1,2}|[一二三四五六七八九十])(?:\s?[:.、]\s?|\s)(?=\S))\s?"
)
# 2.2021年…表 is the second item, 2.5万元 is not.
_ITEM = r"\(?{number}\s?[.、):]\s?(?!\d{{1,3}}(?!\d))"
_MAX_LINES = 80
_SEPARATORS = " \n;。"


@dataclass(frozen=True, slots=True)
class AttachmentList:
    """The names in print order, without numbers, and the lines that they take."""

    names: tuple[str, ...]
    first: int
    after: int


def lines_to_attachments(
    lines: Sequence[HeadLine], is_end: Callable[[HeadLine], bool]
) -> AttachmentList | None:
    """The list of attachments, or None where there is none. `is_end` tells a line that belongs to
    what follows (the signature), whatever it looks like.

    >>> from normalize.head.text import lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> texts = ["- 附件：1. 2024 年补助资金分配表", "2. 2024年补助资金绩效目", "标表", "3. 反馈表"]
    >>> lines = lines_to_head_lines([Line(t, LineRef(1)) for t in texts])
    >>> lines_to_attachments(lines, lambda line: False).names
    ('2024年补助资金分配表', '2024年补助资金绩效目标表', '反馈表')
    """
    for first, line in enumerate(lines):
        mark = _MARK.match(line.folded)
        if mark is None or len(line.folded) > SHORT or is_end(line):
            continue
        has_name = mark.end() < len(line.folded)
        is_list = first + 1 < len(lines) and _item(1).match(lines[first + 1].folded)
        if not has_name and not is_list:
            continue
        return _list_from(lines, first, is_end)
    return None


def _list_from(
    lines: Sequence[HeadLine], first: int, is_end: Callable[[HeadLine], bool]
) -> AttachmentList:
    text, folded = _without_mark(lines[first])
    after = first + 1
    for line in lines[after : after + _MAX_LINES]:
        starts = _item_starts(folded)
        more_text, more = _without_mark(line)
        begins_item = _item(len(starts) + 1).match(more) or (
            starts == [(0, 0)] and not folded and _item(1).match(more)
        )
        if not begins_item and (
            is_end(line) or len(more) > SHORT or is_item_end(folded[starts[-1][1] :])
        ):
            break
        text, folded = f"{text}\n{more_text}", f"{folded}\n{more}"
        after += 1
    starts = _item_starts(folded)
    ends = [begin for begin, _ in starts[1:]] + [len(text)]
    names = (
        tidy(text[begin:end].replace("\n", "")).rstrip("。；;，,、 ")
        for (_, begin), end in zip(starts, ends, strict=True)
    )
    return AttachmentList(tuple(name for name in names if name), first, after)


def _without_mark(line: HeadLine) -> tuple[str, str]:
    """附件： goes; 附件2：name, a list whose every item has the mark, becomes 2.name."""
    mark = _MARK.match(line.folded)
    if mark is None:
        return line.text, line.folded
    printed = mark.group("number") or ""
    arabic = printed if printed.isascii() else str(CHINESE_DIGITS.get(printed, 10))
    number = f"{arabic}." if printed else ""
    return number + line.text[mark.end() :], number + line.folded[mark.end() :]


def _item(number: int) -> re.Pattern[str]:
    return re.compile(_ITEM.format(number=number))


def _item_starts(folded: str) -> list[tuple[int, int]]:
    """Where each item begins, with and without its number; one item where none is numbered."""
    one = _item(1).match(folded.lstrip("\n"))
    if one is None:
        return [(0, 0)]
    lead = len(folded) - len(folded.lstrip("\n"))
    starts = [(lead, lead + one.end())]
    while True:
        pattern = _item(len(starts) + 1)
        begin = starts[-1][1]
        match = pattern.search(folded, begin)
        while match and not (
            folded[match.start() - 1] in _SEPARATORS or is_item_end(folded[begin : match.start()])
        ):
            match = pattern.search(folded, match.start() + 1)
        if match is None:
            return starts
        starts.append((match.start(), match.end()))
