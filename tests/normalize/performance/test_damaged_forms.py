"""Forms as OCR and offices leave them: cut rows, lost blanks, garbled signs, odd heads."""

from decimal import Decimal

import pytest

from normalize.performance import part_to_performance
from normalize.performance.fields import grid_to_header
from normalize.performance.footers import is_footer
from normalize.performance.grid import GridRow, Slot
from normalize.performance.rejoin import with_broken_rows_joined
from schemas.performance import PerformanceTable
from schemas.source import Line, LineRef
from schemas.tables import CellKind, Quantity, TableKind
from tests.normalize.performance.forms import form, levels, rules

HEADER = "一级指标|二级指标|三级指标|指标值\n"
FORM = f"{HEADER}产出指标|数量指标|发放人数|380人"


def read(text: str, lead: tuple[str, ...] = ()) -> PerformanceTable:
    lines = tuple(Line(line, LineRef(i)) for i, line in enumerate(lead, 90))
    part = form(text, TableKind.PERFORMANCE_TARGET)
    return part_to_performance(part.__class__(part.kind, part.title, part.tables, lines), 1)


def targets(table: PerformanceTable) -> list[tuple[str, str]]:
    return [(i.name, i.target.printed) for i in table.indicators]


def value(cell: Quantity | None) -> Decimal | None:
    return cell.value if cell else None


# ---- rows


def test_rows_that_a_line_break_cut_are_one_again() -> None:
    table = read(
        f"""{HEADER}产出指标|数量指标|新建农村卫生户
厕数量|≥1,250座
||购置清运车|≥16辆
效益指标|社会效
益指标|生活垃圾治理
率|≥95%
满意度指标|服务对象满意|
度指标|农民满意度|≥90%"""
    )
    assert targets(table) == [
        ("新建农村卫生户厕数量", "≥1,250座"),
        ("购置清运车", "≥16辆"),
        ("生活垃圾治理率", "≥95%"),
        ("农民满意度", "≥90%"),
    ]
    assert [level for level, _ in levels(table)][2:] == ["社会效益", "服务对象满意度"]


def test_a_blank_target_above_a_level_is_not_joined() -> None:
    table = read(f"{HEADER}产出指标|数量指标|培训人数\n效益指标|社会效益指标|就业能力|提高")
    assert targets(table) == [("培训人数", ""), ("就业能力", "提高")]


def test_short_rows_of_a_form_that_lost_its_blanks_are_not_joined() -> None:
    table = read(
        f"""{HEADER}产出指标|数量指标|培训人数|≥30人
质量指标|故障率|≤2%
验收结果|优
合格率|≥98%
效益指标|社会效益指标|就业|≥9人
满意度|≥90%"""
    )
    assert targets(table)[2:4] == [("验收结果", "优"), ("合格率", "≥98%")]
    grouped = read(
        f"""绩效指标|{HEADER}产出指标|数量指标|培训人数|≥30人
质量指标|故障率|≤2%
效益指标|经济效益指标|亩均增收|不低于上年
粮食产量|1500亿斤以上
满意度指标|满意度|农户满意度|≥90%"""
    )
    assert targets(grouped)[2:4] == [("亩均增收", "不低于上年"), ("粮食产量", "1500亿斤以上")]


TRIMMED = """一级指标|二级指标|三级指标|指标值|全年实际完成值|未完成原因
产出指标|数量指标|培训人数|≥186人|179人|7人退出
||支持机构数|5家|5家
|质量指标|合格率|≥80%|91.3%
效益指标|社会效益指标|收入占比|较上年提高|32.8%
|可持续影响指标|服务能力|持续提升|持续提升
满意度指标|服务对象满意度指标|患者满意度|≥85%|{}"""


def test_words_beside_words_where_only_the_ends_of_rows_were_trimmed() -> None:
    table = read(TRIMMED.format("84.5%"))
    rows = [(i.target.printed, i.actual.printed if i.actual else "") for i in table.indicators]
    assert rows[3:5] == [("较上年提高", "32.8%"), ("持续提升", "持续提升")]
    assert "cell-doubtful" not in rules(table)


def test_words_beside_a_number_may_be_a_reason() -> None:
    assert "cell-doubtful" in rules(read(TRIMMED.format("问卷未开展")))


