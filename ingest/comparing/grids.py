"""Spreadsheet files as grids of texts: what stands in a cell, exactly, and where.

Numbers of a spreadsheet are binary fractions. Each is written as the shortest decimal that means
the same fraction (0.1, not 0.1000000000000000055), which is the number that somebody typed.
"""

import csv
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from extract.encoding import bytes_to_text
from ingest.comparing.errors import NotComparableError
from ingest.export.plain import is_runnable
from schemas.errors import UnreadableError

_MOST_BYTES = 400_000_000
_SEPARATORS = (",", "\t", ";")


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of texts, all of one length; a merged cell repeats its text over its span.

    `places[row][column]` is where the cell stands (`Sheet1!C7`, `L3:C2`); `name` is that of the
    sheet, "" where the file has none.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    places: tuple[tuple[str, ...], ...]


def file_to_grids(path: Path) -> tuple[Grid, ...]:
    """The grids of a csv, xlsx or parquet file: one, or one a sheet.

    Raises NotComparableError for another kind of file or a damaged one, OSError where it cannot be
    opened.
    """
    suffix = path.suffix.lower()
    if suffix in (".csv", ".tsv", ".txt"):
        return (_csv_grid(path),)
    if suffix in (".xlsx", ".xlsm"):
        return tuple(_xlsx_grids(path))
    if suffix == ".parquet":
        return (_parquet_grid(path),)
    raise NotComparableError(f"{path} is no csv, xlsx or parquet file.")


def spreadsheet_number(value: float | int | Decimal, *, percent: bool = False) -> str:
    """A number of a spreadsheet as a plain decimal; of a percentage, the number that is shown.

    >>> spreadsheet_number(91.59), spreadsheet_number(1e21), spreadsheet_number(0.6, percent=True)
    ('91.59', '1000000000000000000000', '60%')
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        return str(value)
    if percent:
        exact *= 100
    if exact == exact.to_integral_value():
        exact = exact.quantize(Decimal(1)) if exact.adjusted() < 28 else exact
    return format(exact if exact else Decimal(0), "f") + ("%" if percent else "")


def without_apostrophe(text: str) -> str:
    """A text as it was before it was written harmless: `'=1次` was `=1次`."""
    return text[1:] if text.startswith("'") and is_runnable(text[1:]) else text


def _grid(name: str, rows: Iterable[Iterable[str]], places: Iterable[Iterable[str]]) -> Grid:
    filled = [tuple(row) for row in rows]
    where = [tuple(row) for row in places]
    width = max(map(len, filled), default=0)
    return Grid(
        name,
        tuple(row + ("",) * (width - len(row)) for row in filled),
        tuple(row + ("",) * (width - len(row)) for row in where),
    )


def _csv_grid(path: Path) -> Grid:
    try:
        text = bytes_to_text(path.read_bytes()).text
    except UnreadableError as error:
        raise NotComparableError(f"{path} is no table of texts: {error}.") from error
    lines = text.splitlines()
    separator = max(_SEPARATORS, key=lambda sign: sum(sign in line for line in lines[:50]))
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter=separator))
    except csv.Error as error:
        raise NotComparableError(f"{path} is no table of texts: {error}.") from error
    return _grid(
        "",
        ([without_apostrophe(cell) for cell in row] for row in rows),
        ([f"L{n}:C{c}" for c in range(1, len(row) + 1)] for n, row in enumerate(rows, 1)),
    )


def _parquet_grid(path: Path) -> Grid:
    import pyarrow as pa  # noqa: PLC0415  half a second
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        table = pq.read_table(path)
    except pa.ArrowInvalid as error:
        raise NotComparableError(f"{path} is no parquet file: {error}.") from error
    columns = [[_text(value, "") for value in column.to_pylist()] for column in table.columns]
    rows = [tuple(table.column_names), *zip(*columns, strict=True)]
    places = ([f"L{n}:C{c}" for c in range(1, len(row) + 1)] for n, row in enumerate(rows))
    return _grid("", rows, places)


def _xlsx_grids(path: Path) -> Iterator[Grid]:
    """The sheets of a workbook, with the results of formulas as its program last stored them."""
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415  a third of a second
    from openpyxl.utils.exceptions import (  # type: ignore[import-untyped]  # noqa: PLC0415
        InvalidFileException,
    )

    try:
        with zipfile.ZipFile(path) as parts:
            if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
                raise NotComparableError(f"{path} is too large to be a table of a budget.")
        results = openpyxl.load_workbook(path, data_only=True)
        formulas = openpyxl.load_workbook(path)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError) as error:
        raise NotComparableError(f"{path} is no whole xlsx file: {error}.") from error
    for sheet in results.worksheets:
        yield _sheet_grid(sheet, formulas[sheet.title])


def _sheet_grid(sheet: Any, formulas: Any) -> Grid:
    rows = [[_cell_text(cell, formulas) for cell in row] for row in sheet.iter_rows()]
    for span in sheet.merged_cells.ranges:
        text = rows[span.min_row - 1][span.min_col - 1]
        for row in range(span.min_row - 1, span.max_row):
            rows[row][span.min_col - 1 : span.max_col] = [text] * (span.max_col - span.min_col + 1)
    places = [[f"{sheet.title}!{cell.coordinate}" for cell in row] for row in sheet.iter_rows()]
    return _grid(sheet.title, rows, places)


def _cell_text(cell: Any, formulas: Any) -> str:
    """The text of a cell. A formula without a stored result stays a formula: no number is known."""
    if cell.value is None:
        formula = formulas[cell.coordinate].value
        return str(formula) if isinstance(formula, str) else ""
    return _text(cell.value, str(cell.number_format or ""))


def _text(value: Any, number_format: str) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float | Decimal):
        return spreadsheet_number(value, percent="%" in number_format)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
