"""Tables of provinces and programmes that no rule was made for."""

from decimal import Decimal

import pytest

from normalize.allocation import part_to_allocation
from schemas.tables import AllocationTable, CellKind
from tests.normalize.made import parts_of

TITLE = "2023年补助资金分配表"
ROWS = ("成都市\t120\t60\t180", "自贡市\t45\t21\t66", "泸州市\t64\t44\t108", "乐山市\t52\t10\t62")


def table_of(*lines: str) -> AllocationTable:
    (part,) = parts_of(*lines).parts
    return part_to_allocation(part, 1)


def measures(table: AllocationTable) -> list[str]:
    return [column.measure for column in table.columns]


def names(table: AllocationTable) -> list[str]:
    return [row.unit_printed for row in table.rows]


def test_standards_have_their_own_measure_and_amounts_theirs() -> None:
    header = "市县\t人数\t补助标准\t应补资金\t2023年下达"
    rows = ("南宁市\t120\t640\t7.68\t5", "柳州市\t60\t640\t3.84\t2", "桂林市\t75\t640\t4.80\t3")
    table = table_of(TITLE, "单位：人、元/人、万元", header, *rows)
    assert measures(table) == ["人", "元/人", "万元", "万元"]
    table = table_of(TITLE, "单位：人、元、万元", header, *rows)
    assert measures(table) == ["人", "元", "万元", "万元"]
    table = table_of(TITLE, "单位：人、万元", header, *rows)
    assert measures(table) == ["人", "", "万元", "万元"]


def test_two_measures_of_money_that_nothing_tells_apart_are_not_chosen_from() -> None:
    table = table_of(TITLE, "单位：元、万元", "地区\t中央\t省级\t合计", *ROWS)
    assert measures(table) == ["", "", ""]


def test_a_rate_for_anything_is_a_measure_in_brackets() -> None:
    header = "区\t学生数（人）\t标准（元/生）\t户均（万元/户）\t金额"
    rows = (
        "和平区\t26\t720\t1.5\t1.87",
        "河东区\t15\t720\t1.5\t1.08",
        "河西区\t19\t720\t1.5\t1.37",
    )
    table = table_of(TITLE, "单位：万元", header, *rows)
    assert measures(table) == ["人", "元/生", "万元/户", "万元"]


def test_the_measure_may_stand_in_the_title() -> None:
    table = table_of(f"{TITLE}（单位：万元）", "地区\t中央\t省级\t合计", *ROWS)
    assert measures(table) == ["万元"] * 3


def test_codes_and_dates_are_words_and_negative_amounts_are_not() -> None:
    header = "单位名称\t预算科目\t拨付日期\t拨付金额"
    rows = (
        "锦江区\t2080507\t2023-03-01\t120",
        "青羊区\t2080507\t2023-03-02\t98",
        "武侯区\t2080506\t2023-03-02\t45",
    )
    table = table_of(TITLE, "单位：元", header, *rows)
    assert [column.is_text for column in table.columns] == [True, True, False]
    assert [cell.value for cell in table.rows[0].cells] == [None, None, Decimal(120)]
    assert table.rows[0].cells[0].kind is CellKind.TEXT
    assert not [finding for finding in table.findings if finding.rule == "cell-unreadable"]
    moved = tuple(row.replace("20805", "-5") for row in rows)
    assert not table_of(TITLE, "单位：元", header, *moved).columns[0].is_text


def test_three_levels_of_header_stand_over_all_their_columns() -> None:
    header = (
        "市县\t中央资金\t\t\t省级资金",
        "\t义务教育\t\t学前教育\t",
        "\t公用经费\t营养改善\t\t",
    )
    rows = ("武汉市\t1\t2\t3\t4", "黄石市\t5\t6\t7\t8", "十堰市\t9\t10\t11\t12")
    assert [column.item for column in table_of(TITLE, *header, *rows).columns] == [
        "中央资金 / 义务教育 / 公用经费",
        "中央资金 / 义务教育 / 营养改善",
        "中央资金 / 学前教育",
        "省级资金",
    ]


