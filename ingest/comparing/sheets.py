"""A grid of an auditor's file becomes a table of names and figures.

Wide: a column of names and columns of figures, under one header row or several. Long: a row a
figure, with a column each for the name, the item and the value.
"""

import csv
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from importlib.resources import files

import regex

from audit.diff import SideCell, SideColumn
from ingest.comparing.grids import Grid
from ingest.comparing.measured import in_measure_of, measure_of_cells
from ingest.comparing.named import NamedRow, Sheet
from ingest.comparing.naming import name_in_group
from normalize.allocation.labels import split_header_text
from normalize.allocation.rows import is_label_row
from normalize.quantities import measures, text_to_quantity
from normalize.text import label_key
from normalize.vocabulary import read_rows
from schemas.source import Cell, LineRef
from schemas.tables import CellKind

_NOWHERE = LineRef(0)
_BRACKETS = regex.compile(r"[(（](?:单位[:：])?(?P<measure>\p{L}+|%)[)）]$")
_MEASURE_LINE = regex.compile(r"单位[:：](?P<measure>\p{L}+|%)$")
_NOTE = regex.compile(r"\p{Han}{2,8}[:：]")
_REMARK = regex.compile(r"[(（][^()（）]*[)）]")
_SIGNS = regex.compile(r"[\p{P}\p{S}--[%+<>=≥≤]]+", regex.VERSION1)


def spelling(text: str) -> str:
    """The form in which headers are compared: simplified, without spaces, signs and a measure in
    brackets at the end.

    >>> spelling("年度 资金总額（万元）"), spelling("缴费补助、人数")
    ('年度资金总额', '缴费补助人数')
    """
    key = label_key(text)
    match = _BRACKETS.search(key)
    if match and match["measure"] in measures() and match.start():
        key = key[: match.start()]
    return _SIGNS.sub("", key).lower()


def side_column(path: Sequence[str], measure: str = "") -> SideColumn:
    """A column by its header from the top down, without formulas and numbers of columns.

    `measure` is that of the whole table, which a measure in the header itself overrules.

    >>> side_column(("待遇部分", "2021年拨付资金\\n11=9+10")).spellings
    ('待遇部分2021年拨付资金', '2021年拨付资金')
    """
    texts = [text for part in path if (text := _words(part))]
    name = " / ".join(texts)
    spellings = dict.fromkeys((spelling("".join(texts)), *(spelling(t) for t in texts[-1:])))
    known = measures().get(_measure(texts[-1] if texts else "") or label_key(measure))
    told = tuple(s for s in spellings if s)
    plain = [_REMARK.sub("", text) for text in texts]
    bare = dict.fromkeys((spelling("".join(plain)), *(spelling(t) for t in plain[-1:])))
    base, factor = (known.base, known.factor) if known else ("", Decimal(1))
    return SideColumn(name, told, base, factor, tuple(b for b in bare if b and b not in told))


def grid_to_sheet(grid: Grid, on: Sequence[str]) -> Sheet | None:
    """The table of a grid, or None where there is none.

    `on` are the headers of the columns that name the row, as a person told; without them they are
    known by their words (单位, 地区, 县市, 区划代码), else the first column of words is taken.
    """
    rows = [i for i, row in enumerate(grid.rows) if len({c for c in row if c.strip()}) > 1]
    first = next((i for i in rows if _is_data(grid.rows[i], i == rows[0])), None)
    above = [i for i in rows if first is not None and i < first and not _is_labels(grid.rows[i])]
    header = [i for i in above if i == above[-1] or not _is_note(grid.rows[i])]
    body = [i for i in rows if first is not None and i >= first]
    if not header or not body:
        return None
    uses = _uses(grid, header, on)
    names = [c for c, use in enumerate(uses) if use == "name"]
    codes = [c for c, use in enumerate(uses) if use == "code"]
    if not names and not codes:
        names = _first_words(grid, body, uses)
    if not names and not codes:
        return None
    layout = _Layout(grid, tuple(header), tuple(body), tuple(names), tuple(codes[:1]))
    long = _long(layout, uses)
    return long or _wide(layout, uses, plain=len(on) > 1)


@dataclass(frozen=True, slots=True)
class _Layout:
    """A grid taken apart: indices of header rows, data rows, name columns and the code column."""

    grid: Grid
    header: tuple[int, ...]
    body: tuple[int, ...]
    names: tuple[int, ...]
    codes: tuple[int, ...]

    def path(self, column: int) -> tuple[str, ...]:
        """The header of a column from the top down; a merged cell counts once."""
        texts = [self.grid.rows[i][column].strip() for i in self.header]
        return tuple(dict.fromkeys(text for text in texts if text))

    def cell(self, row: int, column: int) -> SideCell:
        """A figure of the grid."""
        text = self.grid.rows[row][column]
        found = text_to_quantity(text, _NOWHERE)
        return SideCell(found.kind, found.value, text.strip(), self.grid.places[row][column])

    def named(self, row: int) -> tuple[str, str]:
        """The name of a row, and its group."""
        names = [self._text(row, c) for c in self.names]
        above = self.body[: bisect_left(self.body, row)]
        return name_in_group(names, (self._text(r, self.names[-2]) for r in reversed(above)))

    def _text(self, row: int, column: int) -> str:
        return self.grid.rows[row][column].strip()

    def code(self, row: int) -> str:
        """The code that the row prints, "" where it prints none."""
        return self.grid.rows[row][self.codes[0]].strip() if self.codes else ""

    def row(self, row: int, cells: tuple[SideCell, ...]) -> NamedRow:
        """A row with its figures."""
        place = self.grid.places[row][(*self.names, *self.codes)[0]]
        name, group = self.named(row)
        return NamedRow(name, self.code(row), cells, place, group)


