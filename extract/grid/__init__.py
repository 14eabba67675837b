"""Pages to tables and lines by geometry alone: ruling lines, places of words, their columns.

The same functions serve typed pages and pages read off pictures.
"""

from extract.grid.lines import words_to_lines
from extract.grid.page import page_to_blocks
from extract.grid.rules import rules_to_grids
from extract.grid.tables import grid_to_table
from extract.grid.types import Grid, GridCell

__all__ = [
    "Grid",
    "GridCell",
    "grid_to_table",
    "page_to_blocks",
    "rules_to_grids",
    "words_to_lines",
]
