"""The three kinds of audit reports: whole, harmless, the same on every run."""

import csv
from decimal import Decimal
from pathlib import Path

import lxml.html
import openpyxl
import pytest

from ingest.reports.audit_report import write_audit_report
from ingest.reports.audited import Audited
from ingest.reports.formulas import spreadsheet_formula
from ingest.reports.kinds import ReportKind, report_kind
from schemas.proofs import Holding, ProofEquation
from tests.ingest.reports.made_audits import HOSTILE, clean_audit, failed_audit, made_audit


def written(folder: Path, kind: ReportKind, *audits: Audited) -> Path:
    path = folder / f"report.{kind}"
    write_audit_report(path, kind, audits or (made_audit(),))
    return path


def page_of(path: Path) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(path.read_text("utf-8"))


@pytest.mark.parametrize("kind", list(ReportKind))
def test_the_same_audit_gives_the_same_bytes(tmp_path: Path, kind: ReportKind) -> None:
    for folder in ("a", "b"):
        written(tmp_path / folder, kind, made_audit(), clean_audit(), failed_audit())
    one, other = (tmp_path / folder / f"report.{kind}" for folder in ("a", "b"))
    assert one.read_bytes() == other.read_bytes()
    assert [p.name for p in (tmp_path / "a").iterdir()] == [one.name]


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_run_that_stops_leaves_no_report(tmp_path: Path, kind: ReportKind) -> None:
    def stopping() -> object:
        yield made_audit()
        raise KeyboardInterrupt

    path = tmp_path / f"report.{kind}"
    with pytest.raises(KeyboardInterrupt):
        write_audit_report(path, kind, stopping())  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_html_asks_nothing_of_any_network(tmp_path: Path) -> None:
    page = page_of(written(tmp_path, ReportKind.HTML))
    assert page.xpath("//@src") == []
    assert page.xpath("//link") == []
    assert all(href.startswith("#") for href in page.xpath("//@href"))
    assert "url(" not in page.xpath("string(//style)")


def test_html_links_lead_somewhere(tmp_path: Path) -> None:
    page = page_of(written(tmp_path, ReportKind.HTML, made_audit(), clean_audit(), failed_audit()))
    anchors = set(page.xpath("//@id"))
    assert {href[1:] for href in page.xpath("//a/@href")} <= anchors
    assert len(page.xpath("//@id")) == len(anchors)


def test_html_shows_hostile_names_and_runs_none(tmp_path: Path) -> None:
    page = page_of(written(tmp_path, ReportKind.HTML))
    (script,) = page.xpath("//script")
    assert "alert" not in script.text
    assert HOSTILE in page.xpath("string(//tbody/tr[2]/th)")
    assert f"分配表{HOSTILE}" in page.xpath("string(//h3)")
    assert page.xpath("//b[starts-with(text(), '缴费')]") == []


def test_html_colours_each_cell_and_tells_its_facts(tmp_path: Path) -> None:
    page = page_of(written(tmp_path, ReportKind.HTML))
    (cell,) = page.xpath("//td[@id='n1t1r2c2']")
    assert cell.get("class") == "repaired"
    assert (cell.xpath("string(del)"), cell.xpath("string(ins)")) == ("7", "17")
    facts = cell.get("title").split("\n")
    assert "印刷：7" in facts
    assert "印刷－重算：-10" in facts
    assert "等式：37 = 20 + 17 → 37 ✓" in facts
    assert "位置：L10:C2" in facts
    classes = [td.get("class") for td in page.xpath("//table[@class='figures']/tbody//td")]
    assert sorted(set(classes)) == [
        "blank", "not_applicable", "proved", "repaired", "suspect", "text", "unproved",
        "unreadable",
    ]  # fmt: skip


def test_html_headers_span_what_they_head(tmp_path: Path) -> None:
    page = page_of(written(tmp_path, ReportKind.HTML))
    spans = [
        (th.text, th.get("colspan"), th.get("rowspan"))
        for th in page.xpath("//table[@class='figures']/thead//th")
    ]
    assert spans == [
        ("地区（单位）", None, "2"), ("补助", "2", None), ("合计", None, "2"), ("备注", None, "2"),
        ("缴费<b>", None, None), ("待遇", None, None),
    ]  # fmt: skip


