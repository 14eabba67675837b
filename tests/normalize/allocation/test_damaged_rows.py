"""Rows that lost, gained or moved cells: nothing stands in a wrong column without a word."""

import pytest

from normalize.allocation import part_to_allocation
from schemas.tables import AllocationTable
from tests.normalize.made import parts_of

TITLE = "2021年补助资金分配表"
HEADER = "序号\t县市\t项目资金\t管理费\t合计\t备注"
ROWS = (
    "1\t芒市\t652\t10\t662\t",
    "2\t瑞丽市\t725\t1\t726\t",
    "3\t梁河县\t736\t7\t743\t",
    "4\t盈江县\t363\t2\t365\t",
    "5\t陇川县\t506\t13\t519\t",
)


def table_of(*lines: str) -> AllocationTable:
    (part,) = parts_of(*lines).parts
    return part_to_allocation(part, 1)


def rows_of(table: AllocationTable) -> list[tuple[str, ...]]:
    return [(row.unit_printed, *(cell.printed for cell in row.cells)) for row in table.rows]


def rules(table: AllocationTable, row: int) -> list[str]:
    return [finding.rule for finding in table.findings if finding.row_no == row]


@pytest.mark.parametrize("row", ["6\t\t泸水县\t756\t5\t761\t", "\t6\t泸水县\t756\t5\t761\t"])
def test_a_blank_cell_doubled_before_the_name_shifts_nothing(row: str) -> None:
    table = table_of(TITLE, "单位：万元", HEADER, *ROWS, row)
    assert rows_of(table)[-1] == ("泸水县", "756", "5", "761", "")
    assert not table.dropped


def test_a_blank_cell_doubled_between_two_names_shifts_nothing() -> None:
    lines = (
        "市\t县\t计划\t耕地\t备注",
        "石家庄市\t小计\t30\t20\t",
        "\t正定县\t10\t9\t",
        "\t行唐县\t20\t11\t",
        "张家口市\t\t小计\t34\t23\t",
        "\t康保县\t34\t23\t",
    )
    assert rows_of(table_of(TITLE, *lines))[3] == ("张家口市小计", "34", "23", "")


def test_a_cell_that_a_row_lost_is_no_blank_that_was_printed() -> None:
    table = table_of(TITLE, "单位：万元", HEADER, *ROWS, "6\t泸水县\t756\t761\t")
    assert "cell-missing" in rules(table, 6)
    assert not any(rules(table, row) for row in range(1, 6))


def test_the_only_figure_of_a_row_may_be_lost() -> None:
    lines = (
        "县市\t金额",
        "芒市\t66",
        "瑞丽市\t72",
        "陇川县",
        "盈江县365",
        "泸水县\t7",
        "福贡县\t1",
    )
    table = table_of(TITLE, *lines)
    assert rows_of(table)[2:4] == [("陇川县", ""), ("盈江县", "365")]
    assert [rules(table, row) for row in range(1, 7)] == [[], [], ["cell-missing"], [], [], []]


def test_a_figure_cut_in_two_that_fills_the_remarks_is_doubted() -> None:
    table = table_of(TITLE, "单位：万元", HEADER, *ROWS, "6\t泸水县\t756\t5\t7\t61\t")
    assert "row-shift-uncertain" in rules(table, 6)


def test_some_rows_that_lost_cells_do_not_take_a_column_from_all() -> None:
    lost = ("6\t泸水县\t756\t761\t", "7\t福贡县\t15\t198\t")
    table = table_of(TITLE, "单位：万元", HEADER, *ROWS, *lost)
    assert [column.item for column in table.columns] == ["项目资金", "管理费", "合计", "备注"]


def test_remarks_that_no_row_prints_are_a_column_below_two_levels_of_header() -> None:
    table = table_of(
        TITLE, "市\t县\t新增指标\t\t挂钩指标\t备注", "\t\t合计\t其中：耕地",
        "石家庄市\t正定县\t10\t9\t5", "\t行唐县\t20\t11\t6", "\t灵寿县\t30\t12\t7",
    )  # fmt: skip
    assert [column.item for column in table.columns] == [
        "新增指标 / 合计", "新增指标 / 其中：耕地", "挂钩指标", "备注",
    ]  # fmt: skip


def test_a_total_whose_digits_stand_apart_is_a_row_and_no_header() -> None:
    table = table_of(
        TITLE, "县市\t一\t二", "合计\t6 5 8 5\t6 6 1 2", "芒市\t66\t12", "瑞丽市\t7\t9"
    )
    assert rows_of(table)[0] == ("合计", "6 5 8 5", "6 6 1 2")
    assert [column.item for column in table.columns] == ["一", "二"]


def test_names_glued_to_the_one_figure_of_their_row() -> None:
    table = table_of(TITLE, "县市\t金额", "合计146", "芒市\t66", "瑞丽市\t72", "梁河县\t8")
    assert rows_of(table)[0] == ("合计", "146")


def test_a_page_with_a_garbled_header_goes_on_in_the_columns_of_the_first() -> None:
    lines = (
        "预算单位编码\t单位名称\t应拨资金\t已拨资金\t备注",
        "450201001\t城中区\t438\t446\t清算扣回",
        "450202001\t鱼峰区\t586\t629\t清算扣回",
        "",
        "- 4 -",
        "",
        "预算卓位编码\t单位名称\t应掇资金\t已拨资金\t备注",
        "450203001\t柳南区\t969\t945\t",
        "450204001\t柳北区\t633\t637\t",
    )
    table = table_of(TITLE, "单位：元", *lines)
    assert [column.item for column in table.columns] == ["应拨资金", "已拨资金", "备注"]
    assert rows_of(table)[2] == ("柳南区", "969", "945", "")


def test_which_columns_name_the_rows_is_decided_for_all_pages_together() -> None:
    table = table_of(
        TITLE,
        "市\t县\t抚育\t造林\t合计",
        "宁德市\t蕉城区\t7\t5\t12",
        "\t霞浦县\t8\t6\t14",
        "\t古田县\t1\t3\t4",
        "— 2 —",
        "击\t县\t抚育\t造林\t合计",
        "龙岩市\t新罗区\t8\t2\t10",
        "\t永定区\t9\t4\t13",
    )
    assert [column.item for column in table.columns] == ["抚育", "造林", "合计"]
    names = ["蕉城区", "霞浦县", "古田县", "新罗区", "永定区"]
    assert [row.unit_printed for row in table.rows] == names


def test_a_spoilt_figure_among_words_is_doubted() -> None:
    table = table_of(
        TITLE,
        "序号\t市县\t项目名称\t里程\t总投资\t资金\t备注",
        "1\t嵩县\t旧县道改建\t75.894\t5270\t539\t",
        "2\t汝阳县\t境内改建\t64.25\t76771\t115\t续建",
        "3\t洛宁县\t农村公路\t28.013\t61631\t603\t",
        "4\t内乡县\t通村公路\t5.509\t69245\t601\t",
        "\t小计\t\t168.\t157\t143672\t1257\t",
    )
    assert "row-shift-uncertain" in rules(table, 5)
