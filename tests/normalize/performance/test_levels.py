"""Levels that stand in the wrong place, and levels that only look so."""

from normalize.performance import part_to_performance, parts_to_performance
from schemas.performance import PerformanceTable
from tests.normalize.performance.forms import form, levels, rules

HEADER = "一级指标|二级指标|三级指标|指标值\n"


def read(rows: str) -> PerformanceTable:
    return part_to_performance(form(HEADER + rows.strip("\n")), 1)


def test_both_generations_of_the_taxonomy() -> None:
    classic = read("产出指标|数量指标|发放人数|≥10人\n|成本指标|人均标准|≤50元")
    modern = read(
        """成本指标|经济成本指标|扶持标准|600元/人/年
|社会成本指标|征占耕地|≤20亩
产出指标|数量指标|扶持人数|≥18200人"""
    )
    assert [i.level1 for i in classic.indicators] == ["产出指标", "产出指标"]
    assert [i.level1 for i in modern.indicators] == ["成本指标", "成本指标", "产出指标"]
    assert not any(i.moved for i in (*classic.indicators, *modern.indicators))


def test_cost_of_the_newer_generation_is_no_stranger_whatever_its_words_say() -> None:
    table = read(
        """成本指标|经济成本指标|岗位补贴标准|＝1000元/人/月
|社会成本指标|对市场用工的挤出|不明显
|生态环境成本指标|新增占用耕地面积|≤0亩
产出指标|数量指标|在岗人数|1050~1100人
|时效指标|补贴发放时间|次月15日前
效益指标|经济效益指标|人均年增收|不低于12000元"""
    )
    assert [i.level2 for i in table.indicators[:3]] == [
        "经济成本指标", "社会成本指标", "生态环境成本指标",
    ]  # fmt: skip
    assert not any(i.moved for i in table.indicators)


def test_a_first_level_slipped_by_some_rows() -> None:
    table = read(
        """产出指标|数量指标|培训人数|≥100人
|质量指标|培训合格率|≥95%
项目效益指标|时效指标|培训按期完成率|100%
|成本指标|人均培训成本|≤800元
满意度指标|社会效益指标|提高群众生活水平|提高
|满意度指标|学员满意度|≥90%"""
    )
    assert [(i.level1, i.moved) for i in table.indicators] == [
        ("产出指标", False),
        ("产出指标", False),
        ("产出指标", True),
        ("产出指标", True),
        ("效益指标", True),
        ("满意度指标", False),
    ]
    assert table.indicators[2].level2_printed == "时效指标"


def test_rows_below_the_wrong_level_go_to_their_neighbours() -> None:
    table = read(
        """产出指标|数量指标|补助人数|≥100人
|时效指标|资金拨付及时率|100%
项目效益指标|社会效益指标|财政补助标准|50元/人/年
|||对社会稳定的作用|持续推动
满意度指标|满意度指标|制度可持续发展|有效推动
|||群众满意度|≥90%"""
    )
    assert levels(table) == [
        ("数量", "补助人数"),
        ("时效", "资金拨付及时率"),
        ("成本", "财政补助标准"),
        ("社会效益", "对社会稳定的作用"),
        ("可持续影响", "制度可持续发展"),
        ("服务对象满意度", "群众满意度"),
    ]
    moved = {i.name: i.level2_printed for i in table.indicators if i.moved}
    assert moved == {"财政补助标准": "社会效益指标", "制度可持续发展": "满意度指标"}


def test_an_author_may_put_an_indicator_where_others_would_not() -> None:
    table = read(
        """产出指标|数量指标|补助人数|≥100人
|质量指标|资金拨付及时率|100%
||政策知晓率|≥90%
|时效指标|完成时间|12月底前
效益指标|社会效益指标|受益对象覆盖率|100%
满意度指标|满意度指标|群众满意度|≥90%"""
    )
    assert not any(i.moved for i in table.indicators)
    assert table.indicators[1].level2 == "质量指标"


def test_an_unusual_order_is_no_damage() -> None:
    table = read(
        """产出指标|时效指标|完成时间|12月底前
|质量指标|验收合格率|100%
|数量指标|建设数量|3个
效益指标|可持续影响指标|管护机制|长期
|经济效益指标|带动增收|≥2%"""
    )
    assert [i.level2 for i in table.indicators] == [
        "时效指标", "质量指标", "数量指标", "可持续影响指标", "经济效益指标",
    ]  # fmt: skip
    assert not any(i.moved for i in table.indicators)


def test_a_level_lost_where_every_row_prints_its_own() -> None:
    table = read(
        """产出指标|数量指标|救助人数|≥100人
|数量指标|发放次数|=9次
||救助覆盖率|=100%
|质量指标|发放精准率|≥95%
|时效指标|发放及时率|≥90%
效益指标|社会效益指标|生活水平|提升
满意度指标|满意度指标|群众满意度|≥90%"""
    )
    lost = table.indicators[2]
    assert (lost.level2, lost.level2_printed, lost.moved) == ("质量指标", "数量指标", True)


def test_what_evidence_does_not_decide_stays_as_printed() -> None:
    table = read(
        """产出指标|数量指标|补助人数|≥100人
效益指标|时效指标|补助发放情况|100%
|社会效益指标|工作开展情况|良好
满意度指标|满意度指标|群众满意度|≥90%"""
    )
    assert table.indicators[2].level2 == "社会效益指标"
    assert not table.indicators[2].moved


def test_a_level_that_the_taxonomy_does_not_have_is_kept() -> None:
    table = read("投入指标|项目管理指标|资金到位率|100%\n产出指标|数量指标|补助人数|≥100人")
    assert (table.indicators[0].level1, table.indicators[0].level2) == ("投入指标", "项目管理指标")
    assert not table.indicators[0].moved


def test_undamaged_forms_of_the_notice_say_where_an_indicator_belongs() -> None:
    clean = """产出指标|数量指标|补助人数|≥100人
|质量指标|应补尽补|100%
|时效指标|拨付情况|12月底前
效益指标|社会效益指标|工作影响|良好
满意度指标|满意度指标|群众满意度|≥90%"""
    damaged = """产出指标|数量指标|补助人数|≥100人
|质量指标|应补尽补|100%
效益指标|社会效益指标|拨付情况|12月底前
满意度指标|社会效益指标|工作影响|良好
满意度指标|满意度指标|群众满意度|≥90%"""
    parts = [form(HEADER + text) for text in (clean, clean, clean, damaged)]
    alone = part_to_performance(parts[3], 4)
    together = parts_to_performance(parts, (1, 2, 3, 4))[3]
    assert alone.indicators[2].level2 == "社会效益指标"
    assert (together.indicators[2].level2, together.indicators[2].moved) == ("时效指标", True)


def test_every_move_is_reported_with_what_stood_there() -> None:
    table = read(
        """产出指标|数量指标|培训人数|≥100人
项目效益指标|时效指标|按期完成率|100%
|社会效益指标|社会影响|提高
满意度指标|满意度指标|学员满意度|≥90%"""
    )
    assert rules(table) == ["amounts-missing", "level-moved"]
    moved = next(f for f in table.findings if f.rule == "level-moved")
    assert (moved.row_no, moved.printed) == (2, "项目效益指标/时效指标")
