"""Tables without upright rules: columns of words, figures under figures.

Columns are what the white rivers between the words of all data rows part (Breuel, Two Geometric
Algorithms for Layout Analysis, 2002, in one dimension). Where level rules are printed, as in a
three-line table, they bound the header and the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from extract.claims import looks_like_figure
from extract.grid.columns import ColumnSpan, data_columns, holding_columns
from extract.grid.headers import HeaderCell, pieces_to_header
from extract.grid.lines import split_words
from extract.grid.printing import PrintLine, line_to_text, union, words_to_print_lines
from extract.grid.segments import Segment, rules_to_segments
from extract.grid.tables import FilledCell, filled_to_table
from extract.grid.types import GridCell
from extract.landmarks import is_measure, is_title
from extract.lines import is_furniture
from extract.pages import Box, Page, Word
from schemas.source import RawTable, Reader

# In heights of print: words of one entry stand no further apart, a figure and what is beside it
# hardly at all; rows of one table no further below each other.
_APART = 1.2
_FIGURES_APART = 0.15
_FARTHEST = 4.0
# In lines: of figures in a table, of words between two of these, of a header.
_LEAST_ROWS = 3
_MOST_LINES_BETWEEN = 3
_MOST_HEADER_LINES = 6
# In points: rules meet where they cross.
_TOLERANCE = 3.0


@dataclass(frozen=True, slots=True)
class AlignedTable:
    """A table by alignment: the words it took, and the box around them."""

    table: RawTable
    box: Box
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A print line in pieces that stand apart."""

    pieces: tuple[PrintLine, ...]
    box: Box

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.box.y0 + self.box.y1) / 2

    @property
    def has_figures(self) -> bool:
        """Whether it is a row of data: words or figures, and a figure beside them."""
        texts = [line_to_text(piece.words) for piece in self.pieces]
        return len(texts) > 1 and any(looks_like_figure(text) for text in texts[1:])


@dataclass(frozen=True, slots=True)
class _Run:
    """Rows `first` to before `end`; rows below `lowest` belong to the table above."""

    first: int
    end: int
    lowest: int


def words_to_aligned(
    words: Sequence[Word], page: Page, reader: Reader, taken: Sequence[Box] = ()
) -> tuple[AlignedTable, ...]:
    """Tables among words that no ruled table holds, from top to bottom.

    Only what clearly is one: at least three rows with figures under figures in a column beside
    another. Tables do not reach over the boxes in `taken`.
    """
    rows = [_row(line) for line in words_to_print_lines(words)]
    found: list[AlignedTable] = []
    runs = _runs(rows, taken)
    if not runs:
        return ()
    rules = [r for r in rules_to_segments(page.rules, _TOLERANCE)[0] if not _within(r, taken)]
    lowest = 0
    for first, end in runs:
        table = _run_to_table(rows, _Run(first, end, lowest), rules, page, reader)
        if table is not None:
            found.append(table)
            lowest = end
    return tuple(found)


def _within(rule: Segment, boxes: Sequence[Box]) -> bool:
    return any(
        box.y0 - _TOLERANCE <= rule.at <= box.y1 + _TOLERANCE
        and rule.start < box.x1
        and rule.end > box.x0
        for box in boxes
    )


def _row(line: PrintLine) -> Row:
    pieces: list[list[Word]] = []
    for group in split_words(line.words, _APART):
        pieces.extend(_part_figures(group))
    lines = tuple(PrintLine(tuple(p), union([word.box for word in p])) for p in pieces)
    return Row(lines, line.box)


def _part_figures(words: Sequence[Word]) -> list[list[Word]]:
    """A figure beside a word or another figure is an entry of its own; words may go on after a
    space."""
    groups = [[words[0]]]
    for before, word in pairwise(words):
        height = min(before.box.y1 - before.box.y0, word.box.y1 - word.box.y0)
        figures = looks_like_figure(before.text) + looks_like_figure(word.text)
        if figures and word.box.x0 - before.box.x1 > _FIGURES_APART * height:
            groups.append([word])
        else:
            groups[-1].append(word)
    return groups


