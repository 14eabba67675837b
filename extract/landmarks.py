"""Marks of print that say where a table is: its title, its 单位 line, the sentences around it."""

from collections.abc import Sequence

import regex

from schemas.source import Line

_TITLE = regex.compile(r"[^。；]{2,60}表(?:\s*[(（][^()（）]{0,20}[)）]){0,2}")
_MEASURE = regex.compile(r"[(（]?(?:金额|计量|计价)?\s*单\s*位\s*[:：]")
_LISTED = regex.compile(
    r"(?:附件|附表|附)[:：]|[-*•]|[0-9０-９一二三四五六七八九十]{1,3}[.．、)）]"
    r"|[(（][0-9一二三四五六七八九十]{1,3}[)）]"
)
_GLUED = regex.compile(
    r"(?P<before>[^。；\t]{4,60}?表(?:[(（][^()（）\s]{0,20}[)）])?"
    r"(?:\s+[(（]?(?:金额)?单位[:：]\s?[^\s]{1,12}(?=\s))?)\s+(?P<cell>\S.*)"
)
_LINES_ABOVE = 4


def is_title(text: str) -> bool:
    """Whether a line is the title of a table, and not its name in a list of attachments.

    >>> [is_title(t) for t in ("2024年资金分配表（续）", "附件：1. 资金分配表", "2. 绩效表")]
    [True, False, False]
    """
    text = text.strip()
    return bool(_TITLE.fullmatch(text)) and not _LISTED.match(text)


def is_measure(text: str) -> bool:
    """Whether a line says the measure of the table below it: 单位：万元.

    >>> is_measure("（单位：人、万元）"), is_measure("单位"), is_measure("预算单位：财政局")
    (True, False, False)
    """
    return bool(_MEASURE.match(text.strip()))


def is_listed(text: str) -> bool:
    """Whether a text begins as an item of a list does: 1., （二）, 三、, 附件：.

    >>> [is_listed(t) for t in ("1.资金分配表", "（二）", "附件：1.", "1", "1.5", "一级指标")]
    [True, True, True, False, False, False]
    """
    text = text.strip()
    return bool(_LISTED.match(text)) and not regex.match(r"[0-9]+[.．][0-9]", text)


def is_announced(lines: Sequence[Line], at: int) -> bool:
    """Whether one of the last printed lines above line `at` is a title or a 单位 line."""
    seen = 0
    for i in range(at - 1, max(at - 3 * _LINES_ABOVE, -1), -1):
        text = lines[i].text
        if not text.strip() or lines[i].furniture:
            continue
        if is_title(text) or is_measure(text):
            return True
        seen += 1
        if seen == _LINES_ABOVE:
            return False
    return False


def unglue_title(text: str) -> tuple[str, str]:
    """Title and rest of a cell with which a table's title was run together; "" for no title.

    >>> unglue_title("2023年补助资金分配表 单位：万元 县市")
    ('2023年补助资金分配表 单位：万元', '县市')
    >>> unglue_title("县市")
    ('', '县市')
    """
    match = _GLUED.fullmatch(text.strip())
    return (match["before"], match["cell"]) if match else ("", text)
