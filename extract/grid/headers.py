"""The header of a table without upright rules: which columns an entry stands over."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.grid.columns import ColumnSpan, holding_columns
from extract.grid.printing import PrintLine
from extract.grid.segments import Segment
from extract.pages import Word


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """An entry of the header, or a place of it that is blank."""

    row: int
    column: int
    rowspan: int
    colspan: int
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The cells of a header of so many rows; they fill it."""

    rows: int
    cells: tuple[HeaderCell, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    columns: tuple[int, ...]
    line: int
    words: tuple[Word, ...]


def pieces_to_header(
    lines: Sequence[Sequence[PrintLine]],
    columns: Sequence[ColumnSpan],
    rules: Sequence[Segment],
) -> Header:
    """Header lines to cells: an entry over several columns, or with a rule under it that reaches
    over them, spans these; the lines of one column below it are one wrapped entry."""
    if not lines:
        return Header(0, ())
    entries = [
        _Entry(_columns_of(piece, columns, rules), at, piece.words)
        for at, line in enumerate(lines)
        for piece in line
    ]
    wide = [entry for entry in entries if len(entry.columns) > 1]
    if not wide:
        return Header(1, tuple(_stack(entries, column, 0, 1) for column in range(len(columns))))
    return _two_levels(entries, wide, len(columns))


def _columns_of(
    piece: PrintLine, columns: Sequence[ColumnSpan], rules: Sequence[Segment]
) -> tuple[int, ...]:
    held = holding_columns(piece.box, columns)
    under = [
        rule
        for rule in rules
        if 0 <= rule.at - piece.box.y1 < piece.height
        and rule.start <= (piece.box.x0 + piece.box.x1) / 2 <= rule.end
        and rule.end - rule.start < 0.8 * (columns[-1].end - columns[0].start)
    ]
    if under:
        rule = under[0]
        ruled = [
            i for i, c in enumerate(columns) if rule.start <= (c.start + c.end) / 2 <= rule.end
        ]
        held = ruled or held
    return tuple(range(held[0], held[-1] + 1))


def _two_levels(entries: Sequence[_Entry], wide: Sequence[_Entry], columns: int) -> Header:
    """Entries that span columns above, the entries of these columns below."""
    cells: list[HeaderCell] = []
    spanned: dict[int, int] = {}
    groups: list[list[_Entry]] = []
    for entry in wide:
        for group in groups:
            if set(group[0].columns) & set(entry.columns):
                group.append(entry)
                break
        else:
            groups.append([entry])
    for group in groups:
        over = sorted({column for entry in group for column in entry.columns})
        words = tuple(word for entry in group for word in entry.words)
        cells.append(HeaderCell(0, over[0], 1, over[-1] - over[0] + 1, words))
        spanned |= dict.fromkeys(range(over[0], over[-1] + 1), 0)
    for column in range(columns):
        if column in spanned:
            cells.append(_stack(entries, column, 1, 1))
        else:
            cells.append(_stack(entries, column, 0, 2))
    return Header(2, tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _stack(entries: Sequence[_Entry], column: int, row: int, rowspan: int) -> HeaderCell:
    """The entries of one column alone, wrapped over lines."""
    words = tuple(word for entry in entries if entry.columns == (column,) for word in entry.words)
    return HeaderCell(row, column, rowspan, 1, words)
