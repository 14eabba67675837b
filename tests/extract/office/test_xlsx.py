"""Workbooks: sheets as lines and tables, and what is odd about them."""

import openpyxl
import pytest

from schemas.errors import EmptyDocumentError
from schemas.findings import Severity
from schemas.source import LineRef, Media, Reader, SheetRef
from tests.extract.office.made import (
    lines,
    read,
    relations,
    rules,
    saved,
    sheet_file,
    tables,
    texts,
    with_parts,
)

ROWS = [("合计", 300, 68.25), ("伊宁市", 100, 20.0), ("伊宁县", 200, 48.25)]


def book() -> openpyxl.Workbook:
    """A title in merged cells, fields on one row, a header of two levels, three rows."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "附件1"
    sheet["A1"] = "2024年补助资金分配表"
    sheet.merge_cells("A1:C1")
    sheet["A2"], sheet["C2"] = "填报单位：财政厅", "单位：万元"
    sheet["A3"], sheet["B3"], sheet["B4"], sheet["C4"] = "县市", "补助", "人数", "资金"
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    for r, row in enumerate(ROWS, 5):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value)
        sheet.cell(r, 3).number_format = "0.00"
    return made


def test_titles_are_lines_and_the_rest_is_a_table_with_spans() -> None:
    found = read(saved(book()))
    assert found.media is Media.XLSX
    assert lines(found) == ["2024年补助资金分配表", "填报单位：财政厅", "单位：万元"]
    (table,) = tables(found)
    assert table.reader is Reader.SHEET
    assert texts(table)[:3] == [
        ["县市", "补助", ""],
        ["", "人数", "资金"],
        ["合计", "300", "68.25"],
    ]
    spans = [(cell.rowspan, cell.colspan) for cell in table.rows[0]]
    assert spans == [(2, 1), (1, 2), (0, 0)]
    assert table.rows[3][2].text == "20.00"
    assert table.rows[3][2].ref == SheetRef(1, 6, 3)


def test_every_sheet_is_read_and_what_is_hidden_is_told() -> None:
    made = book()
    made.active.row_dimensions[6].hidden = True
    made.active.column_dimensions["B"].hidden = True
    hidden = made.copy_worksheet(made.active)
    hidden.sheet_state = "hidden"
    found = read(saved(made))
    assert [table.page for table in tables(found)] == [1, 2]
    assert tables(found)[1].rows[2][0].ref == SheetRef(2, 5, 1)
    assert {"hidden-sheet", "hidden-rows", "hidden-columns"} <= set(rules(found))
    assert all(finding.severity is Severity.NOTE for finding in found.findings)


def test_tables_one_below_the_other_are_two() -> None:
    made = book()
    sheet = made.active
    sheet["A9"] = "2024年绩效目标表"
    for r, row in enumerate([("指标", "目标值"), ("受益人数", "≥300人")], 11):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value)
    found = read(saved(made))
    assert [len(table.rows) for table in tables(found)] == [5, 2]
    assert lines(found)[-1] == "2024年绩效目标表"


def test_a_blank_row_between_rows_of_figures_ends_no_table() -> None:
    made = book()
    for c, value in enumerate(("昭苏县", 5, 1.5), 1):
        made.active.cell(10, c, value)
    (table,) = tables(read(saved(made)))
    assert [row[0].text for row in table.rows] == ["县市", "", "合计", "伊宁市", "伊宁县", "昭苏县"]


def test_a_formula_without_its_result_is_unreadable_and_told() -> None:
    made = book()
    made.active["B5"] = "=SUM(B6:B7)"
    found = read(saved(made))
    assert tables(found)[0].rows[2][1].text == "\ufffd"
    (told,) = [f for f in found.findings if f.rule == "formula-without-value"]
    assert told.printed == "=SUM(B6:B7)"
    assert told.ref == SheetRef(1, 5, 2)


def test_results_errors_and_truths_are_shown_as_stored() -> None:
    cells = (
        '<c t="inlineStr"><is><t>县市</t></is></c><c><f>1+2</f><v>3</v></c>'
        '<c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="b"><v>1</v></c><c t="str"><f>A1</f><v></v></c>'
    )
    found = read(sheet_file(f"<sheetData><row>{cells}</row></sheetData>"))
    assert texts(tables(found)[0]) == [["县市", "3", "#DIV/0!", "TRUE"]]
    assert rules(found) == ["error-in-sheet"]


def test_rich_texts_are_joined_and_raised_digits_stay_small() -> None:
    strings = (
        "<si><r><t>面积10</t></r><r><rPr><vertAlign val='superscript'/></rPr><t>2</t></r>"
        "<rPh sb='0' eb='1'><t>mian</t></rPh></si><si><t>补助_x000D_\n资金</t></si>"
    )
    row = '<row r="3"><c r="B3" t="s"><v>0</v></c><c r="D3" t="s"><v>1</v></c></row>'
    found = read(sheet_file(f"<sheetData>{row}</sheetData>", strings))
    assert texts(tables(found)[0]) == [["面积10²", "补助 资金"]]
    assert tables(found)[0].rows[0][1].ref == SheetRef(1, 3, 4)


def test_a_text_under_a_merged_cell_is_told_not_read() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    found = read(sheet_file(f"<sheetData>{row}</sheetData>{merged}"))
    assert texts(tables(found)[0]) == [["1", "3"]]
    assert rules(found) == ["text-under-merged-cell"]


def test_a_workbook_without_a_text_is_empty() -> None:
    with pytest.raises(EmptyDocumentError):
        read(saved(openpyxl.Workbook()))


def test_references_to_sheets_differ_from_those_to_lines() -> None:
    assert str(SheetRef(2, 53, 2)) == "S2:L53:C2"
    assert SheetRef(1, 53, 2) != LineRef(53, 2)


def test_lines_within_a_cell() -> None:
    made = book()
    made.active["A1"] = "2024年补助资金分配表\n（第二批）"
    made.active["C4"] = "补助\n资金"
    made.active["B6"] = "100\n200"
    found = read(saved(made))
    assert lines(found)[:2] == ["2024年补助资金分配表", "（第二批）"]
    (table,) = tables(found)
    assert [table.rows[1][2].text, table.rows[3][1].text] == ["补助 资金", "100；200"]


def test_boxes_over_the_cells_are_read() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006"
    box = (
        "<s:oneCellAnchor><s:from><s:col>1</s:col><s:row>{}</s:row></s:from><s:sp><s:txBody>"
        "<a:p><a:r><a:t>{}</a:t></a:r></a:p></s:txBody></s:sp></s:oneCellAnchor>"
    )
    boxes = box.format(9, "注：含兵团") + box.format(0, "资金分配表")
    spaces = f'xmlns:s="{drawing}/spreadsheetDrawing" xmlns:a="{drawing}/main"'
    cells = '<row r="4"><c r="A4"><v>1</v></c><c r="B4"><v>2</v></c></row>'
    data = with_parts(
        sheet_file(f"<sheetData>{cells}</sheetData>"),
        {
            "xl/worksheets/_rels/sheet1.xml.rels": relations(drawing="../drawings/drawing1.xml"),
            "xl/drawings/drawing1.xml": f"<s:wsDr {spaces}>{boxes}</s:wsDr>",
        },
    )
    found = read(data)
    assert lines(found) == ["资金分配表", "注：含兵团"]
    assert [str(block.ref) for block in found.layout.blocks] == [
        "S1:L1:C2",
        "S1:L4:C1",
        "S1:L10:C2",
    ]


def test_halves_side_by_side_under_merged_headers_are_two_tables() -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    for first, names in ((1, ("塔城市", "额敏县")), (4, ("沙湾县", "托里县"))):
        sheet.cell(1, first, "县市")
        sheet.merge_cells(None, 1, first, 2, first)
        sheet.cell(1, first + 1, "资金")
        sheet.merge_cells(None, 1, first + 1, 1, first + 2)
        for r, values in enumerate((("", "中央", "自治区"), (names[0], 1, 2), (names[1], 3, 4))):
            for c, value in enumerate(values):
                if value:
                    sheet.cell(r + 2, first + c, value)
    found = tables(read(saved(made)))
    assert [texts(one)[2][0] for one in found] == ["塔城市", "沙湾县"]
    assert [(cell.rowspan, cell.colspan) for cell in found[1].rows[0]] == [(2, 1), (1, 2), (0, 0)]
