"""Rows of a raw table: header rows, data rows, and the cells that name a row."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.allocation.cells import is_data_row, is_figure, is_label_row, usual_length
from normalize.allocation.folding import header_use
from normalize.allocation.ordering import rows_in_order
from normalize.text import label_key, squeeze
from normalize.vocabulary import words_for
from schemas.source import Cell, RawTable

__all__ = ["BodyRow", "PageRows", "is_label_row", "tables_to_page_rows", "usual_width"]

_MOST_NAME_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A data row before its cells have columns: what names it, and the cells after the name."""

    name: str
    name_cell: Cell
    cells: tuple[Cell, ...]
    page: int

    @property
    def filled(self) -> tuple[Cell, ...]:
        """The cells that print something."""
        return tuple(cell for cell in self.cells if cell.text)


@dataclass(frozen=True, slots=True)
class PageRows:
    """The rows of one raw table: header rows as they stand, data rows with their names."""

    header: tuple[tuple[Cell, ...], ...]
    body: tuple[BodyRow, ...]
    name_columns: int
    notes: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A raw table cut into its header, its data rows, and the notes below them."""

    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    notes: tuple[Cell, ...]
    number: int


def tables_to_page_rows(tables: Sequence[RawTable]) -> list[PageRows]:
    """Tell the headers of the pages of a table from their data rows, and split names from figures.

    Rows after the data that hold words only (制表人, 注) are notes. Pages whose headers are of one
    length are of one form: which columns name the rows is decided for all of them together.
    """
    pages = [_table_to_page(table) for table in tables]
    forms: dict[tuple[int, int], list[_Page]] = {}
    for page in pages:
        forms.setdefault(_form(page), []).append(page)
    columns = {form: _names_of(alike) for form, alike in forms.items()}
    return [_page_to_rows(page, *columns[_form(page)]) for page in pages]


def _names_of(pages: Sequence[_Page]) -> tuple[int, int]:
    header = [row for page in pages for row in page.header]
    return _name_columns(header, [row for page in pages for row in page.body])


def _page_to_rows(page: _Page, names: int, serials: int) -> PageRows:
    filled = [row for row in page.body if any(cell.text for cell in row)]
    rows = tuple(_body_rows(filled, page.header, names, serials, page.number))
    return PageRows(page.header, rows, names, page.notes)


def _form(page: _Page) -> tuple[int, int]:
    """The length of the header's longest row and of most data rows."""
    return max((len(row) for row in page.header), default=0), usual_length(page.body)


def _table_to_page(table: RawTable) -> _Page:
    rows = rows_in_order(table)
    first = next((i for i, row in enumerate(rows) if is_data_row(row)), len(rows))
    while first > 1 and _is_bare_total(rows[first - 1]):
        first -= 1
    header, data = tuple(rows[:first]), _with_remarks(rows[:first], rows[first:])
    last = max((i for i, row in enumerate(data) if is_data_row(row)), default=-1)
    body = tuple(row for i, row in enumerate(data) if i <= last or not _is_note(row))
    notes = [cell for i, row in enumerate(data) if i > last and _is_note(row) for cell in row]
    return _Page(header, body, tuple(cell for cell in notes if cell.text), table.page)


def _with_remarks(
    header: Sequence[tuple[Cell, ...]], data: list[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """The data rows with the blank cells of a last column of words (备注) that all of them lost."""
    width = max((len(row) for row in data), default=0)
    lost = any(
        len(row) == width + 1
        and _is_words(row[-1])
        and all(cell.text or _has_below(header[i + 1 :], c) for c, cell in enumerate(row))
        for i, row in enumerate(header)
    )
    return [(*r, Cell("", r[-1].ref)) if lost and len(r) == width else r for r in data]


def _has_below(rows: Sequence[Sequence[Cell]], column: int) -> bool:
    return any(column < len(row) and row[column].text for row in rows)


def _is_words(head: Cell) -> bool:
    return header_use(head.text) == "text"


def _is_bare_total(row: Sequence[Cell]) -> bool:
    """Whether a row prints 合计 and nothing else: its figures are lost, and it heads no column."""
    filled = [cell for cell in row if cell.text]
    return len(filled) == 1 < len(row) and label_key(filled[0].text) in words_for("total")


def _is_note(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell.text]
    return bool(filled) and (
        any(label_key(filled[0].text).startswith(word) for word in words_for("note"))
        or (len(filled) == 1 and len(filled[0].text) > 20)
        or (len(filled) == 1 and squeeze(filled[0].text).endswith(("。", "；", ";")))
    )


def _name_columns(
    header: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]]
) -> tuple[int, int]:
    """How many leading columns name the row, and how many of these are serial numbers.

    A leading column names the row where most of its cells are words, unless its header says that
    it is a column of words of its own (项目名称, 区划代码).
    """
    data = [row for row in body if is_data_row(row)]
    if not data:
        return 1, 0
    serials = 1 if _is_serial(data, header) else 0
    names = serials
    # Blank cells may be lost from the rows of totals: the commonest length says how wide rows are.
    width = Counter(len(row) for row in data).most_common(1)[0][0]
    data = [row for row in data if len(row) >= width]
    while names < min(_MOST_NAME_COLUMNS, width - 1):
        column = [row[names] for row in data]
        use = _header_use(header, names)
        words = sum(bool(c.text) and not is_figure(c) for c in column)
        figures = sum(is_figure(c) for c in column)
        if (
            use in ("text", "code")
            or words <= figures
            or (names > serials and not use and words * 2 < len(data))
        ):
            break
        if names > serials and not use and not _beside_names(data, names):
            break
        names += 1
    return max(names, 1), serials


