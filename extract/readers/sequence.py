"""Tables whose rows were lost: one cell a line, or the whole table on one line.

What is left is a sequence of cells. A row begins at words that figures follow; the distance from
one such place to the next is the width of the table.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

import regex

from extract.claims import Claim, looks_like_figure, sense_of
from schemas.source import Cell, Line, LineRef, RawTable, Reader

_LEAST_ROWS = 3
_LEAST_REGULAR = 0.7
_LEAST_FIGURES = 0.45
_LONGEST_CELL = 40
_LONGEST_NAME = 24
_FORM_CELLS = 20
_MEASURE_LINE = regex.compile(r"(?:金额)?单\s*位\s*(?:[:：]|\()")
_SENTENCE = regex.compile(r"[。；;]|，.*，")
_SPLITS = (regex.compile(r"\t"), regex.compile(r"[ \u3000]{2,}"), regex.compile(r"[ \u3000]+"))


class _Kind(Enum):
    WORDS = auto()
    FIGURE = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class _Rows:
    """Cells cut into rows: `head` are the header's cells, `first` and `end` the body's limits."""

    head: tuple[Cell, ...]
    body: tuple[tuple[Cell, ...], ...]
    end: int


def read_cell_lines(lines: Sequence[Line]) -> list[Claim]:
    """One cell a line, plain, with a trailing `|`, or with blank lines for blank cells."""
    claims: list[Claim] = []
    for first, end in _short_line_runs(lines):
        for blanks_are_cells in (False, True):
            claim = _claim_cells(lines, first, end, blanks_are_cells=blanks_are_cells)
            if claim is not None:
                claims.append(claim)
    return claims


def _short_line_runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines short enough to be cells, with at most two blank lines between."""
    first = 0
    while first < len(lines):
        end = first
        while end < len(lines) and _may_be_cell(lines[end].text):
            end += 1
        if end - first >= 2 * _LEAST_ROWS:
            yield first, end
        first = max(end, first + 1)


def _may_be_cell(text: str) -> bool:
    text = _without_pipe(text)
    return len(text) <= _LONGEST_CELL and "\t" not in text and not _SENTENCE.search(text)


def _without_pipe(text: str) -> str:
    return text.strip().rstrip("|｜").strip()


def _claim_cells(
    lines: Sequence[Line], first: int, end: int, *, blanks_are_cells: bool
) -> Claim | None:
    piped = sum(line.text.rstrip().endswith(("|", "｜")) for line in lines[first:end])
    all_piped = piped * 2 > sum(bool(line.text.strip()) for line in lines[first:end])
    kept = [
        i
        for i in range(first, end)
        if not lines[i].furniture
        and (lines[i].text.strip() or (blanks_are_cells and not all_piped))
        and not (all_piped and not lines[i].text.rstrip().endswith(("|", "｜")))
    ]
    cells = [Cell(_without_pipe(lines[i].text), lines[i].ref) for i in kept]
    rows = cells_to_rows(cells)
    if rows is None:
        return _claim_form(lines, kept, cells) if all_piped else None
    last = kept[rows.end - 1]
    begin = next(i for i in kept if lines[i].ref == (rows.head or rows.body[0])[0].ref)
    table = RawTable(
        ((rows.head,) if rows.head else ()) + rows.body, Reader.CELL_LINES, lines[begin].page
    )
    return Claim(begin, last, table, sense_of(rows.body))


def _claim_form(lines: Sequence[Line], kept: Sequence[int], cells: Sequence[Cell]) -> Claim | None:
    """A form without rows of figures: its cells in order, as one row."""
    if len(cells) < _FORM_CELLS:
        return None
    table = RawTable((tuple(cells),), Reader.CELL_LINES, lines[kept[0]].page)
    return Claim(kept[0], kept[-1], table, 0.5)


def read_one_line(lines: Sequence[Line]) -> list[Claim]:
    """A whole table on one line, its cells set apart by tabs or blanks."""
    claims: list[Claim] = []
    for i, line in enumerate(lines):
        for split in _SPLITS:
            parts = split.split(line.text.strip(" \u3000"))
            if len(parts) >= _FORM_CELLS:
                claims.extend(_claim_line(line, i, parts))
                break
    return claims


def _claim_line(line: Line, index: int, parts: Sequence[str]) -> Iterator[Claim]:
    number = line.ref.line if isinstance(line.ref, LineRef) else 0
    cells = [Cell(part.strip(), LineRef(number, i)) for i, part in enumerate(parts, start=1)]
    rows = cells_to_rows(cells)
    if rows is not None:
        start = cells.index((rows.head or rows.body[0])[0])
        before = tuple(Line(c.text, c.ref, line.page) for c in cells[:start] if c.text)
        rest = tuple(cells[rows.end :])
        body = (*rows.body, *((rest,) if any(c.text for c in rest) else ()))
        table = RawTable(((rows.head,) if rows.head else ()) + body, Reader.ONE_LINE, line.page)
        yield Claim(index, index, table, sense_of(rows.body), before)
    elif sum(len(part) for part in parts) < _LONGEST_NAME * len(parts) / 2:
        yield Claim(index, index, RawTable((tuple(cells),), Reader.ONE_LINE, line.page), 0.4)


