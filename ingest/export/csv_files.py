"""csv: UTF-8 with a byte-order mark, a header row, plain decimals, harmless cells.

Lines end in CR LF as RFC 4180 has it; a line break inside a cell stays what it was. All list
columns are JSON lists, not only those for which the contract says so: a joined text could not be
taken apart again.
"""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from ingest.export.columns import TABLES, record_values, table_columns
from ingest.export.plain import value_text
from ingest.records import Records
from schemas.notice import ReadNotice
from schemas.source import RawTable

RAW_COLUMNS = (
    "notice_id",
    "source",
    "table",
    "row",
    "cell",
    "text",
    "rowspan",
    "colspan",
    "ref",
)


class CsvFile:
    """One csv file that is written row by row."""

    def __init__(self, path: Path, header: Iterable[str]) -> None:
        self._file = path.open("x", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow(header)

    def write_row(self, texts: Iterable[str]) -> None:
        """Append a row of texts that are already harmless."""
        self._rows.writerow(texts)

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class CsvWriter:
    """`notices.csv`, `figures.csv`, `indicators.csv`, `tables.csv` and `findings.csv`."""

    def __init__(self, directory: Path) -> None:
        self._files = {
            table: CsvFile(
                directory / f"{table}.csv", (column.name for column in table_columns(table))
            )
            for table in TABLES
        }

    def write(self, records: Records) -> None:
        """Append the five tables of one notice."""
        for table, file in self._files.items():
            for record in getattr(records, table):
                file.write_row(value_text(value) for value in record_values(record))

    def close(self) -> None:
        """Close the five files."""
        with ExitStack() as stack:
            for file in self._files.values():
                stack.callback(file.close)


RawRow = tuple[str | int, ...]
"""A raw cell: one value for each of `RAW_COLUMNS`."""


def raw_rows(notice: ReadNotice) -> Iterator[RawRow]:
    """Every cell of every raw table of a notice."""
    document = notice.document
    tables = [block for block in notice.layout.blocks if isinstance(block, RawTable)]
    for table_no, table in enumerate(tables, 1):
        for row_no, row in enumerate(table.rows, 1):
            for cell_no, cell in enumerate(row, 1):
                place = (document.source, table_no, row_no, cell_no)
                spans = (cell.text, cell.rowspan, cell.colspan, str(cell.ref))
                yield (document.sha256, *place, *spans)


class RawWriter:
    """`raw.csv`: every cell of every raw table as the reader saw it, in print order.

    `table` counts the raw tables of the document: a table continued over pages is several raw ones.
    """

    def __init__(self, directory: Path) -> None:
        self._file = CsvFile(directory / "raw.csv", RAW_COLUMNS)

    def write(self, rows: Iterable[RawRow]) -> None:
        """Append the raw cells of one notice."""
        for row in rows:
            self._file.write_row(value_text(value) for value in row)

    def close(self) -> None:
        """Close the file."""
        self._file.close()