def _is_serial(data: Sequence[Sequence[Cell]], header: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first column counts the rows: its header says so, or most cells ascend by one."""
    if _header_use(header, 0) == "serial":
        return True
    numbers = [
        int(t) if (t := squeeze(row[0].text)).isascii() and t.isdecimal() else None for row in data
    ]
    pairs = [(a, b) for a, b in itertools.pairwise(numbers) if a is not None]
    steps = sum(b is not None and b == a + 1 for a, b in pairs)
    words = sum(len(row) > 1 and bool(row[1].text) and not is_figure(row[1]) for row in data)
    return len(pairs) >= 1 and steps * 3 >= len(pairs) * 2 and words * 2 > len(data)


def _header_use(header: Sequence[Sequence[Cell]], column: int) -> str:
    for row in header:
        if column < len(row) and row[column].text:
            use = header_use(row[column].text)
            if use:
                return use
    return ""


def _beside_names(data: Sequence[Sequence[Cell]], column: int) -> bool:
    """Whether a column of words goes on naming: its words vary like names, short and distinct."""
    words = [row[column].text for row in data if row[column].text]
    short = sum(len(word) <= 12 for word in words)
    return len(set(words)) * 10 >= len(words) * 8 and short * 10 >= len(words) * 9


def _body_rows(
    rows: Sequence[Sequence[Cell]],
    header: Sequence[Sequence[Cell]],
    names: int,
    serials: int,
    page: int,
) -> Iterator[BodyRow]:
    """Split rows into names and cells. A name merged over several rows, each with words of its
    own (项目名称), or merged by the source itself, holds for all of them."""
    carried = ""
    words_follow = _header_use(header, names) in ("text", "code")
    for row in rows:
        is_blank = not any(cell.text for cell in row[:names])
        merged = any(cell.covered and cell.rowspan == 0 for cell in row[serials:names])
        if is_blank and carried and len(row) > names and (merged or words_follow):
            yield BodyRow(carried, row[names - 1], tuple(row[names:]), page)
            continue
        found = _body_row(row, names, serials, page)
        carried = found.name
        yield found


def _body_row(row: Sequence[Cell], names: int, serials: int, page: int) -> BodyRow:
    """Split a row into its name and its cells; a row whose name is blank keeps a blank name."""
    named = [cell for cell in row[serials:names] if cell.text and not is_figure(cell)]
    if not named:
        # Cells shifted, or a name merged over the serial number: the first words of the row.
        first = next((cell for cell in row if cell.text), None)
        if first is None or is_figure(first):
            # A figure that slid into the place of the name is a figure all the same.
            slid = (i for i in range(serials, min(names, len(row))) if row[i].text)
            start = next(slid, names)
            return BodyRow("", row[min(serials, len(row) - 1)], tuple(row[start:]), page)
        named = [first]
    name_cell = named[-1]
    end = next(i for i, cell in enumerate(row) if cell is name_cell) + 1
    while end < min(names, len(row)) and not row[end].text:
        end += 1
    return BodyRow(_joined_name(named), name_cell, tuple(row[end:]), page)


def _joined_name(named: Sequence[Cell]) -> str:
    """The last of several names, with the one before where the last is a mere 小计 or 合计."""
    last = named[-1].text
    if len(named) > 1 and label_key(last) in words_for("total"):
        return named[-2].text + last
    return last


def usual_width(rows: Sequence[BodyRow]) -> int:
    """The commonest number of filled cells; of equals the larger."""
    counts = Counter(len(row.filled) for row in rows)
    return max(counts, key=lambda width: (counts[width], width), default=0)
