"""No figure comes to stand in another field: blank cells kept, and blank cells lost."""

from collections.abc import Iterable, Mapping, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.performance import part_to_performance
from schemas.performance import Indicator, PerformanceTable
from schemas.tables import TableKind
from tests.normalize.performance.forms import form, rules

FORM_A = """
一级指标|二级指标|三级指标|预期指标值（包含数字及文字描述）|实际完成指标值（包含数字及文字描述）
产出指标|数量指标|领取失业金人数|110人|全年领取失业保险金人数214人
||技能补贴人数|≥1300人|1445人
|质量指标|支出预算执行率|105%≤≥95%|61.86%
效益指标|社会效益指标|提高技能|充分发挥作用|减少失业
满意度指标|满意度指标|失业人员满意度|≥95%|96%
"""
FORM_B = """
一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
产出指标|数量指标|新建厕所数量|≥36座|38座|10|9.5|汛期停工
||开展培训期数|4期|5期|5|4|
|质量指标|验收合格率|100%|99%|10|9|
|时效指标|按期完工率|≥95|91.7|8|7.65|进度滞后，已倒排
效益指标|社会效益指标|服务人口|≥4.2万人|45300人|15|14|
|可持续影响指标|管护机制|建立健全|基本建立|6|4|人员未配齐
满意度指标|服务对象满意度指标|群众满意度|≥90%|93.5%|12|11|
"""
FORM_C = """
一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成值|权重|得分|未完成原因分析
产出指标|数量指标|义诊场次|≥|24|场次|26|10|9|
产出指标|数量指标|设备采购数量|＝|12|台（套）|11|8|7|招标流标
产出指标|时效指标|采购完成时间|≤|9|月|13|5|0|
产出指标|成本指标|设备均价|≤|8.6|万元|8.35|6|4|
满意度指标|服务对象满意度指标|患者满意度|≥|95|%|96|14|12|
"""
FORMS = (FORM_A, FORM_B, FORM_C)
FIGURES = {
    "预期指标值（包含数字及文字描述）": "target",
    "年度指标值": "target",
    "指标值": "target",
    "实际完成指标值（包含数字及文字描述）": "actual",
    "实际完成值": "actual",
    "完成值": "actual",
    "分值": "weight",
    "权重": "weight",
    "得分": "score",
    "偏差原因分析及改进措施": "reason",
    "未完成原因分析": "reason",
}
BESIDE = ("指标性质", "度量单位")

Grid = list[list[str]]


def grid(text: str) -> Grid:
    return [line.split("|") for line in text.strip().split("\n")]


def read(cells: Grid) -> PerformanceTable:
    text = "\n".join("|".join(row) for row in cells)
    return part_to_performance(form(text, TableKind.SELF_EVALUATION), 1)


def fields(header: Sequence[str], row: Sequence[str]) -> Mapping[str, str]:
    """What a row prints by field; sign and measure belong to the numbers beside them."""
    said = {FIGURES[word]: cell for word, cell in zip(header, row, strict=True) if word in FIGURES}
    beside = {w: c for w, c in zip(header, row, strict=True) if w in BESIDE}
    measure = beside.get("度量单位", "")
    if beside and said["target"]:
        said["target"] = beside.get("指标性质", "") + said["target"] + measure
    if beside and said["actual"]:
        said["actual"] += measure
    return said


def published(indicator: Indicator) -> Mapping[str, str]:
    return {
        "target": indicator.target.printed,
        "actual": indicator.actual.printed if indicator.actual else "",
        "weight": indicator.weight.printed if indicator.weight else "",
        "score": indicator.score.printed if indicator.score else "",
        "reason": indicator.reason,
    }


def blanked(cells: Grid, places: Iterable[tuple[int, int]]) -> Grid:
    """The grid with some of its figures blank; names and levels stay."""
    new = [list(row) for row in cells]
    for row, column in places:
        new[1 + row % (len(cells) - 1)][3 + column % (len(cells[0]) - 3)] = ""
    return new


