"""Forms as other provinces print them: other words, other orders, more columns."""

from decimal import Decimal

import pytest

from normalize.performance import part_to_performance
from schemas.performance import PerformanceTable
from schemas.tables import TableKind
from tests.normalize.performance.forms import form, levels, rules


def read(text: str, kind: TableKind = TableKind.PERFORMANCE_TARGET) -> PerformanceTable:
    return part_to_performance(form(text, kind), 1)


def targets(table: PerformanceTable) -> list[tuple[str, str]]:
    return [(i.name, i.target.printed) for i in table.indicators]


ROWS = """产出指标|数量指标|培训人数|≥500人
||培训期数|6期
|质量指标|培训合格率|≥95%
效益指标|社会效益指标|就业能力|提高
满意度指标|服务对象满意度指标|学员满意度|≥90%"""
FACTS = [
    ("培训人数", "≥500人"),
    ("培训期数", "6期"),
    ("培训合格率", "≥95%"),
    ("就业能力", "提高"),
    ("学员满意度", "≥90%"),
]
LEVELS = ["数量", "数量", "质量", "社会效益", "服务对象满意度"]


@pytest.mark.parametrize(
    "name", ["三级指标", "指标内容", "绩效指标", "指标名称", "三級指標", "具体指标", "绩效指标名称"]
)
@pytest.mark.parametrize(
    "value",
    [
        "目标值",
        "预期值",
        "计划值",
        "预期当年实现值",
        "年度目标值",
        "本年目标值",
        "2023年目标值",
        "绩效标准",
        "目標值",
        "预期指标值",
        "全年目标",
    ],
)
def test_words_for_name_and_value(name: str, value: str) -> None:
    table = read(f"一级指标|二级指标|{name}|{value}\n{ROWS}")
    assert targets(table) == FACTS
    assert [level for level, _ in levels(table)] == LEVELS
    assert table.kind is TableKind.PERFORMANCE_TARGET
    assert rules(table) == ["amounts-missing"]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("1.{}", "{}"),
        ("一、{}", "（一）{}"),
        ("{}", "（1）{}"),
        ("{}（50分）", "{}（20分）"),
        ("1 {}", "1.1 {}"),
        ("1、{}", "1.1{}"),
        ("（一）{}", "1.{}"),
        ("Ⅰ.{}", "①{}"),
    ],
)
def test_numbered_levels(one: str, two: str) -> None:
    lines = []
    for line in ROWS.split("\n"):
        cells = line.split("|")
        cells[0] = one.format(cells[0]) if cells[0] else ""
        cells[1] = two.format(cells[1]) if cells[1] else ""
        lines.append("|".join(cells))
    table = read("一级指标|二级指标|三级指标|指标值\n" + "\n".join(lines))
    assert targets(table) == FACTS
    assert [level for level, _ in levels(table)] == LEVELS
    assert not any(i.moved for i in table.indicators)


@pytest.mark.parametrize("mark", ["指标{}：", "{}.", "1.{} ", "（{}）", "{}、"])
def test_numbered_names(mark: str) -> None:
    lines = []
    for i, line in enumerate(ROWS.split("\n"), 1):
        cells = line.split("|")
        cells[2] = mark.format(i) + cells[2]
        lines.append("|".join(cells))
    table = read("一级指标|二级指标|三级指标|指标值\n" + "\n".join(lines))
    pairs = zip(targets(table), FACTS, strict=True)
    assert all(name.endswith(said) for (name, _), (said, _) in pairs)
    assert [value for _, value in targets(table)] == [value for _, value in FACTS]
    assert [level for level, _ in levels(table)] == LEVELS


def test_a_measure_column_and_a_weight_in_a_target_form() -> None:
    table = read(
        """一级指标|二级指标|三级指标|计量单位|指标值|权重
产出指标|数量指标|培训人数|人|≥500|30
|质量指标|培训合格率|%|90|30
|时效指标|完成时间||12月底前|20
满意度指标|服务对象满意度|学员满意度|%|≥95|20"""
    )
    assert [
        (t.comparator.value, t.low, t.measure) for t in (i.target for i in table.indicators)
    ] == [
        (">=", Decimal(500), "人"),
        ("=", Decimal(90), "%"),
        ("by", None, ""),
        (">=", Decimal(95), "%"),
    ]
    assert [i.weight.value for i in table.indicators if i.weight] == [30, 30, 20, 20]
    assert table.kind is TableKind.PERFORMANCE_TARGET
    assert rules(table) == ["amounts-missing"]


def test_a_direction_beside_the_sign_does_not_hide_it() -> None:
    table = read(
        """一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重|指标方向性
产出指标|数量指标|培训人数|≥|500|人|30|正向指标
|成本指标|人均成本|≤|800|元|30|反向指标
|质量指标|制度建设|定性|完善||40|正向指标"""
    )
    assert [i.target.printed for i in table.indicators] == ["≥500人", "≤800元", "完善"]
    assert [i.target.comparator.value for i in table.indicators] == [">=", "<=", "text"]


