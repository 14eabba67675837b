"""Conditions as SQL. Values are bound, never written into the statement."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Dialect,
    Subquery,
    Text,
    exists,
    func,
    or_,
    select,
    type_coerce,
)

from ingest.export.columns import Kind
from ingest.export.plain import plain_decimal
from ingest.store.picking import picked_readings
from ingest.store.tables import record_tables
from ingest.store.values import Selection
from ingest.store.where import Comparison, Condition, Where

Clause = ColumnElement[bool]

_COMPARE: dict[Comparison, Callable[[Any, Any], Any]] = {
    Comparison.EQUAL: eq,
    Comparison.UNEQUAL: ne,
    Comparison.LESS: lt,
    Comparison.AT_MOST: le,
    Comparison.MORE: gt,
    Comparison.AT_LEAST: ge,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on documents, and on the rows of tables by their names."""

    documents: tuple[Clause, ...] = ()
    rows: Mapping[str, tuple[Clause, ...]] = field(default_factory=dict)


NO_FILTERS = Filters()


def where_to_filters(where: Where, dialect: Dialect) -> Filters:
    """The clauses for one kind of database."""
    documents: list[Clause] = []
    rows: dict[str, list[Clause]] = {}
    for condition in where.conditions:
        for name in condition.tables:
            column = record_tables[name].c[condition.column]
            clause = _clause(column, condition, dialect.name == "postgresql")
            if condition.of_documents:
                documents.append(clause)
            else:
                rows.setdefault(name, []).append(clause)
    return Filters(tuple(documents), {name: tuple(clauses) for name, clauses in rows.items()})


def filtered_readings(selection: Selection, version_id: int | None, filters: Filters) -> Subquery:
    """The readings of a selection whose document fits, and that have a row that fits where
    conditions are on rows: columns `id`, `sha256`, `source`."""
    picked = picked_readings(selection, version_id).subquery("picked")
    query = select(picked.c.id, picked.c.sha256, picked.c.source)
    if filters.documents:
        notices = record_tables["notices"]
        query = query.join(notices, notices.c.reading_id == picked.c.id).where(*filters.documents)
    if filters.rows:
        having = (
            exists().where(record_tables[name].c.reading_id == picked.c.id, *clauses)
            for name, clauses in filters.rows.items()
        )
        query = query.where(or_(*having))
    return query.subquery("filtered")


def _clause(column: Column[Any], condition: Condition, is_postgres: bool) -> Clause:
    """Absent differs from every value, so `!=` also finds what is absent."""
    is_equal = condition.comparison is Comparison.EQUAL
    value = condition.value
    if value == "":
        absent: Clause = column.is_(None)
        if condition.kind is Kind.TEXT:
            absent = or_(absent, column == "")
        return absent if is_equal else ~absent
    if condition.pattern:
        found = _like(column, str(value), is_postgres)
        return found if is_equal else or_(column.is_(None), ~found)
    compared = _compared(column, condition.comparison, value, is_postgres)
    if condition.comparison is Comparison.UNEQUAL:
        return or_(column.is_(None), compared)
    return compared


def _compared(
    column: Column[Any], comparison: Comparison, value: str | int | Decimal | date, exact: bool
) -> Clause:
    """Numbers are texts in SQLite; a function of ours compares them exactly."""
    compare = _COMPARE[comparison]
    left: Any = column
    right: Any = value
    if isinstance(value, Decimal) and not exact:
        left = func.xiada_compare(type_coerce(column, Text()), plain_decimal(value))
        right = 0
    clause: Clause = compare(left, right)
    return clause


def _like(column: Column[Any], pattern: str, is_postgres: bool) -> Clause:
    """A pattern in which only `*` has a meaning, with case. SQLite's LIKE knows no case."""
    if is_postgres:
        for sign in "\\%_":
            pattern = pattern.replace(sign, f"\\{sign}")
        return column.like(pattern.replace("*", "%"), escape="\\")
    for sign in "[?":
        pattern = pattern.replace(sign, f"[{sign}]")
    return column.op("GLOB", is_comparison=True)(pattern)
