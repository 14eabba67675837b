"""Header rows that a line break within a cell cut in two, put together again.

Two short rows may as well be two levels of a header whose blank cells were lost. Only what can be
nothing else is joined: a bracket that the next row closes, a measure in brackets that begins a row,
one text alone below a row that is whole.
"""

from collections.abc import Sequence
from dataclasses import replace

import regex

from normalize.allocation.measuring import is_measure_word
from normalize.text import fold, label_key
from normalize.vocabulary import words_for
from schemas.source import Cell

_BRACKETED = regex.compile(r"\((?:单位:)?(?P<word>[^()]{1,12})\)")

Row = tuple[Cell, ...]


def mend_header(header: Sequence[Row], width: int) -> list[Row]:
    """The rows of a header over data rows of `width` cells, those that a break cut joined.

    `县市 ¦ 造林（新造` over `/改造） ¦ 金额` is one row of three; so is `县市 ¦ 人数 ¦ 补助资金`
    over `（万元）`.
    """
    mended: list[Row] = []
    for row in header:
        if mended and _is_rest(mended[-1], row, width):
            upper = mended.pop()
            seam = replace(upper[-1], text=upper[-1].text + row[0].text)
            mended.append((*upper[:-1], seam, *row[1:]))
        else:
            mended.append(row)
    return mended


def _is_rest(upper: Row, row: Row, width: int) -> bool:
    if not (upper and row and upper[-1].text and row[0].text):
        return False
    if any(cell.covered or cell.colspan > 1 for cell in (*upper, *row)):
        return False
    if len(upper) + len(row) - 1 > width:
        return False
    alone = len(row) == 1 and len(upper) == width > 2 and all(cell.text for cell in upper)
    is_sum = label_key(row[0].text).endswith(tuple(words_for("total")))
    if alone and not is_sum:
        return True
    return _closes(upper[-1].text, row[0].text) or _is_measure(row[0].text)


def _closes(upper: str, text: str) -> bool:
    """Whether a text ends a bracket that the one above leaves open."""
    return _open_brackets(upper) == 1 and _open_brackets(text) == -1


def _open_brackets(text: str) -> int:
    folded = fold(text)
    return folded.count("(") - folded.count(")")


def _is_measure(text: str) -> bool:
    match = _BRACKETED.fullmatch(label_key(text))
    return match is not None and is_measure_word(match["word"])