def test_notes_beside_the_value_are_no_values() -> None:
    table = read(
        """一级指标|二级指标|三级指标|指标值|指标值说明|评（扣）分标准|备注
产出指标|数量指标|培训人数|≥500人|全年培训总人数|每少10人扣1分|
||培训期数|6期|每两月1期||
|质量指标|培训合格率|≥95%|合格人数/参训人数|每低1%扣2分|以证书为准"""
    )
    assert targets(table) == FACTS[:3]
    assert rules(table) == ["amounts-missing"]


def test_last_years_value_is_neither_target_nor_result() -> None:
    for past, now in (
        ("上年实际值", "本年目标值"),
        ("上年实际完成值", "年度指标值"),
        ("2022年实际值", "2023年目标值"),
        ("上年指标值", "指标值"),
        ("上年实际", "目标值"),
    ):
        table = read(
            f"""一级指标|二级指标|三级指标|{past}|{now}
产出指标|数量指标|培训人数|450人|≥500人
|质量指标|培训合格率||≥95%"""
        )
        assert targets(table) == [("培训人数", "≥500人"), ("培训合格率", "≥95%")], past
        assert [i.actual for i in table.indicators] == [None, None], past
        assert table.kind is TableKind.PERFORMANCE_TARGET


def test_a_long_term_value_beside_the_yearly_one() -> None:
    for long, year in (
        ("长期指标值", "年度指标值"),
        ("实施期指标值", "年度指标值"),
        ("中期目标值", "年度目标值"),
        ("实施周期指标值", "年度指标值"),
        ("总体指标值", "年度指标值"),
    ):
        table = read(
            f"""一级指标|二级指标|三级指标|{long}|{year}
产出指标|数量指标|培训人数|≥1500人|≥500人
|质量指标|培训合格率|≥95%|
效益指标|社会效益指标|就业能力||提高"""
        )
        assert [i.target.printed for i in table.indicators] == ["≥500人", "", "提高"], long
        assert rules(table) == ["amounts-missing", "target-blank"], long


def test_a_header_in_two_rows() -> None:
    table = read(
        """一级指标|二级指标|三级指标|预期实现值|
|||实施周期指标值|年度指标值
产出指标|数量指标|培训人数|≥1500人|≥500人
|质量指标|培训合格率|≥95%|≥94%"""
    )
    assert targets(table) == [("培训人数", "≥500人"), ("培训合格率", "≥94%")]
    signs = read(
        """一级指标|二级指标|三级指标|指标值||
|||符号|数值|单位
产出指标|数量指标|培训人数|≥|500|人
|质量指标|培训合格率|≥|95|%"""
    )
    assert targets(signs) == [("培训人数", "≥500人"), ("培训合格率", "≥95%")]


def test_a_share_of_completion_is_no_result() -> None:
    table = read(
        """一级指标|二级指标|三级指标|年度指标值|实际完成值|完成率|分值|得分
产出指标|数量指标|培训人数|≥500人|450人|90%|50|45
|质量指标|培训合格率|≥95%|96%|101%|50|50
总分||||||100|95""",
        TableKind.SELF_EVALUATION,
    )
    assert [i.actual.printed for i in table.indicators if i.actual] == ["450人", "96%"]
    assert [i.score.value for i in table.indicators if i.score] == [45, 50]
    assert rules(table) == ["amounts-missing"]


def test_a_number_column_at_the_left() -> None:
    table = read(
        """序号|一级指标|二级指标|三级指标|指标值
1|产出指标|数量指标|培训人数|≥500人
2|||培训期数|6期
3||质量指标|培训合格率|≥95%"""
    )
    assert targets(table) == FACTS[:3]
    assert table.indicators[1].level2 == "数量指标"


def test_names_before_their_levels() -> None:
    table = read(
        """序号|指标名称|一级指标|二级指标|目标值
1|培训人数|产出指标|数量指标|≥500人
2|培训合格率|产出指标|质量指标|≥95%
3|学员满意度|满意度指标|服务对象满意度指标|≥90%"""
    )
    assert targets(table) == [FACTS[0], FACTS[2], FACTS[4]]
    assert [level for level, _ in levels(table)] == ["数量", "质量", "服务对象满意度"]


def test_traditional_characters_throughout() -> None:
    table = read(
        """項目名稱|職業培訓補助||主管部門|青溪縣人力資源和社會保障局
年度資金總額（萬元）|60.5||其中：財政撥款|60.5
年度總體目標|培訓農民500人。|||
一級指標|二級指標|三級指標|年度指標值|計量單位
產出指標|數量指標|培訓人數|≥500|人
|質量指標|培訓合格率|≥95|%
成本指標|經濟成本指標|人均成本|≤800|元
效益指標|可持續影響指標|就業能力|持續提高|
滿意度指標|服務對象滿意度指標|學員滿意度|≥90|%"""
    )
    assert [level for level, _ in levels(table)] == [
        "数量", "质量", "经济成本", "可持续影响", "服务对象满意度",
    ]  # fmt: skip
    assert [i.target.printed for i in table.indicators][:3] == ["≥500人", "≥95%", "≤800元"]
    assert table.goal == "培訓農民500人。"
    assert table.budget.total is not None
    assert table.budget.total.value == Decimal("60.5")
    assert table.findings == ()