def cells_to_rows(cells: Sequence[Cell]) -> _Rows | None:
    """Cut a sequence of cells into a header and rows, or None where no width shows itself.

    `县市 人数 金额 塔城市 30 243 额敏县 68 244 乌苏市 80 484` has width 3.
    """
    kinds = [_kind_of(cell.text) for cell in cells]
    starts = [
        i
        for i in range(len(cells) - 1)
        if kinds[i] is _Kind.WORDS
        and kinds[i + 1] is not _Kind.WORDS
        and len(cells[i].text) <= _LONGEST_NAME
    ]
    starts = _rows_of_figures(kinds, _regular_starts(starts))
    if len(starts) < _LEAST_ROWS:
        return None
    starts = _without_column_numbers(cells, _with_serial_numbers(cells, starts))
    lengths = [b - a for a, b in pairwise(starts)]
    width, count = Counter(lengths).most_common(1)[0]
    if width < 2 or count < _LEAST_REGULAR * len(lengths):
        return None
    end = min(starts[-1] + width, len(cells))
    body = tuple(tuple(cells[a:b]) for a, b in zip(starts, [*starts[1:], end], strict=True))
    if not _is_body(body, width):
        return None
    return _Rows(_head(cells[: starts[0]], width), body, end)


def _rows_of_figures(kinds: Sequence[_Kind], starts: list[int]) -> list[int]:
    """The starts without those at either end whose rows are of another width and mostly words."""
    lengths = Counter(b - a for a, b in pairwise(starts))
    usual = lengths.most_common(1)[0][0] if lengths else 0

    def is_row(at: int) -> bool:
        row = kinds[starts[at] : starts[at + 1]]
        return len(row) == usual or row.count(_Kind.FIGURE) > row.count(_Kind.WORDS)

    while len(starts) > 1 and not is_row(0):
        starts = starts[1:]
    while len(starts) > 1 and not is_row(len(starts) - 2):
        starts = starts[:-1]
    return starts


def _kind_of(text: str) -> _Kind:
    if not text:
        return _Kind.BLANK
    return _Kind.FIGURE if looks_like_figure(text) else _Kind.WORDS


def _regular_starts(starts: list[int]) -> list[int]:
    """Drop the starts that columns of words in the middle of a row feign: of every 1, 2 or 3
    starts one is real; the choice that makes the most equal widths is right."""
    best, best_share = starts, _share_of_commonest(starts)
    for step in (2, 3):
        for offset in range(step):
            chosen = starts[offset::step]
            share = _share_of_commonest(chosen)
            if len(chosen) >= _LEAST_ROWS and share > best_share + 0.2:
                best, best_share = chosen, share
    return best


def _share_of_commonest(starts: Sequence[int]) -> float:
    lengths = [b - a for a, b in pairwise(starts)]
    return Counter(lengths).most_common(1)[0][1] / len(lengths) if lengths else 0.0


def _with_serial_numbers(cells: Sequence[Cell], starts: list[int]) -> list[int]:
    """Where 1, 2, 3… stand before the names, rows begin at these numbers."""
    before = [cells[i - 1].text if i else "" for i in starts]
    numbered = [
        int(a) + 1 == int(b) for a, b in pairwise(before) if a.isdecimal() and b.isdecimal()
    ]
    if sum(numbered) < max(2, _LEAST_REGULAR * (len(starts) - 2) - 1):
        return starts
    shifted = [
        i - 1 if text.isdecimal() or (i and not text) else i
        for i, text in zip(starts, before, strict=True)
    ]
    # The last text of the header stands before the number 1: it begins no row.
    return shifted[1:] if shifted[1:2] == [shifted[0] + 1] else shifted


def _without_column_numbers(cells: Sequence[Cell], starts: list[int]) -> list[int]:
    """A row of column numbers under the header (1 2 3…) looks like a row: it is none."""
    if len(starts) < 2:
        return starts
    figures = [cell.text for cell in cells[starts[0] + 1 : starts[1]]]
    counted = [text for i, text in enumerate(figures, start=1) if text == str(i)]
    return starts[1:] if len(counted) >= 2 and len(counted) * 2 > len(figures) else starts


def _is_body(body: Sequence[Sequence[Cell]], width: int) -> bool:
    kinds = [_kind_of(cell.text) for row in body for cell in row]
    figures = sum(kind is _Kind.FIGURE for kind in kinds)
    least = _LEAST_ROWS if width > 2 else _LEAST_ROWS + 2
    return len(body) >= least and figures >= _LEAST_FIGURES * len(kinds)


def _head(before: Sequence[Cell], width: int) -> tuple[Cell, ...]:
    """The header's cells: those after the 单位 line or the title, three levels at most."""
    head: list[Cell] = []
    for cell in reversed(before):
        if _MEASURE_LINE.search(cell.text) or len(head) >= 3 * width:
            break
        if len(head) >= width and cell.text.endswith("表"):
            break
        head.append(cell)
    return tuple(reversed(head))
