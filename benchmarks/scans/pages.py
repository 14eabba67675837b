"""Tables and texts to pages of strings and lines, with the box of every cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from benchmarks.scans.fonts import width
from benchmarks.scans.model import (
    Align,
    DrawnPage,
    Face,
    Grid,
    Ink,
    Ruling,
    Slot,
    Stroke,
    TextPage,
    TrueCell,
)
from extract.pages import Box

A4 = (595.0, 842.0)
_MARGIN = 36.0
_PAD = 2.5
_LEADING = 1.2
_HANGING = "，。；：、）”"


@dataclass(slots=True)
class _Canvas:
    """A page while it is being filled; `y` is where the next thing goes."""

    number: int
    size: tuple[float, float]
    face: Face
    inks: list[Ink]
    strokes: list[Stroke]
    cells: list[TrueCell]
    tables: int = 0
    y: float = _MARGIN

    def done(self) -> DrawnPage:
        return DrawnPage(
            self.number,
            *self.size,
            self.face,
            tuple(self.inks),
            tuple(self.strokes),
            tuple(self.cells),
        )

    def line(self, text: str, size: float, align: Align, after: float = 1.6) -> None:
        wide, (across, _) = width(text, self.face, size), self.size
        left = {
            Align.LEFT: _MARGIN,
            Align.CENTRE: (across - wide) / 2,
            Align.RIGHT: across - _MARGIN - wide,
        }[align]
        self.inks.append(Ink(text, left, self.y + size, size))
        self.y += size * after


def grids_to_pages(
    grids: Sequence[Grid | TextPage], wide: bool, face: Face, together: bool
) -> tuple[DrawnPage, ...]:
    """Draw tables and texts one after another; `wide` pages are landscape for the tables.

    With `together`, tables share a page where they fit; else each begins a page of its own.
    """
    pages: list[_Canvas] = []
    for number, text in enumerate(g for g in grids if isinstance(g, TextPage)):
        canvas = _canvas(number + 1, False, face)
        _text(canvas, text)
        pages.append(canvas)
    for table_no, grid in enumerate((g for g in grids if isinstance(g, Grid)), 1):
        if not (together and pages and pages[-1].cells):
            pages.append(_canvas(len(pages) + 1, wide, face))
        _table(pages, grid, table_no, wide)
    return tuple(c.done() for c in pages)


def _canvas(number: int, wide: bool, face: Face) -> _Canvas:
    return _Canvas(number, A4[::-1] if wide else A4, face, [], [], [])


def _text(canvas: _Canvas, page: TextPage) -> None:
    canvas.y = 70
    canvas.line(f"{page.issuer}文件", 26, Align.CENTRE, 2.0)
    canvas.line(page.doc_no, 14, Align.CENTRE, 2.6)
    for text in _wrapped(page.title, canvas.size[0] - 2 * _MARGIN - 60, canvas.face, 18):
        canvas.line(text, 18, Align.CENTRE)
    canvas.y += 12
    for paragraph in (page.recipients, *(f"　　{p}" for p in page.paragraphs)):
        for text in _wrapped(paragraph, canvas.size[0] - 2 * _MARGIN, canvas.face, 14):
            canvas.line(text, 14, Align.LEFT, 1.75)
    canvas.y += 20
    canvas.line(f"{page.signature}　　", 14, Align.RIGHT, 1.75)
    canvas.line(f"{page.date}　　　", 14, Align.RIGHT, 1.75)
    canvas.y = canvas.size[1] - _MARGIN - 10
    canvas.line("— 1 —", 10, Align.CENTRE)


def _wrapped(text: str, room: float, face: Face, size: float) -> list[str]:
    """Lines no wider than `room`; figures and Latin letters are not torn apart."""
    lines = [""]
    for piece in _pieces(text):
        full = width(lines[-1] + piece, face, size) > room
        if lines[-1] and full and piece not in _HANGING:
            lines.append("")
        lines[-1] += piece
    return lines


def _pieces(text: str) -> Iterator[str]:
    held = ""
    for char in text:
        if char.isascii() and char.isalnum():
            held += char
            continue
        if held:
            yield held
        held = ""
        yield char
    if held:
        yield held


def _table(pages: list[_Canvas], grid: Grid, table_no: int, wide: bool) -> None:
    widths = _widths(grid, pages[-1].face, pages[-1].size[0] - 2 * _MARGIN)
    heights = _heights(grid, widths, pages[-1].face)
    rows = list(range(grid.header_rows, len(heights)))
    first = True
    while rows or first:
        canvas = pages[-1]
        if first:
            canvas.y += 24 if canvas.tables else 0
            for text in _wrapped(grid.title, canvas.size[0] - 2 * _MARGIN, canvas.face, 15):
                canvas.line(text, 15, Align.CENTRE)
            if grid.measure:
                canvas.line(grid.measure, grid.size, Align.RIGHT, 1.4)
        room = canvas.size[1] - _MARGIN - canvas.y - sum(heights[: grid.header_rows])
        taken = 0
        while taken < len(rows) and sum(heights[r] for r in rows[: taken + 1]) <= room:
            taken += 1
        if taken == 0 and not first:
            raise ValueError("a row is higher than a page")
        if taken:
            frame = _Frame(grid, table_no, widths, heights)
            _slice(canvas, frame, [*range(grid.header_rows), *rows[:taken]])
        rows = rows[taken:]
        first = False
        if rows:
            pages.append(_canvas(canvas.number + 1, wide, canvas.face))


def _widths(grid: Grid, face: Face, room: float) -> list[float]:
    """Widths of the columns: as their longest unbroken words ask, stretched to the page."""
    count = max(s.column + s.colspan for s in grid.slots)
    body = [0.0] * count
    for slot in grid.slots:
        if slot.colspan != 1:
            continue
        whole = width(slot.text, face, grid.size)
        need = (
            whole
            if slot.row >= grid.header_rows and grid.header_rows
            else min(whole, 9 * grid.size)
        )
        need = need if slot.row >= grid.header_rows else min(need, 4.2 * grid.size)
        body[slot.column] = max(body[slot.column], need + 2 * _PAD + 4)
    body = [max(b, 3 * grid.size) for b in body]
    total = sum(body)
    stretch = room / total if total > 0.55 * room else 0.75 * room / total
    return [b * stretch for b in body]


def _heights(grid: Grid, widths: list[float], face: Face) -> list[float]:
    count = max(s.row + s.rowspan for s in grid.slots)
    heights = [grid.row_height] * count
    for slot in sorted(grid.slots, key=lambda s: s.rowspan):
        room = sum(widths[slot.column : slot.column + slot.colspan]) - 2 * _PAD
        lines = _wrapped(slot.text, room, face, grid.size)
        need = len(lines) * grid.size * _LEADING + 2 * _PAD + 2
        rows = range(slot.row, slot.row + slot.rowspan)
        lack = need - sum(heights[r] for r in rows)
        if lack > 0:
            for r in rows:
                heights[r] += lack / len(rows)
    return heights


@dataclass(frozen=True, slots=True)
class _Frame:
    """A table with the widths of its columns and the heights of all its rows."""

    grid: Grid
    table_no: int
    widths: list[float]
    heights: list[float]


def _slice(canvas: _Canvas, frame: _Frame, rows: list[int]) -> None:
    """The given rows of a table, from the page's `y` down."""
    grid = frame.grid
    across = canvas.size[0]
    lefts = _edges((across - sum(frame.widths)) / 2, frame.widths)
    tops = _edges(canvas.y, [frame.heights[r] for r in rows])
    at = {row: place for place, row in enumerate(rows)}
    drawn = [replace(s, row=at[s.row]) for s in grid.slots if s.row in at]
    for slot in sorted(drawn, key=lambda s: (s.row, s.column)):
        box = Box(
            lefts[slot.column],
            tops[slot.row],
            lefts[slot.column + slot.colspan],
            tops[slot.row + slot.rowspan],
        )
        ink = _fill(canvas, slot, box, grid.size)
        figure = (frame.table_no, *slot.place) if slot.place else None
        canvas.cells.append(
            TrueCell(
                canvas.number,
                canvas.tables,
                slot.row,
                slot.column,
                slot.rowspan,
                slot.colspan,
                slot.text.strip(),
                box,
                ink,
                slot.number,
                figure,
            )
        )
    canvas.strokes.extend(_strokes(drawn, lefts, tops, grid))
    canvas.tables += 1
    canvas.y = tops[-1] + 8


