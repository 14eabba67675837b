"""One sheet of a workbook, written row by row, with cells that stay what they are.

A text is never a formula or a link, a number never loses a digit, and what does not fit into a cell
says so.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ingest.export.columns import Value
from ingest.export.plain import is_runnable, plain_decimal, value_text

ROW_LIMIT = 1_048_576
TEXT_LIMIT = 32_767
_EXACT_DIGITS = 15
_FIRST_YEAR = 1900


class Styles:
    """The cell formats of a workbook; one for each number of decimals."""

    def __init__(self, workbook: Any) -> None:
        self._workbook = workbook
        self._decimals: dict[int, Any] = {}
        self.header = workbook.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7", "border": 1}
        )
        self.title = workbook.add_format({"bold": True, "num_format": "@"})
        self.text = workbook.add_format({"num_format": "@"})
        # The apostrophe that Excel itself sets before a text which must not become a formula when
        # somebody edits the cell; it is no part of the text.
        self.quoted = workbook.add_format({"num_format": "@", "quote_prefix": True})
        self.day = workbook.add_format({"num_format": "yyyy-mm-dd"})

    def number(self, places: int) -> Any:
        """The format that shows a number with its printed places."""
        if places not in self._decimals:
            form = f"0.{'0' * places}" if places else "0"
            self._decimals[places] = self._workbook.add_format({"num_format": form})
        return self._decimals[places]


class Sheet:
    """A worksheet that only grows downwards, as the writer of large workbooks asks."""

    def __init__(self, worksheet: Any, styles: Styles) -> None:
        self._worksheet = worksheet
        self._styles = styles
        self._row = 0

    @property
    def rows(self) -> int:
        """How many rows there are, header rows included."""
        return self._row

    def set_widths(self, widths: Sequence[int]) -> None:
        """Widths of the columns in characters."""
        for column, width in enumerate(widths):
            self._worksheet.set_column(column, column, width)

    def write_header(self, texts: Sequence[str]) -> None:
        """Append a row of headers."""
        for column, text in enumerate(texts):
            self._text(column, text, self._styles.header)
        self._row += 1

    def freeze_above(self) -> None:
        """Keep all rows so far in sight."""
        self._worksheet.freeze_panes(self._row, 0)

    def write_title(self, text: str) -> None:
        """Append a row with one bold text."""
        self._text(0, text, self._styles.title)
        self._row += 1

    def write_row(self, values: Sequence[Value]) -> None:
        """Append a row of values; absent ones leave their cell empty."""
        for column, value in enumerate(values):
            self._value(column, value)
        self._row += 1

    def filter_below(self, header_row: int, columns: int) -> None:
        """Offer a filter on each column of the table whose header is in `header_row` (from 0)."""
        self._worksheet.autofilter(header_row, 0, max(self._row - 1, header_row), columns - 1)

    def _value(self, column: int, value: Value) -> None:
        if isinstance(value, int):
            self._number(column, Decimal(value))
        elif isinstance(value, Decimal):
            self._number(column, value)
        elif isinstance(value, date) and value.year >= _FIRST_YEAR:
            _check(self._worksheet.write_datetime(self._row, column, value, self._styles.day))
        elif isinstance(value, str):
            style = self._styles.quoted if is_runnable(value) else self._styles.text
            self._text(column, value, style)
        elif value:
            self._text(column, value_text(value), self._styles.text)

    def _number(self, column: int, value: Decimal) -> None:
        """A spreadsheet keeps 15 digits; a longer number is written as a text, whole."""
        digits, exponent = value.as_tuple()[1:]
        places = max(-exponent, 0) if isinstance(exponent, int) else 0
        if max(len(digits), places) > _EXACT_DIGITS:
            self._text(column, plain_decimal(value), self._styles.text)
            return
        style = self._styles.number(places)
        _check(self._worksheet.write_number(self._row, column, float(value), style))

    def _text(self, column: int, text: str, style: Any) -> None:
        if text:
            _check(self._worksheet.write_string(self._row, column, _cell_text(text), style))


def _cell_text(text: str) -> str:
    """A text that fits a cell. One that is cut says so, and where the whole of it is."""
    if len(text.encode("utf-16-le")) // 2 > TEXT_LIMIT:
        note = f"……（全文 {len(text)} 字，见 csv 或 jsonl）"
        text = text[: TEXT_LIMIT // 2 - len(note)] + note
    # The writer would take such a text for markup of its own and not escape it.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _check(code: int) -> None:
    if code:
        raise ValueError(f"the spreadsheet writer refused a cell (code {code})")
