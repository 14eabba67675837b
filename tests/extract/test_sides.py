"""Lists printed side by side, whose rows lost and gained cells."""

import pytest

from extract.sides import split_sides
from schemas.source import Cell, LineRef

HEADER = "序号 县市 金额 序号 县市 金额"
WHOLE = ("1 仪陇县 190 5 通江县 399", "2 阆中市 131 6 南江县 577", "3 南部县 176 7 平昌县 817")


def sides(*lines: str) -> list[list[str]]:
    rows = [
        tuple(Cell("" if text == "_" else text, LineRef(n, i)) for i, text in enumerate(row))
        for n, row in enumerate(map(str.split, lines))
    ]
    return [["|".join(cell.text for cell in row) for row in side] for side in split_sides(rows)]


def test_whole_rows_keep_to_the_places_of_the_header() -> None:
    left, right = sides(HEADER, *WHOLE)
    assert left[1:] == ["1|仪陇县|190", "2|阆中市|131", "3|南部县|176"]
    assert right[1:] == ["5|通江县|399", "6|南江县|577", "7|平昌县|817"]


@pytest.mark.parametrize(
    ("row", "left", "right"),
    [
        ("4 嘉陵区 8 恩阳区 444", "4|嘉陵区", "8|恩阳区|444"),
        ("4 嘉陵区 448 _ 8 恩阳区 444", "4|嘉陵区|448|", "8|恩阳区|444"),
        ("4 _ 嘉陵区 448 8 恩阳区 444", "4|嘉陵区|448", "8|恩阳区|444"),
        ("4 嘉陵区 448 恩阳区 444", "4|嘉陵区|448", "|恩阳区|444"),
    ],
    ids=["a figure lost", "a blank doubled", "a blank before the name", "a serial number lost"],
)
def test_a_row_that_slid_is_cut_at_its_names(row: str, left: str, right: str) -> None:
    found = sides(HEADER, *WHOLE, row)
    assert [side[-1] for side in found] == [left, right]


def test_a_number_that_is_not_next_in_turn_is_no_serial_number() -> None:
    found = sides(HEADER, *WHOLE, "4 嘉陵区 44 恩阳区 444")
    assert [side[-1] for side in found] == ["4|嘉陵区|44", "|恩阳区|444"]


def test_labels_that_are_garbled_on_one_side_still_say_where_it_begins() -> None:
    found = sides("县市 金额 县巾 金额", "仪陇县 190 通江县 399", "阆中市 131 南江县 577")
    assert [side[1] for side in found] == ["仪陇县|190", "通江县|399"]


def test_a_row_with_more_names_than_sides_leaves_the_table_whole() -> None:
    rows = ("县市 金额 县市 金额", "仪陇县 190 通江县 399", "阆中市 131 南江县 577")
    assert len(sides(*rows, "平昌县 恩阳区 巴州区 8 9")) == 1


def test_blank_cells_behind_a_row_that_lost_one_are_not_its_own() -> None:
    left, _ = sides(HEADER, *WHOLE, "4 嘉陵区 _ _ _")
    assert left[-1] == "4|嘉陵区"
