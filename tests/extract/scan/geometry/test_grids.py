"""Which cells are found on a damaged page, without reading a word of it."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from extract.grid import rules_to_grids
from extract.pages import Rule
from extract.scan.borders import lattice_to_borders
from extract.scan.content import darkness_to_content, without_rules
from extract.scan.lattice import darkness_to_lattice
from extract.scan.page import TOLERANCE
from extract.scan.picture import Picture, Pixels
from extract.scan.upright import DPI, picture_to_upright
from tests.extract.scan.geometry import drawing
from tests.extract.scan.geometry.drawing import TABLE, Table

Cells = set[tuple[int, int, int, int]]


def cells_of(shown: Picture) -> list[Cells]:
    """Row, column and spans of the cells of every grid that is found."""
    dark = picture_to_upright(shown).dark
    lattice = darkness_to_lattice(dark)
    content = darkness_to_content(without_rules(dark, lattice))
    scale = 72 / DPI
    rules = [
        Rule(b.x0 * scale, b.y0 * scale, b.x1 * scale, b.y1 * scale)
        for b in lattice_to_borders(lattice, content).borders
    ]
    return [
        {(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells}
        for grid in rules_to_grids(rules, TOLERANCE)
    ]


def damaged() -> dict[str, Pixels]:
    page = drawing.page()
    turned_seal = drawing.sealed(page, (205, 60, 60), (620, 500))
    return {
        "clean": page,
        "faint": drawing.faded(page, 0.35, 4),
        "one bit with salt": drawing.one_bit(page, 0.001),
        "red seal": turned_seal,
        "grey seal": drawing.sealed(page, (140, 140, 140), (560, 600)),
        "broken rules": drawing.broken(page, TABLE, 0.3),
        "double rules": drawing.doubled(TABLE),
        "skew": drawing.skewed(page, 3.3),
        "skew the other way": drawing.skewed(page, -5),
        "faint, sealed, broken, skewed": drawing.faded(
            drawing.skewed(
                drawing.sealed(drawing.broken(page, TABLE, 0.15), (200, 60, 60), (500, 640)), 1.5
            ),
            0.6,
            3,
        ),
    }


@pytest.mark.parametrize("damage", damaged())
def test_all_cells_and_spans_are_found(damage: str) -> None:
    assert cells_of(drawing.picture(damaged()[damage])) == [TABLE.cells]


@pytest.mark.parametrize("dpi", [150, 300, 400])
def test_the_resolution_does_not_matter(dpi: float) -> None:
    shown = drawing.enlarged(drawing.picture(drawing.page()), dpi)
    assert cells_of(shown) == [TABLE.cells]


def test_dark_edges_are_no_rules() -> None:
    page = drawing.skewed(drawing.page(), 0.7)
    page[:, :45] = 20
    page[-30:] = 35
    assert cells_of(drawing.picture(page)) == [TABLE.cells]


def test_two_tables_of_a_page_stay_apart() -> None:
    upper = Table((60, 110, 160, 210), (90, 300, 520, 800))
    lower = Table((400, 450, 500, 550, 600), (90, 410, 640, 800))
    page = np.minimum(drawing.page(upper, (700, 900)), drawing.page(lower, (700, 900)))
    assert cells_of(drawing.picture(page)) == [upper.cells, lower.cells]


def test_a_word_across_a_line_shows_a_merged_cell_where_rules_are_broken() -> None:
    table = replace(TABLE, merged=(*TABLE.merged, (5, 2, 1, 2)))
    page = drawing.page(table)
    x, y = table.columns[3], (table.rows[5] + table.rows[6]) // 2
    cv2.rectangle(page, (x - 60, y - 18), (x + 60, y + 18), (248,) * 3, -1)
    drawing.write(page, "20212022", (x, y), 20)
    assert cells_of(drawing.picture(drawing.broken(page, table, 0.25))) == [table.cells]


def test_rows_of_text_are_no_table() -> None:
    page = np.full((900, 1200, 3), 248, np.uint8)
    for y in range(100, 800, 45):
        drawing.write(page, "2021 8866 41 3530 7719 6038 2254 1981", (600, y), 20)
    assert cells_of(drawing.picture(page)) == []


def test_a_blank_page_has_nothing() -> None:
    assert cells_of(drawing.picture(np.full((600, 800, 3), 250, np.uint8))) == []
