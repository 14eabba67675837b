"""The performance tables of the original notices."""

from collections import Counter
from decimal import Decimal

from normalize.performance import part_to_performance, parts_to_performance
from schemas.performance import PerformanceTable
from tests.normalize.performance.forms import levels, original_forms, rules


def read(number: str) -> tuple[PerformanceTable, ...]:
    parts = original_forms(number)
    return parts_to_performance(parts, range(1, len(parts) + 1))


LEVEL_OF = {
    "全年参保缴费人数": "数量",
    "全年领取城乡居民待遇人次数": "数量",
    "缴费人员享受政府补贴比率": "质量",
    "符合待遇享受人员享受待遇率": "质量",
    "在规定时限内拨付补助资金的及时性": "时效",
    "个人账户缴费补贴及时到": "时效",
    "基础养老金发放到位率": "时效",
    "自治区各级财政": "成本",
    "各级财政领取": "成本",
    "对社会稳定和长治久安总目标的作用": "社会效益",
    "政策知晓率": "社会效益",
    "城乡居民养老保险制度可持续发展": "可持续影响",
    "城乡参保居民满意度": "服务对象满意度",
    "城乡居民满意度": "服务对象满意度",
}


def level_of(name: str) -> str:
    return next(level for start, level in LEVEL_OF.items() if name.startswith(start))


def test_thirteen_forms_with_165_indicators_each_at_its_level() -> None:
    tables = read("000")
    assert [len(t.indicators) for t in tables] == [13, 11, *[13] * 7, 11, 13, 13, 13]
    for table in tables:
        assert [(level_of(name), name) for _, name in levels(table)] == levels(table)
    moved = Counter(t.number for t in tables for i in t.indicators if i.moved)
    assert moved == {2: 2, 3: 4, 5: 8, 7: 8, 8: 7, 10: 2, 11: 3}


def test_no_single_form_is_set_wrong_without_the_others() -> None:
    for part in original_forms("000"):
        table = part_to_performance(part, 1)
        doubtful = {f.row_no for f in table.findings if f.rule == "level-doubtful"}
        for indicator in table.indicators:
            right = indicator.level2.removesuffix("指标") == level_of(indicator.name)
            assert right or indicator.number in doubtful


def test_the_heads_and_values_of_the_thirteen_forms() -> None:
    tables = read("000")
    totals = [t.budget.total.value for t in tables if t.budget.total is not None]
    assert totals[0] == sum(totals[1:]) == Decimal(68250)
    assert all(t.budget.other is not None and t.budget.other.value == 0 for t in tables)
    assert tables[1].budget_unit == "伊犁州人力资源和社会保障局"
    target = tables[1].indicators[0].target
    assert (target.comparator.value, target.low, target.measure) == (">=", Decimal("74.05"), "万人")
    blank = [i.name for t in tables for i in t.indicators if not i.target.printed]
    assert blank == ["在规定时限内拨付补助资金的及时性（%）"]
    assert "target-blank" in rules(tables[6])


def test_the_form_with_a_column_a_county() -> None:
    (table,) = read("002")
    assert len(table.indicators) == 9
    assert table.amounts is not None
    rows = {row.unit_printed: [c.printed for c in row.cells] for row in table.amounts.rows}
    assert rows == {
        "塔城地区": ["2483", "2483", ""],
        "塔城": ["273", "273", ""],
        "额敏": ["312", "312", ""],
        "乌苏": ["564", "564", ""],
        "沙湾": ["672", "672", ""],
        "托里": ["403", "403", ""],
        "裕民": ["147", "147", ""],
        "和丰": ["112", "112", ""],
    }
    assert table.indicators[0].target.words == "年初预算人数的"
    assert table.indicators[5].target.comparator.value == "by"
    assert table.indicators[7].name == "城乡居民基本养老保险制度长期可持"
    assert table.indicators[7].level2 == "可持续影响指标"


def test_the_five_forms_of_a_county() -> None:
    tables = read("004")
    assert [len(t.indicators) for t in tables] == [7, 22, 7, 9, 10]
    assert {t.budget_unit for t in tables} == {
        "和硕县人力资源和社会保障局", "和硕县医疗保障局", "和硕县民政局",
    }  # fmt: skip
    shifted = tables[1].indicators[16]
    assert (shifted.name, shifted.level1, shifted.level2) == (
        "人均丧葬补贴发放资金数", "产出指标", "成本指标",
    )  # fmt: skip
    assert (shifted.target.low, shifted.target.measure) == (Decimal(720), "元")
    assert tables[2].budget.total is not None
    assert tables[2].budget.total.value == Decimal("707.4")
    assert [i.name for t in tables for i in t.indicators if i.moved] == ["农村低保救助补助覆盖率"]
