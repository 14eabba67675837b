"""Allocation tables laid out for people: a row a unit, a column an item with its measure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from ingest.export.columns import Value
from ingest.export.labels import column_label
from ingest.export.sheet import Sheet
from schemas.records import FigureRecord

_LEADING = ("row_no", "role", "unit_printed", "unit_code", "unit_name", "unit_status")
_LEADING_WIDTHS = (6, 10, 16, 10, 20, 12)
_ITEM_WIDTH = 18


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """One allocation table: `title` with its place, a header text a column, and the rows."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def figures_to_printed_tables(figures: Iterable[FigureRecord]) -> Iterator[PrintedTable]:
    """The allocation tables of one notice, from its figures in their published order."""
    for _, group in groupby(figures, key=attrgetter("table_no")):
        yield _printed_table(tuple(group))


def write_printed_table(table: PrintedTable, sheet: Sheet) -> None:
    """Write a table to an empty sheet."""
    columns = len(table.headers)
    sheet.set_widths([*_LEADING_WIDTHS, *[_ITEM_WIDTH] * (columns - len(_LEADING_WIDTHS))])
    sheet.write_title(table.title)
    sheet.write_header(table.headers)
    sheet.freeze_above()
    for row in table.rows:
        sheet.write_row(row)
    sheet.filter_below(1, columns)


def _printed_table(figures: tuple[FigureRecord, ...]) -> PrintedTable:
    first = figures[0]
    title = f"{first.table_title or ''}（{first.source}，第{first.table_no}张表）"
    columns = {figure.col_no: figure.item for figure in figures}
    measures: dict[int, dict[str, None]] = {number: {} for number in columns}
    for figure in figures:
        if figure.value is not None and figure.measure:
            measures[figure.col_no][figure.measure] = None
    leading = (column_label("figures", name).header for name in _LEADING)
    items = (_header(item, tuple(measures[number])) for number, item in columns.items())
    rows = (tuple(row) for _, row in groupby(figures, key=attrgetter("row_no")))
    return PrintedTable(title, (*leading, *items), tuple(_row(row) for row in rows))


def _header(item: str, measures: tuple[str, ...]) -> str:
    """The item with its measure where all its figures have the same: `2021年拨付资金（万元）`."""
    if len(measures) != 1 or item.endswith(f"（{measures[0]}）"):
        return item
    return f"{item}（{measures[0]}）"


def _row(figures: tuple[FigureRecord, ...]) -> tuple[Value, ...]:
    first = figures[0]
    leading = (
        first.row_no,
        first.role.value,
        first.unit_printed,
        first.unit_code,
        first.unit_name,
        first.unit_status.value,
    )
    return (
        *leading,
        *(figure.printed if figure.value is None else figure.value for figure in figures),
    )
