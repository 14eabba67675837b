"""PDFs as office programs write them: borders in pieces, text in fragments, fonts in subsets."""

import subprocess
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Side
from openpyxl.worksheet.properties import PageSetupProperties

from extract.pdf import pdf_to_extraction
from schemas.source import RawTable, Reader
from tests.extract.pdf.made_pdfs import to_document
from tests.outside import require_font, require_program

HEADER = ("序号", "地区", "补助人数", None, "2021年应补助资金", "备注")
SECOND = (None, None, "人数", "标准（元）", None, None)
NAMES = ("伊宁市", "霍城县", "察布查尔锡伯自治县", "尼勒克县")
ROWS = [(i + 1, name, 1234 * i + 7, 52, 1234.5 * i, None) for i, name in enumerate(NAMES)]


@pytest.fixture(scope="module")
def sheet_pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    office, _ = require_program("soffice"), require_font("wqy-zenhei.ttc")
    folder = tmp_path_factory.mktemp("sheet")
    book = Workbook()
    sheet = book.active
    sheet.append(["2021年补助资金分配表"])
    for row in (HEADER, SECOND, *ROWS):
        sheet.append(row)
    for merged in ("A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"):
        sheet.merge_cells(merged)
    side = Side(style="thin")
    for row in sheet["A2:F7"]:
        for cell in row:
            cell.border = Border(left=side, right=side, top=side, bottom=side)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for row in sheet["E4:E7"]:
        row[0].number_format = "#,##0.00"
    for column, width in zip("ABCDEF", (6, 24, 10, 12, 12, 8), strict=True):
        sheet.column_dimensions[column].width = width
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    book.save(folder / "sheet.xlsx")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run(
        [*command, str(folder / "sheet.xlsx")], check=True, capture_output=True, timeout=120
    )
    return Path(folder / "sheet.pdf").read_bytes()


def test_a_printed_sheet_is_read_with_its_merged_cells(sheet_pdf):
    extraction = pdf_to_extraction(to_document(sheet_pdf))
    title, table = extraction.layout.blocks
    assert title.text == "2021年补助资金分配表"
    assert isinstance(table, RawTable)
    assert table.reader is Reader.RULED
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["序号", "地区", "补助人数", "", "2021年应补助资金", "备注"],
        ["", "", "人数", "标准（元）", "", ""],
        ["1", "伊宁市", "7", "52", "0.00", ""],
        ["2", "霍城县", "1241", "52", "1,234.50", ""],
        ["3", "察布查尔锡伯自治县", "2475", "52", "2,469.00", ""],
        ["4", "尼勒克县", "3709", "52", "3,703.50", ""],
    ]
    spans = [(cell.rowspan, cell.colspan) for cell in table.rows[0]]
    assert spans == [(2, 1), (2, 1), (1, 2), (0, 0), (2, 1), (2, 1)]