PLACES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=14)


@settings(max_examples=60, deadline=None)
@given(text=st.sampled_from(FORMS), places=PLACES)
def test_in_a_whole_grid_every_cell_stays_in_its_field(
    text: str, places: list[tuple[int, int]]
) -> None:
    cells = blanked(grid(text), places)
    table = read(cells)
    by_name = {indicator.name: indicator for indicator in table.indicators}
    for row in cells[1:]:
        said = fields(cells[0], row)
        if not said["target"] and not said["actual"] and row[2] not in by_name:
            continue
        got = published(by_name[row[2]])
        assert {field: got[field] for field in said} == said


@settings(max_examples=120, deadline=None)
@given(
    text=st.sampled_from(FORMS),
    places=PLACES,
    lost=st.sets(st.integers(0, 11)),
    keep=st.integers(0, 3),
)
def test_where_blanks_are_lost_a_figure_is_right_or_reported(
    text: str, places: list[tuple[int, int]], lost: set[int], keep: int
) -> None:
    cells = blanked(grid(text), places)
    # Rows of `lost` lose their blank cells, but for the first `keep` of them.
    damaged = [
        row if at - 1 not in lost else _without_blanks(row, keep) for at, row in enumerate(cells)
    ]
    table = read(damaged)
    by_name = {indicator.name: indicator for indicator in table.indicators}
    for row in cells[1:]:
        if row[2] not in by_name:
            continue
        indicator = by_name[row[2]]
        said, got = fields(cells[0], row), published(indicator)
        wrong = {field: got[field] for field in said if got[field] != said[field]}
        reported = {f.printed for f in table.findings if f.row_no == indicator.number}
        for field, value in wrong.items():
            is_less = value == "" or value in said[field]
            assert is_less, f"{field} of {row} is published as {value!r}"
            assert reported, f"{field} of {row} was not read, and nothing says so"


def _without_blanks(row: Sequence[str], keep: int) -> list[str]:
    kept: list[str] = []
    for cell in row:
        if cell:
            kept.append(cell)
        elif keep:
            kept.append(cell)
            keep -= 1
    return kept


def test_a_blank_result_in_a_whole_row_stays_blank() -> None:
    cells = grid(FORM_C)
    cells[3:4] = grid("产出指标|时效指标|采购完成时间|≤|9|月||10|0|招标流标两次")
    indicator = read(cells).indicators[2]
    assert indicator.actual is None
    assert published(indicator)["weight"] == "10"
    assert (published(indicator)["score"], indicator.reason) == ("0", "招标流标两次")


def test_the_same_row_without_its_blank_cell_is_not_guessed() -> None:
    cells = grid(FORM_C)
    cells[3:4] = grid("产出指标|时效指标|采购完成时间|≤|9|月|10|0|招标流标两次")
    table = read(cells)
    got = published(table.indicators[2])
    assert (got["target"], got["actual"], got["weight"], got["score"]) == ("≤9月", "", "", "")
    assert rules(table).count("cell-doubtful") == 2
    assert {f.printed for f in table.findings if f.rule == "cell-doubtful"} == {"10", "0"}


def test_a_measure_column_is_kept_whole() -> None:
    table = read(grid(FORM_C))
    second = table.indicators[1]
    assert (second.target.printed, second.target.measure) == ("＝12台（套）", "台（套）")
    assert second.actual is not None
    assert (second.actual.measure, second.target.words) == ("台（套）", "")


@pytest.mark.parametrize("text", FORMS)
def test_a_row_whose_blanks_are_all_lost_is_read_where_its_cells_say_all(text: str) -> None:
    whole = read(grid(text))
    collapsed = read([[cell for cell in row if cell] for row in grid(text)])
    assert [i.name for i in collapsed.indicators] == [i.name for i in whole.indicators]
    full = [i for i, row in enumerate(grid(text)[1:]) if all(row[3 : len(row) - (text != FORM_A)])]
    for i in full:
        assert published(collapsed.indicators[i]) == published(whole.indicators[i])
