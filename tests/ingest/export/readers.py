"""Reads the files of all four formats back into the same plain values."""

import csv
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq

from ingest.export.columns import TABLES, Kind, Value, record_values, table_columns
from ingest.export.labels import column_label, sheet_labels
from ingest.export.plain import is_runnable
from ingest.records import Records

Tables = dict[str, list[list[Value]]]


def tables_of(records: Records) -> Tables:
    return {
        table: [[_kept(v) for v in record_values(r)] for r in getattr(records, table)]
        for table in TABLES
    }


def read_csv(directory: Path) -> Tables:
    return {table: _read_csv(directory, table) for table in TABLES}


def _read_csv(directory: Path, table: str) -> list[list[Value]]:
    text = (directory / f"{table}.csv").read_bytes().decode("utf-8-sig")
    header, *rows = csv.reader(text.splitlines(keepends=True))
    columns = table_columns(table)
    assert header == [column.name for column in columns]
    return [[_parse(c, column.kind) for c, column in zip(r, columns, strict=True)] for r in rows]


def read_jsonl(directory: Path) -> Tables:
    return {table: _read_jsonl(directory, table) for table in TABLES}


def _read_jsonl(directory: Path, table: str) -> list[list[Value]]:
    columns = table_columns(table)
    lines = (directory / f"{table}.jsonl").read_text("utf-8").split("\n")[:-1]
    objects = [json.loads(line, parse_float=Decimal) for line in lines]
    assert all(list(row) == [column.name for column in columns] for row in objects)
    return [[_typed(row[column.name], column.kind) for column in columns] for row in objects]


def read_parquet(directory: Path) -> Tables:
    return {
        table: [
            [_kept(value) for value in row.values()]
            for row in pq.read_table(directory / f"{table}.parquet").to_pylist()
        ]
        for table in TABLES
    }


def read_xlsx(path: Path) -> Tables:
    book = openpyxl.load_workbook(path)
    found: Tables = {}
    for label in sheet_labels():
        columns = table_columns(label.table)
        header, *rows = book[label.sheet].iter_rows(values_only=True)
        headers = [column_label(label.table, column.name).header for column in columns]
        assert list(header) == headers
        found[label.table] = [
            [_of_sheet(v, column.kind) for v, column in zip(row, columns, strict=True)]
            for row in rows
        ]
    return found


def formulas(path: Path) -> list[str]:
    """Sheets of a workbook that hold a formula or a link."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name).decode() for name in book.namelist()}
    return [name for name, xml in parts.items() if "<f>" in xml or "<hyperlink" in xml]


def _of_sheet(value: Any, kind: Kind) -> Value:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, int | float) and kind is Kind.DECIMAL:
        return Decimal(repr(value))
    if kind in (Kind.TEXTS, Kind.ACCOUNTS):
        return _parse(value or "", kind)
    kept: Value = value
    return kept


def _typed(value: Any, kind: Kind) -> Value:
    if kind is Kind.DATE and value is not None:
        return date.fromisoformat(value)
    if kind is Kind.DECIMAL and isinstance(value, int):
        return Decimal(value)
    return _kept(value)


def _kept(value: Any) -> Value:
    """An empty list or text is absent, as a csv cell cannot tell the two apart."""
    return None if value in ([], "") else value


def _parse(text: str, kind: Kind) -> Value:
    if not text:
        return None
    parsers: dict[Kind, Any] = {
        Kind.INTEGER: int,
        Kind.DECIMAL: Decimal,
        Kind.DATE: date.fromisoformat,
        Kind.TEXTS: json.loads,
        Kind.ACCOUNTS: json.loads,
        Kind.TEXT: lambda t: t[1:] if t[0] == "'" and is_runnable(t[1:]) else t,
    }
    value: Value = parsers[kind](text)
    return value
