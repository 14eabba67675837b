"""Self-evaluations that are laid out in cells: three of the four known forms."""

from decimal import Decimal

from normalize.performance import part_to_performance
from schemas.performance import PerformanceTable
from schemas.tables import CellKind, Quantity, TableKind
from tests.normalize.performance.forms import form, levels, rules

SCORED = """
项目名称|城乡居民最低生活保障补助|||||||
主管部门|云岭省民政厅||||实施单位|青溪县民政局||
项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分
|年度资金总额|1200.00|1350.50|1320.00|10|97.74%|9.77
|其中：当年财政拨款|1200.00|1300.50|1270.00|—|97.65%|—
|上年结转资金|0|50.00|50.00|—|100%|—
|其他资金||||—||—
年度总体目标|预期目标||||实际完成情况|||
|保障困难群众基本生活||||已完成全年保障任务|||
绩效指标|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
|产出指标（50分）|数量指标|保障人数|≥3200人|3315人|15|15|
|||发放次数|12次|12次|5|5|
||质量指标|资金发放准确率|≥99%|98.5%|15|14.5|系统数据更新滞后，已整改
||时效指标|补助资金发放及时率|100%|100%|10|10|
||成本指标|人均补助标准|≤620元/人/月|615元/人/月|5|5|
|效益指标（30分）|社会效益指标|困难群众生活水平|有所提升|有所提升|15|15|
||可持续影响指标|救助制度|持续完善|持续完善|15|13|
|满意度指标（10分）|服务对象满意度指标|救助对象满意度|≥90%|93%|10|10|
总分||||||100|97.27|
"""


def values(*quantities: Quantity | None) -> list[str]:
    return ["" if q is None or q.value is None else str(q.value) for q in quantities]


def read(text: str) -> PerformanceTable:
    return part_to_performance(form(text, TableKind.SELF_EVALUATION), 1)


def test_form_with_initial_and_adjusted_budget() -> None:
    table = read(SCORED)
    b = table.budget
    assert values(b.total, b.fiscal, b.budget, b.executed) == [
        "1350.50", "1300.50", "1350.50", "1320.00",
    ]  # fmt: skip
    assert b.other is not None
    assert b.other.kind is CellKind.BLANK
    assert (table.budget_unit, table.kind) == ("青溪县民政局", TableKind.SELF_EVALUATION)
    assert (table.goal, table.result) == ("保障困难群众基本生活", "已完成全年保障任务")
    assert len(table.indicators) == 8
    third = table.indicators[2]
    assert third.actual is not None
    assert values(third.weight, third.score) == ["15", "14.5"]
    assert (third.actual.low, third.reason) == (Decimal("98.5"), "系统数据更新滞后，已整改")
    attained = [i.attained.value for i in table.indicators if i.attained]
    assert attained == ["yes", "yes", "no", "yes", "yes", "unclear", "unclear", "yes"]
    assert table.findings == ()
    assert table.amounts is None


def test_sums_of_weights_and_scores_are_checked() -> None:
    table = read(SCORED.replace("持续完善|持续完善|15|13", "持续完善|持续完善|10|13"))
    assert set(rules(table)) == {"weights-sum", "score-above-weight"}
    wrong = next(f for f in table.findings if f.rule == "weights-sum")
    assert (wrong.recomputed, wrong.difference) == (Decimal(100), Decimal(-5))
    total = read(SCORED.replace("100|97.27", "100|99.27"))
    assert rules(total) == ["scores-sum"]


def test_a_budget_row_shifted_as_a_whole() -> None:
    table = read(
        SCORED.replace(
            "|年度资金总额|1200.00|1350.50|1320.00|10|97.74%|9.77",
            "年度资金总额|1200.00|1350.50|1320.00|10|97.74%|9.77|",
        )
    )
    assert values(table.budget.budget, table.budget.executed) == ["1350.50", "1320.00"]


def test_budget_amounts_that_lie_under_no_columns_are_not_guessed() -> None:
    table = read(
        SCORED.replace(
            "|年度资金总额|1200.00|1350.50|1320.00|10|97.74%|9.77",
            "|年度资金总额|1350.50|1320.00|||||9.77|",
        )
    )
    assert values(table.budget.budget, table.budget.executed) == ["", ""]
    assert "budget-row-unread" in rules(table)


