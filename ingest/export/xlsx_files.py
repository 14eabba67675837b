"""xlsx: `xiada.xlsx`, made for people: Chinese headers, a sheet a table, and a 说明 sheet.

Besides the five tables, each allocation table is laid out again as it was printed, a row a unit and
a column an item, with the measure in the header (`2021年拨付资金（万元）`). Everything on those
sheets also stands in the sheet 数据.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import xlsxwriter

from ingest.export.about import ABOUT_SHEET, write_about
from ingest.export.columns import Value, record_values, table_columns
from ingest.export.labels import column_label, sheet_labels
from ingest.export.printed import figures_to_printed_tables, write_printed_table
from ingest.export.sheet import ROW_LIMIT, Sheet, Styles
from ingest.export.workbook_file import close_workbook, workbook_file
from ingest.records import Records

FILE_NAME = "xiada.xlsx"
PRINTED_LIMIT = 100
"""So many allocation tables get a sheet of their own; each open sheet takes a file handle."""

_OPTIONS = {
    "use_zip64": True,  # sheets of more than 4 GB; smaller files are the same without it
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_CREATED = datetime(2000, 1, 1)


class XlsxWriter:
    """One workbook for the whole run. Rows are written to disk as they come."""

    def __init__(self, directory: Path, row_limit: int = ROW_LIMIT) -> None:
        rows_on_disk = directory / ".rows"
        rows_on_disk.mkdir()
        self._stack = ExitStack()
        options = _OPTIONS | {"tmpdir": str(rows_on_disk)}
        file = self._stack.enter_context(workbook_file(directory / FILE_NAME))
        self._workbook = xlsxwriter.Workbook(file, options)
        self._workbook.set_properties({"created": _CREATED})
        self._styles = Styles(self._workbook)
        self._about = self._add_sheet(ABOUT_SHEET)
        self._tables = {
            label.table: _TableSheets(label.table, label.sheet, self._add_sheet, row_limit)
            for label in sheet_labels()
        }
        self._printed = 0
        self._not_printed = 0

    def write(self, records: Records) -> None:
        """Append the five tables of one notice, and its allocation tables as they were printed."""
        for table, sheets in self._tables.items():
            for record in getattr(records, table):
                sheets.write_row(record_values(record))
        for printed in figures_to_printed_tables(records.figures):
            if self._printed < PRINTED_LIMIT:
                self._printed += 1
                write_printed_table(printed, self._add_sheet(f"分配表{self._printed}"))
            else:
                self._not_printed += 1

    def close(self) -> None:
        """Write the 说明 sheet and the file."""
        for sheets in self._tables.values():
            sheets.close()
        write_about(self._about, self._not_printed)
        with self._stack:
            close_workbook(self._workbook)

    def _add_sheet(self, name: str) -> Sheet:
        return Sheet(self._workbook.add_worksheet(name), self._styles)


class _TableSheets:
    """A public table, on as many sheets as its rows need: 数据, 数据(2), ..."""

    def __init__(
        self, table: str, name: str, add_sheet: Callable[[str], Sheet], row_limit: int
    ) -> None:
        self._name = name
        self._labels = [column_label(table, column.name) for column in table_columns(table)]
        self._add_sheet = add_sheet
        self._row_limit = row_limit
        self._sheets = 0
        self._sheet = self._next_sheet()

    def write_row(self, values: Sequence[Value]) -> None:
        if self._sheet.rows == self._row_limit:
            self.close()
            self._sheet = self._next_sheet()
        self._sheet.write_row(values)

    def close(self) -> None:
        self._sheet.filter_below(0, len(self._labels))

    def _next_sheet(self) -> Sheet:
        self._sheets += 1
        name = self._name if self._sheets == 1 else f"{self._name}({self._sheets})"
        sheet = self._add_sheet(name)
        sheet.set_widths([label.width for label in self._labels])
        sheet.write_header([label.header for label in self._labels])
        sheet.freeze_above()
        return sheet
