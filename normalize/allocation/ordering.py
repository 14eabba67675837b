"""The rows of a raw table put in order before header and data are told apart."""

from collections import Counter
from collections.abc import Sequence

import regex

from normalize.allocation.broken import mend_header
from normalize.allocation.cells import is_data_row, is_figure, usual_length
from normalize.allocation.folding import names_first, unfolded
from normalize.allocation.thousands import with_whole_thousands
from normalize.text import squeeze
from schemas.source import Cell, RawTable

_GLUED = regex.compile(r"(?P<name>[\p{Han}()（）、]{2,20})(?P<figure>[-－]?[0-9][0-9,.]*%?)")


def rows_in_order(table: RawTable) -> list[tuple[Cell, ...]]:
    """The rows with names first and apart from their figures, one list where two stood, and a
    header that no line break cuts."""
    usual = usual_length(table.rows)
    rows = [_without_glue(row, usual) for row in table.rows]
    first = next((i for i, row in enumerate(rows) if is_data_row(row)), len(rows))
    header, data = with_whole_thousands(mend_header(rows[:first], usual), rows[first:])
    rows = names_first(unfolded([*header, *data]))
    return _without_indents(rows)


def _without_indents(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Rows without blank cells that were doubled before or between their names: the first figure
    behind them stands just as far off its place as the row is too long."""
    lengths = Counter(map(len, rows))
    if not lengths or max(lengths) == lengths.most_common(1)[0][0]:
        return rows
    data = [row for row in rows if is_data_row(row)]
    usual = usual_length(data)
    whole = [_first_places(row) for row in data if len(row) == usual]
    figures = Counter(figure for _, figure in whole).most_common(1)
    words = Counter(place for place, _ in whole).most_common(1)
    if not figures or figures[0][1] * 10 < len(whole) * 9:
        return rows
    places = (words[0][0], figures[0][0])
    return [_without_indent(row, places, usual) for row in rows]


def _without_indent(row: tuple[Cell, ...], places: tuple[int, int], usual: int) -> tuple[Cell, ...]:
    words, figure = _first_places(row)
    extra = len(row) - usual
    if extra <= 0 or figure - places[1] != extra or not is_data_row(row):
        return row
    end = words if words - places[0] == extra else figure
    blanks = [i for i, cell in enumerate(row[:end]) if not cell.text]
    if len(blanks) < extra:
        return row
    # Of blank cells in a row none is more the doubled one than another; the last are taken.
    return tuple(cell for i, cell in enumerate(row) if i not in blanks[-extra:])


def _first_places(row: Sequence[Cell]) -> tuple[int, int]:
    """Where the first words of a row stand, and the first figure behind them; -1 for none."""
    words = next((i for i, c in enumerate(row) if c.text and not is_figure(c)), -1)
    return words, next((i for i, c in enumerate(row) if i > words >= 0 and is_figure(c)), -1)


def _without_glue(row: Sequence[Cell], usual: int) -> tuple[Cell, ...]:
    """A name glued to its first number becomes two cells: `伊宁市96272`. `usual` is the length of
    most rows: in a list of names with one figure each nothing follows."""
    for i, cell in enumerate(row[:2]):
        match = _GLUED.fullmatch(squeeze(cell.text))
        followed = any(is_figure(other) for other in row[i + 1 :]) or len(row) == usual - 1 == 1
        if match and not cell.covered and followed:
            return (
                *row[:i],
                Cell(match["name"], cell.ref),
                Cell(match["figure"], cell.ref),
                *row[i + 1 :],
            )
    return tuple(row)
