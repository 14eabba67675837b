"""Rows of cells to raw tables: what readers of every layout do once they have their rows."""

from collections.abc import Sequence
from dataclasses import replace

from extract.claims import Claim
from extract.landmarks import is_measure, unglue_title
from extract.sides import Row, split_sides
from schemas.source import Block, Cell, Line, LineRef, RawTable, Reader, Ref

__all__ = ["Row", "parts_to_cells", "rows_to_claim", "split_sides"]


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
