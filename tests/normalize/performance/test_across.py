"""Forms with a column a unit."""

from decimal import Decimal

from normalize.performance import part_to_performance
from schemas.tables import CellKind
from tests.normalize.performance.forms import form, rules

FORM = """
项目名称|残疾人两项补贴||全州|甲县|乙县|丙市
州级主管部门|某州民政局|||||
资金情况（万元）|年度金额：||1,000|400|350|250
|其中：省级资金||800|320|280|200
|地方资金||200|80||50
年度总目标|补贴应发尽发|||||
绩效指标|一级指标|二级指标|三级指标|指标值||
|产出指标|数量指标|发放人数|≥5000人||
||质量指标|发放合规率|100%||
|满意度指标|服务对象满意度|残疾人满意度|≥95%||
"""


def test_amounts_by_unit_are_an_allocation_table() -> None:
    table = part_to_performance(form(FORM), 2)
    amounts = table.amounts
    assert amounts is not None
    assert [c.item for c in amounts.columns] == ["年度金额", "其中：省级资金", "地方资金"]
    assert [c.measure for c in amounts.columns] == ["万元"] * 3
    assert [row.unit_printed for row in amounts.rows] == ["全州", "甲县", "乙县", "丙市"]
    assert [c.value for c in amounts.rows[0].cells] == [Decimal(1000), Decimal(800), Decimal(200)]
    assert amounts.rows[2].cells[2].kind is CellKind.BLANK
    assert (amounts.number, table.budget_unit) == (2, "某州民政局")
    assert [i.name for i in table.indicators] == ["发放人数", "发放合规率", "残疾人满意度"]


def test_an_amount_under_no_unit_is_reported() -> None:
    table = part_to_performance(form(FORM.replace("||200|80||50", "|200|80||50|")), 1)
    assert table.amounts is not None
    assert [f.rule for f in table.amounts.findings] == ["amount-stray"]


def test_a_target_for_each_unit() -> None:
    table = part_to_performance(
        form(
            """
项目名称|残疾人两项补贴|||||
资金情况（万元）|年度金额：||1,000|400|600
一级指标|二级指标|三级指标|全州|甲县|乙县
产出指标|数量指标|发放人数|≥5000人|≥2000人|≥3000人
满意度指标|服务对象满意度|残疾人满意度|≥95%||≥90%
"""
        ),
        1,
    )
    assert table.amounts is not None
    assert [i.target.printed for i in table.indicators] == ["≥5000人", "≥95%"]
    by_unit = [[(t.unit, t.target.printed) for t in i.by_unit] for i in table.indicators]
    assert by_unit == [
        [("全州", "≥5000人"), ("甲县", "≥2000人"), ("乙县", "≥3000人")],
        [("全州", "≥95%"), ("甲县", ""), ("乙县", "≥90%")],
    ]
    assert [[c.printed for c in row.cells] for row in table.amounts.rows] == [
        ["1,000"],
        ["400"],
        ["600"],
    ]
    assert rules(table) == []


def test_an_upright_form_has_no_amounts_by_unit() -> None:
    table = part_to_performance(
        form(
            """
项目名称|临时救助|||
项目资金(万元)|年度资金总额:|60|其中:财政拨款|60
一级指标|二级指标|三级指标|指标值
产出指标|数量指标|救助人次|≥500人次
"""
        ),
        1,
    )
    assert table.amounts is None


def test_a_row_of_amounts_that_lost_a_blank_place_is_not_trusted() -> None:
    table = part_to_performance(form(FORM.replace("||200|80||50", "||200|80|50")), 1)
    assert table.amounts is not None
    assert [f.rule for f in table.amounts.findings] == ["row-shift-uncertain"]
    assert all(row.shift_uncertain for row in table.amounts.rows)


def test_a_target_of_a_row_that_lost_a_blank_place_belongs_to_no_unit_for_sure() -> None:
    table = part_to_performance(
        form(
            """
项目名称|残疾人两项补贴|||||
资金情况（万元）|年度金额：||1,000|400|600
一级指标|二级指标|三级指标|全州|甲县|乙县
产出指标|数量指标|发放人数|≥5000人|≥2000人|≥3000人
满意度指标|服务对象满意度|残疾人满意度|≥95%|≥90%
"""
        ),
        1,
    )
    assert [t.target.printed for t in table.indicators[1].by_unit] == ["", "", ""]
    assert {f.printed for f in table.findings if f.rule == "cell-doubtful"} == {"≥95%", "≥90%"}
