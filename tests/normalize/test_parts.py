"""Which tables a notice holds, of what kind, and which lines belong to them."""

import pytest

from normalize.parts import part_measure
from schemas.tables import TableKind
from tests.normalize.made import parts_of

ROWS = ("县市\t人数\t金额", "塔城市\t30\t243", "额敏县\t68\t244", "乌苏市\t80\t484")


def test_title_measure_and_notes_belong_to_their_table_and_the_rest_is_text() -> None:
    parts = parts_of(
        "关于下达补助资金的通知",
        "请遵照执行。",
        "附件1",
        "提前下达2024年自治区财政城乡居民",
        "基本养老保险补助资金分配表",
        "单位：人、万元",
        "",
        *ROWS,
        "说明：1、据实填报。",
        "2、按月报送。",
        "抄送：审计局。",
    )
    (part,) = parts.parts
    assert part.kind is TableKind.ALLOCATION
    assert part.title == "提前下达2024年自治区财政城乡居民基本养老保险补助资金分配表"
    assert part_measure(part) == "人、万元"
    assert [line.text for line in part.tail] == ["说明：1、据实填报。", "2、按月报送。"]
    texts = [line.text for line in parts.text if line.text]
    assert texts == ["关于下达补助资金的通知", "请遵照执行。", "抄送：审计局。"]


def test_a_table_over_pages_with_its_title_garbled_anew_is_one_table() -> None:
    parts = parts_of(
        "2021年城乡居本养老保险补助资金分配表", "单位：万元", *ROWS, "",
        "— 2 —", "2021年城乡居民养老保险补助资金分配表", "单位: 万元", ROWS[0], "托里县\t9\t10",
    )  # fmt: skip
    (part,) = parts.parts
    assert len(part.tables) == 2


@pytest.mark.parametrize(
    "between",
    [
        ("附件2", "2021年城乡居民养老保险补助资金分配表"),
        ("残疾人就业保障资金分配表",),
    ],
)
def test_another_attachment_or_title_is_another_table(between: tuple[str, ...]) -> None:
    parts = parts_of("附件1", "2021年城乡居民养老保险补助资金分配表", *ROWS, "", *between, *ROWS)
    assert [part.kind for part in parts.parts] == [TableKind.ALLOCATION] * 2


def test_a_second_total_begins_a_second_table_though_the_titles_are_alike() -> None:
    total = "合计\t178\t971"
    parts = parts_of(
        "中央财政2021年补助资金分配表", ROWS[0], total, *ROWS[1:], "",
        "省级财政2021年补助资金分配表", ROWS[0], total, *ROWS[1:],
    )  # fmt: skip
    assert len(parts.parts) == 2


def test_a_form_of_which_only_title_and_notes_were_read_is_kept() -> None:
    parts = parts_of(
        "自治区财政资金使用跟踪反馈表", "附件3：", "地、州、市（单位）名称：", "单位: 万元",
        "说明：1、据实填报。", "抄送：审计厅", "2020年12月25日印发",
    )  # fmt: skip
    (part,) = parts.parts
    assert part.kind is TableKind.TRACKING_FORM
    assert len(part.body) == 5
    assert [line.text for line in parts.text] == ["抄送：审计厅", "2020年12月25日印发"]


def test_the_list_of_attachments_names_tables_and_is_none() -> None:
    parts = parts_of(
        "附件：1. 补助资金分配表", "2. 补助资金绩效目标表", "- 3. 资金使用跟踪反馈表", "单位：万元"
    )
    assert parts.parts == ()


def test_two_forms_in_one_run_of_rows_are_two_tables() -> None:
    form = (
        "预算单位\t民政局\t项目名称\t城市低保",
        "一级指标\t二级指标\t三级指标\t指标值",
        "产出指标\t数量指标\t救助人数\t≥221人",
    )
    parts = parts_of("项目支出绩效目标表", *form, *form)
    assert [part.kind for part in parts.parts] == [TableKind.PERFORMANCE_TARGET] * 2


def test_titles_and_notes_in_merged_cells_of_a_spreadsheet_are_no_rows() -> None:
    parts = parts_of(
        "临夏州2022年维修养护补助资金分配表,,,", ",,单位：万元,", "县市,中央,省级,合计",
        "临夏市,12,3,15", "临夏县,22,5,27", "康乐县,8,1,9", "注：资金按人口测算。,,,",
    )  # fmt: skip
    (part,) = parts.parts
    assert part.title == "临夏州2022年维修养护补助资金分配表"
    assert part_measure(part) == "万元"
    assert [line.text for line in part.tail] == ["注：资金按人口测算。"]
    assert len(part.tables[0].rows) == 4


def test_a_table_takes_nothing_from_above_its_attachment_mark() -> None:
    parts = parts_of(
        "二〇二三年一月十六日", "附件：资金分配表", "附件", "资金分配表", "单位：万元",
        "地区\t金额", "拉萨市\t500", "山南市\t300", "合计\t800",
    )  # fmt: skip
    assert [line.text for line in parts.text] == ["二〇二三年一月十六日", "附件：资金分配表"]


def test_the_measure_may_stand_behind_another_field() -> None:
    parts = parts_of(
        "资金分配表", "制表单位：省财政厅社保处          单位：万元",
        "地区\t金额", "拉萨市\t500", "山南市\t300", "合计\t800",
    )  # fmt: skip
    assert part_measure(parts.parts[0]) == "万元"


def test_the_end_of_a_form_that_a_stray_line_cut_off_goes_on_with_it() -> None:
    parts = parts_of(
        "项目支出绩效目标表",
        "一级指标\t二级指标\t三级指标\t指标值",
        "产出指标\t数量指标\t建厕数量\t≥1,250座",
        "\t时效指标\t完成时间\t2022年11月底",
        "前",
        "\t成本指标\t户厕补助标准\t≤4,000元/座",
        "效益指标\t社会效益指标\t治理率\t295%",
        "满意度指标\t服务对象满意度\t农民满意度\t290%",
    )
    (part,) = parts.parts
    assert part.kind is TableKind.PERFORMANCE_TARGET
    assert sum(len(table.rows) for table in part.tables) == 6


def test_tables_one_below_the_other_in_a_spreadsheet_are_cut_at_their_titles() -> None:
    parts = parts_of(
        "附件1,,", "2016年退牧还草资金计划表,,", ",,单位：万亩、万元", "旗区,围栏建设,中央投资",
        "鄂尔多斯市,60,150", "东胜区,20,50", "乌审旗,40,100",
        "附件2,,", "2016年棚圈补助资金计划表,,", ",,单位：户、元", "旗区,户数,补助资金",
        "东胜区,12,24000", "乌审旗,30,60000", "合计,42,84000",
    ).parts  # fmt: skip
    assert [part.title for part in parts] == [
        "2016年退牧还草资金计划表",
        "2016年棚圈补助资金计划表",
    ]
    assert [part_measure(part) for part in parts] == ["万亩、万元", "户、元"]


def test_a_page_whose_remarks_are_fuller_goes_on_below_its_garbled_header() -> None:
    parts = parts_of(
        "2016年补助资金清算表", "单位\t应拨资金\t已拨资金\t备注", "城中区\t43\t44\t",
        "鱼峰区\t58\t62\t", "", "- 4 -", "", "卓位\t应掇资金\t已拨资金\t备注",
        "柳南区\t96\t94\t扣回", "柳北区\t63\t67\t扣回", "柳江区\t63\t60\t扣回",
    ).parts  # fmt: skip
    assert len(parts) == 1
