"""The three kinds of comparison reports."""

import csv
import tracemalloc
from decimal import Decimal
from pathlib import Path

import lxml.html
import openpyxl
import pytest

from audit.diff import (
    ComparedCell,
    Comparison,
    Difference,
    DifferenceKind,
    SideCell,
)
from ingest.comparing.result import DiffResult, LongComparison
from ingest.reports.diff_report import write_diff_report
from ingest.reports.kinds import ReportKind
from ingest.reports.words import words
from ingest.scratch import Scratch
from schemas.tables import CellKind

HOSTILE = "=cmd|'/c calc'!A1<img src=x onerror=alert(1)>"


def cell(text: str) -> SideCell:
    return SideCell(CellKind.NUMBER, Decimal(text), text, "L1:C2", "proved")


def result() -> DiffResult:
    off = ComparedCell(0, 0, cell("10"), cell("12.5"), Decimal("-2.5"), Decimal(0), same=False)
    same = ComparedCell(1, 0, cell("7"), cell("7"), Decimal(0), Decimal(0), same=True)
    value = Difference(
        DifferenceKind.VALUE, "l", "654201", HOSTILE, "合计", "10", "12.5", Decimal("-2.5"),
        Decimal(0), "L1:C2", "S!B2", "proved",
    )  # fmt: skip
    differences = (
        value,
        Difference(DifferenceKind.RIGHT_ROW, "l", "=开发区", "开发区", right="开发区"),
        Difference(DifferenceKind.LEFT_COLUMN, "l", column="缴费", left="缴费"),
    )
    rows, columns = (("654201", HOSTILE), ("654202", "乌苏市")), (("合计", "合 计"),)
    table = Comparison("l", "r", 2, differences, rows, columns, (off, same))
    return DiffResult("left", "right", False, (table,))


def written(folder: Path, kind: ReportKind) -> Path:
    path = folder / f"report.{kind}"
    write_diff_report(path, kind, result())
    return path


@pytest.mark.parametrize("kind", list(ReportKind))
def test_the_same_result_gives_the_same_bytes(tmp_path: Path, kind: ReportKind) -> None:
    one, other = (written(tmp_path / folder, kind).read_bytes() for folder in ("a", "b"))
    assert one == other


def test_html_shows_both_sides_and_escapes_names(tmp_path: Path) -> None:
    page = lxml.html.document_fromstring(written(tmp_path, ReportKind.HTML).read_text("utf-8"))
    assert page.xpath("//img") == []
    first = page.xpath("//table[@class='figures']/tbody/tr[1]")[0]
    assert HOSTILE in first.xpath("string(th)")
    assert [td.text for td in first.xpath("td")] == ["10", "12.5", "-2.5"]
    assert {td.get("class") for td in first.xpath("td")} == {"off"}
    assert page.xpath("//table[@class='figures']/tbody/tr[2]/@class") == ["clean"]
    assert "数值不同" in page.xpath("string(//details[1])")


def test_csv_has_a_row_a_difference(tmp_path: Path) -> None:
    with written(tmp_path, ReportKind.CSV).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["kind"] for row in rows] == ["value", "right_row", "left_column"]
    assert rows[0]["difference"] == "-2.5"
    assert rows[0]["name"] == f"'{HOSTILE}"
    assert rows[1]["key"] == "开发区"


def test_xlsx_has_live_differences(tmp_path: Path) -> None:
    path = written(tmp_path, ReportKind.XLSX)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总", "差异", "并列对照1"]
    sheet = book["并列对照1"]
    assert [sheet.cell(3, c).value for c in range(1, 6)] == [HOSTILE, "654201", 10, 12.5, "=C3-D3"]
    assert sheet["A3"].data_type == "s"
    assert openpyxl.load_workbook(path, data_only=True)["并列对照1"]["E3"].value == -2.5


def test_every_kind_of_difference_has_a_word() -> None:
    assert {f"diff.{kind}" for kind in DifferenceKind} <= words().keys()


@pytest.mark.parametrize("kind", list(ReportKind))
def test_memory_does_not_grow_with_the_differences(tmp_path: Path, kind: ReportKind) -> None:
    peaks = []
    for count in (200, 200, 1_500):  # the first time, what is loaded once counts, too
        with Scratch[Difference]() as differences:
            for number in range(count):
                facts = (f"{number}.txt", f"1 {number} 2", "沙湾市", "人数", "1", str(number))
                differences.add(Difference(DifferenceKind.VALUE, *facts))
            long = LongComparison("run 1", "run 2", count, 0, differences)
            tracemalloc.start()
            path = tmp_path / f"{len(peaks)}.{kind}"
            write_diff_report(path, kind, DiffResult("run 1", "run 2", True, (long,)))
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
    assert peaks[2] < peaks[1] + 400_000


def test_a_long_comparison_has_a_row_a_difference(tmp_path: Path) -> None:
    with Scratch[Difference]() as differences:
        for name in ("甲", "乙"):
            differences.add(Difference(DifferenceKind.VALUE, "a.txt", "1 1 1", name, "人数"))
        long = LongComparison("run 1", "run 2", 7, 5, differences)
        found = DiffResult("run 1", "run 2", True, (long,))
        assert found.differs
        for kind in ReportKind:
            write_diff_report(tmp_path / f"d.{kind}", kind, found)
    page = lxml.html.document_fromstring((tmp_path / "d.html").read_text("utf-8"))
    assert [b.text for b in page.xpath("//ul[@class='counts']//b")][1:] == ["7", "5", "2"]
    assert len(page.xpath("//table[@class='list findings']/tbody/tr")) == 2
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    assert [c.value for c in book["汇总"][2]] == ["run 1", "run 2", 7, 5, 2]
    assert [book["差异"].cell(r, 4).value for r in (2, 3)] == ["甲", "乙"]
