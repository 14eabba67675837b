"""The 说明 sheet: what the sheets, the columns and the words in them mean."""

from ingest.export.columns import table_columns
from ingest.export.labels import column_label, sheet_labels, terms
from ingest.export.sheet import Sheet

ABOUT_SHEET = "说明"

_WIDTHS = (16, 24, 20, 90)
_INTRODUCTION = (
    "数值一律为原计量单位下的数；百分数为其印刷的数（60% 即 60），计量单位为 %。",
    "空单元格表示没有；空白、零、不适用（×、—）、读不出是四种不同的情况，见“数据状态”。",
    "代码为文本。超过 15 位的数以文本写出，以免丢失尾数。",
    "“分配表1”等工作表按印刷版式重排，便于阅读；其中的数与“数据”工作表相同。",
)


def write_about(sheet: Sheet, not_printed: int) -> None:
    """Fill the sheet. `not_printed` counts allocation tables that got no sheet of their own."""
    sheet.set_widths(_WIDTHS)
    for line in _INTRODUCTION:
        sheet.write_title(line)
    if not_printed:
        sheet.write_title(f"另有 {not_printed} 张分配表未单独成页，其数据均在“数据”工作表中。")
    sheet.write_row([])
    sheet.write_header(["工作表", "数据表", "", "内容"])
    for label in sheet_labels():
        sheet.write_row([label.sheet, label.table, None, label.about])
    sheet.write_row([])
    sheet.write_header(["工作表", "列", "字段", "说明"])
    for label in sheet_labels():
        for column in table_columns(label.table):
            about = column_label(label.table, column.name)
            sheet.write_row([label.sheet, about.header, about.column, about.about])
    sheet.write_row([])
    sheet.write_header(["字段", "取值", "", "含义"])
    for term in terms():
        sheet.write_row([term.column, term.value, None, term.about])
