"""Rows of indicators that a broken line cut in two: `新建农村卫生户 | ` above `厕数量 | ≥1,250座`.

Tabs survive a line break inside a cell, so the two pieces have together one cell more than their
row. They are joined only where they make up whole rows: the first piece prints no value, the second
begins with no level of its own, and both end where the columns of the form end.
"""

from collections.abc import Sequence
from dataclasses import replace

from normalize.performance.claims import is_claim_like
from normalize.performance.fields import Field, Header, is_header
from normalize.performance.footers import is_footer
from normalize.performance.grid import GridRow, Slot
from normalize.performance.taxonomy import is_level, looks_like_level

# In rows: what one row may have been cut into, and such as show that blanks were kept.
_MOST_PIECES = 4
_FEWEST_BLANKS = 2


def with_broken_rows_joined(rows: Sequence[GridRow], header: Header | None) -> tuple[GridRow, ...]:
    """The rows of a form, those below its header joined where a line break cut them.

    A form whose spans are known has no such rows, and one without a header has no known width. One
    that lost its blank cells has short rows that are whole: it must show that it kept them, or have
    no short row left.
    """
    if header is None or header.row < 0 or any(not s.own for row in rows for s in row.slots):
        return tuple(rows)
    value = next((c.first for c in header.columns if c.field is Field.TARGET), None)
    if value is None:
        return tuple(rows)
    kept = list(rows[: header.last + 1])
    width = max(len(row.slots) for row in rows[header.row : header.last + 1])
    at = header.last + 1
    while at < len(rows):
        joined, count = _joined(rows[at : at + _MOST_PIECES], value, width)
        kept.append(joined)
        at += count
    body = kept[header.last + 1 :]
    short = any(len(_without_blank_end(r).slots) <= value for r in body if not _is_closed(r))
    return tuple(rows) if short and not _keeps_blanks(rows[header.last + 1 :]) else tuple(kept)


def _keeps_blanks(rows: Sequence[GridRow]) -> bool:
    inner = [row.slots[: row.filled[-1].column] for row in rows if row.filled]
    return sum(any(not slot.text for slot in slots) for slots in inner) >= _FEWEST_BLANKS


def _joined(pieces: Sequence[GridRow], value: int, width: int) -> tuple[GridRow, int]:
    """The longest row that the first pieces make up, and how many they are; else the first."""
    row = _without_blank_end(pieces[0])
    if not row.filled or _is_closed(row) or len(row.slots) > value:
        return pieces[0], 1
    sure = False
    for count, piece in enumerate(map(_without_blank_end, pieces[1:]), start=2):
        if not piece.slots[0].filled or _is_closed(piece) or not _goes_on(row, piece):
            break
        sure = sure or _is_level_only_whole(row, piece)
        row = _joined_two(row, piece)
        if len(row.slots) > width:
            break
        if len(row.slots) > value:
            whole = len(row.slots) == width or is_claim_like(row.slots[-1].text)
            return (row, count) if sure or whole else (pieces[0], 1)
    return pieces[0], 1


def _without_blank_end(row: GridRow) -> GridRow:
    last = row.filled[-1].column if row.filled else len(row.slots) - 1  # doubts alone have no place
    return replace(row, slots=row.slots[: last + 1])


def _is_closed(row: GridRow) -> bool:
    return is_header(row) or is_footer(row)


def _goes_on(row: GridRow, piece: GridRow) -> bool:
    """Whether the piece begins inside the last cell of the row: neither that cell nor the piece's
    first is a level by itself, unless both together are one (`服务对象满意` and `度指标`)."""
    last, first = row.slots[-1].text, piece.slots[0].text
    if not last or is_claim_like(first) or is_claim_like(last):
        return False
    whole = is_level(last + first)
    return whole or not (is_level(last) or is_level(first) or looks_like_level(first))


def _is_level_only_whole(row: GridRow, piece: GridRow) -> bool:
    """Whether the two cells at the break are no levels but make one up (`社会效` and `益指标`)."""
    last, first = row.slots[-1].text, piece.slots[0].text
    return is_level(last + first) and not is_level(first)


def _joined_two(row: GridRow, piece: GridRow) -> GridRow:
    *before, last = row.slots
    first, *after = piece.slots
    start = last.column
    glued = replace(last, text=last.text + first.text)
    rest = (Slot(start + i, slot.text, slot.ref) for i, slot in enumerate(after, start=1))
    return replace(row, slots=(*before, glued, *rest))