def test_html_index_has_the_worst_first_and_says_what_was_not_read(tmp_path: Path) -> None:
    page = page_of(written(tmp_path, ReportKind.HTML, clean_audit(), made_audit(), failed_audit()))
    sources = page.xpath("//section[2]//tbody/tr/td[1]/text()")
    assert sources == ["丙.txt", "甲/notice.txt", "乙.txt"]
    assert "未能读取" in page.xpath("string(//section[2]//tbody/tr[1])")


def test_html_of_no_notice_is_a_page(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_audit_report(path, ReportKind.HTML, ())
    assert page_of(path).xpath("string(//h1)") == "复算报告"


def test_csv_has_a_row_a_figure_with_plain_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, ReportKind.CSV)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 13
    repaired = next(row for row in rows if row["status"] == "repaired")
    told = [repaired[name] for name in ("extracted", "value", "recomputed", "difference")]
    assert told == ["7", "17", "17", "-10"]
    assert repaired["tolerance"] == "0.5"
    assert repaired["equation"].startswith("22 = 5 + 17 → 22 ✓ ; 37 = 20 + 17")
    assert repaired["ref"] == "L10:C2"
    assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row.values())


def test_xlsx_has_live_formulas_over_accepted_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, ReportKind.XLSX)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["汇总", "发现", "逐格明细", "表1"]
    sheet = book["表1"]
    assert sheet["A2"].value == "行"
    assert [sheet.cell(4, c).value for c in range(1, 4)] == [1, "塔城市", "654203"]
    assert sheet["J4"].value == 15
    assert sheet["K4"].value == "=D4+G4"
    assert sheet["L4"].value == "=J4-K4"
    assert sheet["E6"].value == "=SUM(D4:D5)"
    assert sheet["G5"].value == 17
    assert sheet["G5"].comment.text == "印刷: 7"
    results = openpyxl.load_workbook(path, data_only=True)["表1"]
    assert (results["E6"].value, results["F6"].value) == (30, 1)


def test_xlsx_runs_nothing_that_was_printed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, ReportKind.XLSX))
    for sheet in book:
        formulas = [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert all(sheet.title == "表1" for _ in formulas)
        assert not any("HYPERLINK" in str(c.value) or "1+1" in str(c.value) for c in formulas)
    assert book["表1"]["B5"].value == HOSTILE


def test_xlsx_details_are_numbers(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, ReportKind.XLSX))
    header, *rows = book["逐格明细"].values
    repaired = next(row for row in rows if row[header.index("数据状态")] == "已修复")
    columns = ("印刷内容", "提取", "采用", "重算", "印刷－重算")
    assert [repaired[header.index(name)] for name in columns] == ["7", 7, 17, 17, -10]
    assert {type(row[header.index("采用")]) for row in rows} <= {int, float, type(None)}


@pytest.mark.parametrize(
    ("terms", "formula"),
    [
        ("({0} + {1}) / 3", "=(A1+B1)/3"),
        ("{0} - {1} × 0.5", "=A1-B1*0.5"),
        ("{0} + {7}", None),
        ("HYPERLINK({0})", None),
        ("{0}²", None),
    ],
)
def test_only_arithmetic_becomes_a_formula(terms: str, formula: str | None) -> None:
    amounts = (Decimal(1), Decimal(0), Decimal(0))
    made = ProofEquation((0, 2), ((0, 0), (0, 1)), terms, "", Holding.HOLDS, *amounts)
    assert spreadsheet_formula(made, lambda r, c: f"{'AB'[c]}{r + 1}") == formula


def test_a_sum_over_scattered_rows_names_each() -> None:
    amounts = (Decimal(1), Decimal(0), Decimal(0))
    made = ProofEquation((0, 0), ((1, 0), (3, 0)), "", "", Holding.HOLDS, *amounts)
    assert spreadsheet_formula(made, lambda r, _c: f"A{r + 1}") == "=A2+A4"


def test_the_kind_of_a_report_is_its_ending() -> None:
    assert report_kind(Path("a.XLSX")) is ReportKind.XLSX
    assert report_kind(Path("a.pdf")) is None