def _edges(start: float, sizes: Sequence[float]) -> list[float]:
    edges = [start]
    for size in sizes:
        edges.append(edges[-1] + size)
    return edges


def _fill(canvas: _Canvas, slot: Slot, box: Box, size: float) -> Box | None:
    """Set the words of a cell, in lines about its middle; the box that their ink takes."""
    if not slot.text.strip():
        return None
    lines = _wrapped(slot.text, box.x1 - box.x0 - 2 * _PAD, canvas.face, size)
    top = (box.y0 + box.y1 - len(lines) * size * _LEADING) / 2
    boxes: list[Box] = []
    for number, text in enumerate(lines):
        shown = text.lstrip()
        lead = width(text, canvas.face, size) - width(shown, canvas.face, size)
        wide = width(shown, canvas.face, size)
        left = {
            Align.LEFT: box.x0 + _PAD + lead,
            Align.CENTRE: (box.x0 + box.x1 - wide) / 2,
            Align.RIGHT: box.x1 - _PAD - 1 - wide,
        }[slot.align]
        base = top + number * size * _LEADING + size * 0.98
        canvas.inks.append(Ink(shown, left, base, size))
        boxes.append(Box(left, base - 0.85 * size, left + wide, base + 0.12 * size))
    return Box(min(b.x0 for b in boxes), boxes[0].y0, max(b.x1 for b in boxes), boxes[-1].y1)


