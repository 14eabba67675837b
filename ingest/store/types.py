"""Column types that keep a value the same in SQLite and in PostgreSQL.

SQLite has no decimals and no moments, and PostgreSQL no texts with the character NUL; an export of
the same notices is the same, byte for byte, from both.
"""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import DateTime, Dialect, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from ingest.export.plain import plain_decimal

_NUL = "\x00"
# PostgreSQL takes no NUL. This code point is assigned to no character and never will be.
_NUL_STORED = "\ufdd0"


class Printed(TypeDecorator[str]):
    """A text, exactly; sorted by its bytes whatever the server's locale is."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text, sorted by bytes as SQLite does of itself."""
        collation = "C" if dialect.name == "postgresql" else None
        return dialect.type_descriptor(Text(collation=collation))

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """A text without NUL."""
        if value is None or _NUL not in value:
            return value
        return value.replace(_NUL, _NUL_STORED)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> str | None:
        """The text as it was."""
        if value is None or _NUL_STORED not in value:
            return value
        return value.replace(_NUL_STORED, _NUL)


class ExactDecimal(TypeDecorator[Decimal]):
    """A number with its printed places: 91.50 stays 91.50. NUMERIC where there is one."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """NUMERIC without limits keeps the places; SQLite's own would be a float."""
        kind = Numeric(asdecimal=True) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """The number without an exponent, as it is published."""
        if value is None:
            return None
        plain = plain_decimal(value)
        return Decimal(plain) if dialect.name == "postgresql" else plain

    def process_result_value(self, value: Any, _dialect: Dialect) -> Decimal | None:
        """The number as it was."""
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: `2021-01-05T02:00:00.000000Z` as text in SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """A timestamp with time zone where there is one."""
        kind = DateTime(timezone=True) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(kind)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """A text that sorts as the moments do."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.astimezone(UTC)
