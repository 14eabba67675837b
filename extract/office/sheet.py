"""A sheet as the texts that its cells show, with what is odd about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import regex
from lxml import etree

from extract.limits import MOST_CELLS, MOST_CHARACTERS
from extract.office.limits import MOST_STREAM_BYTES, MOST_VISITED_CELLS
from extract.office.numbers import show_number, show_text, stored_to_number
from extract.office.package import Package, read_part
from extract.office.workbook import (
    SHEET,
    SheetEntry,
    Workbook,
    is_on,
    let_go,
    plain_text,
    rich_text,
    stream,
)
from schemas.errors import DamagedError, TooLargeError

Place = tuple[int, int]
"""Row and column, from 1."""

UNREADABLE = "\N{REPLACEMENT CHARACTER}"
"""What stands for a figure that the file does not hold."""

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_NAME = regex.compile(r"\$?(?P<letters>[A-Z]{1,3})\$?(?P<row>[0-9]{1,7})")
_ROW, _CELL, _MERGE, _COLUMN = (f"{SHEET}{tag}" for tag in ("row", "c", "mergeCell", "col"))
_VALUE, _FORMULA, _INLINE = (f"{SHEET}{tag}" for tag in ("v", "f", "is"))


class Oddity(StrEnum):
    """What may be odd about a cell."""

    NO_VALUE = "no_value"
    ERROR = "error"
    HIDDEN = "hidden"
    ROUNDED = "rounded"


@dataclass(frozen=True, slots=True)
class OddCell:
    """A cell of which something must be said: what the file stores, beside what it shows."""

    oddity: Oddity
    place: Place
    stored: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged cell, from its first to its last row and column."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """The cells of a sheet that show something. `hidden_columns` are stretches, last included."""

    cells: Mapping[Place, str] = field(repr=False)
    merges: tuple[Merge, ...]
    hidden_rows: frozenset[int]
    hidden_columns: tuple[tuple[int, int], ...]
    odd: tuple[OddCell, ...]


def entry_to_grid(package: Package, entry: SheetEntry, book: Workbook) -> SheetGrid:
    """Read a sheet, row for row. Raises DamagedError and TooLargeError.

    Rows and cells that show nothing leave no trace, however many a file claims or styles.
    """
    data = read_part(package, entry.part, MOST_STREAM_BYTES)
    cells: dict[Place, str] = {}
    odd: list[OddCell] = []
    merges: list[Merge] = []
    hidden_rows: set[int] = set()
    hidden_columns: list[tuple[int, int]] = []
    row = visited = length = 0
    name, after = "A1", -1
    for element in stream(data, entry.part, _ROW, _CELL, _MERGE, _COLUMN):
        if element.tag == _CELL:
            # A cell without a name stands after the one before it.
            named = element.get("r")
            name, after = (named, 0) if named else (name, after + 1)
            if len(element):
                place = _number(_row_of(element), row + 1, _MOST_ROWS), _column(name, after)
                _read_cell(element, place, book, cells, odd)
                length += len(cells.get(place, ""))
            visited += 1
            if len(cells) > MOST_CELLS or visited > MOST_VISITED_CELLS:
                raise TooLargeError(f"sheet {entry.name} has more than {len(cells):,} cells")
            # Many cells may show one long text that the file holds once.
            if length > MOST_CHARACTERS:
                raise TooLargeError(f"sheet {entry.name} shows {length:,} characters and more")
        elif element.tag == _ROW:
            row, name, after = _number(element.get("r"), row + 1, _MOST_ROWS), "A1", -1
            if is_on(element.get("hidden")):
                hidden_rows.add(row)
        elif element.tag == _MERGE:
            merges += _merges(element.get("ref", ""))
        elif is_on(element.get("hidden")):
            first = _number(element.get("min"), 1, _MOST_COLUMNS)
            hidden_columns.append((first, _number(element.get("max"), first, _MOST_COLUMNS)))
        let_go(element)
    return SheetGrid(
        cells, tuple(merges), frozenset(hidden_rows), tuple(hidden_columns), tuple(odd)
    )


def _row_of(cell: etree._Element) -> str | None:
    parent = cell.getparent()
    return parent.get("r") if parent is not None else None


def _read_cell(
    cell: etree._Element,
    place: Place,
    book: Workbook,
    cells: dict[Place, str],
    odd: list[OddCell],
) -> None:
    text, oddity, stored = _shown(cell, book)
    if text:
        cells[place] = text
    if oddity is not None:
        odd.append(OddCell(oddity, place, stored))


def _shown(cell: etree._Element, book: Workbook) -> tuple[str, Oddity | None, str]:
    """What a cell shows, what is odd about it, and what is stored where something is."""
    kind = cell.get("t", "n")
    value, formula, inline = cell.find(_VALUE), cell.find(_FORMULA), cell.find(_INLINE)
    if kind == "inlineStr" and inline is not None:
        return rich_text(inline), None, ""
    # A result without any text is t="str"; a number that is no number was never computed.
    if value is None or (kind == "n" and not value.text):
        return ("", None, "") if formula is None else _without_value(formula)
    stored = value.text or ""
    if kind == "n":
        return _shown_number(stored, book.code(cell.get("s")), book)
    if kind == "e":
        return stored, Oddity.ERROR, stored
    text = plain_text(stored)
    if kind == "s":
        text = book.strings[_number(stored, 0, len(book.strings) - 1)]
    elif kind == "b":
        text = "TRUE" if is_on(stored) else "FALSE"
    return show_text(text, book.code(cell.get("s"))), None, ""


def _without_value(formula: etree._Element) -> tuple[str, Oddity, str]:
    return UNREADABLE, Oddity.NO_VALUE, f"={formula.text or ''}"


def _shown_number(stored: str, code: str, book: Workbook) -> tuple[str, Oddity | None, str]:
    number = stored_to_number(stored)
    if number is None:
        return plain_text(stored), None, ""
    shown = show_number(number, code, since_1904=book.since_1904)
    if shown.hidden:
        return shown.text, Oddity.HIDDEN, format(number, "f")
    if shown.rounded:
        return shown.text, Oddity.ROUNDED, format(number, "f")
    return shown.text, None, ""


def _number(text: str | None, default: int, most: int) -> int:
    """A whole number in a file. Raises DamagedError where it is none, or too large."""
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal()) or len(text) > 9 or int(text) > most:
        raise DamagedError(f"the sheet counts to {text[:20]}, which no sheet has")
    return int(text)


def _name_to_place(name: str) -> Place:
    """`AB12` as row and column. Raises DamagedError where it is no cell."""
    match = _NAME.fullmatch(name)
    if match is None:
        raise DamagedError(f"{name[:20]} names no cell")
    column = 0
    for letter in match["letters"]:
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(match["row"])
    if not 1 <= row <= _MOST_ROWS or column > _MOST_COLUMNS:
        raise DamagedError(f"{name[:20]} lies outside every sheet")
    return row, column


def _column(name: str, after: int) -> int:
    return min(_name_to_place(name)[1] + after, _MOST_COLUMNS)


def _merges(ref: str) -> list[Merge]:
    first, _, last = ref.partition(":")
    if not last:
        return []
    (top, left), (bottom, right) = _name_to_place(first), _name_to_place(last)
    return [Merge(min(top, bottom), min(left, right), max(top, bottom), max(left, right))]
