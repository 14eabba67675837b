"""Rows of a raw table: header rows, data rows, and the cells that name a row."""

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from normalize.allocation.folding import header_use, names_first, unfolded
from normalize.quantities import text_to_quantity
from normalize.text import label_key, squeeze
from normalize.vocabulary import words_for
from schemas.source import Cell, RawTable
from schemas.tables import CellKind

FIGURES = (CellKind.NUMBER, CellKind.NOT_APPLICABLE)
_LABEL = regex.compile(r"[(（]?(?:[0-9]{1,2}|[A-Z]|[甲乙丙丁戊己庚辛])[)）]?(?:栏|列)?")
LABEL_WORDS = ("栏次", "列次", "行次", "序号", "栏目")
_FORMULA = regex.compile(
    r"[0-9A-Z]{1,2}\s*[=＝:：-]\s*[0-9A-Z(（].*[-+×xX*/÷－＋].*|.*[=＝].*[-+×*/÷].*"
)
_GLUED = regex.compile(r"(?P<name>[\p{Han}()（）、]{2,20})(?P<figure>[-－]?[0-9][0-9,.]*%?)")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}年度?")
_YEAR_ALONE = regex.compile(r"20[0-4][0-9]")
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


def is_figure(cell: Cell) -> bool:
    """Whether a cell prints a number, × or —, or a figure that cannot be read; a year is words."""
    kind = text_to_quantity(cell.text, cell.ref).kind
    return kind in (*FIGURES, CellKind.UNREADABLE) and not _YEAR.fullmatch(squeeze(cell.text))


def is_formula(text: str) -> bool:
    """Whether a header cell prints a formula: `4=2×3×50元/10000`, `L=J*100-K`, `9:4+8`."""
    return bool(_FORMULA.fullmatch(squeeze(text)))


def is_label_row(row: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: 1 2 3 4=2×3 …, A B C=A+B, 栏次 1 2 3."""
    texts = [squeeze(cell.text) for cell in row if cell.text]
    if texts and texts[0] in LABEL_WORDS:
        texts = texts[1:]
    labels = [text for text in texts if _LABEL.fullmatch(text) or is_formula(text)]
    if len(labels) < 2 or len(labels) < 0.8 * len(texts):
        return False
    numbers = [int(text) for text in labels if text.isascii() and text.isdecimal()]
    ascending = sum(b - a in (1, 2) for a, b in itertools.pairwise(numbers))
    counted = bool(numbers) and numbers[0] <= 2 and ascending + 1 >= 0.8 * len(numbers)
    return counted or (not numbers and labels[0] in ("A", "B", "甲", "a"))


def table_to_page_rows(table: RawTable) -> PageRows:
    """Tell the header of a raw table from its data rows, and split names from figures.

    Rows after the data that hold words only (制表人, 注) are notes.
    """
    rows = names_first(unfolded([_without_glue(row) for row in table.rows]))
    first = next((i for i, row in enumerate(rows) if is_data_row(row)), len(rows))
    while first > 1 and _is_bare_total(rows[first - 1]):
        first -= 1
    header, data = tuple(rows[:first]), _with_remarks(rows[:first], rows[first:])
    last = max((i for i, row in enumerate(data) if is_data_row(row)), default=-1)
    body = [row for i, row in enumerate(data) if i <= last or not _is_note(row)]
    notes = [cell for i, row in enumerate(data) if i > last and _is_note(row) for cell in row]
    names, serials = _name_columns(header, body)
    filled = [row for row in body if any(cell.text for cell in row)]
    return PageRows(
        header,
        tuple(_body_rows(filled, header, names, serials, table.page)),
        names,
        tuple(cell for cell in notes if cell.text),
    )


def _with_remarks(
    header: Sequence[tuple[Cell, ...]], data: list[tuple[Cell, ...]]
) -> list[tuple[Cell, ...]]:
    """The data rows with the blank cells of a last column of words (备注) that all of them lost."""
    width = max((len(row) for row in data), default=0)
    lost = any(
        len(row) == width + 1 and all(cell.text for cell in row) and _is_words(row[-1])
        for row in header
    )
    return [(*r, Cell("", r[-1].ref)) if lost and len(r) == width else r for r in data]


def _is_words(head: Cell) -> bool:
    return header_use(head.text) == "text"


def _without_glue(row: Sequence[Cell]) -> tuple[Cell, ...]:
    """A name glued to its first number becomes two cells: `伊宁市96272`."""
    for i, cell in enumerate(row[:2]):
        match = _GLUED.fullmatch(squeeze(cell.text))
        if match and not cell.covered and any(is_figure(other) for other in row[i + 1 :]):
            return (
                *row[:i],
                Cell(match["name"], cell.ref),
                Cell(match["figure"], cell.ref),
                *row[i + 1 :],
            )
    return tuple(row)


def is_data_row(row: Sequence[Cell]) -> bool:
    """A row of figures: a number after its first cell, and figures at least half of what follows
    the name, or a serial number in front."""
    filled = [cell for cell in row if cell.text]
    if len(filled) < 2 or is_label_row(row) or any(is_formula(cell.text) for cell in filled):
        return False
    figures = [is_figure(cell) for cell in filled]
    rest = figures[1:] if not figures[0] or not any(figures[1:]) else figures
    numbers = any(
        figure and text_to_quantity(cell.text, cell.ref).kind is CellKind.NUMBER
        for cell, figure in zip(filled[1:], figures[1:], strict=True)
    )
    if _heads_years(filled[1:]):
        return False
    first = squeeze(filled[0].text)
    numbered = first.isascii() and first.isdecimal() and not figures[1]
    return numbers and (numbered or sum(rest) * 2 >= len(rest))


def _heads_years(cells: Sequence[Cell]) -> bool:
    """Whether cells head columns by years: 地区 2021 2022 2023 合计."""
    texts = [squeeze(cell.text) for cell in cells if is_figure(cell)]
    years = [int(text) for text in texts if _YEAR_ALONE.fullmatch(text)]
    steps = {b - a for a, b in itertools.pairwise(years)}
    return len(years) >= 2 and len(years) == len(texts) and steps in ({1}, {-1})


def _is_bare_total(row: Sequence[Cell]) -> bool:
    """Whether a row prints 合计 and nothing else: its figures are lost, and it heads no column."""
    filled = [cell for cell in row if cell.text]
    return len(filled) == 1 < len(row) and label_key(filled[0].text) in words_for("total")


def _is_note(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if cell.text]
    return bool(filled) and (
        any(label_key(filled[0].text).startswith(word) for word in words_for("note"))
        or (len(filled) == 1 and len(filled[0].text) > 20)
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
