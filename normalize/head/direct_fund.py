"""The mark of direct funds (直达资金标识): a code and its words, which differ between provinces."""

import re

from normalize.head.text import Flow
from normalize.head.vocabulary import DIGITS_MISREAD, DIRECT_FUND

_MISREAD = "".join(DIGITS_MISREAD)
_CODE = rf"(?<![0-9A-Za-z])(?P<code>[0{_MISREAD}]\s?[0-9{_MISREAD}])(?![0-9A-Za-z])"
_END = "|".join(r"\s?".join(word) for word in DIRECT_FUND.ends)
_HAN = "[\u3400-\u9fff]"
_WORDS = rf"(?P<words>(?!的){_HAN}(?:\s?{_HAN}){{0,11}}?\s?(?:{_END})|{_END})"
_OTHER = rf"(?P<other>{'|'.join(DIRECT_FUND.others)})"
_WITH_CODE = re.compile(
    rf"{_CODE}[\s\-—:.、“\"的]{{0,4}}(?:{_WORDS}|{_OTHER}(?=[”\"'）)，。,;\s]|\Z))"
)
_MARKED = re.compile("|".join(r"\s?".join(mark) for mark in DIRECT_FUND.marks))
_ONLY_WORDS = re.compile(rf"[^。;，,]{{0,6}}?[“\"‘]\s?{_WORDS}\s?[”\"’]")
_REACH = 40


def flow_to_direct_fund_mark(flow: Flow) -> str:
    """Code and words of the mark as printed, one space between; several marks are joined by 、.

    >>> from normalize.head.text import lines_to_flow, lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> line = Line("直达资金标识为“01自治区直达资金”，保持不变", LineRef(1))
    >>> flow_to_direct_fund_mark(lines_to_flow(lines_to_head_lines([line])))
    '01 自治区直达资金'
    """
    marks: list[str] = []
    for mention in _MARKED.finditer(flow.folded):
        stop = _sentence_end(flow.folded, mention.end())
        found = list(_WITH_CODE.finditer(flow.folded, mention.end(), stop))
        for match in found:
            code = "".join(DIGITS_MISREAD.get(s, s) for s in match.group("code") if not s.isspace())
            group = "words" if match.group("words") else "other"
            marks.append(f"{code} {_printed(flow, match, group)}")
        bare = None if found else _ONLY_WORDS.match(flow.folded, mention.end(), stop)
        if bare:
            marks.append(_printed(flow, bare, "words"))
    return "、".join(dict.fromkeys(marks))


def _sentence_end(folded: str, start: int) -> int:
    """Marks may come in a list (省级为“03…”), so the whole sentence is searched, in bounds."""
    end = folded.find("。", start, start + 3 * _REACH)
    return end if end >= 0 else min(len(folded), start + 3 * _REACH)


def _printed(flow: Flow, match: re.Match[str], group: str) -> str:
    return "".join(flow.text[match.start(group) : match.end(group)].split())