SPLIT = """
项目名称|工资性支出||||||||
主管部门|青溪县发展和改革局||||实施单位（盖章）|青溪县发展和改革局|||
项目基本情况|1.项目年度目标完成情况||||||||
|项目年度目标||||年度目标完成情况||||
|保障工资及时足额发放。||||已按月发放。||||
预算执行情况（10分）|年度预算数（万元）|年初预算|调整后预算数|预算执行数|预算执行率|权重|得分|原因|
|总额|238.93|251.89|251.89|100.00%|10|10||
|其中：财政资金|238.93|251.89|251.89|100.00%|/|/||
|财政专户管理资金|0.00|0.00|0.00|0.00%|/|/||
|其他资金|||||/|/||
绩效指标（90分）|一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分
|产出指标|数量指标|发放（缴纳）覆盖率|=|100|%|100|60|60
|效益指标|社会效益指标|足额保障率（参保率）|≥|95|%|96|20|20
|||投诉次数|≤|3|次|1|10|10
合计||||||||100|100
评价结论|按期完成。||||||||
"""


def test_form_with_sign_and_measure_in_columns_of_their_own() -> None:
    table = read(SPLIT)
    targets = [i.target for i in table.indicators]
    assert [t.printed for t in targets] == ["=100%", "≥95%", "≤3次"]
    assert [t.comparator.value for t in targets] == ["=", ">=", "<="]
    actuals = [(i.actual.low, i.actual.measure) for i in table.indicators if i.actual]
    assert actuals == [(Decimal(100), "%"), (Decimal(96), "%"), (Decimal(1), "次")]
    assert [i.attained.value for i in table.indicators if i.attained] == ["yes", "yes", "yes"]
    b = table.budget
    assert values(b.total, b.fiscal, b.budget, b.executed) == ["251.89"] * 4
    assert (table.goal, table.result) == ("保障工资及时足额发放。", "已按月发放。")
    assert levels(table)[0] == ("数量", "发放（缴纳）覆盖率")
    assert table.findings == ()


def test_form_with_results_in_words() -> None:
    table = read(
        """
项目名称|失业保险基金支出||||
社会保险基金预算支出部门|青溪县社会保险中心||||
预算执行情况（万元）|预算数：|16244||执行数：|10049
年度目标完成情况|预期目标|||实际完成目标|
|确保按时发放||||全年领取失业金人数214人
绩效目标完成情况|一级指标|二级指标|三级指标|预期指标值（包含数字及文字描述）|实际完成指标值（包含数字及文字描述）
|项目完成指标|数量指标|领取失业金人数|110人|2020年全年领取失业保险金人数214人
||质量指标|基金支出预算执行率|105%≤≥95%|基金支出预算执行率61.86%
|项目效益指标|可持续影响力指标|提高技能|充分发挥职能作用|减少失业率
"""
    )
    assert values(table.budget.budget, table.budget.executed) == ["16244", "10049"]
    assert (table.goal, table.result) == ("确保按时发放", "全年领取失业金人数214人")
    assert [i.level1 for i in table.indicators] == ["产出指标", "产出指标", "效益指标"]
    assert [i.actual.low for i in table.indicators if i.actual] == [
        Decimal(214), Decimal("61.86"), None,
    ]  # fmt: skip


def test_a_budget_row_keeps_its_blank_cells_in_their_columns() -> None:
    table = read(
        SCORED.replace("|年度资金总额|1200.00|1350.50|1320.00|", "|年度资金总额|1200.00||1320.00|")
    )
    assert values(table.budget.budget, table.budget.executed) == ["", "1320.00"]
    assert "budget-row-unread" not in rules(table)


def test_a_budget_row_that_lost_a_blank_cell_is_told_by_its_rate() -> None:
    row = "|年度资金总额|1200.00|1350.50|1320.00|10|97.74%|9.77"
    lost = read(SCORED.replace(row, "|年度资金总额|1350.50|1320.00|10|97.74%|9.77"))
    assert values(lost.budget.budget, lost.budget.executed) == ["1350.50", "1320.00"]
    wrong_rate = read(SCORED.replace(row, "|年度资金总额|1350.50|1320.00|10|88.00%|8.8"))
    assert values(wrong_rate.budget.budget, wrong_rate.budget.executed) == ["", ""]
    assert "budget-row-unread" in rules(wrong_rate)
