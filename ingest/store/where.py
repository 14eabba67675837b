"""The filters of `xiada export --where`: a small strict language, and what is wrong with a text.

    fiscal_year=2021 and unit_code=65* and status!=proved
    findings.severity=error and issued_on>=2020-12-01 and programme='城乡居民 基本养老保险'

    where     := condition ("and" condition)*
    condition := [table "."] column ("=" | "!=" | "<" | "<=" | ">" | ">=") value
    value     := word | "'" text "'" | '"' text '"'

In a word, but not between quotes, `*` stands for any text. `''` is absent: `unit_code=''`. A
number, a date or a word of a fixed set has to be one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache

import regex

from ingest.export.columns import TABLES, Kind, table_columns
from ingest.export.words import column_words
from ingest.store.errors import WhereError
from schemas.records import RECORD_TYPES

_CONDITION = regex.compile(
    r"\s*+(?:(?P<table>\w++)\.)?+(?P<column>\w++)\s*+(?P<comparison>!=|<=|>=|=|<|>)\s*+"
    r"""(?:'(?P<single>(?:[^']|'')*+)'|"(?P<double>(?:[^"]|"")*+)"|(?P<word>[^\s'"]++))"""
)
_AND = regex.compile(r"\s++and\s++", regex.IGNORECASE)
_NUMBER = regex.compile(r"-?[0-9]{1,38}(?:\.[0-9]{1,38})?")
_WHOLE = regex.compile(r"-?[0-9]{1,18}")
_DAY = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Value = str | int | Decimal | date


class Comparison(StrEnum):
    """How a column is compared with a value."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Condition:
    """`unit_code=65*`: for the rows of `tables`. `value` "" is absent; `pattern` says that `*` in
    it stands for any text."""

    tables: tuple[str, ...]
    column: str
    kind: Kind
    comparison: Comparison
    value: Value
    pattern: bool = False

    @property
    def of_documents(self) -> bool:
        """Whether it is one of whole documents, not of rows."""
        return self.tables == ("notices",)


@dataclass(frozen=True, slots=True)
class Where:
    """Conditions that all have to hold; none lets everything through."""

    conditions: tuple[Condition, ...] = ()


EVERYTHING = Where()


def texts_to_where(texts: Iterable[str]) -> Where:
    """The conditions of some texts together. Raises WhereError, which names the place.

    >>> [(c.column, c.tables, c.value) for c in texts_to_where(["status=suspect"]).conditions]
    [('status', ('figures', 'indicators'), 'suspect')]
    """
    return Where(tuple(condition for text in texts for condition in _conditions(text)))


def _conditions(text: str) -> Iterable[Condition]:
    place = 0
    while True:
        found = _CONDITION.match(text, place)
        if found is None:
            raise WhereError(f"{text!r} is not understood from {text[place:].strip()!r} on.")
        yield _condition(found)
        place = found.end()
        if not text[place:].strip():
            return
        joint = _AND.match(text, place)
        if joint is None:
            rest = text[place:].strip()
            raise WhereError(f"{text!r} is not understood from {rest!r} on: `and` is missing.")
        place = joint.end()


def _condition(found: "regex.Match[str]") -> Condition:
    column = found["column"]
    tables = _tables(found["table"], column)
    comparison = Comparison(found["comparison"])
    quotes = {"single": "'", "double": '"'}
    quoted = [
        found[name].replace(2 * q, q) for name, q in quotes.items() if found[name] is not None
    ]
    text = quoted[0] if quoted else found["word"]
    kind, words = _meaning(tables[0], column)
    if kind in (Kind.TEXTS, Kind.ACCOUNTS):
        raise WhereError(f"{column} is a list and cannot be compared.")
    if kind is Kind.TEXT and comparison not in (Comparison.EQUAL, Comparison.UNEQUAL):
        raise WhereError(f"{column} is a text, which is compared with = or != only.")
    if not text:
        if comparison not in (Comparison.EQUAL, Comparison.UNEQUAL):
            raise WhereError(f"{column}: absent is compared with = or != only.")
        return Condition(tables, column, kind, comparison, "")
    pattern = kind is Kind.TEXT and not quoted and "*" in text
    if words and not pattern and text not in words:
        raise WhereError(f"{column} is never {text!r}; it is one of {', '.join(words)}.")
    return Condition(tables, column, kind, comparison, _value(text, column, kind), pattern)


def _value(text: str, column: str, kind: Kind) -> Value:
    if kind is Kind.INTEGER:
        if _WHOLE.fullmatch(text):
            return int(text)
        raise WhereError(f"{column} is a whole number, which {text!r} is not.")
    if kind is Kind.DECIMAL:
        if _NUMBER.fullmatch(text):
            return Decimal(text)
        raise WhereError(f"{column} is a number, which {text!r} is not.")
    if kind is Kind.DATE:
        try:
            return date.fromisoformat(text if _DAY.fullmatch(text) else "")
        except ValueError as error:
            raise WhereError(f"{column} is a date such as 2021-01-05; {text!r} is none.") from error
    return text


def _tables(table: str | None, column: str) -> tuple[str, ...]:
    """The tables whose rows are meant. One that says nothing of rows is of documents."""
    if table is not None and table not in TABLES:
        raise WhereError(f"{table!r} is no table; these are: {', '.join(TABLES)}.")
    having = tuple(name for name in TABLES if column in RECORD_TYPES[name].model_fields)
    if not having or (table is not None and table not in having):
        names = sorted({c.name for t in ([table] if table else TABLES) for c in table_columns(t)})
        near = get_close_matches(column, names, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names)}."
        where = f" of {table}" if table else ""
        raise WhereError(f"There is no column {column}{where}; {hint}")
    if table is not None:
        return (table,)
    if having == TABLES:  # the document's own columns, which every table repeats
        return ("notices",)
    if ("notices" in having and len(having) > 1) or len({_meaning(t, column) for t in having}) > 1:
        choices = " or ".join(f"{name}.{column}" for name in having)
        raise WhereError(f"{column} means something else in each table: write {choices}.")
    return having


@cache
def _meaning(table: str, column: str) -> tuple[Kind, tuple[str, ...]]:
    """What a column holds, and its words where they are a fixed set."""
    kind = next(c.kind for c in table_columns(table) if c.name == column)
    return kind, column_words(table, column)