@pytest.mark.parametrize("last", ["原因", "备注"])
def test_a_row_that_slid_by_a_place_has_its_score_for_a_reason(last: str) -> None:
    rows = f"""一级指标|二级指标|三级指标|指标值|完成值|分值|得分|{last}
产出指标|数量指标|古树株数|≥386株|386株||20|20
||保护牌|386块|360块|10|9.3|未到货
效益指标|社会效益指标|意识|≥90%|95%|70|70|"""
    scores = [(value(i.weight), value(i.score)) for i in read(rows).indicators]
    assert scores == [(20, 20), (10, Decimal("9.3")), (70, 70)]


def test_a_name_that_begins_with_an_age_is_no_value() -> None:
    table = read(
        """一级指标|二级指标|三级指标|指标性质|指标值|度量单位
产出指标|数量指标|7岁以下儿童健康管理率|≥|85|%
产出指标|数量指标|随访人数|≥|1200|人
产出指标|质量指标|规范管理率|≥|64|%
效益指标|社会效益指标|居民健康水平|定性|不断提高"""
    )
    assert targets(table)[-1] == ("居民健康水平", "不断提高")


def test_rows_that_say_nothing_are_no_indicators() -> None:
    table = read(
        f"{HEADER}产出指标|数量指标|帐篷|≥120顶\n|质量指标|不适用|不适用\n|时效指标|/|/\n|成本指标|—|—"
    )
    assert targets(table) == [("帐篷", "≥120顶")]


def test_social_cost_is_named_like_a_count() -> None:
    table = read(
        f"""{HEADER}成本指标|经济成本指标|道路补助标准|≤45万元/公里
|社会成本指标|征占耕地面积|≤0亩
|生态环境成本指标|植被破坏面积|=0平方米
产出指标|数量指标|新建公路里程|≥88.6公里"""
    )
    assert [level for level, _ in levels(table)] == ["经济成本", "社会成本", "生态环境成本", "数量"]
    assert "level-moved" not in rules(table)


def test_a_row_whose_cells_are_all_in_doubt_ends_nothing() -> None:
    blank = GridRow((Slot(0, "", LineRef(9)), Slot(1, "", LineRef(9))), 1)
    header = GridRow(
        tuple(Slot(i, word, LineRef(1)) for i, word in enumerate(HEADER.strip().split("|"))), 1
    )
    rows = (header, blank)
    assert not is_footer(blank)
    assert with_broken_rows_joined(rows, grid_to_header(rows)) == rows


def test_a_value_glued_to_its_name() -> None:
    table = read(
        f"""{HEADER}产出指标|数量指标|改建厕所≥2,000座
|质量指标|验收合格率100%
|时效指标|完成时间|2022年12月底前"""
    )
    assert targets(table) == [
        ("改建厕所", "≥2,000座"),
        ("验收合格率", "100%"),
        ("完成时间", "2022年12月底前"),
    ]


def test_offices_and_columns_of_spending_are_no_units_across() -> None:
    table = read(
        f"""主管部门|运城市交通运输局|预算单位|运城市公交集团
项目资金|年初预算数|1-7月执行数|全年预计执行数
年度资金总额|3,600|2,100|3,600
{FORM}"""
    )
    assert (table.amounts, table.budget_unit) == (None, "运城市公交集团")


def test_benefits_that_count_what_they_reach_stay_where_they_are_printed() -> None:
    table = read(
        f"""{HEADER}成本指标|经济成本指标|每公里造价|≤97万元
产出指标|数量指标|大中修里程|26.8公里
效益指标|经济效益指标|降低运输成本|2%以上
|社会效益指标|受益行政村数量|≥28个
||受益人数|≥3万人
满意度指标|服务对象满意度指标|群众满意度|≥95%"""
    )
    found = [level for level, _ in levels(table)]
    assert found[2:5] == ["经济效益", "社会效益", "社会效益"]
    assert "level-moved" not in rules(table)


# ---- signs and digits


@pytest.mark.parametrize("last", ["2023年指标値", "2O23年指标值"])
def test_the_last_year_counts_though_its_header_is_garbled(last: str) -> None:
    table = read(
        f"""一级指标|二级指标|三级指标|2022年指标值|{last}
产出指标|数量指标|建成学校数|≥16所|≥24所
满意度指标|服务对象满意度指标|师生满意度|≥90%|≥92%"""
    )
    assert targets(table) == [("建成学校数", "≥24所"), ("师生满意度", "≥92%")]


