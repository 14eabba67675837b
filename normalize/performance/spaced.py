"""Forms whose columns are set apart by runs of spaces, told in lines: blank cells left no trace, so
each row is read by what its cells are. They are told from scrambled ones by whether they read well.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from normalize.performance.fields import Field, grid_to_header
from normalize.performance.grid import tables_to_grid
from normalize.performance.labels import Label, exact_meaning
from normalize.performance.tables import parts_to_performance
from normalize.performance.tokens import TokenKind, lines_to_tokens
from normalize.performance.words import clean
from schemas.performance import PerformanceTable
from schemas.source import Cell, Line, LineRef, RawTable, Reader
from schemas.tables import Part, TableKind

_GAP = regex.compile(r"[ \u3000\u00a0]{2,}|\t+")
_FEWEST_INDICATORS = 2
# A form reads well if at most one indicator in so many has a cell without a sure place.
_MOST_DOUBTS = 8
_DOUBTS = frozenset({"cell-doubtful", "cell-unplaced", "target-blank", "name-missing"})
_TITLES = (TokenKind.TITLE, TokenKind.MEASURE, TokenKind.CAPTION)
_LEAD_LINES = 6


def lines_to_spaced(
    lines: Sequence[Line], first_number: int
) -> tuple[PerformanceTable, ...] | None:
    """Reads lines as the rows of one form or several; None where they do not read well so: where a
    form has no header of its own, or too many cells have no sure place."""
    printed = [line for line in lines if clean(line.text) and not line.furniture]
    parts = [_to_part(form) for form in _forms(printed)]
    if not parts or not all(map(_has_header, parts)):
        return None
    numbers = range(first_number, first_number + len(parts))
    tables = parts_to_performance(parts, tuple(numbers))
    return tables if all(map(_reads_well, tables)) else None


def _pieces(line: Line) -> list[str]:
    return [piece for piece in _GAP.split(line.text.strip()) if piece.strip()]


def _forms(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The lines of each form: it begins at its 项目名称, and at the title right above that."""
    starts = [i for i, line in enumerate(lines) if _opens(line)]
    cuts = [0]
    for at in starts[1:]:
        first = at
        while first > cuts[-1] and _is_title(lines[first - 1]):
            first -= 1
        cuts.append(first)
    return [lines[a:b] for a, b in pairwise([*cuts, len(lines)])]


def _opens(line: Line) -> bool:
    meanings = [exact_meaning(piece) for piece in _pieces(line)]
    return any(m is not None and m.label is Label.PROJECT for m in meanings)


def _is_title(line: Line) -> bool:
    return all(token.kind in _TITLES for token in lines_to_tokens((line,)))


def _to_part(lines: Sequence[Line]) -> Part:
    count = 0
    while count < min(len(lines) - 1, _LEAD_LINES) and _is_title(lines[count]):
        count += 1
    tokens = lines_to_tokens(lines[:count])
    title = next((t.text for t in tokens if t.kind is TokenKind.TITLE), "")
    rows = tuple(tuple(_cells(line)) for line in lines[count:])
    table = RawTable(rows, Reader.SPACES, lines[0].page)
    return Part(TableKind.PERFORMANCE_TARGET, title, (table,), tuple(lines[:count]))


def _cells(line: Line) -> list[Cell]:
    ref = line.ref
    return [
        Cell(piece, replace(ref, cell=at) if isinstance(ref, LineRef) else ref)
        for at, piece in enumerate(_pieces(line), start=1)
    ]


def _has_header(part: Part) -> bool:
    header = grid_to_header(tables_to_grid(part.tables))
    return header is not None and header.row >= 0 and header.has(Field.TARGET)


def _reads_well(table: PerformanceTable) -> bool:
    doubts = {f.row_no for f in table.findings if f.rule in _DOUBTS}
    count = len(table.indicators)
    return count >= _FEWEST_INDICATORS and len(doubts) * _MOST_DOUBTS <= count
