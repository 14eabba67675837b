"""Forms whose text came out of order."""

from decimal import Decimal

from normalize.performance import lines_to_scrambled, looks_scrambled, scrambled_span
from schemas.performance import PerformanceTable
from schemas.source import Line, LineRef, Reader
from schemas.tables import TableKind
from tests.normalize.performance.forms import original_lines, rules

ROWWISE = """
单位：万元

其中：财政拨款 8800

年度 一级指标
二级指

标
预期指标值（包含数字及文

字描述）
实际完成指标值（包含数字及文字描
述）

1.25万人 2022年末实际培训职工人数1.31万人

320次
2022年组织技能竞赛与岗位练兵活动合计310

次

≥90% 培训合格率实际92.5%

每月10日前 补贴每月10日前按时发放到位

社会效
益指标

提高职工技能水平
让职工掌握实用技能，提高职工技能水

平

满意度指
标

满意度
指标

≥95% 参训职工满意度96%

职业技能培训补贴支出绩效自评表

（2022年度）

项目名称 职业技能培训补贴

实施单位 青溪县职业培训中心

三级指标

参训职工满意度

补贴发放时间

培训职工人数

职工掌握实用技能

组织技能竞赛与岗位练兵次

数

培训合格率

数量指
标

质量指
标

时效指
标

项目完成
指标

确保参训职工按计划完成培训，
逐步提高职工技能，力争合格率稳定提高，确保补贴及时发放。

全年实际培训职工1.31万人，合格率达到92.5%，补贴全部按月发放，
达到了预期目标。

执行数： 8321.5 预算数： 8800

预期目标 实际完成目标
"""


def lines(text: str) -> list[Line]:
    return [Line(line, LineRef(i)) for i, line in enumerate(text.split("\n"), 1)]


def pairs(table: PerformanceTable) -> dict[str, tuple[str, str]]:
    return {
        i.name: (i.target.printed, i.actual.printed if i.actual else "") for i in table.indicators
    }


def test_targets_results_and_labels_are_joined_by_meaning() -> None:
    (table,) = lines_to_scrambled(lines(ROWWISE), 4)
    assert pairs(table) == {
        "培训职工人数": ("1.25万人", "2022年末实际培训职工人数1.31万人"),
        "组织技能竞赛与岗位练兵次数": ("320次", "2022年组织技能竞赛与岗位练兵活动合计310次"),
        "培训合格率": ("≥90%", "培训合格率实际92.5%"),
        "补贴发放时间": ("每月10日前", "补贴每月10日前按时发放到位"),
        "职工掌握实用技能": ("提高职工技能水平", "让职工掌握实用技能，提高职工技能水平"),
        "参训职工满意度": ("≥95%", "参训职工满意度96%"),
    }
    assert (table.number, table.kind, table.reader) == (
        4, TableKind.SELF_EVALUATION, Reader.SCRAMBLED,
    )  # fmt: skip
    assert (table.project, table.budget_unit) == ("职业技能培训补贴", "青溪县职业培训中心")
    assert table.title == "职业技能培训补贴支出绩效自评表"
    assert table.measure == "万元"


def test_the_head_of_a_scrambled_form() -> None:
    (table,) = lines_to_scrambled(lines(ROWWISE), 1)
    budget = table.budget
    assert budget.budget is not None
    assert budget.executed is not None
    assert (budget.budget.value, budget.executed.value) == (Decimal(8800), Decimal("8321.5"))
    assert table.goal.startswith("确保参训职工按计划完成培训")
    assert table.result.startswith("全年实际培训职工1.31万人")


def test_levels_come_from_the_order_and_the_words() -> None:
    (table,) = lines_to_scrambled(lines(ROWWISE), 1)
    assert [i.level2 for i in table.indicators] == [
        "数量指标", "数量指标", "质量指标", "时效指标", "社会效益指标", "服务对象满意度指标",
    ]  # fmt: skip
    assert [i.level2_printed for i in table.indicators[4:]] == ["社会效益指标", "满意度指标"]