def _runs(rows: Sequence[Row], taken: Sequence[Box]) -> list[tuple[int, int]]:
    """Runs of rows, first and end, that begin and end with data and have few others between."""
    data = [i for i, row in enumerate(rows) if row.has_figures]
    runs: list[list[int]] = []
    for i in data:
        if (
            runs
            and i - runs[-1][-1] - 1 <= _MOST_LINES_BETWEEN
            and not _parted(rows[runs[-1][-1]], rows[i], taken)
        ):
            runs[-1].append(i)
        else:
            runs.append([i])
    return [(run[0], run[-1] + 1) for run in runs if len(run) >= _LEAST_ROWS]


def _parted(upper: Row, lower: Row, taken: Sequence[Box]) -> bool:
    """Whether too much white, or another table, lies between two rows."""
    height = min(upper.box.y1 - upper.box.y0, lower.box.y1 - lower.box.y0)
    return lower.box.y0 - upper.box.y1 > _FARTHEST * height or any(
        upper.middle < box.y0 < lower.middle for box in taken
    )


def _run_to_table(
    rows: Sequence[Row], run: _Run, rules: Sequence[Segment], page: Page, reader: Reader
) -> AlignedTable | None:
    body = rows[run.first : run.end]
    columns = data_columns([row.pieces for row in body if row.has_figures])
    if len(columns) < 2 or not _makes_sense(body, columns):
        return None
    bounds = _rule_bounds(rules, columns, body)
    first = _header_start(rows, run, columns, bounds)
    header = pieces_to_header(
        [_header_pieces(row, columns) for row in rows[first : run.first]],
        columns,
        [r for r in rules if rows[first].box.y0 < r.at < body[0].middle],
    )
    cells = _body_cells(body, columns, header.rows)
    filled = [*_header_cells(header.cells, columns, rows[first : run.first]), *cells]
    count = 1 + max(one.cell.row for one in filled)
    used = tuple(w for row in rows[first : run.end] for p in row.pieces for w in p.words)
    table = filled_to_table(filled, count, len(columns), page, reader)
    return AlignedTable(table, union([row.box for row in rows[first : run.end]]), used)


def _makes_sense(body: Sequence[Row], columns: Sequence[ColumnSpan]) -> bool:
    """Whether a column is one of figures, and the other rows keep to the columns."""
    kinds: dict[int, list[bool]] = {}
    strays = 0
    for row in body:
        for piece in row.pieces:
            held = holding_columns(piece.box, columns)
            strays += len(held) > 1
            kinds.setdefault(held[0], []).append(looks_like_figure(line_to_text(piece.words)))
    figures = sum(sum(k) >= _LEAST_ROWS and sum(k) * 10 >= len(k) * 7 for k in kinds.values())
    pieces = sum(len(row.pieces) for row in body)
    return figures > 0 and strays * 10 <= pieces


def _rule_bounds(
    rules: Sequence[Segment], columns: Sequence[ColumnSpan], body: Sequence[Row]
) -> list[float]:
    """Heights of the level rules as wide as the table above its first row, from the top."""
    width = columns[-1].end - columns[0].start
    return sorted(
        rule.at
        for rule in rules
        if rule.at < body[0].middle
        and min(rule.end, columns[-1].end) - max(rule.start, columns[0].start) > 0.8 * width
    )


