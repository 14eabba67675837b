"""The tables of a store. Those of the records are made from the record types.

What is said here is what a store must look like; how a store gets there is in `migrations/`.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    UniqueConstraint,
)
from sqlalchemy.types import TypeEngine

from ingest.export.columns import TABLES, Kind, table_columns
from ingest.store.types import ExactDecimal, Moment, Printed
from schemas.records import RECORD_TYPES

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

# SQLite counts rows by itself only in a column that is declared as INTEGER.
_ID = BigInteger().with_variant(Integer(), "sqlite")

versions = Table(
    "versions",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("package", Printed, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("gazetteer", Printed, nullable=False),
    UniqueConstraint("package", "number", "gazetteer"),
)

runs = Table(
    "runs",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("version_id", ForeignKey("versions.id"), nullable=False),
    Column("archive", Printed, nullable=False),
    Column("started", Moment, nullable=False),
    Column("finished", Moment),
    Column("outcome", Printed),
    Column("seen", BigInteger),
    Column("unchanged", BigInteger),
    Column("accepted", BigInteger),
    Column("needs_review", BigInteger),
    Column("rejected", BigInteger),
    Column("quarantined", BigInteger),
    Column("duplicates", BigInteger),
)

documents = Table(
    "documents",
    metadata,
    Column("sha256", Printed, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media", Printed),
    Column("path", Printed, nullable=False),
    Column("member", Printed, nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
)

contents = Table(
    "contents",
    metadata,
    Column("sha256", ForeignKey("documents.sha256"), primary_key=True),
    Column("bytes", LargeBinary, nullable=False),
)

# A row is added whenever a source is new or changed; the newest run's row is what it is now. The
# key is a hash of path and member, as a path may be longer than an index of PostgreSQL takes.
sources = Table(
    "sources",
    metadata,
    Column("key", Printed, primary_key=True),
    Column("run_id", ForeignKey("runs.id"), primary_key=True),
    Column("path", Printed, nullable=False),
    Column("member", Printed, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime_ns", BigInteger, nullable=False),
    Column("sha256", Printed, nullable=False),
    Column("container", Boolean, nullable=False),
    Index(None, "sha256"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("sha256", Printed, nullable=False),
    Column("version_id", ForeignKey("versions.id"), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("path", Printed, nullable=False),
    Column("member", Printed, nullable=False),
    Column("started", Moment, nullable=False),
    Column("ended", Moment),
    Column("outcome", Printed),
    Column("reason", Printed, nullable=False),
    UniqueConstraint("sha256", "version_id", "number"),
)

# `tries` counts the attempts when it was quarantined; a released one is tried anew from there on.
quarantine = Table(
    "quarantine",
    metadata,
    Column("sha256", Printed, primary_key=True),
    Column("version_id", ForeignKey("versions.id"), primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("path", Printed, nullable=False),
    Column("member", Printed, nullable=False),
    Column("since", Moment, nullable=False),
    Column("tries", BigInteger, nullable=False),
    Column("reason", Printed, nullable=False),
    Column("released", Boolean, nullable=False),
)

troubles = Table(
    "troubles",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("path", Printed, nullable=False),
    Column("member", Printed, nullable=False),
    Column("rule", Printed, nullable=False),
    Column("message", Printed, nullable=False),
    Index(None, "run_id"),
)

# One reading for each document and version: the unique key makes a second one impossible.
readings = Table(
    "readings",
    metadata,
    Column("id", _ID, primary_key=True),
    Column("sha256", ForeignKey("documents.sha256"), nullable=False),
    Column("version_id", ForeignKey("versions.id"), nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("source", Printed, nullable=False),
    Column("saved", Moment, nullable=False),
    UniqueConstraint("sha256", "version_id"),
)

# Who held the lock last; whether it is held is said by the lock itself (`lock.py`).
lock_holders = Table(
    "lock_holders",
    metadata,
    Column("id", _ID, primary_key=True, autoincrement=False),
    Column("host", Printed, nullable=False),
    Column("pid", BigInteger, nullable=False),
    Column("boot", Printed, nullable=False),
    Column("since", Moment, nullable=False),
)

_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.TEXT: Printed(),
    Kind.INTEGER: BigInteger(),
    Kind.DECIMAL: ExactDecimal(),
    Kind.DATE: Date(),
    Kind.TEXTS: JSON(),
    Kind.ACCOUNTS: JSON(),
}


def _record_table(name: str) -> Table:
    """A public table: its columns, the reading that they belong to, the place in print order."""
    fields = RECORD_TYPES[name].model_fields
    columns = (
        Column(
            column.name,
            _TYPES[column.kind],
            nullable=not fields[column.name].is_required() and fields[column.name].default is None,
        )
        for column in table_columns(name)
    )
    return Table(
        name,
        metadata,
        Column("reading_id", ForeignKey("readings.id"), primary_key=True, autoincrement=False),
        Column("position", BigInteger, primary_key=True, autoincrement=False),
        *columns,
    )


record_tables: dict[str, Table] = {name: _record_table(name) for name in TABLES}