def test_a_level_that_the_form_does_not_show_stays_empty() -> None:
    (table,) = lines_to_scrambled(lines(ROWWISE.replace("时效指\n标\n", "")), 1)
    timely = table.indicators[3]
    assert (timely.name, timely.level1, timely.level2) == ("补贴发放时间", "产出指标", "")
    assert "level-doubtful" in rules(table)


def test_several_forms_are_cut_apart() -> None:
    first, second = lines_to_scrambled(
        lines(ROWWISE + ROWWISE.replace("职业技能培训补贴", "创业补贴")), 1
    )
    assert (first.project, second.project) == ("职业技能培训补贴", "创业补贴")
    assert len(first.indicators) == len(second.indicators) == 6
    assert (first.number, second.number) == (1, 2)


def test_a_missing_label_is_said_and_not_replaced() -> None:
    (table,) = lines_to_scrambled(lines(ROWWISE.replace("培训合格率\n\n数量", "数量")), 1)
    assert len(table.indicators) == 6
    assert "label-missing" in rules(table)
    assert [i.name for i in table.indicators if i.target.printed == "≥90%"] == [""]


def test_labels_that_nothing_tells_apart_are_not_given_as_sure() -> None:
    vague = (
        ROWWISE.replace("培训合格率\n\n数量", "工作完成率\n\n数量")
        .replace("参训职工满意度\n\n补贴", "工作达标率\n\n补贴")
        .replace("培训合格率实际92.5%", "实际完成了92.5%")
        .replace("参训职工满意度96%", "实际完成了96%")
    )
    (table,) = lines_to_scrambled(lines(vague), 1)
    doubted = {f.row_no for f in table.findings if f.rule == "pair-uncertain"}
    assert {i.number for i in table.indicators if i.target.measure == "%"} <= doubted


COLUMNS = """
单位：万元
一级指标
二级指标
三级指标
指标值
实际完成值
产出指标
数量指标
质量指标
培训职工人数
培训合格率
竞赛活动场次
1.25万人
≥90%
320次
实际培训职工1.31万人
培训合格率92.5%
竞赛活动310次
项目名称 职业技能培训补贴
"""


def test_columns_one_after_another_are_joined_in_order() -> None:
    (table,) = lines_to_scrambled(lines(COLUMNS), 1)
    assert pairs(table) == {
        "培训职工人数": ("1.25万人", "实际培训职工1.31万人"),
        "培训合格率": ("≥90%", "培训合格率92.5%"),
        "竞赛活动场次": ("320次", "竞赛活动310次"),
    }


def test_columns_of_unequal_length_are_not_joined() -> None:
    (table,) = lines_to_scrambled(lines(COLUMNS.replace("培训合格率92.5%\n", "")), 1)
    assert [i.actual for i in table.indicators] == [None, None, None]
    assert rules(table).count("value-unplaced") == 2


def test_a_notice_without_such_a_form_is_left_alone() -> None:
    notice = lines(
        "关于下达资金的通知\n\n各县财政局：\n\n现下达资金100万元，绩效目标见附件。\n\n单位：万元"
    )
    assert not looks_scrambled(notice)
    assert scrambled_span(notice) is None


def test_the_span_leaves_out_what_stands_before_and_after() -> None:
    text = ["关于报送自评情况的通知", "", "现将有关情况报送如下，请审核。", ""]
    tail = ["附件2", "其他材料"]
    notice = lines("\n".join([*text, *ROWWISE.strip("\n").split("\n"), *tail]))
    span = scrambled_span(notice)
    assert span is not None
    assert notice[span[0]].text == "单位：万元"
    assert notice[span[1]].text == "附件2"


def test_a_line_of_the_list_of_attachments_opens_no_form() -> None:
    above = ["附件：1.资金分配表", "2.绩效目标表", "某省财政厅", "2022年5月18日"]
    span = scrambled_span(lines("\n".join(above) + ROWWISE))
    assert span is not None
    assert span[0] >= len(above)


SPACED = """项目支出绩效目标表
项目名称      {}            主管部门      龙泉市教育局
年度资金总额    426.00    其中：财政拨款   426.00    其他资金    0.00
一级指标      二级指标            三级指标                指标值
产出指标      数量指标            配备保安人数            ≥142人
              质量指标            保安持证上岗率          =100%
              成本指标            人均服务费              ≤3万元/年
效益指标      社会效益指标        事故发生率              =0
              可持续影响指标      长效机制                健全
满意度指标    服务对象满意度指标  师生满意度              ≥90%"""


