"""Forms told in lines, one cell a line and in the order of the form: no tab or rule is left, but
nothing is out of its place. They are told from scrambled ones by whether they read well so."""

from collections.abc import Sequence
from itertools import pairwise

from normalize.performance.flat import rows_to_flat
from normalize.performance.grid import tables_to_grid
from normalize.performance.labels import Label, text_to_meaning
from normalize.performance.tables import parts_to_performance
from normalize.performance.tokens import TokenKind, lines_to_tokens
from normalize.performance.words import clean
from schemas.performance import PerformanceTable
from schemas.source import Cell, Line, LineRef, RawTable, Reader
from schemas.tables import Part, TableKind

_FEWEST_ROWS = 2
# Lines are in order if at most one cell in so many is in doubt.
_MOST_DOUBTS = 10
_LEAD_LINES = 6
_TITLES = (TokenKind.TITLE, TokenKind.MEASURE, TokenKind.CAPTION)


def lines_to_ordered(
    lines: Sequence[Line], first_number: int
) -> tuple[PerformanceTable, ...] | None:
    """Reads lines as the cells of one form or several; None where they do not read well so: where
    a form has no header in one stretch, or more than one cell in ten has no sure place."""
    printed = [line for line in lines if clean(line.text) and not line.furniture]
    parts = [_to_part(form) for form in _forms(printed)]
    if not parts or not all(_reads_well(part) for part in parts):
        return None
    numbers = range(first_number, first_number + len(parts))
    return parts_to_performance(parts, tuple(numbers))


def _forms(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """The lines of each form: it begins at its 项目名称, and at the title right above that."""
    starts = [i for i, line in enumerate(lines) if _is_project(line.text)]
    cuts = [0, *(_with_title(lines, i) for i in starts[1:]), len(lines)]
    return [lines[a:b] for a, b in pairwise(cuts)]


def _is_project(text: str) -> bool:
    meaning = text_to_meaning(clean(text))
    return meaning is not None and meaning.label is Label.PROJECT


def _with_title(lines: Sequence[Line], at: int) -> int:
    while at and _is_title(lines[at - 1]):
        at -= 1
    return at


def _is_title(line: Line) -> bool:
    return all(token.kind in _TITLES for token in lines_to_tokens((line,)))


def _to_part(lines: Sequence[Line]) -> Part:
    count = 0
    while count < min(len(lines) - 1, _LEAD_LINES) and _is_title(lines[count]):
        count += 1
    tokens = lines_to_tokens(lines[:count])
    title = next((t.text for t in tokens if t.kind is TokenKind.TITLE), "")
    rows = tuple((_to_cell(line),) for line in lines[count:])
    table = RawTable(rows, Reader.CELL_LINES, lines[0].page)
    return Part(TableKind.PERFORMANCE_TARGET, title, (table,), tuple(lines[:count]))


def _to_cell(line: Line) -> Cell:
    ref = LineRef(line.ref.line, 1) if isinstance(line.ref, LineRef) else line.ref
    return Cell(line.text, ref)


def _reads_well(part: Part) -> bool:
    flat = rows_to_flat(tables_to_grid(part.tables))
    if flat is None or flat.indicators < _FEWEST_ROWS:
        return False
    return flat.doubts * _MOST_DOUBTS <= flat.cells
