"""One notice through all stages."""

from pathlib import Path

import pytest

from extract.lines import text_to_lines
from extract.text import lines_to_layouts
from ingest.recipe import open_document, read_document
from ingest.records import Records, notice_to_records
from schemas.proofs import Status
from schemas.source import Layout, RawTable


def records_of(text: str, folder: Path, name: str = "notice.txt") -> Records:
    path = folder / name
    path.write_text(text, "utf-8")
    return notice_to_records(read_document(open_document(path, name)))


COUNTIES = ("伊宁市", "奎屯市", "伊宁县", "霍城县", "巩留县", "新源县")
HEAD = "新疆维吾尔自治区财政厅\n关于下达2021年补助资金的通知\n伊犁哈萨克自治州财政局：\n"
TITLE = "补助资金分配表\n单位：万元\n"


def test_figures_of_a_text_are_proved_and_one_wrong_digit_is_repaired(tmp_path: Path) -> None:
    first, second = (289, 10, 437, 261, 184, 298), (390, 14, 746, 508, 289, 426)
    rows = [f"{n}\t{a}\t{b}\t{a + b}" for n, a, b in zip(COUNTIES, first, second, strict=True)]
    rows[2] = rows[2].replace("746", "146")
    header = "单位\t缴费补助\t养老金\t合计\n合计\t1479\t2373\t3852\n"
    records = records_of(HEAD + TITLE + header + "\n".join(rows), tmp_path)
    wrong = [f for f in records.figures if f.status is not Status.PROVED]
    assert [(f.unit_name, f.printed, f.value, f.status.value) for f in wrong] == [
        ("伊宁县", "146", 746, "repaired")
    ]


def test_nothing_is_repaired_in_what_an_author_typed(tmp_path: Path) -> None:
    rows = (
        "单位 中央 省级 合计",
        "合计 60 9 69",
        "伊宁市 10 2 12",
        "奎屯市 20 3 23",
        "伊宁县 30 4 43",
    )
    cells = "".join(f"<tr><td>{row.replace(' ', '<td>')}</tr>" for row in rows)
    page = f"<html><body><h1>2021年补助资金分配表</h1><table>{cells}</table>"
    records = records_of(page, tmp_path, "a.html")
    assert [f.value for f in records.figures if f.printed == "43"] == [43]
    assert not [f for f in records.figures if f.status is Status.REPAIRED]


def test_of_two_readings_nearly_equal_in_sense_the_one_that_adds_up_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [f"{n}\t{i}\t{i * i}\t{i + i * i}" for i, n in enumerate(COUNTIES, 11)]
    text = HEAD + TITLE + "单位\t中央\t省级\t合计\n" + "\n".join(rows)
    (good,) = lines_to_layouts(text_to_lines(text))
    (table,) = [block for block in good.blocks if isinstance(block, RawTable)]
    # Another reading of the same lines: figures of every second row have changed places.
    slid = tuple((r[0], r[2], r[1], r[3]) if i % 2 else r for i, r in enumerate(table.rows))
    other = RawTable((*slid[:-1], (*slid[-1][:3], slid[-2][3])), table.reader)
    bad = Layout(tuple(other if block is table else block for block in good.blocks))
    monkeypatch.setattr("extract.text.lines_to_layouts", lambda _lines: (bad, good))
    records = records_of(text, tmp_path)
    assert [f.printed for f in records.figures[:3]] == ["11", "121", "132"]


@pytest.mark.parametrize(
    "table",
    [
        # The rows lie in lines of another layout each, and the sums close nowhere.
        "百色市困难群众救助补助资金分配表\n单位:万元\n县\t低保\t合计\t百色市合计\t24390\t26811\t市本级\t0\t0\t",
        "市\t县（市、区）\t补贴\n百色市\t小计\t3221\n\t右江区\t684\n河池市 小计 2777 2  22  162",
    ],
)
def test_a_table_in_ruins_is_read_without_a_fault(table: str, tmp_path: Path) -> None:
    records = records_of(f"桂财社〔2023〕112号\n百色市财政局：\n{table}\n", tmp_path)
    assert records.notices[0].outcome in ("accepted", "needs_review", "rejected")


def test_a_table_copied_twice_onto_its_line_is_read_without_a_fault(tmp_path: Path) -> None:
    fixture = Path(__file__).parents[2] / "fixtures/one_line_tabs/input.txt"
    *head, line = fixture.read_text("utf-8").splitlines()
    records = records_of("\n".join((*head, line + line)), tmp_path)
    # Every row stands there twice, so no sum can be told from its copy: nothing may be repaired.
    assert len(records.figures) >= 28 * 4
    assert not [figure for figure in records.figures if figure.status is Status.REPAIRED]


