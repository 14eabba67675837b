"""parquet: exact decimals, dates as dates, codes as text, lists as lists.

Numbers are decimal128(38, 18), which holds every number that is published (`ingest.misfits`).
Rows are gathered into groups of a fixed size, so neither memory nor the bytes depend on how many
notices a run has or how they were handed over.
"""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.export.columns import TABLES, Kind, Value, record_values, table_columns
from ingest.misfits import PLACES, WHOLE_DIGITS
from ingest.records import Records

ROW_GROUP = 5_000

_ACCOUNT = pa.struct([("kind", pa.string()), ("code", pa.string()), ("name", pa.string())])
PARQUET_TYPES: dict[Kind, Any] = {
    Kind.TEXT: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.DECIMAL: pa.decimal128(WHOLE_DIGITS + PLACES, PLACES),
    Kind.DATE: pa.date32(),
    Kind.TEXTS: pa.list_(pa.string()),
    Kind.ACCOUNTS: pa.list_(_ACCOUNT),
}


class ParquetWriter:
    """`notices.parquet` and so on, one file a table."""

    def __init__(self, directory: Path, row_group: int = ROW_GROUP) -> None:
        self._files = {
            table: _ParquetFile(directory / f"{table}.parquet", table, row_group)
            for table in TABLES
        }

    def write(self, records: Records) -> None:
        """Append the five tables of one notice."""
        for table, file in self._files.items():
            for record in getattr(records, table):
                file.write_row(record_values(record))

    def close(self) -> None:
        """Write the rows that are left and close the five files."""
        with ExitStack() as stack:
            for file in self._files.values():
                stack.callback(file.close)


class _ParquetFile:
    """One parquet file with at most one row group in memory."""

    def __init__(self, path: Path, table: str, row_group: int) -> None:
        columns = table_columns(table)
        self._schema = pa.schema([(column.name, PARQUET_TYPES[column.kind]) for column in columns])
        self._file = pq.ParquetWriter(path, self._schema)
        self._row_group = row_group
        self._rows: list[list[Value]] = []

    def write_row(self, row: list[Value]) -> None:
        self._rows.append(row)
        if len(self._rows) == self._row_group:
            self._flush()

    def close(self) -> None:
        if self._rows:
            self._flush()
        self._file.close()

    def _flush(self) -> None:
        columns = zip(*self._rows, strict=True)
        arrays = [
            pa.array(list(values), type=field.type)
            for values, field in zip(columns, self._schema, strict=True)
        ]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()
