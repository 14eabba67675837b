"""Target forms with a row an indicator, with the damage that archives show."""

from decimal import Decimal

from normalize.performance import part_to_performance
from schemas.source import LineRef
from schemas.tables import CellKind, Part
from tests.normalize.performance.forms import form, levels, rules, spans

HEAD = """
预算单位|青溪县卫生健康局|||项目名称|基本公共卫生服务|
项目资金 (万元)|年度资金总额:|60.50|其中: 财政拨款|60.50|其他资金 0
项目总体目标|为辖区居民免费提供服务。|||||
"""


def test_a_plain_form() -> None:
    table = part_to_performance(
        form(
            HEAD
            + """一级指标|二级指标|三级指标|||指标值(包含数字及文字描述)|
产出指标|数量指标|建档人数|||≥500人|
||随访次数|||12次, 按月|
|质量指标|规范管理率|||不低于60%|
|时效指标|资金到位时间|||6月底前|
效益指标|社会效益指标|居民健康水平|||提高|
满意度指标|满意度指标|居民满意度|||≥90%|
"""
        ),
        3,
    )
    assert (table.budget_unit, table.project) == ("青溪县卫生健康局", "基本公共卫生服务")
    assert (table.number, table.measure) == (3, "万元")
    assert table.goal == "为辖区居民免费提供服务。"
    budget = table.budget
    assert budget.total is not None
    assert budget.fiscal is not None
    assert budget.other is not None
    assert (budget.total.value, budget.fiscal.value) == (Decimal("60.50"), Decimal("60.50"))
    assert (budget.other.kind, budget.other.value) == (CellKind.NUMBER, Decimal(0))
    assert levels(table) == [
        ("数量", "建档人数"),
        ("数量", "随访次数"),
        ("质量", "规范管理率"),
        ("时效", "资金到位时间"),
        ("社会效益", "居民健康水平"),
        ("服务对象满意度", "居民满意度"),
    ]
    assert [i.number for i in table.indicators] == [1, 2, 3, 4, 5, 6]
    assert table.indicators[0].target.ref == LineRef(5, 6)
    assert table.indicators[1].level2_printed == "数量指标"
    assert not any(i.moved for i in table.indicators)
    assert table.findings == ()


def test_rows_shifted_by_collapsed_cells_are_read_by_what_their_cells_are() -> None:
    table = part_to_performance(
        form(
            HEAD
            + """一级 指标|二级 指标|三级指标|||指标值|
产出指标|数量指标|建档人数|≥500人|
||随访人数|≥300人|
|质量指标|规范管理率|||≥60%|
时效指标|资金到位时间|||6月底前||
|社会效益指标|居民健康水平|||提高|
满意度指标|居民满意度|||≥90%||
"""
        ),
        1,
    )
    assert [(i.name, i.target.printed) for i in table.indicators] == [
        ("建档人数", "≥500人"),
        ("随访人数", "≥300人"),
        ("规范管理率", "≥60%"),
        ("资金到位时间", "6月底前"),
        ("居民健康水平", "提高"),
        ("居民满意度", "≥90%"),
    ]
    assert [i.level1 for i in table.indicators[3:]] == ["产出指标", "效益指标", "满意度指标"]
    assert table.indicators[3].level2 == "时效指标"


def test_an_exact_grid_with_spans() -> None:
    table = part_to_performance(
        spans(
            [
                [("项目名称", 1, 1), ("公益林补偿", 1, 5)],
                [("资金情况（万元）", 2, 1), ("年度金额", 1, 2), ("500", 1, 3)],
                [("地方资金", 1, 2), ("", 1, 3)],
                [("绩效指标", 8, 1), "一级指标", "二级指标", "三级指标", ("指标值", 1, 2)],
                [("产出指标", 3, 1), ("数量指标", 2, 1), "管护面积", ("≥12.5万亩", 1, 2)],
                ["管护人员", ("≥85人", 1, 2)],
                ["时效指标", "完成时间", ("12月底前", 1, 2)],
                ["效益指标", "生态效益指标", "森林覆盖率", ("不低于62%", 1, 2)],
                [("满意度指标", 2, 2), "林农满意度", ("≥85%", 1, 2)],
                ["村委会满意度", ("90%以上", 1, 2)],
            ]
        ),
        1,
    )
    assert levels(table) == [
        ("数量", "管护面积"),
        ("数量", "管护人员"),
        ("时效", "完成时间"),
        ("生态效益", "森林覆盖率"),
        ("服务对象满意度", "林农满意度"),
        ("服务对象满意度", "村委会满意度"),
    ]
    assert table.indicators[0].target.measure == "万亩"
    assert [i.level2_printed for i in table.indicators[4:]] == ["满意度指标", "满意度指标"]
    assert table.budget.other is not None
    assert table.budget.other.kind is CellKind.BLANK