FIXTURES = Path(__file__).parents[2] / "fixtures"
WITH_WRONG_DIGITS = {
    "pension_2021_region": {Status.REPAIRED},
    "prefectures_with_counties": {Status.SUSPECT},
}


@pytest.mark.parametrize(
    "case",
    sorted(
        path.parent.name for path in FIXTURES.glob("*/input.*") if path.parent.name[:5] != "scan_"
    ),
)
def test_figures_that_obey_their_arithmetic_are_not_doubted(case: str) -> None:
    (path,) = (FIXTURES / case).glob("input.*")
    records = notice_to_records(read_document(open_document(path, path.name)))
    doubted = {f.status for f in records.figures} & {Status.SUSPECT, Status.REPAIRED}
    assert doubted == WITH_WRONG_DIGITS.get(case, set())


def _stale_total(more: tuple[int, int], folder: Path) -> Records:
    """A table whose rows add up across and whose total row, across too, but not down."""
    first, second = (289, 10, 437, 261, 184, 298), (390, 14, 746, 508, 289, 426)
    rows = [f"{n}\t{a}\t{b}\t{a + b}" for n, a, b in zip(COUNTIES, first, second, strict=True)]
    total = [sum(first) + more[0], sum(second) + more[1]]
    whole = "\t".join(str(v) for v in (*total, sum(total)))
    header = f"单位\t缴费补助\t养老金\t合计\n合计\t{whole}\n"
    return records_of(HEAD + TITLE + header + "\n".join(rows), folder)


def test_a_total_that_adds_up_across_but_not_down_is_not_proved(tmp_path: Path) -> None:
    records = _stale_total((0, 50), tmp_path)
    total = [f.status for f in records.figures if f.row_no == 1]
    assert total == [Status.PROVED, Status.SUSPECT, Status.SUSPECT]
    parts = {(f.col_no, f.status) for f in records.figures if f.row_no != 1}
    assert parts == {(1, Status.PROVED), (2, Status.UNPROVED), (3, Status.UNPROVED)}


def test_a_total_that_fails_in_every_column_is_told(tmp_path: Path) -> None:
    records = _stale_total((20, 50), tmp_path)
    told = [(f.rule, f.row_no, f.col_no) for f in records.findings if f.rule == "sum-mismatch"]
    assert told == [("sum-mismatch", 1, column) for column in (1, 2, 3)]


def test_the_form_of_one_county_does_not_make_it_the_home_of_all(tmp_path: Path) -> None:
    rows = ("合计\t300", "凤翔县\t100", "岐山县\t150", "扶风县\t50")
    form = (
        "区域绩效目标表\n（2020年度）\n项目名称\t农村危房改造补助资金\n主管部门\t岐山县住房和城乡建设局\n"
        "年度资金总额\t150万元\n一级指标\t二级指标\t三级指标\t指标值\n"
        "产出指标\t数量指标\t改造户数\t≥1204户\n"
    )
    table = "资金分配表\n单位：万元\n单位\t补助资金\n" + "\n".join(rows)
    records = records_of(f"关于下达2020年农村危房改造补助资金的通知\n\n{table}\n\n{form}", tmp_path)
    places = {f.unit_printed: f.unit_name for f in records.figures}
    assert [places[name] for name in ("凤翔县", "岐山县", "扶风县")] == [
        "凤翔县",
        "岐山县",
        "扶风县",
    ]
    assert places["合计"] != "岐山县"


def test_a_figure_that_begins_with_a_nought_is_doubted_or_repaired(tmp_path: Path) -> None:
    first, second = (289, 10, 437, 261, 184, 298), (390, 14, 746, 508, 289, 426)
    rows = [f"{n}\t{a}\t{b}\t{a + b}" for n, a, b in zip(COUNTIES, first, second, strict=True)]
    rows[2] = rows[2].replace("746", "046")
    header = "单位\t缴费补助\t养老金\t合计\n合计\t1479\t2373\t3852\n"
    records = records_of(HEAD + TITLE + header + "\n".join(rows), tmp_path)
    assert [(f.value, f.status) for f in records.figures if f.printed == "046"] == [
        (746, Status.REPAIRED)
    ]
    alone = [f"{n}\t{a}" for n, a in zip(COUNTIES, (21, 72, 74, 35, 19, 98), strict=True)]
    alone[0] = alone[0].replace("21", "021")
    records = records_of(HEAD + TITLE + "单位\t缴费补助\n" + "\n".join(alone), tmp_path)
    assert {f.printed: f.status for f in records.figures if f.status is not Status.UNPROVED} == {
        "021": Status.SUSPECT
    }