def test_columns_set_apart_by_runs_of_spaces() -> None:
    text = f"{SPACED.format('校园安保')}\n{SPACED.format('校车')}"
    tables = lines_to_scrambled(lines(text), 2)
    assert [(t.number, t.project, t.reader) for t in tables] == [
        (2, "校园安保", Reader.SPACES),
        (3, "校车", Reader.SPACES),
    ]
    for table in tables:
        assert [i.target.printed for i in table.indicators] == [
            "≥142人", "=100%", "≤3万元/年", "=0", "健全", "≥90%",
        ]  # fmt: skip
        assert [i.level1 for i in table.indicators] == [
            *["产出指标"] * 3,
            *["效益指标"] * 2,
            "满意度指标",
        ]
        assert not table.findings


def test_the_four_forms_of_the_original() -> None:
    found = lines_to_scrambled(original_lines("003"), 1)
    assert [len(t.indicators) for t in found] == [15, 12, 12, 14]
    assert [t.project for t in found] == [
        "企业职工基本养老保险基金支出",
        "机关事业单位基本养老保险基金支出",
        "工伤保险基金支出",
        "失业保险基金支出",
    ]
    amounts = [
        (str(b.budget.value), str(b.executed.value))
        for b in (t.budget for t in found)
        if b.budget is not None and b.executed is not None
    ]
    assert amounts == [
        ("1410942", "1281199"), ("489150", "478059"), ("6926", "5769"), ("16244", "10049"),
    ]  # fmt: skip
    assert not {"pair-uncertain", "label-missing", "label-unplaced"} & {
        rule for t in found for rule in rules(t)
    }
    first, second, third, fourth = (pairs(t) for t in found)
    assert first["保障丧葬抚恤金发放人数"] == (
        "0.5万人",
        "2020年末实际保障丧葬抚恤金发放人数0.43万人",
    )
    assert first["项目截至时间"][0] == "2020/12/31"
    assert first["离退休人员上访率"] == (
        "上访率控制在0.1%以内，维护社会稳定，长治久安", "离退休人员上访率<0.1%",
    )  # fmt: skip
    assert second["清算新纳入中央驻疆单位补发基本养老金"][0] == "185751万元"
    assert third["保障工伤待遇人数"] == ("0.37万人", "2020年末实际保障工伤待遇人数745人")
    assert third["防止参保职工因工伤返贫致贫"] == (
        "充分发挥社会保险的社会保障职能作用", "防止因工伤返贫致贫、充分发挥社会保险的职能作用",
    )  # fmt: skip
    assert fourth["享受稳定岗位补贴企业参加失业保险人数"] == (
        "13.45万人", "2020年享受稳定岗位补贴企业参加失业保险人数11.88万人",
    )  # fmt: skip
    assert fourth["保障享受失业待遇人数"][1] == "2020年全年领取失业保险金人数214人"


def test_the_short_last_line_of_a_paragraph_is_no_label() -> None:
    text = ROWWISE.replace(
        "力争合格率稳定提高，确保补贴及时发放。",
        "力争合格率稳定提高，培训更加规范，补\n贴有保障。职工的劳动条件得到改\n善有保障。",
    )
    (table,) = lines_to_scrambled(lines(text), 1)
    assert table.goal.endswith("职工的劳动条件得到改善有保障。")
    assert len(table.indicators) == 6
    assert not any("有保障" in i.name for i in table.indicators)


def test_of_two_paragraphs_one_is_the_goal_where_the_other_is_the_result() -> None:
    goal = "确保参训职工按计划完成培训，\n逐步提高职工技能，力争合格率稳定提高，确保补贴及时发放。"
    text = ROWWISE.replace(
        goal, "围绕总目标，使参训职工按时完成学业，\n职工技能提高，就业形势良好稳定。"
    )
    (table,) = lines_to_scrambled(lines(text), 1)
    assert table.goal.startswith("围绕总目标")
    assert table.result.startswith("全年实际培训职工1.31万人")
    assert "paragraph-unplaced" not in rules(table)
