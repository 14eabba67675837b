"""Rows of a raw table that are no rows of a table: titles, 单位 lines and notes in merged cells.

Spreadsheets and web pages keep the title of a table in its first row and the notes in its last.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from normalize.text import squeeze
from normalize.vocabulary import words_for
from schemas.source import Cell, Line, RawTable

_LONG_NOTE = 20


@dataclass(frozen=True, slots=True)
class Peeled:
    """A raw table without its blank rows, and the lines that stood in its first and last rows."""

    lead: tuple[Line, ...]
    table: RawTable | None
    tail: tuple[Line, ...]


def peel(table: RawTable) -> Peeled:
    """Take titles off the top and notes off the bottom. `table` is None where no row is left.

    A row is such a line where it holds one text, and more than one cell.
    """
    rows = [row for row in table.rows if any(cell.text for cell in row)]
    wide = max((len(row) for row in rows), default=0) > 1
    first = 0
    while wide and first < len(rows) and len(_filled(rows[first])) == 1:
        first += 1
    if first == len(rows):
        first = 0
    last = len(rows)
    while last > first + 1 and wide and _is_note(rows[last - 1]):
        last -= 1
    body = tuple(rows[first:last])
    return Peeled(
        _lines(rows[:first], table.page),
        replace(table, rows=body) if body else None,
        _lines(rows[last:], table.page),
    )


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell.text]


def _is_note(row: Sequence[Cell]) -> bool:
    filled = _filled(row)
    text = squeeze(filled[0].text)
    is_note = any(text.startswith(word) for word in words_for("note"))
    return len(filled) == 1 and (is_note or len(text) > _LONG_NOTE)


def _lines(rows: Sequence[Sequence[Cell]], page: int) -> tuple[Line, ...]:
    return tuple(Line(cell.text, cell.ref, page) for row in rows for cell in _filled(row))
