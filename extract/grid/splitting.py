"""Rows of a half-ruled table, in which many print lines stand between two rules."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.claims import looks_like_figure
from extract.grid.printing import PrintLine, line_to_text, words_to_print_lines
from extract.grid.tables import FilledCell
from extract.pages import Box, Word

_LEAST_LINES = 3


@dataclass(frozen=True, slots=True)
class _Band:
    """A print row: from `top` to `bottom` in points."""

    top: float
    bottom: float


def split_rows(filled: Sequence[FilledCell], rows: int) -> tuple[tuple[FilledCell, ...], int]:
    """Cells with every row parted in which at least two columns print three or more figures under
    each other on the same lines; and the new number of rows.

    Tables with upright rules and a few level ones are printed so. Words are never parted from
    their line.
    """
    bands = {
        row: found
        for row, cells in _rows_to_part(filled).items()
        if (found := _bands(cells)) and not _is_crossed(filled, row)
    }
    if not bands:
        return tuple(filled), rows
    added = [0] * (rows + 1)
    for row in range(rows):
        added[row + 1] = added[row] + max(len(bands.get(row, ())) - 1, 0)
    result: list[FilledCell] = []
    for one in filled:
        row = one.cell.row
        if row in bands:
            result.extend(_part(one, bands[row], row + added[row]))
        else:
            result.append(replace(one, cell=replace(one.cell, row=row + added[row])))
    ordered = sorted(result, key=lambda one: (one.cell.row, one.cell.column))
    return tuple(ordered), rows + added[rows]


def _rows_to_part(filled: Sequence[FilledCell]) -> dict[int, list[FilledCell]]:
    """The cells of the rows in which at least two cells hold enough words to be parted."""
    crowded = Counter(one.cell.row for one in filled if _holds_figures(one.words))
    rows: dict[int, list[FilledCell]] = {row: [] for row, n in crowded.items() if n > 1}
    for one in filled:
        if one.cell.row in rows:
            rows[one.cell.row].append(one)
    return rows


def _holds_figures(words: Sequence[Word]) -> bool:
    return (
        len(words) >= _LEAST_LINES
        and sum(looks_like_figure(word.text) for word in words) >= _LEAST_LINES
    )


def _is_crossed(filled: Sequence[FilledCell], row: int) -> bool:
    """Whether a merged cell reaches into the row or out of it."""
    return any(
        one.cell.row <= row < one.cell.row + one.cell.rowspan and one.cell.rowspan > 1
        for one in filled
    )


def _bands(cells: Sequence[FilledCell]) -> list[_Band]:
    """The print rows of one ruled row, [] where it is one row."""
    full = [lines for one in cells if (lines := _figure_lines(one))]
    if len(full) < 2:
        return []
    longest = max(full, key=len)
    if any(_strays(lines, longest) for lines in full):
        return []
    middles = [(line.box.y0 + line.box.y1) / 2 for line in longest]
    edges = [(a + b) / 2 for a, b in pairwise(middles)]
    box = cells[0].cell.box
    tops, bottoms = [box.y0, *edges], [*edges, box.y1]
    return [_Band(top, bottom) for top, bottom in zip(tops, bottoms, strict=True)]


def _figure_lines(one: FilledCell) -> list[PrintLine]:
    """The figures that a cell prints under each other; [] where they are few, stand among words,
    or are one figure that was wrapped."""
    lines = words_to_print_lines(one.words)
    found = [line for line in lines if looks_like_figure(line_to_text(line.words))]
    if len(found) < _LEAST_LINES or len(found) * 10 < len(lines) * 7:
        return []
    width = one.cell.box.x1 - one.cell.box.x0
    wrapped = all(width - (line.box.x1 - line.box.x0) < 1.6 * line.height for line in found[:-1])
    return [] if wrapped else found


def _strays(lines: Sequence[PrintLine], among: Sequence[PrintLine]) -> bool:
    """Whether a line has no counterpart at its height."""
    heights = [(line.box.y0 + line.box.y1) / 2 for line in among]
    return any(
        min(abs((line.box.y0 + line.box.y1) / 2 - height) for height in heights) > line.height / 2
        for line in lines
    )


def _part(one: FilledCell, bands: Sequence[_Band], first: int) -> list[FilledCell]:
    held: list[list[Word]] = [[] for _ in bands]
    for word in one.words:
        middle = (word.box.y0 + word.box.y1) / 2
        at = sum(middle > band.bottom for band in bands[:-1])
        held[at].append(word)
    parted: list[FilledCell] = []
    for i, (band, words) in enumerate(zip(bands, held, strict=True)):
        box = Box(one.cell.box.x0, band.top, one.cell.box.x1, band.bottom)
        parted.append(FilledCell(replace(one.cell, row=first + i, box=box), tuple(words)))
    return parted
