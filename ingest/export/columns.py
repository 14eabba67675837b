"""The columns of the public tables, read off the record types, and a record as plain values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from schemas.records import RECORD_TYPES, AccountRecord, Record

TABLES = tuple(RECORD_TYPES)

AccountValue = dict[str, str]
Value = str | int | Decimal | date | list[str] | list[AccountValue] | None


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXTS = "texts"
    ACCOUNTS = "accounts"


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """A column of a public table, such as `value` (DECIMAL) of `figures`."""

    name: str
    kind: Kind


@cache
def table_columns(table: str) -> tuple[RecordColumn, ...]:
    """The columns of `notices`, `figures`, `indicators`, `tables` or `findings`, in their order."""
    fields = RECORD_TYPES[table].model_fields.items()
    return tuple(RecordColumn(name, _kind(field.annotation)) for name, field in fields)


def record_values(record: Record) -> list[Value]:
    """The values of a record in the order of its columns; None is absent."""
    return [_plain(getattr(record, name)) for name in type(record).model_fields]


def _plain(value: Any) -> Value:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple):
        return [_plain_item(item) for item in value]
    plain: Value = value
    return plain


def _plain_item(item: Any) -> Any:
    if isinstance(item, AccountRecord):
        return {"kind": item.kind.value, "code": item.code, "name": item.name}
    return item


def _kind(annotation: Any) -> Kind:
    inner = _without_none(annotation)
    if get_origin(inner) is tuple:
        return Kind.ACCOUNTS if get_args(inner)[0] is AccountRecord else Kind.TEXTS
    kinds: dict[Any, Kind] = {int: Kind.INTEGER, Decimal: Kind.DECIMAL, date: Kind.DATE}
    return kinds.get(inner, Kind.TEXT)


def _without_none(annotation: Any) -> Any:
    if get_origin(annotation) not in (Union, UnionType):
        return annotation
    (inner,) = (argument for argument in get_args(annotation) if argument is not type(None))
    return inner