def test_traditional_characters_garbled_glyphs_and_markup() -> None:
    table = part_to_performance(
        form(
            """
<b>預算單位</b>|青溪縣民政局|||<b>項目名稱</b>|臨時救助|
項目資金 (萬元)|年度資金總額：|60|其中：財政撥款|60|其他資金|0
一级指标|二级指标|三纟指标|||指標值(包含數字及文字描述)|
產出指標|數量指標|救助人次|||≥500人次|
||质量 指标|救助准确率||100%|
|時效指祘|救助及時率|||≥98%|
效益指標|社會效益指標|困難群眾生活|||改善|
滿意度指標|滿意度指標|救助對象滿意度|||≥90%|
"""
        ),
        1,
    )
    assert table.measure == "万元"
    assert table.budget_unit == "青溪縣民政局"
    assert [level for level, _ in levels(table)] == [
        "数量", "质量", "时效", "社会效益", "服务对象满意度",
    ]  # fmt: skip
    assert table.indicators[2].level2_printed == "時效指祘"
    assert table.indicators[1].target.printed == "100%"


def test_a_blank_target_is_an_indicator_with_a_finding() -> None:
    table = part_to_performance(
        form(
            HEAD
            + """一级指标|二级指标|三级指标|指标值
产出指标|数量指标|建档人数|≥500人
|时效指标|资金拨付的及时性（%）|
满意度指标|满意度指标|居民满意度|≥90%
"""
        ),
        1,
    )
    blank = table.indicators[1]
    assert (blank.name, blank.target.printed) == ("资金拨付的及时性（%）", "")
    assert (blank.target.low, blank.target.words) == (None, "")
    assert rules(table) == ["target-blank"]


def test_a_value_without_a_name_is_kept_and_reported() -> None:
    table = part_to_performance(
        form(
            HEAD
            + """一级指标|二级指标|三级指标|指标值
产出指标|数量指标|建档人数|≥500人
|||≥300人
"""
        ),
        1,
    )
    assert [i.target.printed for i in table.indicators] == ["≥500人", "≥300人"]
    assert rules(table) == ["name-missing"]


def test_a_form_over_two_pages_with_its_header_printed_anew() -> None:
    first = form(
        HEAD
        + """一级指标|二级指标|三级指标|指标值
产出指标|数量指标|建档人数|≥500人
"""
    )
    second = form(
        """一級指标|二级指标|三级指标|指标值
||随访人数|≥300人
满意度指标|满意度指标|居民满意度|≥90%
注：本表一式两份|||
"""
    )
    both = Part(first.kind, first.title, (*first.tables, *second.tables))
    table = part_to_performance(both, 1)
    assert levels(table) == [
        ("数量", "建档人数"),
        ("数量", "随访人数"),
        ("服务对象满意度", "居民满意度"),
    ]


def test_levels_glued_to_names_and_to_each_other() -> None:
    table = part_to_performance(
        form(
            """
项目名称|清洁取暖补助|
一级指标|二级指标|三级指标|指标值
产出指标（50分）|1.数量指标|改造户数|≥1200户
||质量指标：验收合格率|100%
效益指标-生态效益指标||减排量|≥30吨
"""
        ),
        1,
    )
    assert levels(table) == [
        ("数量", "改造户数"),
        ("质量", "验收合格率"),
        ("生态效益", "减排量"),
    ]


def test_a_blank_template_has_no_indicators() -> None:
    table = part_to_performance(
        form(
            """
项目名称||
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|指标1：|
||指标2：|
||……|
"""
        ),
        1,
    )
    assert table.indicators == ()
    assert "indicators-missing" in rules(table)


def test_a_missing_header_is_told_from_a_complete_row() -> None:
    table = part_to_performance(
        form(
            """
项目名称|残疾人两项补贴||
产出指标|数量指标|发放人数|≥5000人
||发放户数|≥1200户
效益指标|社会效益指标|生活水平|提高
"""
        ),
        1,
    )
    assert len(table.indicators) == 3
    assert "header-missing" in rules(table)


def test_no_form_at_all_gives_a_finding_and_no_indicator() -> None:
    table = part_to_performance(form("序号|名称\n1|甲"), 1)
    assert table.indicators == ()
    assert "header-missing" in rules(table)


def test_long_term_and_yearly_indicators_side_by_side() -> None:
    table = part_to_performance(
        form(
            """
项目名称|教育设施||||||
一级指标|二级指标（长期）|三级指标（长期）|指标值（长期）|二级指标（年度）|三级指标（年度）|指标值（年度）
产出指标|数量指标|工程总数|9|数量指标|重点工程数量|2
|质量指标|||质量指标|验收合格率|100%
"""
        ),
        1,
    )
    assert [(i.name, i.target.printed) for i in table.indicators] == [
        ("重点工程数量", "2"),
        ("验收合格率", "100%"),
    ]
    assert "blocks-unread" in rules(table)


def test_a_sign_read_as_a_digit_is_proposed_not_changed() -> None:
    table = part_to_performance(
        form("一级指标|二级指标|三级指标|指标值\n满意度指标|满意度指标|移民满意度|290%"), 1
    )
    assert table.indicators[0].target.low == Decimal(290)
    proposals = [f.proposal for f in table.findings if f.rule == "sign-as-digit"]
    assert proposals == ["≥90%"]
