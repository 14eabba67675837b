"""A table element of a page as a raw table: rows, spans, and the text of cells."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree, html

from extract.joining import join_parts
from extract.limits import MOST_CELLS
from extract.lines import clean
from extract.markup import raised
from extract.tables import Row
from schemas.errors import TooLargeError
from schemas.source import Cell, LineRef, RawTable, Reader

_BLOCKS = """
    address article blockquote body br caption center dd div dl dt fieldset footer form
    h1 h2 h3 h4 h5 h6 header hr li main ol p pre section table td th title tr ul
"""
BLOCK_TAGS = frozenset(_BLOCKS.split())
SILENT_TAGS = frozenset({"script", "style", "head", "noscript", "template"})
_CELL_TAGS = ("td", "th")
# No text of a page holds it: it parts the lines of a cell.
_LINE = "\0"
_MOST_SPAN = 1_000
# A cell with more text than this holds a page, not an entry.
_LONGEST_CELL = 1_500
_LEAST_ROWS = 3
_LEAST_CELLS = 3


TablePart = tuple[str, html.HtmlElement]


@dataclass(frozen=True, slots=True)
class _Printed:
    """A cell as its row prints it, before spans give it a column."""

    text: str
    ref: LineRef
    rowspan: int
    colspan: int


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell with its place in the grid."""

    row: int
    column: int
    cell: _Printed


def tag_of(element: html.HtmlElement) -> str:
    """The tag in lower case, "" for what is no element."""
    return element.tag if isinstance(element.tag, str) else ""


def tables_within_tables(root: html.HtmlElement) -> frozenset[html.HtmlElement]:
    """The tables that have tables within."""
    outer: set[html.HtmlElement] = set()
    open_tables: list[html.HtmlElement] = []
    for event, element in etree.iterwalk(root, events=("start", "end"), tag="table"):
        if event == "end":
            open_tables.pop()
            continue
        if open_tables:
            outer.add(open_tables[-1])
        open_tables.append(element)
    return frozenset(outer)


def is_layout(parts: Sequence[TablePart], *, nested: bool) -> bool:
    """Whether a table only lays out a page: one cell a row, whole texts in a cell, or other
    tables within and few rows of its own."""
    widths: Counter[int] = Counter()
    row = 0
    for kind, element in parts:
        row += kind == "row"
        if kind == "cell":
            widths[row] += not (nested and next(element.iter("table"), None) is not None)
            if len(element) > 1 and sum(map(len, element.itertext())) > _LONGEST_CELL:
                return True
    if nested:
        return sum(width >= _LEAST_CELLS for width in widths.values()) < _LEAST_ROWS
    return max(widths.values(), default=0) == 1


def parts_to_table(
    parts: Sequence[TablePart], offset: int, cells_seen: Counter[int]
) -> tuple[RawTable | None, list[tuple[int, str]]]:
    """A table as a full grid, and the texts that stand in it outside its cells, such as its
    caption, each with its line.

    `offset` is added to line numbers; `cells_seen` counts the cells of each line, over all tables.

    A place that a span covers holds a cell with both spans 0. Columns in which no cell begins
    are left out: a span of 99999 columns covers no more than the table has.
    """
    rows: list[list[_Printed]] = []
    strays: list[tuple[int, str]] = []
    for kind, element in parts:
        line = offset + (element.sourceline or 1)
        if kind == "row":
            rows.append([])
        elif kind == "cell":
            cells_seen[line] += 1
            ref = LineRef(line, cells_seen[line])
            spans = _span(element.get("rowspan")), _span(element.get("colspan"))
            # A cell without a row stands in the row before it, or begins one.
            rows = rows or [[]]
            rows[-1].append(_Printed(_text(element), ref, *spans))
        elif text := _text(element) if kind == "caption" else _plain(element, kind):
            strays.append((line, text))
    if not any(rows):
        return None, strays
    return RawTable(_grid(rows), Reader.HTML), strays


