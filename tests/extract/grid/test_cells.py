"""The text of a cell is what a reader of the print would say it is."""

import pytest

from extract.grid import grid_to_table, rules_to_grids
from extract.grid.printing import words_to_text
from extract.pages import Box, Page, Placing, Rule, Word
from schemas.source import BoxRef, Reader
from tests.extract.grid.printed import page, ruled, texts, word, words


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        (["城乡居民基本", "养老保险"], 70, "城乡居民基本养老保险"),
        (["2024年每人每", "月52元"], 70, "2024年每人每月52元"),
        (["01 自治区", "直达资金"], 60, "01 自治区直达资金"),
        (["Basic pension", "insurance"], 80, "Basic pension insurance"),
        # One figure that had no room, and two that stand under each other.
        (["1,234,56", "7.89"], 45, "1,234,567.89"),
        (["120", "130"], 90, "120 130"),
        (["120", "-4"], 90, "120 -4"),
        (["≥95", "%"], 60, "≥95%"),
        (["产", "出", "指", "标"], 14, "产出指标"),
    ],
)
def test_lines_of_a_cell_are_joined_as_print_wraps_them(lines, width, text):
    laid = [w for i, line in enumerate(lines) for w in words(line, 5, 5 + 12 * i)]
    assert words_to_text(laid, width) == text


def test_characters_set_upright_in_two_columns_are_read_from_the_right():
    laid = [word(sign, 30, 5 + 10 * i) for i, sign in enumerate("满意度")]
    laid += [word(sign, 12, 5 + 10 * i) for i, sign in enumerate("指标")]
    assert words_to_text(laid, 50) == "满意度指标"


def test_spread_labels_keep_one_space_and_close_ones_none():
    assert words_to_text([word("合", 5, 5), word("计", 25, 5)], 60) == "合 计"
    assert words_to_text([word("合", 5, 5), word("计", 16, 5)], 60) == "合计"


def test_a_raised_sign_stays_in_its_line():
    laid = [word("面积10", 5, 10), word("²", 35, 7, 6), word("亩", 38, 10)]
    assert words_to_text(laid, 100) == "面积10²亩"


def test_every_place_is_a_cell_and_covered_places_say_so():
    rules = [Rule(0, 0, 90, 0), Rule(30, 20, 90, 20), Rule(0, 40, 90, 40), Rule(0, 60, 90, 60)]
    rules += [Rule(0, 0, 0, 60), Rule(30, 0, 30, 60), Rule(60, 20, 60, 60), Rule(90, 0, 90, 60)]
    laid = [word("地区", 5, 15), word("资金", 50, 5), word("2023", 35, 25), word("2024", 65, 25)]
    laid += [word("12", 35, 45)]
    (grid,) = rules_to_grids(rules, 3)
    table = grid_to_table(grid, laid, page(laid, rules), Reader.RULED)
    assert texts(table) == [["地区", "资金", "^"], ["^", "2023", "2024"], ["", "12", ""]]
    assert [(c.rowspan, c.colspan) for c in table.rows[0]] == [(2, 1), (1, 2), (0, 0)]
    assert table.rows[2][1].ref == BoxRef(1, 30, 40, 60, 60)


def test_references_speak_of_the_page_as_it_is_shown():
    laid = [word("12", 35, 5)]
    (grid,) = rules_to_grids(ruled([0, 30, 90], [0, 20, 40]), 3)
    sideways = Page(4, 842, 595, tuple(laid), (), Placing(0, 1, 0, -1, 0, 842))
    table = grid_to_table(grid, laid, sideways, Reader.PICTURE)
    assert table.rows[0][1].ref == BoxRef(4, 0, 752, 20, 812)
    assert (table.page, table.reader) == (4, Reader.PICTURE)


def test_other_readings_of_a_word_are_readings_of_its_cell():
    laid = [Word("909", Box(5, 5, 20, 15), 0.6, ("606", "909"))]
    laid += [Word("12", Box(35, 5, 45, 15), 0.9, ("72",)), word("人", 47, 5)]
    (grid,) = rules_to_grids(ruled([0, 30, 90], [0, 20, 40]), 3)
    table = grid_to_table(grid, laid, page(laid, typed=False), Reader.PICTURE)
    assert [cell.readings for cell in table.rows[0]] == [("606",), ("72人",)]
