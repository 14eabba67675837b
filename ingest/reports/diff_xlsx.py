"""A comparison as a workbook: 汇总, 差异, and both sides of each table side by side.

The differences on the tables' sheets are live formulas over the two numbers beside them.
"""

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from audit.diff import ComparedCell, Comparison, SideCell
from ingest.comparing.result import DiffResult, LongComparison, counting
from ingest.export.plain import is_runnable
from ingest.export.sheet import Sheet, Styles
from ingest.reports.audit_sheet import TableStyles
from ingest.reports.audit_xlsx import RollingSheet
from ingest.reports.diff_csv import COLUMNS, difference_row, shown_key
from ingest.reports.diff_words import shown_note
from ingest.reports.words import words
from ingest.reports.workbook import cell_text, open_workbook, set_up_print

_FIRST: Final = 2
_LEADING: Final = 2
_EACH: Final = ("left", "right", "difference")
_TABLE_LIMIT: Final = 100
_EXACT_DIGITS: Final = 15
_WIDTHS: Final = (12, 36, 14, 18, 40, 18, 18, 12, 10, 14, 18, 36)


def write_diff_xlsx(path: Path, result: DiffResult) -> None:
    """Write the workbook. Of runs, which may differ in very much, row by row."""
    with open_workbook(path, row_by_row=result.of_runs) as workbook:
        styles, table_styles, word = Styles(workbook), TableStyles(workbook), words()

        def add(name: str) -> Sheet:
            return Sheet(workbook.add_worksheet(name), styles)

        summary = add(word["summary"])
        summary.set_widths((48, 48, 12, 12, 12))
        headers = ("left", "right", "compared", "equal", "differing")
        summary.write_header([word[key] for key in headers])
        changes = RollingSheet(add, word["changes"], [word[c] for c in COLUMNS], list(_WIDTHS))
        for number, comparison in enumerate(result.comparisons, 1):
            counts = (comparison.compared, comparison.equal)
            names = (comparison.left, comparison.right)
            summary.write_row([*names, *counts, counting(comparison)])
            for one in comparison.differences:
                kind, *rest, note = difference_row(one)
                changes.write_row((word[f"diff.{kind}"], *rest, shown_note(str(note))))
            if comparison.cells and number <= _TABLE_LIMIT:
                name = f"{word['side_by_side']}{number}"
                _write_table(workbook.add_worksheet(name), table_styles, comparison)
        changes.close()


def _write_table(sheet: Any, styles: TableStyles, comparison: Comparison | LongComparison) -> None:
    word = words()
    for column, (key, width) in enumerate((("name", 20), ("key", 12))):
        sheet.merge_range(0, column, 1, column, word[key], styles.header)
        sheet.set_column(column, column, width)
    for number, (left, right) in enumerate(comparison.columns):
        first = _LEADING + number * len(_EACH)
        title = left if left == right else f"{left} | {right}"
        sheet.merge_range(0, first, 0, first + len(_EACH) - 1, "", styles.header)
        sheet.write_string(0, first, cell_text(title), styles.header)
        for offset, key in enumerate(_EACH):
            sheet.write_string(1, first + offset, word[key], styles.header)
        sheet.set_column(first, first + len(_EACH) - 1, 12)
    for number, (key, name) in enumerate(comparison.rows):
        _write_text(sheet, styles, (_FIRST + number, 0), name)
        _write_text(sheet, styles, (_FIRST + number, 1), shown_key(key))
    for cell in comparison.cells:
        _write_cell(sheet, styles, cell)
    sheet.set_row(0, 48)
    sheet.freeze_panes(_FIRST, _LEADING)
    set_up_print(sheet, _FIRST)


def _write_cell(sheet: Any, styles: TableStyles, cell: ComparedCell) -> None:
    row, column = _FIRST + cell.row, _LEADING + cell.column * len(_EACH)
    status = "" if cell.same else "suspect"
    numbers = [
        _write_side(sheet, styles, (row, column + offset), side, status)
        for offset, side in enumerate((cell.left, cell.right))
    ]
    if cell.difference is None or not all(numbers):
        return
    here, there = (xl_rowcol_to_cell(row, column + offset) for offset in (0, 1))
    style = styles.number(status, _places(cell.difference))
    sheet.write_formula(row, column + 2, f"={here}-{there}", style, float(cell.difference))


def _write_side(
    sheet: Any, styles: TableStyles, place: tuple[int, int], side: SideCell, status: str
) -> bool:
    """Write one side; whether it became a number."""
    value = side.value
    if value is None or len(value.as_tuple().digits) > _EXACT_DIGITS:
        _write_text(sheet, styles, place, side.text)
        return False
    sheet.write_number(*place, float(value), styles.number(status, _places(value)))
    return True


def _places(value: Decimal) -> int:
    return max(-int(value.as_tuple().exponent), 0)


def _write_text(sheet: Any, styles: TableStyles, place: tuple[int, int], text: str) -> None:
    if text:
        sheet.write_string(
            *place, cell_text(text), styles.quoted if is_runnable(text) else styles.text
        )
