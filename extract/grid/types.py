"""Grids: the cells that ruling lines enclose."""

from dataclasses import dataclass

from extract.pages import Box


@dataclass(frozen=True, slots=True)
class GridCell:
    """One enclosed cell; `row` and `column` count from 0, a cell that is not merged spans 1 × 1."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table without its words: `rows` × `columns` places, every one held by just one of
    `cells`, which stand in reading order."""

    cells: tuple[GridCell, ...]
    rows: int
    columns: int
    box: Box