@pytest.mark.parametrize("head", ["指标方向", "揩标方向"])
def test_signs_in_words_under_a_direction(head: str) -> None:
    table = read(
        f"""一级指标|二级指标|三级指标|{head}|指标值|计量单位
产出指标|数量指标|受理诉求量|大于等于|36|万件
产出指标|时效指标|办理时长|小于等于|5|工作日
效益指标|社会效益指标|办结率|大于等于|98|%"""
    )
    claims = [(i.target.comparator.value, i.target.low, i.target.high) for i in table.indicators]
    assert claims == [
        (">=", Decimal(36), None),
        ("<=", None, Decimal(5)),
        (">=", Decimal(98), None),
    ]


@pytest.mark.parametrize(
    ("name", "printed", "proposal"),
    [
        ("发放准确率", "10096", "100%"),
        ("家长满意度", "≥85o", "≥85%"),
        ("床位占比", "≥500/o", "≥50%"),
        ("农户满意度（%）", "290", "≥90"),
        ("发放率", "=1O0%", "=100%"),
        ("改造户数", "≥1,2O0户", "≥1,200户"),
    ],
)
def test_a_garbled_value_is_proposed_and_left(name: str, printed: str, proposal: str) -> None:
    table = read(f"{HEADER}产出指标|质量指标|{name}|{printed}")
    (found,) = (f for f in table.findings if f.proposal)
    assert (found.printed, found.proposal) == (printed, proposal)
    assert table.indicators[0].target.printed == printed


def test_the_one_amount_without_a_sign_begins_with_a_two() -> None:
    rows = "产出指标|数量指标|产业项目|{}\n||道路|≥88公里\n||水窖|≥45口\n||增收|≥1200元"
    assert rules(read(HEADER + rows.format("271个"))).count("sign-as-digit") == 1
    assert "sign-as-digit" not in rules(read(HEADER + rows.format("≥71个")))
    assert "sign-as-digit" not in rules(read(HEADER + rows.format("171个")))


# ---- the head


def test_amounts_with_a_label_each_are_no_units_across() -> None:
    table = read(
        f"""项目名称|养老补助|预算单位|凤阳县卫生健康委员会
年度资金总额|182.40|其中：财政拨款|182.40|其他资金|0.00
{FORM}"""
    )
    assert table.amounts is None
    assert (value(table.budget.total), value(table.budget.fiscal)) == (Decimal("182.40"),) * 2


def test_amounts_under_their_labels() -> None:
    table = read(
        f"""部门名称|福泉市林业局
年度主要任务|任务名称|主要内容|总额|财政拨款|其他资金
|任务1|森林防火|320.5|320.5|0
|金额合计||2,426.3|2,386.3|40
{FORM}""".replace("年度主要任务|任务名称|主要内容|总额", "|||总额")
    )
    amounts = (table.budget.total, table.budget.fiscal, table.budget.other)
    assert [value(a) for a in amounts] == [Decimal("2426.3"), Decimal("2386.3"), Decimal(40)]


def test_amounts_of_a_whole_period_are_not_those_of_the_year() -> None:
    table = read(
        f"""项目资金|实施期资金总额|5,400|年度资金总额|1,800
|其中：财政拨款|5,400|其中：财政拨款|1,800
|其他资金|0|其他资金|0
{FORM}"""
    )
    assert (value(table.budget.total), value(table.budget.fiscal)) == (Decimal(1800), Decimal(1800))


def test_labels_in_the_lines_above_the_form() -> None:
    table = read(
        FORM,
        (
            "项目名称：退役军人优待金\t填报单位（盖章）：德化县退役军人事务局 填报日期：2023年3月",
            "项目资金总额（万元）：1,152.00，其中：本级财政资金 1,152.00，其他资金 0.00",
        ),
    )
    assert (table.project, table.budget_unit) == ("退役军人优待金", "德化县退役军人事务局")
    assert (value(table.budget.total), value(table.budget.other)) == (Decimal(1152), Decimal(0))


def test_labels_in_columns_above_the_form() -> None:
    table = read(FORM, ("项目名称  信访经费    实施单位  通江县信访局",))
    assert (table.project, table.budget_unit) == ("信访经费", "通江县信访局")


def test_a_label_and_its_name_in_one_cell() -> None:
    table = read(
        f"主管部门 南漳县财政局||实施单位 南漳县教育局\n{FORM}", ("项目名称 营养改善计划",)
    )
    assert (table.project, table.budget_unit) == ("营养改善计划", "南漳县教育局")


