"""Spreadsheets as auditors keep them: what is surely the same meets, what is not is said."""

import csv
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from audit.diff import DifferenceKind
from ingest.comparing.diffing import Wishes, diff_files
from ingest.comparing.errors import NotComparableError
from ingest.comparing.result import DiffResult
from ingest.export.csv_files import CsvFile
from tests.ingest.comparing.test_diffing import COLUMNS

# Two districts of two cities bear one name.
UNITS = (
    ("全省合计", "320000", "1519.5", "60"),
    ("南京市", "320100", "600.5", "55"),
    ("鼓楼区", "320106", "250.3", "50"),
    ("玄武区", "320102", "200.2", "60"),
    ("秦淮区", "320104", "150", "36"),
    ("徐州市", "320300", "919", "61"),
    ("鼓楼区", "320302", "300", "70"),
    ("云龙区", "320303", "310", "80"),
    ("泉山区", "320311", "309", "30"),
)
ITEMS = (
    ("中央资金（按基数） / 补助合计", "万元"),
    ("省级资金（按因素） / 补助比例", "%"),
)


@pytest.fixture(name="run")
def figures_of_a_run(tmp_path: Path) -> Path:
    path = tmp_path / "figures.csv"
    with closing(CsvFile(path, COLUMNS)) as file:
        for row, (name, code, *values) in enumerate(UNITS, 1):
            for col, ((item, measure), value) in enumerate(zip(ITEMS, values, strict=True), 1):
                head = ("ab" * 32, "n.txt", 1, "分配表", row, "unit", name, code, col, item)
                file.write_row(map(str, (*head, measure, value, value, "proved", f"L{row}:C{col}")))
    return path


def book(path: Path, rows: list[list[object]], *spans: str, percent: str = "") -> Path:
    made = openpyxl.Workbook()
    page = made.active
    for row in rows:
        page.append(row)
    for span in spans:
        page.merge_cells(span)
    for line in page[percent] if percent else ():
        line[0].number_format = "0%"
    made.save(path)
    return path


def told(result: DiffResult) -> list[tuple[str, str, str]]:
    return [(d.kind.value, d.key, d.column) for c in result.comparisons for d in c.differences]


def compared(result: DiffResult) -> int:
    return sum(c.compared for c in result.comparisons)


def test_titles_notes_gaps_and_headers_of_two_levels(tmp_path: Path, run: Path) -> None:
    rows: list[list[object]] = [
        [],
        [None, "附件1"],
        [None, "困难群众救助补助资金审计核对表"],
        [None, "填表人：李四", None, "填表日期：2022-03-01"],
        [None, "序号", "地 区", "中央资金", "省级资金"],
        [None, None, None, "补助合计（元）", "补助比例"],
    ]
    for n, (name, _, amount, share) in enumerate(UNITS, 1):
        yuan = f"{int(Decimal(amount) * 10_000):,}"
        rows.append([None, n, f"{n}.{name}", yuan, int(share) / 100])
    rows.append([None, "注：数据来源于财政部门。"])
    path = book(tmp_path / "a.xlsx", rows, "B3:E3", "B5:B6", "C5:C6", percent="E7:E15")
    result = diff_files(run, path, Wishes())
    assert told(result) == []
    assert compared(result) == 18


def test_a_column_of_cities_tells_districts_of_one_name_apart(tmp_path: Path, run: Path) -> None:
    rows: list[list[object]] = [["设区市", "县（市、区）", "补助合计"]]
    for n, (name, _, amount, _) in enumerate(UNITS[1:]):
        rows.append([name, "市小计", amount] if n in (0, 4) else ["", name, amount])
    rows.append(["合计", "", "1519.5"])
    assert told(diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes()))[1:] == []


def test_rows_of_cities_above_tell_them_apart_too(tmp_path: Path, run: Path) -> None:
    rows = [["地区", "补助合计"], *([name, amount] for name, _, amount, _ in UNITS)]
    result = diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes())
    assert compared(result) == 9
    assert not result.differs


def test_subtotals_below_their_rows_are_no_less_clear(tmp_path: Path, run: Path) -> None:
    order = (2, 3, 4, 1, 6, 7, 8, 5, 0)
    rows = [["地区", "补助合计"], *([UNITS[i][0], UNITS[i][2]] for i in order)]
    result = diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes())
    assert compared(result) == 9
    assert not result.differs


