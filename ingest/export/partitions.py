"""parquet for large archives: a folder a table, in it folders by budget year and province.

    figures/fiscal_year=2021/province=65/part-0001.parquet

This is the layout that DuckDB, pandas, Spark and others call hive: they read the year and the
province off the names of the folders, and open only those that a query asks for. The two are not
repeated in the files. A row without a year is under `fiscal_year=__HIVE_DEFAULT_PARTITION__`, which
they read as null; one of no single province under `province=00`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from ingest.export.columns import TABLES, Value, record_values, table_columns
from ingest.export.parquet_files import PARQUET_TYPES
from ingest.records import Records
from schemas.records import FigureRecord, IndicatorRecord, Record

PART_ROWS = 50_000
"""A part has at most so many rows; so many of all partitions together are in memory."""

YEAR, PROVINCE = "fiscal_year", "province"
NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
NO_PROVINCE = "00"

_ANY_YEAR = "0000"

_PROVINCE_DIGITS = 2
Partition = tuple[str, str, str]


class PartitionedWriter:
    """`notices/`, `figures/`, `indicators/`, `tables/` and `findings/`.

    A row of a unit belongs to the province of the unit, all others to that of their notice, which
    is the one province that all its units share.
    """

    def __init__(self, directory: Path, part_rows: int = PART_ROWS) -> None:
        self._directory = directory
        self._part_rows = part_rows
        self._rows: dict[Partition, list[list[Value]]] = {}
        self._waiting = 0
        self._parts: dict[Partition, int] = {}
        for table in TABLES:
            (directory / table).mkdir()

    def write(self, records: Records) -> None:
        """Append the five tables of one notice."""
        year = _text(records.notices[0].fiscal_year) if records.notices else NO_YEAR
        whole = _shared_province(_codes(records))
        for table in TABLES:
            for record in getattr(records, table):
                province = _province_of(record) or whole or NO_PROVINCE
                self._append((table, year, province), _kept_values(table, record))

    def close(self) -> None:
        """Write the rows that are left."""
        for partition in sorted(self._rows):
            self._flush(partition)
        for table in TABLES:
            # Without any file a reader would not know the columns, without any year not that years
            # are numbers: an empty part says both.
            if {year for name, year, _ in self._parts if name == table} <= {NO_YEAR}:
                self._write_part((table, _ANY_YEAR, NO_PROVINCE), [])

    def _append(self, partition: Partition, row: list[Value]) -> None:
        rows = self._rows.setdefault(partition, [])
        rows.append(row)
        self._waiting += 1
        if self._waiting >= self._part_rows:
            self._flush(max(self._rows, key=lambda p: (len(self._rows[p]), p)))

    def _flush(self, partition: Partition) -> None:
        rows = self._rows.pop(partition)
        self._waiting -= len(rows)
        self._write_part(partition, rows)

    def _write_part(self, partition: Partition, rows: list[list[Value]]) -> None:
        table, year, province = partition
        number = self._parts[partition] = self._parts.get(partition, 0) + 1
        folder = self._directory / table / f"{YEAR}={year}" / f"{PROVINCE}={province}"
        folder.mkdir(parents=True, exist_ok=True)
        schema = _schema(table)
        columns: Iterable[tuple[Value, ...]] = (
            zip(*rows, strict=True) if rows else [()] * len(schema)
        )
        arrays = [
            pa.array(list(values), type=field.type)
            for values, field in zip(columns, schema, strict=True)
        ]
        pq.write_table(
            pa.Table.from_arrays(arrays, schema=schema), folder / f"part-{number:04}.parquet"
        )


def _schema(table: str) -> Any:
    return pa.schema(
        [
            (column.name, PARQUET_TYPES[column.kind])
            for column in table_columns(table)
            if column.name != YEAR
        ]
    )


def _kept_values(table: str, record: Record) -> list[Value]:
    names = (column.name for column in table_columns(table))
    return [value for name, value in zip(names, record_values(record), strict=True) if name != YEAR]


def _codes(records: Records) -> set[str]:
    rows: tuple[FigureRecord | IndicatorRecord, ...] = (*records.figures, *records.indicators)
    return {row.unit_code for row in rows if row.unit_code}


def _shared_province(codes: set[str]) -> str | None:
    """The first two digits that all codes share."""
    provinces = {code[:_PROVINCE_DIGITS] for code in codes}
    return provinces.pop() if len(provinces) == 1 else None


def _province_of(record: Record) -> str | None:
    if isinstance(record, FigureRecord | IndicatorRecord) and record.unit_code:
        return record.unit_code[:_PROVINCE_DIGITS]
    return None


def _text(year: int | None) -> str:
    return NO_YEAR if year is None else str(year)
