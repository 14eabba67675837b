"""The header of a table with several levels as rows of cells with spans."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """A header cell: `column` is the first column that it spans, from 0; a leaf heads it alone."""

    text: str
    column: int
    colspan: int
    rowspan: int
    leaf: bool


def header_rows(paths: Sequence[Sequence[str]]) -> tuple[tuple[HeaderCell, ...], ...]:
    """Header paths as rows from the top down; equal parts side by side are one cell.

    >>> rows = header_rows([("补助", "人数"), ("补助", "金额"), ("合计",)])
    >>> [[(cell.text, cell.colspan, cell.rowspan) for cell in row] for row in rows]
    [[('补助', 2, 1), ('合计', 1, 2)], [('人数', 1, 1), ('金额', 1, 1)]]
    """
    filled = [tuple(path) or ("",) for path in paths]
    depth = max(map(len, filled), default=0)
    rows: list[tuple[HeaderCell, ...]] = []
    for level in range(depth):
        row: list[HeaderCell] = []
        column = 0
        while column < len(filled):
            path = filled[column]
            if level >= len(path):
                column += 1
                continue
            is_leaf = level == len(path) - 1
            width = 1 if is_leaf else _width(filled, column, level)
            row.append(
                HeaderCell(path[level], column, width, depth - level if is_leaf else 1, is_leaf)
            )
            column += width
        rows.append(tuple(row))
    return tuple(rows)


def _width(paths: Sequence[Sequence[str]], column: int, level: int) -> int:
    """How many columns from one on share everything down to a level, and go on below it."""
    start = paths[column][: level + 1]
    width = 1
    for path in paths[column + 1 :]:
        if path[: level + 1] != start or len(path) == level + 1:
            break
        width += 1
    return width
