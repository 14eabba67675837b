"""Figures of a run of `xiada extract`, read back from its files."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

import regex

from audit.diff import RunFigure, SideCell, SideRow, SideTable
from ingest.comparing.errors import NotComparableError
from ingest.comparing.grids import file_to_grids, without_apostrophe
from ingest.comparing.keys import name_key
from ingest.comparing.sheets import side_column
from ingest.export.columns import table_columns
from ingest.export.labels import column_label, sheet_labels
from schemas.places import UnitStatus
from schemas.proofs import Status
from schemas.tables import CellKind

TABLE = "figures"
_FILES = ("figures.parquet", "figures.jsonl", "figures.csv", "xiada.xlsx")
_NEEDED = {"source", "table_no", "row_no", "col_no", "value", "status"}
_NUMBER = regex.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_MISNAMED = (UnitStatus.CORRECTED.value, UnitStatus.REASSIGNED.value)
_KINDS = {
    Status.BLANK.value: CellKind.BLANK,
    Status.NOT_APPLICABLE.value: CellKind.NOT_APPLICABLE,
    Status.TEXT.value: CellKind.TEXT,
}

Figure = dict[str, str]
"""A row of the table `figures`, every value as text, absent ones empty."""


@dataclass(frozen=True, slots=True)
class Run:
    """The figures of a run. `name` is the path as it was given."""

    name: str
    figures: tuple[Figure, ...]


def read_run(path: Path) -> Run | None:
    """The figures of an output folder, or of a file of figures; None where it is another file.

    Raises NotComparableError for a folder without figures, OSError where a file cannot be opened.
    """
    if path.is_dir():
        files = [path / name for name in _FILES if (path / name).is_file()]
        if files:
            path_of_figures = files[0]
        elif (path / TABLE).is_dir():
            return Run(str(path), tuple(_partition_rows(path / TABLE)))
        else:
            raise NotComparableError(f"{path} holds none of {', '.join((*_FILES, TABLE))}.")
    else:
        path_of_figures = path
    rows = _rows(path_of_figures)
    if rows is None:
        if path.is_dir():
            raise NotComparableError(f"{path_of_figures} does not hold the table {TABLE}.")
        return None
    return Run(str(path), tuple(rows))


def _rows(path: Path) -> list[Figure] | None:
    if path.suffix == ".jsonl":
        return _jsonl_rows(path)
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
            reader = csv.DictReader(file)
            if not set(reader.fieldnames or ()) >= _NEEDED:
                return None
            return [{k: without_apostrophe(v or "") for k, v in row.items() if k} for row in reader]
    if path.suffix == ".parquet":
        return _parquet_rows(path)
    return _xlsx_rows(path) if path.suffix == ".xlsx" else None


def _jsonl_rows(path: Path) -> list[Figure]:
    lines = path.read_bytes().splitlines()
    try:
        rows = [json.loads(line, parse_float=Decimal) for line in lines]
    except ValueError as error:
        raise NotComparableError(f"{path} is no whole jsonl file: {error}.") from error
    if not all(isinstance(row, dict) and row.keys() >= _NEEDED for row in rows):
        raise NotComparableError(f"{path} does not hold the table {TABLE}.")
    return [{key: _text(value) for key, value in row.items()} for row in rows]


def _parquet_rows(path: Path) -> list[Figure] | None:
    import pyarrow as pa  # noqa: PLC0415  half a second
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        names = pq.read_schema(path).names
    except pa.ArrowInvalid as error:
        raise NotComparableError(f"{path} is no parquet file: {error}.") from error
    if not set(names) >= _NEEDED:
        return None
    table = pq.read_table(path)
    return [{key: _text(value) for key, value in row.items()} for row in table.to_pylist()]


def _partition_rows(folder: Path) -> list[Figure]:
    """The figures of `xiada export --format parquet`, put together again in print order."""
    import pyarrow as pa  # noqa: PLC0415  half a second
    import pyarrow.dataset as ds  # noqa: PLC0415

    try:
        found = ds.dataset(folder, format="parquet", exclude_invalid_files=True).to_table()
    except pa.ArrowInvalid as error:
        raise NotComparableError(f"{folder} holds no parquet files: {error}.") from error
    if not set(found.column_names) >= _NEEDED:
        raise NotComparableError(f"{folder} does not hold the table {TABLE}.")
    order = [(name, "ascending") for name in ("source", "table_no", "row_no", "col_no")]
    rows = found.sort_by(order).to_pylist()
    return [{key: _text(value) for key, value in row.items()} for row in rows]


def _xlsx_rows(path: Path) -> list[Figure] | None:
    """The sheet of figures of a workbook of ours, its headers put back into column names."""
    sheet = next(label.sheet for label in sheet_labels() if label.table == TABLE)
    names = {column_label(TABLE, c.name).header: c.name for c in table_columns(TABLE)}
    found: list[Figure] = []
    for grid in file_to_grids(path):
        if grid.name != sheet and not grid.name.startswith(f"{sheet}("):
            continue
        header = [names.get(text, "") for text in grid.rows[0]] if grid.rows else []
        if not set(header) >= _NEEDED:
            return None
        found += [dict(zip(header, row, strict=True)) for row in grid.rows[1:]]
    return found or None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        plain = format(value.normalize(), "f")
        return "0" if plain == "-0" else plain
    return str(value)


def _value(figure: Figure) -> Decimal | None:
    text = figure["value"]
    if text and not _NUMBER.fullmatch(text):
        raise NotComparableError(f"{text!r} in the column value is no plain number.")
    return Decimal(text) if text else None


def run_figures(run: Run, key: Iterable[str]) -> Iterator[RunFigure]:
    """The figures of a run with the values of the columns `key` as their keys."""
    columns = tuple(key)
    missing = [name for name in columns if run.figures and name not in run.figures[0]]
    if missing:
        raise NotComparableError(f"{run.name} has no column {', '.join(missing)}.")
    for figure in run.figures:
        yield RunFigure(
            tuple(figure[name] for name in columns),
            figure["source"],
            figure.get("unit_printed", ""),
            figure.get("item", ""),
            _value(figure),
            figure.get("printed", ""),
            figure["status"],
            figure.get("unit_code", ""),
            figure.get("ref", ""),
        )


def run_tables(run: Run) -> Iterator[SideTable]:
    """The allocation tables of a run, with the columns that hold figures."""
    for _, group in groupby(run.figures, key=lambda f: (f["source"], f["table_no"])):
        table = tuple(group)
        numbers = {f["col_no"] for f in table} - _columns_of_words(table)
        first = table[0]
        heads = {f["col_no"]: f for f in table if f["col_no"] in numbers}
        measures = {
            f["col_no"]: f["measure"] for f in reversed(table) if f.get("measure") and f["value"]
        }
        columns = tuple(
            side_column(f["item"].split(" / "), measures.get(number, ""))
            for number, f in heads.items()
        )
        figures = [f for f in table if f["col_no"] in numbers]
        rows = tuple(
            _side_row(tuple(row)) for _, row in groupby(figures, key=lambda f: f["row_no"])
        )
        title = f"{first['source']} #{first['table_no']} {first.get('table_title', '')}".rstrip()
        yield SideTable(title, columns, rows)


def _columns_of_words(table: tuple[Figure, ...]) -> set[str]:
    """Columns with no more numbers than cells of words: 直达资金标识, 备注."""
    balance: dict[str, int] = {}
    for figure in table:
        is_words = figure["status"] == Status.TEXT.value
        step = 1 if is_words else -1 if figure["value"] else 0
        balance[figure["col_no"]] = balance.get(figure["col_no"], 0) + step
    return {number for number, more in balance.items() if more > 0}


def _side_row(figures: tuple[Figure, ...]) -> SideRow:
    """A row; one whose printed name is another's or garbled is named as what it is, too."""
    first = figures[0]
    name = first["unit_printed"]
    known = first.get("unit_name", "") if first.get("unit_status") in _MISNAMED else ""
    return SideRow(
        first.get("unit_code") or name_key(name),
        f"{known}（{name}）" if known else name,
        tuple(_side_cell(figure) for figure in figures),
        first["ref"],
    )


def _side_cell(figure: Figure) -> SideCell:
    value = _value(figure)
    kind = CellKind.NUMBER if value is not None else CellKind.UNREADABLE
    text = figure["printed"] if value is None else format(value, "f")
    return SideCell(
        _KINDS.get(figure["status"], kind), value, text, figure["ref"], figure["status"]
    )
