"""An allocation table on a sheet: accepted and recomputed number and difference side by side."""

from collections import defaultdict
from decimal import Decimal
from typing import Any, Final

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from ingest.export.plain import is_runnable, plain_decimal
from ingest.misfits import shortened
from ingest.reports.audited import Audited, FigureFacts, TableFacts
from ingest.reports.formulas import spreadsheet_formula
from ingest.reports.words import words
from ingest.reports.workbook import FILLS, cell_text, set_up_print
from schemas.proofs import Status

_TITLE, _HEAD, _SUBHEAD, _FIRST = 0, 1, 2, 3
_LEADING: Final = ("row", "unit", "code")
_WIDTHS: Final = (6, 18, 10)
_EACH: Final = ("value", "recomputed", "value_difference")
_EXACT_DIGITS: Final = 15


class TableStyles:
    """The formats of the tables' sheets, one for each status and number of places."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._made: dict[tuple[str, int], Any] = {}
        self.title = workbook.add_format({"bold": True, "font_size": 13})
        self.header = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7", "border": 1}
        )
        self.text = workbook.add_format({"num_format": "@"})
        self.quoted = workbook.add_format({"num_format": "@", "quote_prefix": True})
        self.off = workbook.add_format({"bg_color": FILLS["suspect"], "font_color": "#8C1D18"})

    def number(self, status: str, places: int) -> Any:
        """The format of a number with a status; "" for one without colour."""
        if (status, places) not in self._made:
            form = {"num_format": f"0.{'0' * places}" if places else "0"}
            fill = {"bg_color": FILLS[status]} if status in FILLS else {}
            self._made[status, places] = self._workbook.add_format({**form, **fill})
        return self._made[status, places]


def write_table_sheet(sheet: Any, styles: TableStyles, audited: Audited, facts: TableFacts) -> None:
    """Write a table to an empty sheet.

    A repaired number has a comment that says what is printed. The colours of the statuses are
    fixed; a difference beyond its tolerance is coloured by a rule, so that it follows changes.
    """
    _write_head(sheet, styles, audited, facts)
    allocation = facts.allocation
    beyond: dict[Decimal, list[tuple[int, int]]] = defaultdict(list)
    rows = zip(allocation.table.rows, allocation.placements, facts.figures, strict=True)
    for r, (row, placement, figures) in enumerate(rows):
        code = placement.unit.code if placement.unit else ""
        sheet.write_number(_FIRST + r, 0, row.number)
        _write_text(sheet, styles, (_FIRST + r, 1), row.unit_printed)
        _write_text(sheet, styles, (_FIRST + r, 2), code)
        for c, figure in enumerate(figures):
            _write_figure(sheet, styles, (r, c), figure)
            if figure.main is not None and figure.main.out == (r, c):
                beyond[figure.main.tolerance].append((_FIRST + r, _column(c) + 2))
    for tolerance, cells in beyond.items():
        _mark_beyond(sheet, styles, tolerance, cells)
    sheet.freeze_panes(_FIRST, len(_LEADING))
    set_up_print(sheet, _FIRST)


def _column(c: int) -> int:
    """The sheet's column of a table's column: that of its accepted numbers."""
    return len(_LEADING) + c * len(_EACH)


def _address(r: int, c: int) -> str:
    return str(xl_rowcol_to_cell(_FIRST + r, _column(c)))


def _write_head(sheet: Any, styles: TableStyles, audited: Audited, facts: TableFacts) -> None:
    word, table = words(), facts.allocation.table
    title = f"{table.title} ({audited.notice.source}, {word['table']} {table.number})"
    sheet.write_string(_TITLE, 0, cell_text(title), styles.title)
    for c, (key, width) in enumerate(zip(_LEADING, _WIDTHS, strict=True)):
        sheet.merge_range(_HEAD, c, _SUBHEAD, c, word[key], styles.header)
        sheet.set_column(c, c, width)
    for c, column in enumerate(table.columns):
        measure = f" ({column.measure})" if column.measure else ""
        first, last = _column(c), _column(c) + len(_EACH) - 1
        sheet.merge_range(_HEAD, first, _HEAD, last, "", styles.header)
        sheet.write_string(_HEAD, first, cell_text(f"{column.item}{measure}"), styles.header)
        for offset, key in enumerate(_EACH):
            sheet.write_string(_SUBHEAD, first + offset, word[key], styles.header)
        sheet.set_column(first, last, 12)
    sheet.set_row(_HEAD, 48)


def _write_text(sheet: Any, styles: TableStyles, place: tuple[int, int], text: str) -> None:
    if text:
        style = styles.quoted if is_runnable(text) else styles.text
        sheet.write_string(*place, cell_text(text), style)


def _write_figure(
    sheet: Any, styles: TableStyles, cell: tuple[int, int], figure: FigureFacts
) -> None:
    row, column = _FIRST + cell[0], _column(cell[1])
    value = figure.value
    if value is None:
        _write_text(sheet, styles, (row, column), figure.printed)
        return
    if len(value.as_tuple().digits) > _EXACT_DIGITS:
        _write_text(sheet, styles, (row, column), plain_decimal(value))
        return
    places = max(-int(value.as_tuple().exponent), 0)
    sheet.write_number(row, column, float(value), styles.number(figure.status.value, places))
    if figure.status is Status.REPAIRED:
        sheet.write_comment(row, column, f"{words()['printed']}: {figure.printed}")
    _write_recomputed(sheet, styles, cell, figure, places)


def _write_recomputed(
    sheet: Any, styles: TableStyles, cell: tuple[int, int], figure: FigureFacts, places: int
) -> None:
    """The recomputed number beside the accepted one, live where its equation is simple."""
    main, value = figure.main, figure.value
    if main is None or main.out != cell or main.recomputed is None or value is None:
        return
    row, column = _FIRST + cell[0], _column(cell[1])
    recomputed = shortened(main.recomputed)
    if recomputed is None:
        return
    style = styles.number("", max(places, min(-int(recomputed.as_tuple().exponent), 6)))
    formula = spreadsheet_formula(main, _address)
    if formula is None:
        sheet.write_number(row, column + 1, float(recomputed), style)
    else:
        sheet.write_formula(row, column + 1, formula, style, float(recomputed))
    here, there = xl_rowcol_to_cell(row, column), xl_rowcol_to_cell(row, column + 1)
    difference = float(value - recomputed)
    sheet.write_formula(row, column + 2, f"={here}-{there}", style, difference)


def _mark_beyond(
    sheet: Any, styles: TableStyles, tolerance: Decimal, cells: list[tuple[int, int]]
) -> None:
    """A rule that colours differences larger than a tolerance, for all cells that have it."""
    # Binary fractions: a difference of exactly the tolerance must not fall beyond it.
    limit = format(float(tolerance) * 1.000001 + 1e-9, "f")
    ranges = " ".join(xl_range(row, column, row, column) for row, column in cells)
    row, column = cells[0]
    sheet.conditional_format(
        row,
        column,
        row,
        column,
        {
            "type": "cell",
            "criteria": "not between",
            "minimum": f"-{limit}",
            "maximum": limit,
            "format": styles.off,
            "multi_range": ranges,
        },
    )