def _strokes(
    slots: Sequence[Slot], lefts: list[float], tops: list[float], grid: Grid
) -> Iterator[Stroke]:
    """The lines of a table: runs of unit edges that no merged cell covers."""
    rows, columns = len(tops) - 1, len(lefts) - 1
    if grid.ruling is Ruling.NONE:
        return
    if grid.ruling is Ruling.THREE_LINES:
        for place, thick in ((0, 1.2), (grid.header_rows, 0.6), (rows, 1.2)):
            yield Stroke(lefts[0], tops[place], lefts[-1], tops[place], thick)
        return
    owner = {
        (r, c): number
        for number, s in enumerate(slots)
        for r in range(s.row, s.row + s.rowspan)
        for c in range(s.column, s.column + s.colspan)
    }
    open_ = grid.ruling is Ruling.OPEN

    def parted(one: tuple[int, int], other: tuple[int, int]) -> bool:
        return owner.get(one) != owner.get(other) and not (
            open_ and (one not in owner or other not in owner)
        )

    for r in range(rows + 1):
        marks = [parted((r - 1, c), (r, c)) for c in range(columns)]
        for a, b in _runs(marks):
            yield Stroke(lefts[a], tops[r], lefts[b], tops[r])
    for c in range(columns + 1):
        marks = [parted((r, c - 1), (r, c)) for r in range(rows)]
        for a, b in _runs(marks):
            yield Stroke(lefts[c], tops[a], lefts[c], tops[b])


def _runs(marks: Sequence[bool]) -> Iterator[tuple[int, int]]:
    edges = [i for i, (a, b) in enumerate(pairwise([False, *marks, False])) if a != b]
    yield from zip(edges[::2], edges[1::2], strict=True)
