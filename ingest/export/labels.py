"""What the spreadsheet calls things: sheet names, Chinese headers and explanations, from data."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

EVERY_TABLE = "*"


@dataclass(frozen=True, slots=True)
class SheetLabel:
    """The sheet of a public table."""

    table: str
    sheet: str
    about: str


@dataclass(frozen=True, slots=True)
class ColumnLabel:
    """The header of a column, its width in characters, and what it holds."""

    table: str
    column: str
    header: str
    width: int
    about: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word that a column uses, such as `suspect` in `status`."""

    column: str
    value: str
    about: str


@cache
def sheet_labels() -> tuple[SheetLabel, ...]:
    """The sheets in the order of the public tables."""
    return tuple(SheetLabel(**row) for row in _rows("sheets.csv"))


@cache
def column_label(table: str, column: str) -> ColumnLabel:
    """The label of a column; one that means the same in every table is kept once.

    Raises LookupError for a column without a label.
    """
    labels = _column_labels()
    label = labels.get((table, column)) or labels.get((EVERY_TABLE, column))
    if label is None:
        raise LookupError(f"columns.csv has no label for the column {column} of {table}")
    return label


@cache
def terms() -> tuple[Term, ...]:
    """The words of all columns that have a fixed set of words."""
    return tuple(Term(**row) for row in _rows("terms.csv"))


@cache
def _column_labels() -> dict[tuple[str, str], ColumnLabel]:
    labels = (
        ColumnLabel(row["table"], row["column"], row["header"], int(row["width"]), row["about"])
        for row in _rows("columns.csv")
    )
    return {(label.table, label.column): label for label in labels}


def _rows(name: str) -> list[dict[str, str]]:
    text = files("ingest.export").joinpath("data", name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
