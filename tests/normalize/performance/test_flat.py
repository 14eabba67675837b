"""Forms whose cells all run on in one row, or stand one on a line."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.performance import lines_to_scrambled, part_to_performance
from schemas.performance import PerformanceTable
from schemas.source import Cell, Line, LineRef, RawTable, Reader
from schemas.tables import Part, TableKind
from tests.normalize.performance.forms import levels, rules
from tests.normalize.performance.test_places import (
    FORMS,
    blanked,
    fields,
    grid,
    published,
)

HEAD = """项目名称|公路养护|主管部门|青溪县交通局|资金情况（万元）|全年预算数（A）|全年执行数（B）
|分值|执行率（B/A）|得分|年度资金总额|2400|2280|10|95%|9.5|其中：中央财政资金|1600|1600|—|100%|—
|地方资金|800|680|—|85%|—|年度总体目标|预期目标|养护1860公里。|实际完成情况|养护1850公里。|绩效指标"""
HEADER = "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施"
BODY = """产出指标|数量指标|指标1：养护里程|≥1860公里|1850公里|10|9.9|指标2：安防里程|≥75公里|72公里
|10|9.6|3公里因征地未交付，2022年6月完成|质量指标|指标1：验收合格率|100%|100%|15|15
|成本指标|指标1：每公里成本|≤1.2万元|1.18万元|25|25
|效益指标|可持续影响指标|指标1：路况水平|明显改善|明显改善|20|20
|满意度指标|服务对象满意度指标|指标1：群众满意度|≥85%|89%|10|10|总分|100|99"""


def flat(text: str) -> PerformanceTable:
    cells = [cell.strip() for cell in text.replace("\n", "").split("|") if cell.strip()]
    row = tuple(Cell(cell, LineRef(1, i)) for i, cell in enumerate(cells, 1))
    return read(RawTable((row,), Reader.ONE_LINE))


def read(table: RawTable) -> PerformanceTable:
    return part_to_performance(Part(TableKind.SELF_EVALUATION, "自评表", (table,)), 1)


def test_a_form_on_one_line() -> None:
    table = flat(f"{HEAD}|{HEADER}|{BODY}")
    assert levels(table) == [
        ("数量", "指标1：养护里程"),
        ("数量", "指标2：安防里程"),
        ("质量", "指标1：验收合格率"),
        ("成本", "指标1：每公里成本"),
        ("可持续影响", "指标1：路况水平"),
        ("服务对象满意度", "指标1：群众满意度"),
    ]
    assert [i.level1 for i in table.indicators][3:] == ["产出指标", "效益指标", "满意度指标"]
    second = published(table.indicators[1])
    assert second == {
        "target": "≥75公里",
        "actual": "72公里",
        "weight": "10",
        "score": "9.6",
        "reason": "3公里因征地未交付，2022年6月完成",
    }
    assert published(table.indicators[4])["actual"] == "明显改善"
    budget = [table.budget.total, table.budget.fiscal, table.budget.budget, table.budget.executed]
    assert [q.value for q in budget if q] == [
        Decimal(2400), Decimal(1600), Decimal(2400), Decimal(2280),
    ]  # fmt: skip
    assert (table.budget_unit, table.project) == ("青溪县交通局", "公路养护")
    assert (table.goal, table.result) == ("养护1860公里。", "养护1850公里。")
    assert table.findings == ()


def test_every_cell_keeps_its_place_in_the_source() -> None:
    table = flat(f"{HEAD}|{HEADER}|{BODY}")
    first = table.indicators[0]
    assert first.weight is not None
    assert (str(first.target.ref), str(first.weight.ref)) == ("L1:C46", "L1:C48")


def test_the_same_form_one_cell_a_line() -> None:
    cells = [c.strip() for c in f"{HEAD}|{HEADER}|{BODY}".replace("\n", "").split("|") if c]
    rows = tuple((Cell(cell, LineRef(i, 1)),) for i, cell in enumerate(cells, 1))
    one_row = (tuple(cell for (cell,) in rows),)
    for shape in (rows, one_row):
        table = read(RawTable(shape, Reader.CELL_LINES))
        assert [published(i) for i in table.indicators] == [
            published(i) for i in flat(f"{HEAD}|{HEADER}|{BODY}").indicators
        ]


def test_names_without_numbers_and_a_reason_before_the_next_name() -> None:
    table = flat(
        f"{HEADER}|产出指标|数量指标|养护里程|≥1860公里|1850公里|10|9.9|因雨停工|安防里程|≥75公里|72公里"
        "|10|9.6|质量指标|验收合格率|100%|100%|15|15"
    )
    assert [(i.name, i.reason) for i in table.indicators] == [
        ("养护里程", "因雨停工"),
        ("安防里程", ""),
        ("验收合格率", ""),
    ]
    assert rules(table) == ["amounts-missing", "weights-sum"]


def test_a_blank_result_is_not_filled_from_its_neighbour() -> None:
    table = flat(
        f"{HEADER}|产出指标|数量指标|养护里程|≥1860公里|10|9.9|安防里程|≥75公里|72公里|10|9.6"
        "|质量指标|验收合格率|100%|100%|15|15"
    )
    first, second, third = (published(i) for i in table.indicators)
    assert (first["target"], first["actual"], first["weight"], first["score"]) == (
        "≥1860公里", "", "", "",
    )  # fmt: skip
    assert {f.printed for f in table.findings if f.row_no == 1} == {"10", "9.9"}
    assert (second["actual"], second["weight"]) == ("72公里", "10")
    assert (third["actual"], third["score"]) == ("100%", "15")


def test_a_target_form_on_one_line() -> None:
    table = flat(
        "项目名称|营养改善|主管部门|青溪县教育局|年度资金总额：|60.5|其中：财政拨款|60.5|其他资金|0"
        "|总体目标|改善学生营养。|一级指标|二级指标|三级指标|指标值|产出指标|数量指标|受益学生|≥500人"
        "|食堂数量|6个|质量指标|食品合格率|100%|时效指标|完成时间|12月底前|效益指标|社会效益指标|学生体质|提高"
        "|满意度指标|服务对象满意度指标|家长满意度|≥90%|注：本表一式两份"
    )
    assert [(i.name, i.target.printed) for i in table.indicators] == [
        ("受益学生", "≥500人"),
        ("食堂数量", "6个"),
        ("食品合格率", "100%"),
        ("完成时间", "12月底前"),
        ("学生体质", "提高"),
        ("家长满意度", "≥90%"),
    ]
    assert table.indicators[1].level2 == "数量指标"
    assert table.goal == "改善学生营养。"
    assert table.findings == ()


def test_a_budget_row_with_a_lost_cell_is_proved_by_its_rate_or_not_read() -> None:
    head = "项目名称|公路养护|项目资金|年初预算数|全年预算数|全年执行数|分值|执行率|得分|"
    proved = flat(
        f"{head}年度资金总额|1350.50|1320.00|10|97.74%|9.77|{HEADER}|产出指标|数量指标|里程|≥1公里|1公里|10|9"
    )
    assert proved.budget.budget is not None
    assert proved.budget.executed is not None
    assert (proved.budget.budget.printed, proved.budget.executed.printed) == ("1350.50", "1320.00")
    open_form = flat(
        f"{head}年度资金总额|1350.50|1320.00|10|{HEADER}|产出指标|数量指标|里程|≥1公里|1公里|10|9"
    )
    assert open_form.budget.budget is None
    assert "budget-row-unread" in rules(open_form)


@settings(max_examples=100, deadline=None)
@given(
    text=st.sampled_from(FORMS),
    blank=st.dictionaries(st.integers(0, 4), st.sets(st.integers(0, 4), max_size=2)),
)
def test_whatever_is_blank_a_figure_is_right_or_reported(
    text: str, blank: dict[int, set[int]]
) -> None:
    """Up to two blank cells a row; a row that keeps no figure may be anything, so none does."""
    cells = grid(text)
    for row, columns in blank.items():
        less = blanked(cells, [(row, column) for column in columns])
        if _figures(less) == _figures(cells):
            cells = less
    table = flat("|".join("|".join(row) for row in cells))
    by_name = {indicator.name: indicator for indicator in table.indicators}
    for row in cells[1:]:
        indicator = by_name.get(row[2])
        if indicator is None:
            assert len(table.findings) > 1
            continue
        said, got = fields(cells[0], row), published(indicator)
        reported = [f for f in table.findings if f.row_no == indicator.number]
        for field, value in got.items():
            right = said.get(field, "")
            if value != right and field != "reason":  # words may be the next row's name
                assert value == "" or value in right, f"{field} of {row} published as {value!r}"
                assert reported, f"{field} of {row} was not read, and nothing says so"


def _figures(cells: list[list[str]]) -> int:
    """How many rows print a figure."""
    return sum(any(c.isdigit() for c in "".join(row[3:])) for row in cells)


@pytest.mark.parametrize("text", FORMS)
def test_a_whole_form_on_one_line_equals_the_form_in_rows(text: str) -> None:
    cells = grid(text)
    table = flat("|".join("|".join(row) for row in cells))
    by_name = {indicator.name: indicator for indicator in table.indicators}
    assert list(by_name) == [row[2] for row in cells[1:]]
    for row in cells[1:]:
        said = fields(cells[0], row)
        got = published(by_name[row[2]])
        assert {field: got[field] for field in said} == said


def test_lines_that_are_cells_in_order_are_not_taken_for_scrambled_ones() -> None:
    first = f"绩效自评表|（2021年度）|{HEAD}|{HEADER}|{BODY}".replace("\n", "")
    second = first.replace("公路养护", "桥梁养护").replace("72公里", "74公里")
    cells = [cell.strip() for cell in f"{first}|{second}".split("|") if cell.strip()]
    tables = lines_to_scrambled([Line(cell, LineRef(i)) for i, cell in enumerate(cells, 1)], 3)
    assert [(t.number, t.project, t.title, t.reader) for t in tables] == [
        (3, "公路养护", "绩效自评表", Reader.CELL_LINES),
        (4, "桥梁养护", "绩效自评表", Reader.CELL_LINES),
    ]
    assert [t.kind for t in tables] == [TableKind.SELF_EVALUATION] * 2
    assert [len(t.indicators) for t in tables] == [6, 6]
    assert [published(t.indicators[1])["actual"] for t in tables] == ["72公里", "74公里"]
    assert [t.findings for t in tables] == [(), ()]


def test_two_forms_that_run_on_in_one_row_are_not_mixed() -> None:
    one = f"{HEAD}|{HEADER}|{BODY}"
    table = flat(f"{one}|{one}")
    assert table.indicators == ()
    assert "indicators-missing" in rules(table)
