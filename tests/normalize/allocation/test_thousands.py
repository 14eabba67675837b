"""Thousands set apart by a blank, in prints that set columns apart by blanks too."""

import pytest

from normalize.allocation import part_to_allocation
from schemas.tables import AllocationTable
from tests.normalize.made import parts_of

TITLE = "2018年补助经费分配表"
ROWS = (
    "南城县\t4\t221\t864.40",
    "黎川县\t9\t813\t74.39",
    "南丰县\t9\t136\t224.94",
    "崇仁县\t7\t603\t940.07",
)


def table_of(*lines: str) -> AllocationTable:
    (part,) = parts_of(TITLE, "单位：人、万元", *lines).parts
    return part_to_allocation(part, 1)


def test_two_groups_of_digits_under_one_header_are_one_figure() -> None:
    table = table_of("县\t优抚人数\t\t补助资金", *ROWS, "合计\t30\t773\t2103.80")
    assert [column.item for column in table.columns] == ["优抚人数", "补助资金"]
    assert [str(row.cells[0].value) for row in table.rows] == [
        "4221", "9813", "9136", "7603", "30773",
    ]  # fmt: skip


@pytest.mark.parametrize("total", [(), ("合计\t29\t1773\t2103.80",)], ids=["none", "four digits"])
def test_columns_of_small_figures_stay_two(total: tuple[str, ...]) -> None:
    table = table_of("县\t优抚人数\t\t补助资金", *ROWS, *total)
    assert [cell.printed for cell in table.rows[0].cells] == ["4", "221", "864.40"]


def test_a_column_with_a_header_of_its_own_is_no_group_of_digits() -> None:
    table = table_of("县\t户数\t人数\t补助资金", *ROWS, "合计\t30\t773\t2103.80")
    assert [cell.printed for cell in table.rows[4].cells] == ["30", "773", "2103.80"]