def table_parts(table: html.HtmlElement) -> Iterator[TablePart]:
    """Rows, cells and captions in print order, and where text stands outside them: as `text` or
    `tail` of an element. Cells are not entered."""
    walk = etree.iterwalk(table, events=("start", "end"))
    for event, element in walk:
        tag = tag_of(element)
        if event == "end":
            if element is not table and (element.tail or "").strip():
                yield "tail", element
        elif tag in _CELL_TAGS or tag == "caption":
            yield "cell" if tag in _CELL_TAGS else "caption", element
            walk.skip_subtree()
        elif tag in SILENT_TAGS:
            walk.skip_subtree()
        else:
            if tag == "tr":
                yield "row", element
            if (element.text or "").strip():
                yield "text", element


def _plain(element: html.HtmlElement, kind: str) -> str:
    return _squeezed(((element.text if kind == "text" else element.tail) or "",))


def _text(cell: html.HtmlElement) -> str:
    """What a cell prints: inline tags part nothing, block tags and line breaks lines."""
    if not len(cell):
        return _squeezed((cell.text or "",))
    parts: list[str] = []
    walk = etree.iterwalk(cell, events=("start", "end"))
    for event, element in walk:
        tag = tag_of(element)
        if tag in BLOCK_TAGS:
            parts.append(_LINE)
        if event == "end":
            parts.append((element.tail or "") if element is not cell else "")
        elif tag in SILENT_TAGS:
            walk.skip_subtree()
        else:
            text = element.text or ""
            parts.append(raised(text, tag) if tag in ("sup", "sub") else text)
    return join_parts(_squeezed((line,)) for line in "".join(parts).split(_LINE))


def _squeezed(parts: Sequence[str]) -> str:
    return " ".join(clean("".join(parts).replace("\n", " ").replace("\r", " ")).split())


def _span(printed: str | None) -> int:
    """A span as browsers read it: a positive number, else 1."""
    digits = (printed or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return 1
    return _MOST_SPAN if len(digits) > 4 else min(max(int(digits), 1), _MOST_SPAN)


def _grid(rows: Sequence[Sequence[_Printed]]) -> tuple[Row, ...]:
    placed = _place(rows)
    blank = LineRef(placed[0].cell.ref.line)
    begins = sorted({one.column for one in placed})
    if len(rows) * len(begins) > MOST_CELLS:
        raise TooLargeError(f"a table asks for {len(rows):,} rows of {len(begins):,} cells")
    grid = [[Cell("", blank)] * len(begins) for _ in rows]
    for one in placed:
        first = bisect_left(begins, one.column)
        end = bisect_left(begins, one.column + one.cell.colspan)
        rowspan = min(one.cell.rowspan, len(rows) - one.row)
        covered = Cell("", one.cell.ref, 0, 0)
        for r in range(one.row, one.row + rowspan):
            grid[r][first:end] = [covered] * (end - first)
        grid[one.row][first] = Cell(one.cell.text, one.cell.ref, rowspan, end - first)
    return tuple(tuple(row) for row in grid)


def _place(rows: Sequence[Sequence[_Printed]]) -> list[_Placed]:
    """Give cells their columns, left to right, past those that a cell above still covers.

    `held` are stretches of columns: first, end, and the row at which they are free again.
    """
    placed: list[_Placed] = []
    held: list[tuple[int, int, int]] = []
    for r, row in enumerate(rows):
        held = sorted(stretch for stretch in held if stretch[2] > r)
        begun: list[tuple[int, int, int]] = []
        column = at = 0
        for cell in row:
            while at < len(held) and held[at][0] <= column:
                column = max(column, held[at][1])
                at += 1
            room = held[at][0] - column if at < len(held) else cell.colspan
            colspan = min(cell.colspan, room)
            spanned = _Printed(cell.text, cell.ref, cell.rowspan, colspan)
            placed.append(_Placed(r, column, spanned))
            begun.append((column, column + colspan, r + cell.rowspan))
            column += colspan
        held.extend(begun)
    return placed
