"""The body of a Word file as running lines and tables, in print order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex
from lxml import etree

from extract.joining import join_parts
from extract.limits import MOST_LINES
from extract.lines import clean, is_furniture
from extract.office.insets import Inset
from extract.office.limits import MOST_NESTED_TABLES
from extract.office.word_grid import MOST_SPAN, WordCell, rows_to_grid, snapped
from extract.office.word_numbering import WORD, Counters, Numbering, paragraph_number, w
from extract.office.word_text import (
    DELETED,
    HOLDERS,
    Oddity,
    Seen,
    alternatives,
    deleted_text,
    is_alternative,
    is_on,
    paragraph_to_text,
)
from schemas.errors import TooLargeError
from schemas.source import Block, Line, LineRef, RawTable, Reader

_PARAGRAPH, _TABLE, _ROW, _CELL = (f"{WORD}{tag}" for tag in ("p", "tbl", "tr", "tc"))
_OTHER_PART = f"{WORD}altChunk"
# A cell with more text than this holds a page, not an entry; as in tables of web pages.
_LONGEST_CELL = 1_500
_STOPS = ".．、,， "
_FIGURE_FIRST = regex.compile(r"\s*[-－+.．]?[0-9０-９]")
_LEAST_ROWS = 3
_LEAST_CELLS = 3


@dataclass(slots=True)
class Walk:
    """One pass through a document: how far lines and lists have counted, and what was met."""

    numbering: Numbering
    seen: Seen = field(default_factory=Seen)
    counters: Counters = field(default_factory=Counters)
    line: int = 0

    def next_line(self) -> LineRef:
        """The place of the next line. Raises TooLargeError where there are too many."""
        self.line += 1
        if self.line > MOST_LINES:
            raise TooLargeError(f"more than {MOST_LINES:,} lines are too many for a notice")
        return LineRef(self.line)


def container_to_blocks(
    container: etree._Element, walk: Walk, depth: int = 0
) -> Iterator[Block | Inset]:
    """What a body, a cell, a text box or a header holds. Blank paragraphs are blank lines; large
    pictures come after the text of their paragraph.

    Lines are numbered one by one, and so are the rows of tables. Raises TooLargeError where tables
    stand in tables in tables.
    """
    if depth > MOST_NESTED_TABLES:
        raise TooLargeError(f"tables are nested more than {MOST_NESTED_TABLES} deep")
    for child in container:
        tag = child.tag
        if tag == _PARAGRAPH:
            yield from _paragraph(child, walk, depth)
        elif tag == _TABLE:
            yield from _table(child, walk, depth)
        elif tag in HOLDERS:
            yield from container_to_blocks(child, walk, depth)
        elif tag in DELETED:
            walk.seen.note(Oddity.DELETED, deleted_text(child))
        elif is_alternative(child):
            for inner in alternatives(child):
                yield from container_to_blocks(inner, walk, depth)
        elif tag == _OTHER_PART:
            walk.seen.note(Oddity.FOREIGN_PART)


def _paragraph(paragraph: etree._Element, walk: Walk, depth: int) -> Iterator[Block | Inset]:
    printed = paragraph_to_text(paragraph, walk.seen)
    text = _numbered(paragraph, printed.text, walk)
    for part in text.split("\n"):
        shown = clean(part).rstrip(" ")
        yield Line(shown, walk.next_line(), furniture=is_furniture(shown))
    for floating in printed.floating:
        if isinstance(floating, Inset):
            yield floating
        else:
            yield from container_to_blocks(floating, walk, depth + 1)


def _numbered(paragraph: etree._Element, text: str, walk: Walk) -> str:
    """The text behind its automatic number. Before a figure that number ends with a bracket, as
    `1. 5` and `1 500` would be figures of their own."""
    number = paragraph_number(paragraph, walk.numbering, walk.counters)
    if not number:
        return text
    if _FIGURE_FIRST.match(text) and (bare := number.rstrip(_STOPS))[-1:].isdecimal():
        return f"{bare}）{text}"
    return f"{number} {text}".rstrip()


def _table(table: etree._Element, walk: Walk, depth: int) -> Iterator[Block | Inset]:
    """A table, and after it the tables, text boxes and pictures within its cells. A table that only
    lays out a page is what its cells hold, one after another."""
    rows = [row for row in _parts(table, _ROW, walk) if not _is_left_out(row, walk)]
    cells = [list(_parts(row, _CELL, walk)) for row in rows]
    if _is_layout(cells):
        for row in cells:
            for cell in row:
                yield from container_to_blocks(cell, walk, depth + 1)
        return
    inner: list[Block | Inset] = []
    printed = [_row(row, parts, walk, inner, depth) for row, parts in zip(rows, cells, strict=True)]
    columns = table.iterfind(f"{WORD}tblGrid/{WORD}gridCol")
    grid = rows_to_grid(snapped(printed, [_whole(w(c, "w"), least=0) for c in columns]))
    if grid:
        yield RawTable(grid, Reader.WORD)
    yield from inner


def _parts(parent: etree._Element, wanted: str, walk: Walk) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, also those within holders."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag in HOLDERS:
            yield from _parts(child, wanted, walk)
        elif child.tag in DELETED:
            walk.seen.note(Oddity.DELETED, deleted_text(child))


def _is_left_out(row: etree._Element, walk: Walk) -> bool:
    """Whether a row was deleted with changes tracked, or is set not to print."""
    for tag, oddity in (("del", Oddity.DELETED), ("hidden", Oddity.HIDDEN)):
        if is_on(row.find(f"{WORD}trPr/{WORD}{tag}")):
            walk.seen.note(oddity, deleted_text(row))
            return True
    return False


def _is_layout(rows: Sequence[Sequence[etree._Element]]) -> bool:
    """One cell a row, whole texts in a cell, or tables within and few rows of its own."""
    if max(map(len, rows), default=0) <= 1:
        return True
    cells = [cell for row in rows for cell in row]
    if any(_length(cell) > _LONGEST_CELL and len(cell.findall(_PARAGRAPH)) > 1 for cell in cells):
        return True
    nested = {cell for cell in cells if next(cell.iter(_TABLE), None) is not None}
    if not nested:
        return False
    widths = [sum(cell not in nested for cell in row) for row in rows]
    return sum(width >= _LEAST_CELLS for width in widths) < _LEAST_ROWS


def _length(cell: etree._Element) -> int:
    return sum(len(text.text or "") for text in cell.iter(f"{WORD}t"))


def _row(
    row: etree._Element,
    cells: Sequence[etree._Element],
    walk: Walk,
    inner: list[Block | Inset],
    depth: int,
) -> list[WordCell]:
    line = walk.next_line().line
    properties = row.find(f"{WORD}trPr")
    column = _before(properties)
    found: list[WordCell] = []
    for number, cell in enumerate(cells, 1):
        layout = cell.find(f"{WORD}tcPr")
        span, down, across = 1, None, ""
        if layout is not None:
            span = min(_whole(w(layout.find(f"{WORD}gridSpan"), "val", "1")), MOST_SPAN)
            down = layout.find(f"{WORD}vMerge")
            across = w(layout.find(f"{WORD}hMerge"), "val")
        text = _cell_text(cell, walk, inner, depth)
        continues = down is not None and w(down, "val", "continue") == "continue"
        if across == "continue" and found:
            before = found.pop()
            joined = join_parts((before.text, text))
            wide = before.colspan + span
            merged = WordCell(joined, before.ref, before.column, wide, before.continues)
            found.append(merged)
        else:
            found.append(WordCell(text, LineRef(line, number), column, span, continues))
        column += span
    return found


def _before(properties: etree._Element | None) -> int:
    """How many grid columns a row leaves free at its left."""
    if properties is None:
        return 0
    return min(_whole(w(properties.find(f"{WORD}gridBefore"), "val", "0"), least=0), MOST_SPAN)


def _whole(text: str, least: int = 1) -> int:
    digits = text.isascii() and text.isdecimal() and len(text) < 9
    return max(int(text), least) if digits else least


def _cell_text(cell: etree._Element, walk: Walk, inner: list[Block | Inset], depth: int) -> str:
    """What a cell prints on one line; the tables and pictures in it are put after the table."""
    kept = walk.line
    texts: list[str] = []
    for block in list(container_to_blocks(cell, walk, depth + 1)):
        if isinstance(block, Line):
            texts.append(block.text)
        else:
            inner.append(block)
    if not any(isinstance(block, RawTable) for block in inner):
        # The lines of a cell are no lines of the document.
        walk.line = kept
    return join_parts(texts)