def test_a_value_of_the_head_that_a_line_break_cut() -> None:
    table = read(f"项目名称|基本公共卫\n生服务项目|预算单位|凤阳县卫生健康委员会\n{FORM}")
    assert (table.project, table.budget_unit) == ("基本公共卫生服务项目", "凤阳县卫生健康委员会")


def test_a_budget_table_does_not_go_on_with_the_unit_above_it() -> None:
    table = read(
        f"""项目名称|小区改造|主管部门|某市住房局
资金执行情况|年初预算数|调整后预算数|执行数
年度资金总额|5,000|4,800|4,560
{FORM}"""
    )
    assert (table.project, table.budget_unit) == ("小区改造", "某市住房局")


def test_an_unreadable_amount_is_told() -> None:
    table = read(f"年度金额|86,5O2\n其中：中央补助|69,201\n{FORM}")
    assert table.budget.total is not None
    assert table.budget.total.kind is CellKind.UNREADABLE
    assert rules(table) == ["cell-unreadable"]


def test_local_funds_beside_other_funds_of_nothing() -> None:
    table = read(f"年度金额|2,000\n其中：中央补助|1,500\n地方资金|500\n其他资金|0\n{FORM}")
    assert value(table.budget.other) == Decimal(500)


def test_units_whose_amounts_stand_one_place_to_the_left() -> None:
    table = read(
        """项目名称|就业补助|合计|荔浦市|阳朔县
资金情况|年度金额|4,600|1,520|3,080
|其中：中央资金|3,900|1,300|2,600
绩效指标|一级指标|二级指标|三级指标|合计|荔浦市|阳朔县
|产出指标|数量指标|培训人数|≥90人|≥40人|≥50人
||质量指标|合格率|≥98%|≥98%|≥98%"""
    )
    assert table.amounts is not None
    assert [[c.printed for c in r.cells] for r in table.amounts.rows] == [
        ["4,600", "3,900"],
        ["1,520", "1,300"],
        ["3,080", "2,600"],
    ]
    assert value(table.budget.total) == Decimal(4600)


# ---- budgets and scores

BUDGET = """项目资金||全年预算数|全年执行数|执行率
|年度资金总额|{total}|14,326.00|{rate}
|其中：中央财政资金|12,800.00|12,600.00|98.44%
|地方资金|1,926.00|1,726.00|89.62%
|其他资金|0|0|—
一级指标|二级指标|三级指标|指标值|实际完成值
产出指标|数量指标|人数|≥18人|18人"""


@pytest.mark.parametrize(
    ("total", "rate", "expected"),
    [
        ("14,726.00", "97.28%", []),
        ("14,726.00", "97.3%", []),
        ("14,726.00", "0.9728", []),
        ("14,726.00", "98.61%", ["execution-rate"]),
        ("14,826.00", "96.63%", ["budget-sum"]),
    ],
)
def test_a_budget_table_proves_itself(total: str, rate: str, expected: list[str]) -> None:
    assert rules(read(BUDGET.format(total=total, rate=rate))) == expected


def test_carried_over_and_nested_parts_are_no_contradiction() -> None:
    table = read(
        """||年初预算数|全年预算数|全年执行数
|年度资金总额|380|365.5|320.2
|其中：财政拨款|380|350|304.7
|中央资金|200|200|200
|省级资金|180|150|104.7
|上年结转资金|0|15.5|15.5
一级指标|二级指标|三级指标|指标值|实际完成值
产出指标|数量指标|人数|≥18人|18人"""
    )
    assert rules(table) == []


def test_a_rate_beside_the_amounts() -> None:
    text = "预算数|3,136|执行数|2,822.4|执行率|{}\n" + FORM
    assert "execution-rate" not in rules(read(text.format("90%")))
    assert "execution-rate" in rules(read(text.format("95%")))


@pytest.mark.parametrize("row", ["预算执行率（10分）||||||{}|9.5", "预算执行率|{}|9.5"])
def test_the_weight_of_the_execution_rate_among_the_indicators(row: str) -> None:
    text = f"""一级指标|二级指标|三级指标|指标值|实际完成值|权重|得分
产出指标|数量指标|岗位数|≥500个|512个|50|50
效益指标|社会效益指标|就业|稳定|稳定|30|30
满意度指标|满意度指标|满意度|≥90%|93%|10|10
{row}
合计|||||100|99.5"""
    table = read(text.format(10))
    assert len(table.indicators) == 3
    assert rules(table) == ["amounts-missing"]
    assert "weights-sum" in rules(read(text.format(20)))
