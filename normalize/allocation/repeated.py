"""Headers that a page break printed anew within the rows of one raw table.

Where nothing but page furniture stands between two pages, a reader sees one run of rows, and the
second header, often garbled, would become a row of words.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rapidfuzz import fuzz

from normalize.allocation.cells import is_data_row, is_figure, is_label_row
from normalize.allocation.folding import is_known_label
from normalize.text import label_key
from schemas.source import Cell, RawTable

_ALIKE = 50
_MOSTLY = 0.6
_HARDLY = 0.1
_LEAST_CELLS = 3


def split_at_headers(table: RawTable) -> tuple[RawTable, ...]:
    """The table cut before each header within it; whole where there is none.

    `地区 ¦ 中央 ¦ 合计`, `成都市 ¦ 12 ¦ 18`, `地E ¦ 中失 ¦ 合汁`, `德阳市 ¦ 5 ¦ 7` are two pages.
    """
    rows = table.rows
    first = next((i for i, row in enumerate(rows) if is_data_row(row)), len(rows))
    header = rows[:first]
    if not header or all(map(is_data_row, rows[first:])):
        return (table,)
    figures = _all_figures([row for row in rows[first:] if is_data_row(row)])
    again = [
        i
        for i, row in enumerate(rows)
        if i > first and (_is_header(row, header) or (figures and _is_words(row, header)))
    ]
    cuts = [0, *(i for i in again if i - 1 not in again), len(rows)]
    return tuple(replace(table, rows=rows[a:b]) for a, b in pairwise(cuts) if b > a)


def with_known_labels(tables: Sequence[RawTable]) -> list[RawTable]:
    """The pages of a table with the labels of their headers that say what a column is for (地区,
    项目名称), where one page prints them garbled and another does not: a page must not be read in
    other columns than the next."""
    if len(tables) < 2:
        return list(tables)
    headers = [_header_of(table) for table in tables]
    known = [row for header in headers for row in header]
    return [
        replace(
            table,
            rows=(*(_with_labels(row, known) for row in header), *table.rows[len(header) :]),
        )
        for table, header in zip(tables, headers, strict=True)
    ]


def _header_of(table: RawTable) -> Sequence[tuple[Cell, ...]]:
    first = next((i for i, row in enumerate(table.rows) if is_data_row(row)), len(table.rows))
    return table.rows[:first]


def _with_labels(row: tuple[Cell, ...], known: Sequence[tuple[Cell, ...]]) -> tuple[Cell, ...]:
    for other in known:
        if len(other) == len(row) and other is not row and _repeats(row, other):
            row = tuple(
                replace(cell, text=label.text) if _is_garbled(cell, label) else cell
                for cell, label in zip(row, other, strict=True)
            )
    return row


def _is_garbled(cell: Cell, label: Cell) -> bool:
    return (
        bool(cell.text)
        and not is_known_label(cell.text)
        and is_known_label(label.text)
        and fuzz.ratio(label_key(cell.text), label_key(label.text)) >= _ALIKE
    )


def _is_header(row: Sequence[Cell], header: Sequence[Sequence[Cell]]) -> bool:
    """Whether a row repeats a row of the header, garbled or not."""
    return any(_repeats(row, one) for one in header)


def _repeats(row: Sequence[Cell], one: Sequence[Cell]) -> bool:
    filled = sum(bool(cell.text) for cell in row)
    wanted = sum(bool(cell.text) for cell in one)
    if filled < 2 or is_data_row(row) or (any(map(is_figure, row)) and not is_label_row(one)):
        return False
    alike = sum(
        fuzz.ratio(label_key(a.text), label_key(b.text)) >= _ALIKE
        for a, b in zip(row, one, strict=False)
        if a.text and b.text
    )
    return alike >= max(2, _MOSTLY * max(filled, wanted))


def _is_words(row: Sequence[Cell], header: Sequence[Sequence[Cell]]) -> bool:
    """Whether a row prints words in most places: in a table of figures it is a header beyond
    reading, or nothing that is a row."""
    filled = [cell for cell in row if cell.text]
    widest = max(sum(bool(cell.text) for cell in one) for one in header)
    enough = len(filled) >= max(_LEAST_CELLS, _MOSTLY * widest)
    return enough and not any(is_figure(cell) for cell in filled)


def _all_figures(data: Sequence[Sequence[Cell]]) -> bool:
    """Whether rows hold hardly any words behind the cell that names them."""
    cells = [cell for row in data for cell in row[1:] if cell.text]
    words = sum(not is_figure(cell) for cell in cells)
    return words <= _HARDLY * len(cells)
