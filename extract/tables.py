"""Rows of cells to raw tables: what readers of every layout do once they have their rows."""

from collections.abc import Sequence
from dataclasses import replace

from extract.claims import Claim, looks_like_figure
from extract.landmarks import is_measure, unglue_title
from schemas.source import Block, Cell, Line, LineRef, RawTable, Reader, Ref

Row = tuple[Cell, ...]
_HEADER_ROWS = 4
_MOST_SIDES = 4


def parts_to_cells(parts: Sequence[str], ref: Ref) -> Row:
    """Printed parts of one line as cells, numbered from 1 in the order of print."""
    number = ref.line if isinstance(ref, LineRef) else 0
    return tuple(Cell(part.strip(), LineRef(number, i)) for i, part in enumerate(parts, start=1))


def rows_to_claim(
    lines: Sequence[Line], span: tuple[int, int], rows: Sequence[Row], reader: Reader, sense: float
) -> Claim:
    """A claim on the lines `span[0]` to `span[1]`: page furniture between the rows stays a line
    before the table, and so does a title that was glued to its first cell."""
    first, last = span
    page = lines[first].page
    furniture = [line for line in lines[first : last + 1] if line.furniture]
    before, head = _unglue(rows[0], page)
    tables = (RawTable(side, reader, page) for side in split_sides((head, *rows[1:])))
    blocks: tuple[Block, ...] = (*before, *furniture, *tables)
    return Claim(first, last, blocks, sense)


def _unglue(row: Row, page: int) -> tuple[tuple[Line, ...], Row]:
    """`…分配表 县市 ¦ 人数` is a title and a header; so is `单位：万元 ¦ 县市 ¦ 人数`."""
    if len(row) < 2:
        return (), row
    title, rest = unglue_title(row[0].text)
    if title:
        return (Line(title, row[0].ref, page),), (replace(row[0], text=rest), *row[1:])
    if len(row) > 3 and is_measure(row[0].text) and len(row[0].text) > 3:
        return (Line(row[0].text, row[0].ref, page),), row[1:]
    return (), row


def split_sides(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """Two or more tables printed side by side, each with the same header, as tables in turn.

    `县市 ¦ 金额 ¦ 县市 ¦ 金额` over `塔城市 ¦ 30 ¦ 额敏县 ¦ 68` are two tables of one row each. An
    empty column may stand between them. Everything else is one table.
    """
    for at, row in enumerate(rows[:_HEADER_ROWS]):
        sides = _sides(row)
        if not sides:
            continue
        step = -(-len(row) // sides)
        cut = [tuple(one[k * step : (k + 1) * step] for one in rows) for k in range(sides)]
        if all(len(one) <= step * sides for one in rows) and all(
            _has_names(side[at + 1 :], step) for side in cut
        ):
            return tuple(
                tuple(one for one in side if any(cell.text for cell in one)) for side in cut
            )
    return (tuple(rows),)


def _sides(row: Row) -> int:
    """How many times a header row says the same labels, one side after the other; 0 for once."""
    texts = ["".join(cell.text.split()) for cell in row]
    for sides in range(2, _MOST_SIDES + 1):
        step = -(-len(texts) // sides)
        padded = texts + [""] * (step * sides - len(texts))
        labels = [text for text in padded[:step] if text]
        if (
            len(labels) >= 2
            and len(set(labels)) == len(labels)
            and not any(looks_like_figure(text) for text in labels)
            and all(padded[k * step : (k + 1) * step] == padded[:step] for k in range(1, sides))
        ):
            return sides
    return 0


def _has_names(rows: Sequence[Row], width: int) -> bool:
    """Whether a column holds words: 户数 ¦ 资金 ¦ 户数 ¦ 资金 is one table's header, not two's."""
    for column in range(width):
        texts = [row[column].text for row in rows if len(row) > column and row[column].text]
        words = sum(not looks_like_figure(text) for text in texts)
        if texts and words * 10 >= len(texts) * 7:
            return True
    return False