def _wide(layout: _Layout, uses: Sequence[str], *, plain: bool) -> Sheet | None:
    keys = {*layout.names, *layout.codes}
    columns = [
        c
        for c, use in enumerate(uses)
        if c not in keys
        and use not in ("serial", "name", "code")
        and any(layout.cell(r, c).kind is CellKind.NUMBER for r in layout.body)
    ]
    heads = tuple(side_column(layout.path(c), _told_measure(layout, c)) for c in columns)
    rows = []
    for r in layout.body:
        figures = zip(heads, columns, strict=True)
        cells = tuple(in_measure_of(head, layout.cell(r, c)) for head, c in figures)
        if any(cell.value is not None for cell in cells):
            named = layout.row(r, cells)
            joined = " ".join(layout.grid.rows[r][c].strip() for c in layout.names)
            rows.append(replace(named, name=joined) if plain else named)
    if not columns or not rows:
        return None
    return Sheet(layout.grid.name, heads, tuple(rows), plain)


def _long(layout: _Layout, uses: Sequence[str]) -> Sheet | None:
    """A table with a row a figure; None where it is not one."""
    items = [c for c, use in enumerate(uses) if use == "item" and c not in layout.names]
    values = [c for c, use in enumerate(uses) if use == "value"]
    if len(items) != 1 or len(values) != 1 or len(layout.header) != 1:
        return None
    texts = [layout.grid.rows[r][items[0]].strip() for r in layout.body]
    heads = list(dict.fromkeys(text for text in texts if text))
    blank = SideCell(CellKind.BLANK, None, "")
    lines: list[tuple[int, dict[str, SideCell]]] = []
    latest: dict[tuple[str, ...], int] = {}
    for r, item in zip(layout.body, texts, strict=True):
        who = (*layout.named(r), layout.code(r))
        line = latest.get(who)
        # An item that comes twice for a name begins a second row, and so is reported as repeated.
        if line is None or item in lines[line][1]:
            line = latest[who] = len(lines)
            lines.append((r, {}))
        lines[line][1][item] = layout.cell(r, values[0])
    rows = tuple(
        layout.row(r, tuple(cells.get(head, blank) for head in heads)) for r, cells in lines
    )
    columns = tuple(side_column(head.split(" / ")) for head in heads)
    return Sheet(layout.grid.name, columns, rows)


def _uses(grid: Grid, header: Sequence[int], on: Sequence[str]) -> list[str]:
    """What each column is for, by the words of its header: name, code, serial, item, value, ""."""
    wanted = {label_key(text) for text in on}
    uses: list[str] = []
    for c in range(len(grid.rows[0])):
        keys = {label_key(grid.rows[i][c]) for i in header}
        if wanted:
            use = "name" if keys & wanted else ""
        else:
            use = next((_header_words()[k] for k in keys if k in _header_words()), "")
        if use in ("name", "") and keys & {k for k, v in _header_words().items() if v == "code"}:
            use = "code"
        uses.append(use)
    return uses


def _first_words(grid: Grid, body: Sequence[int], uses: Sequence[str]) -> list[int]:
    """The first column of words."""
    for c, use in enumerate(uses):
        texts = [grid.rows[i][c].strip() for i in body]
        words = [t for t in texts if text_to_quantity(t, _NOWHERE).kind is CellKind.TEXT]
        if use in ("", "item") and len(words) * 2 > len(texts):
            return [c]
    return []


def _is_data(row: Sequence[str], is_first: bool) -> bool:
    """Whether a row holds figures, and is no row of column numbers."""
    if is_first or _is_labels(row):
        return False
    return any(text_to_quantity(text, _NOWHERE).kind is CellKind.NUMBER for text in row)


def _is_note(row: Sequence[str]) -> bool:
    """Whether a row above a header is about the table: 编制单位：审计组, 单位：人、万元."""
    texts = {label_key(text) for text in row if text.strip()}
    return any(_NOTE.match(text) for text in texts)


def _is_labels(row: Sequence[str]) -> bool:
    """Whether a row numbers the columns (1, 2, 3=1+2)."""
    return is_label_row([Cell(text, _NOWHERE) for text in row])


def _words(text: str) -> str:
    """A header without its formulas and column numbers; as it is where nothing else is left."""
    flat = " ".join(text.split())
    return split_header_text(text).words or flat if flat else ""


def _told_measure(layout: _Layout, column: int) -> str:
    """The measure of a 单位 line above the header, where it tells only one; else that of cells."""
    if any(layout.cell(r, column).text.endswith("%") for r in layout.body):
        return ""
    for row in layout.grid.rows[: layout.header[0]]:
        for text in row:
            match = _MEASURE_LINE.search(label_key(text))
            if match and match["measure"] in measures():
                return match["measure"]
    return measure_of_cells(layout.cell(r, column).text for r in layout.body)


def _measure(text: str) -> str:
    match = _BRACKETS.search(label_key(text))
    return match["measure"] if match and match["measure"] in measures() else ""


@cache
def _header_words() -> dict[str, str]:
    """What a header word says of its column; ours are added to those of printed tables."""
    uses = {row["word"]: row["use"] for row in read_rows("name_headers.csv")}
    text = files("ingest.comparing").joinpath("data/header_words.csv").read_text("utf-8")
    own = {row["word"]: row["use"] for row in csv.DictReader(text.splitlines())}
    return {**{w: u for w, u in uses.items() if u in ("name", "serial")}, **own}