def test_districts_of_one_name_without_their_cities_are_left_to_a_person(
    tmp_path: Path, run: Path
) -> None:
    rows = [["地区", "补助合计"], *([UNITS[i][0], UNITS[i][2]] for i in (2, 3, 6, 7))]
    result = diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes())
    kinds = [kind for kind, key, _ in told(result) if key == "=鼓楼区"]
    assert kinds == ["right_repeated", "right_repeated"]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8-sig", "utf-16"])
def test_shares_as_fractions_meet_percentages_and_are_said(
    tmp_path: Path, run: Path, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        rows = [[name, Decimal(share) / 100] for name, _, _, share in UNITS]
        csv.writer(file).writerows([["地区", "省级资金/补助比例"], *rows])
    result = diff_files(run, path, Wishes())
    assert not result.differs
    (found,) = [d for d in result.comparisons[0].differences if d.kind is DifferenceKind.MEASURE]
    assert "× 100" in found.note
    assert result.comparisons[0].cells[0].right.text == "0.6 × 100 = 60"


def test_yuan_that_nobody_told_are_said_and_a_wrong_one_still_differs(
    tmp_path: Path, run: Path
) -> None:
    rows: list[list[object]] = [["地区", "补助合计"]]
    rows += [[name, int(Decimal(amount) * 10_000)] for name, _, amount, _ in UNITS]
    rows[4][1] = 2_002_001
    result = diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes())
    assert ("measure", "", ITEMS[0][0]) in told(result)
    assert [d.difference for d in result.comparisons[0].differences if d.key == "320102"] == [
        Decimal("-0.0001")
    ]


def test_amounts_that_merely_differ_are_not_put_on_another_measure(
    tmp_path: Path, run: Path
) -> None:
    rows = [["地区", "补助合计"], *([u[0], Decimal(u[2]) + 1] for u in UNITS)]
    result = diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes())
    assert {kind for kind, _, _ in told(result)} == {"value", "left_column"}


def test_a_short_header_within_one_long_header_is_that_column(tmp_path: Path, run: Path) -> None:
    rows = [["地区", "合计"], *([u[0], u[2]] for u in UNITS)]
    result = diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes())
    assert not result.differs
    wrong = [["地区", "合计"], *([u[0], Decimal(u[2]) * 3] for u in UNITS)]
    with pytest.raises(NotComparableError, match="9 units in common, but no column"):
        diff_files(run, book(tmp_path / "b.xlsx", wrong), Wishes())


def test_an_error_names_the_column_that_may_be_meant(tmp_path: Path, run: Path) -> None:
    rows = [["地区", "审定数"], *([u[0], u[2]] for u in UNITS)]
    path = book(tmp_path / "a.xlsx", rows)
    with pytest.raises(NotComparableError, match=r"--match '审定数=.*补助合计'"):
        diff_files(run, path, Wishes())
    assert not diff_files(run, path, Wishes(matches={"审定数": "补助合计"})).differs


def test_columns_that_are_to_be_ignored(tmp_path: Path, run: Path) -> None:
    rows = [["地区", "补助合计", "上年数"], *([u[0], u[2], i] for i, u in enumerate(UNITS))]
    path = book(tmp_path / "a.xlsx", rows)
    assert ("right_column", "", "上年数") in told(diff_files(run, path, Wishes()))
    assert not diff_files(run, path, Wishes(ignored=("上年数",))).differs
    with pytest.raises(NotComparableError, match="--ignore: no column"):
        diff_files(run, path, Wishes(ignored=("下年数",)))


def test_a_remark_in_brackets_tells_columns_apart_where_both_have_one(
    tmp_path: Path, run: Path
) -> None:
    rows = [["地区", "中央资金（按因素）/补助合计"], *([u[0], Decimal(u[2]) + 5] for u in UNITS)]
    with pytest.raises(NotComparableError):
        diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes())


def test_cells_with_measures_of_their_own(tmp_path: Path, run: Path) -> None:
    rows: list[list[object]] = [["地区", "补助合计"]]
    for n, (name, _, amount, _) in enumerate(UNITS):
        yuan = f"{int(Decimal(amount) * 10_000):,}元"
        rows.append([name, yuan if n % 2 else f"{amount}万元"])
    result = diff_files(run, book(tmp_path / "a.xlsx", rows), Wishes())
    assert compared(result) == 9
    assert not result.differs
    assert result.comparisons[0].cells[1].right.text == "6,005,000元 = 600.5"
