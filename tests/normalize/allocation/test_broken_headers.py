"""Headers that line breaks cut, and texts that another text of the header resembles."""

from normalize.allocation import part_to_allocation
from schemas.tables import AllocationTable
from tests.normalize.made import parts_of

TITLE = "2021年补助资金分配表"
ROWS = ("海口市\t120\t60\t180", "三亚市\t45\t21\t66", "儋州市\t64\t44\t108", "琼海市\t52\t10\t62")


def table_of(*header: str) -> AllocationTable:
    (part,) = parts_of(TITLE, "单位：万元", *header, *ROWS).parts
    return part_to_allocation(part, 1)


def items(*header: str) -> list[str]:
    return [column.item for column in table_of(*header).columns]


def test_a_header_that_resembles_the_one_over_the_names_keeps_its_words() -> None:
    assert items("市县\t省级补助\t市县应负担\t合计") == ["省级补助", "市县应负担", "合计"]


def test_a_bracket_that_the_next_row_closes_is_one_cell() -> None:
    assert items("市县\t造林（新造\t/改造）\t合计")[0] == "造林（新造"
    assert items("市县\t造林（新造", "/改造）\t中央\t合计") == ["造林（新造/改造）", "中央", "合计"]


def test_a_measure_that_stands_alone_below_a_header_belongs_to_its_last_cell() -> None:
    table = table_of("市县\t中央\t省级\t补助资金", "（元）")
    assert [column.item for column in table.columns] == ["中央", "省级", "补助资金（元）"]
    assert [column.measure for column in table.columns] == ["万元", "万元", "元"]


def test_what_may_be_a_level_or_the_beginning_of_a_text_is_kept_with_it() -> None:
    assert items("市县\t福利彩", "票公益金\t体育彩票公益金\t合计") == [
        "福利彩 / 票公益金",
        "体育彩票公益金",
        "合计",
    ]


def test_groups_head_no_columns_where_their_leaves_stand_below() -> None:
    assert items("市县\t新增\t挂钩\t备注", "合计\t耕地") == ["", "", ""]


def test_column_numbers_in_brackets_are_numbers_and_formulas() -> None:
    table = table_of("市县\t中央\t省级\t合计", "\t（1）\t（2）\t（3）=（1）+（2）")
    assert [column.item for column in table.columns] == ["中央", "省级", "合计"]
    assert [column.formula for column in table.columns] == ["", "", "3=1+2"]


def test_of_two_pages_the_header_that_says_what_it_counts_is_taken() -> None:
    lines = (
        "市县\t森林搀青（冀百）\t下达金额",
        "海口市\t1.5\t60",
        "三亚市\t4.5\t21",
        "市县\t森林抚育（万亩）\t下达金额",
        "儋州市\t6.4\t44",
        "琼海市\t5.2\t10",
    )
    (part,) = parts_of(TITLE, "单位：万元", *lines).parts
    table = part_to_allocation(part, 1)
    assert (table.columns[0].item, table.columns[0].measure) == ("森林抚育（万亩）", "万亩")


def test_a_year_that_lost_its_end_is_no_figure_of_a_row() -> None:
    table = table_of("市县\t20", "20年\t2021年\t合计")
    assert [row.unit_printed for row in table.rows] == ["海口市", "三亚市", "儋州市", "琼海市"]


def test_words_head_no_column_of_figures_where_the_levels_are_guessed() -> None:
    rows = [f"{row}\t01中央直达资金" for row in ROWS]
    header = ("市县\t就业服务补贴\t职业培", "训补贴\t合计\t直达资金标识")
    (part,) = parts_of(TITLE, "单位：万元", *header, *rows).parts
    found = [column.item for column in part_to_allocation(part, 1).columns]
    assert found[-1] == "直达资金标识"
    assert not any("直达资金标识" in item for item in found[:-1])