def test_groups_whose_rows_are_lost_are_told_by_their_equal_leaves() -> None:
    cells = ["区", "小学", "初中", "合计", "学生数", "金额", "学生数", "金额"]
    for i, name in enumerate(("和平区", "河东区", "河西区", "南开区", "河北区"), start=11):
        cells += [name, *(str(i * k) for k in (3, 5, 7, 8, 13))]
    assert [column.item for column in table_of(TITLE, "单位：人、万元", *cells).columns] == [
        "小学 / 学生数",
        "小学 / 金额",
        "初中 / 学生数",
        "初中 / 金额",
        "合计",
    ]


def test_groups_that_may_be_levels_of_one_are_not_guessed() -> None:
    cells = ["市县", "中央资金", "省级资金", "合计", "义务教育", "学前教育", "公用经费", "营养改善"]
    for i, name in enumerate(("武汉市", "黄石市", "十堰市", "宜昌市", "襄阳市"), start=11):
        cells += [name, *(str(i * k) for k in (3, 5, 7, 8, 23))]
    table = table_of(TITLE, "单位：万元", *cells)
    (finding,) = [f for f in table.findings if f.rule == "header-uncertain"]
    assert not any(column.path for column in table.columns)
    assert finding.printed.startswith("中央资金 | 省级资金 | 合计")


def test_a_garbled_header_between_the_rows_is_no_row() -> None:
    pages = ("— 3 —", "地E\t中失\t省纵\t合汁", "德阳市\t58\t20\t78", "内江市\t36\t31\t67")
    table = table_of(TITLE, "单位：万元", "地区\t中央\t省级\t合计", *ROWS, *pages)
    assert names(table) == ["成都市", "自贡市", "泸州市", "乐山市", "德阳市", "内江市"]
    assert [column.item for column in table.columns] == ["中央", "省级", "合计"]


def test_a_doubled_cell_shifts_its_own_row_only() -> None:
    rows = [f"{name}\t{i}\t\t{i}" for i, name in enumerate(("甲县", "乙县", "丙县", "丁县"), 11)]
    rows += [f"{name}\t{i}\t5\t{i + 5}" for i, name in enumerate(("戊县", "己县", "庚县"), 21)]
    table = table_of(TITLE, "单位：万元", "地区\t中央\t省级\t合计", *rows, "辛县\t31\t31\t5\t36")
    assert [column.item for column in table.columns] == ["中央", "省级", "合计"]
    assert [cell.printed for cell in table.rows[0].cells] == ["11", "", "11"]


@pytest.mark.parametrize("total", ["合计", "总计"])
def test_a_total_whose_figures_are_lost_is_a_row_all_the_same(total: str) -> None:
    table = table_of(TITLE, "单位：万元", "地区\t中央\t省级\t合计", f"{total}\t\t\t", *ROWS)
    assert names(table)[0] == total


def test_a_row_with_a_cell_too_many_and_two_alike_is_doubted() -> None:
    rows = [f"{name}\t{i}\t5\t{i + 5}" for i, name in enumerate(("甲县", "乙县", "丙县"), 11)]
    rows += [f"{name}\t{i}\t6\t{i + 6}" for i, name in enumerate(("戊县", "己县", "庚县"), 21)]
    table = table_of(TITLE, "单位：万元", "地区\t中央\t省级\t合计", *rows, "辛县\t31\t31\t\t36")
    assert [row.shift_uncertain for row in table.rows] == [False] * 6 + [True]


@pytest.mark.parametrize("note", ["", "\t备注"])
def test_a_row_of_numbers_may_number_the_names_as_well(note: str) -> None:
    last, blank = ("\t6", "\t") if note else ("", "")
    table = table_of(
        TITLE,
        f"地区\t人数\t中央补助\t省级补助\t合计{note}",
        f"1\t2\t3\t4\t5=3+4{last}",
        f"合计\t600\t60\t30\t90{blank}",
        f"成都市\t100\t10\t5\t15{blank}",
        f"自贡市\t200\t20\t10\t30{blank}",
        f"泸州市\t300\t30\t15\t45{blank}",
    )
    formulas = {column.item: column.formula for column in table.columns if column.formula}
    assert formulas == {"合计": "5=3+4"}


def test_a_last_column_of_remarks_without_any_is_still_a_column() -> None:
    table = table_of(TITLE, "地区\t中央\t省级\t合计\t备注", *ROWS)
    assert [column.item for column in table.columns] == ["中央", "省级", "合计", "备注"]
    assert [row.cells[3].kind for row in table.rows] == [CellKind.BLANK] * len(ROWS)
