"""Lines of running text made ready for reading: layout marks off, a folded twin beside each.

The order is fixed: zero-width signs go, then HTML and Markdown marks, then spaces are collapsed,
then empty lines and page furniture are dropped. Folding comes last and never changes the length,
so that what is found in the folded text can be cut out of the printed one.
"""

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from normalize.text import simplify_in_place
from schemas.source import Line, Ref

# No head is as long as this; what a text has beyond it (lines of megabytes) is not searched.
MAX_LINE = 50_000
MAX_TEXT = 1_000_000
# Longer lines are body text at best: no title, name or date is looked for in them.
SHORT = 400

_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff\u00ad\ue000-\uf8ff]")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,10}(?:\s[^<>]{0,200})?/?>")
_MARK_AT_START = re.compile(r"\A(?:#{1,6}\s{1,4}|>\s{0,4}|[-*+]\s{1,4}){1,4}")
_EMPHASIS = re.compile(r"\*{2,3}|__|(?<![0-9*])\*(?![0-9*])|~~|`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>|~])")
_SPACES = re.compile(r"\s+")
# Spaces beside digits are typesetting (2021 年) far more often than former line breaks.
_FLATTENED = re.compile(r"(?<![0-9A-Za-z.:：]) (?![0-9A-Za-z〔(（\[])|(?<=[：:]) (?![0-9])")
_NEAR_WIDE = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_FURNITURE = re.compile(
    r"[-—–_=*~.·• ]{1,200}"
    r"|[-—–·.• ]{0,6}[0-9]{1,4}[-—–·.• ]{0,6}"
    r"|第 ?[0-9]{1,4} ?页(?:[,/ ]{0,3}共 ?[0-9]{1,4} ?页)?|[0-9]{1,4} ?/ ?[0-9]{1,4}"
    r"|[Pp]age ?[0-9]{1,4}(?: ?(?:of|/) ?[0-9]{1,4})?"
)
_SIGNS: dict[int, int] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    "「『﹁﹃」』﹂﹄﹕﹔﹐﹙﹚\u3000", "““““””””:;,() "
)


@dataclass(frozen=True, slots=True)
class HeadLine:
    """A line without its layout marks. `folded` has the length of `text`: simplified characters,
    half-width digits, letters and punctuation, corner quotes as “ and ”."""

    text: str
    folded: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Flow:
    """Lines joined by line feeds, with the offset at which each begins."""

    text: str
    folded: str
    starts: tuple[int, ...]
    refs: tuple[Ref, ...]


def fold(text: str) -> str:
    """Simplified and half-width twin of the same length.

    >>> fold("關於２０２１年（試行）：")
    '关于2021年(试行):'
    """
    return simplify_in_place(text.translate(_SIGNS))


def tidy(text: str) -> str:
    """Spaces that typesetting or a scan put beside Chinese characters removed, nothing else.

    >>> tidy("关于提前下达 2021 年城乡居民 基本养老保险补助资金的通知")
    '关于提前下达2021年城乡居民基本养老保险补助资金的通知'
    """
    return _NEAR_WIDE.sub("", _SPACES.sub(" ", text)).strip()


def _unmarked(text: str) -> str:
    text = _INVISIBLE.sub("", text).replace("\u3000", " ")
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text)
    # Marks nest either way round: ## **title**, **## title**.
    text = _MARK_AT_START.sub("", _EMPHASIS.sub("", _MARK_AT_START.sub("", text.strip(), 1)), 1)
    text = _ESCAPE.sub(r"\1", text).rstrip("\\")
    return _SPACES.sub(" ", text).strip()


def is_row(text: str) -> bool:
    """Whether a line is a row of a table that strayed into the text: three cells or more."""
    return text.strip().count("\t") >= 2 or text.strip().strip("|").count("|") >= 2


def searched(lines: Sequence[Line]) -> tuple[Sequence[Line], Line | None]:
    """The lines that are read, and the first that is not, or not to its end: a notice begins with
    its head and ends with its imprint, so of an endless text both ends are read."""
    too_long = next((line for line in lines if len(line.text) > MAX_LINE), None)
    if sum(len(line.text[:MAX_LINE]) for line in lines) <= MAX_TEXT:
        return lines, too_long
    sizes = accumulate(len(line.text[:MAX_LINE]) + 1 for line in lines)
    first = next(place for place, size in enumerate(sizes) if size > MAX_TEXT // 2)
    back = accumulate(len(line.text[:MAX_LINE]) + 1 for line in reversed(lines[first:]))
    count = next((at for at, size in enumerate(back) if size > MAX_TEXT // 2), len(lines) - first)
    last = len(lines) - count
    return (*lines[:first], *lines[last:]), too_long or lines[first]


def lines_to_head_lines(lines: Iterable[Line]) -> tuple[HeadLine, ...]:
    """Lines that can be read; blank ones, rules, page numbers and table rows are left out.

    >>> from schemas.source import LineRef
    >>> [line.text for line in lines_to_head_lines([Line("## **文件**", LineRef(5))])]
    ['文件']
    """
    kept = []
    for line in lines:
        if is_row(line.text[:MAX_LINE]):
            continue
        text = _unmarked(line.text[:MAX_LINE])
        folded = fold(text)
        if text and not (len(text) <= 200 and _FURNITURE.fullmatch(folded)):
            kept.append(HeadLine(text, folded, line.ref))
    return tuple(kept)


def unflattened(lines: Sequence[Line]) -> list[Line]:
    """Where a whole notice stands on one line, its pieces between spaces become lines, all with the
    place of that line; other texts stay as they are.

    >>> from schemas.source import LineRef
    >>> text = "某县财政局文件 某财社〔2021〕3号 关于下达 2021 年资金的通知 各乡镇：" + "略" * 200
    >>> [piece.text[:4] for piece in unflattened([Line(text, LineRef(1))])]
    ['某县财政', '某财社〔', '关于下达', '各乡镇：']
    """
    filled = [line for line in lines if line.text.strip()]
    if len(filled) > 3 or not any(len(line.text) > SHORT // 4 for line in filled):
        return list(lines)
    return [
        Line(piece, line.ref, line.page)
        for line in lines
        for piece in _pieces(line.text[:MAX_LINE])
    ]


def _pieces(text: str) -> list[str]:
    return [text] if is_row(text) else _FLATTENED.split(_SPACES.sub(" ", text.strip()))


def lines_to_flow(lines: Iterable[HeadLine]) -> Flow:
    """The lines as one text, so that what a page break cut in two can be read whole."""
    kept = tuple(lines)
    lengths = (len(line.text) + 1 for line in kept)
    starts = tuple(accumulate(lengths, initial=0))[:-1]
    return Flow(
        "\n".join(line.text for line in kept),
        "\n".join(line.folded for line in kept),
        starts,
        tuple(line.ref for line in kept),
    )


def flow_ref(flow: Flow, offset: int) -> Ref | None:
    """The line in which an offset of the flow lies; None for an empty flow."""
    index = bisect_right(flow.starts, offset) - 1
    return flow.refs[index] if 0 <= index < len(flow.refs) else None