def _header_start(
    rows: Sequence[Row], run: _Run, columns: Sequence[ColumnSpan], bounds: Sequence[float]
) -> int:
    """The index of the first line of the header above a run."""
    at = run.first
    # The rule above the header, where two or more rules are printed above the data.
    top = bounds[-2] if len(bounds) > 1 else None
    while at > max(run.lowest, run.first - _MOST_HEADER_LINES):
        row, below = rows[at - 1], rows[at]
        text = " ".join(line_to_text(piece.words) for piece in row.pieces)
        height = row.box.y1 - row.box.y0
        if top is not None and row.middle < top:
            break
        if is_furniture(text) or is_title(text) or (is_measure(text) and len(row.pieces) == 1):
            break
        if top is None and (
            below.box.y0 - row.box.y1 > 2 * height or not _fits_header(row, columns)
        ):
            break
        at -= 1
    return at


def _header_pieces(row: Row, columns: Sequence[ColumnSpan]) -> list[PrintLine]:
    """The entries of a header line; close neighbours that each have a column are parted."""
    pieces: list[PrintLine] = []
    for piece in row.pieces:
        held = [holding_columns(word.box, columns) for word in piece.words]
        alone = [each[0] for each in held if len(each) == 1]
        if len(alone) == len(held) and len(set(alone)) > 1:
            for column in dict.fromkeys(alone):
                own = [w for w, at in zip(piece.words, alone, strict=True) if at == column]
                pieces.append(PrintLine(tuple(own), union([word.box for word in own])))
        else:
            pieces.append(piece)
    return pieces


def _fits_header(row: Row, columns: Sequence[ColumnSpan]) -> bool:
    """A header line has several entries, or one over one column alone."""
    if any(is_measure(line_to_text(piece.words)) for piece in row.pieces):
        return False
    return len(row.pieces) > 1 or len(holding_columns(row.pieces[0].box, columns)) == 1


def _body_cells(body: Sequence[Row], columns: Sequence[ColumnSpan], first: int) -> list[FilledCell]:
    """Rows of the body; a line without figures close to a row is a wrapped entry of it."""
    groups = _row_groups(body)
    edges = _edges([union([row.box for row in group]) for group in groups])
    filled: list[FilledCell] = []
    for at, group in enumerate(groups):
        held: list[list[Word]] = [[] for _ in columns]
        for row in group:
            for piece in row.pieces:
                held[holding_columns(piece.box, columns)[0]].extend(piece.words)
        for column, words in enumerate(held):
            box = Box(columns[column].left, edges[at], columns[column].right, edges[at + 1])
            filled.append(FilledCell(GridCell(first + at, column, 1, 1, box), tuple(words)))
    return filled


def _row_groups(body: Sequence[Row]) -> list[list[Row]]:
    data = [row.middle for row in body if row.has_figures]
    pitch = median(b - a for a, b in pairwise(data))
    groups = [[row] for row in body if row.has_figures]
    alone: list[list[Row]] = []
    for row in body:
        if row.has_figures:
            continue
        near = min(groups, key=lambda group: abs(group[0].middle - row.middle))
        if abs(near[0].middle - row.middle) < 0.75 * pitch and len(row.pieces) == 1:
            near.append(row)
        else:
            alone.append([row])
    return sorted(groups + alone, key=lambda group: group[0].middle)


def _edges(boxes: Sequence[Box]) -> list[float]:
    """Heights between boxes that stand under each other, with those at both ends."""
    between = [(upper.y1 + lower.y0) / 2 for upper, lower in pairwise(boxes)]
    return [boxes[0].y0, *between, boxes[-1].y1]


def _header_cells(
    cells: Sequence[HeaderCell], columns: Sequence[ColumnSpan], rows: Sequence[Row]
) -> list[FilledCell]:
    filled: list[FilledCell] = []
    for cell in cells:
        left, right = columns[cell.column].left, columns[cell.column + cell.colspan - 1].right
        box = Box(left, rows[0].box.y0, right, rows[-1].box.y1)
        if cell.words:
            tight = union([word.box for word in cell.words])
            box = Box(min(left, tight.x0), tight.y0, max(right, tight.x1), tight.y1)
        place = GridCell(cell.row, cell.column, cell.rowspan, cell.colspan, box)
        filled.append(FilledCell(place, cell.words))
    return filled
