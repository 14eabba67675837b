"""What a database says went wrong, as an error that says what to do.

SQLite tells by a code (https://www.sqlite.org/rescode.html), PostgreSQL by an SQLSTATE
(https://www.postgresql.org/docs/current/errcodes-appendix.html).
"""

import sqlite3

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from ingest.store.errors import (
    DamagedStoreError,
    NotAStoreError,
    ReadOnlyStoreError,
    StoreBusyError,
    StoreDiskError,
    StoreError,
    StoreFullError,
    UnreachableStoreError,
)

_OF_SQLITE: dict[int, type[StoreError]] = {
    sqlite3.SQLITE_FULL: StoreFullError,
    sqlite3.SQLITE_READONLY: ReadOnlyStoreError,
    sqlite3.SQLITE_CANTOPEN: ReadOnlyStoreError,
    sqlite3.SQLITE_PERM: ReadOnlyStoreError,
    sqlite3.SQLITE_BUSY: StoreBusyError,
    sqlite3.SQLITE_LOCKED: StoreBusyError,
    sqlite3.SQLITE_CORRUPT: DamagedStoreError,
    sqlite3.SQLITE_NOTADB: NotAStoreError,
    sqlite3.SQLITE_IOERR: StoreDiskError,
}
_OF_POSTGRES: dict[str, type[StoreError]] = {
    "53100": StoreFullError,  # disk full
    "58030": StoreDiskError,  # io error
    "25006": ReadOnlyStoreError,  # read-only transaction
    "42501": ReadOnlyStoreError,  # insufficient privilege
    "55P03": StoreBusyError,  # lock not available
    "57014": StoreBusyError,  # query canceled (statement time-out)
    "XX001": DamagedStoreError,  # data corrupted
    "XX002": DamagedStoreError,  # index corrupted
    "57P01": UnreachableStoreError,  # the server was shut down
    "57P02": UnreachableStoreError,
    "57P03": UnreachableStoreError,  # the server starts up
    "53300": UnreachableStoreError,  # too many connections
}
_UNREACHABLE_CLASSES = ("08", "28", "3D")
"""SQLSTATE classes: connection failed, not authorised, no such database."""


def tell_faults(engine: Engine, name: str) -> None:
    """From now on the engine raises our errors for what a person can act on.

    `name` is the store's URL without its password.
    """

    @event.listens_for(engine, "handle_error")
    def _tell(context: ExceptionContext) -> StoreError | None:
        return fault_to_error(context.original_exception, name)


def fault_to_error(fault: BaseException, name: str) -> StoreError | None:
    """Our error for a driver's, None where it is a fault of the program."""
    kind = _sqlite_kind(fault) if isinstance(fault, sqlite3.Error) else _postgres_kind(fault)
    if kind is None:
        return None
    said = " ".join(str(fault).split())
    return kind(f"The store {name}: {said.rstrip('.')}.")


def _sqlite_kind(fault: sqlite3.Error) -> type[StoreError] | None:
    code = getattr(fault, "sqlite_errorcode", None)
    return None if code is None else _OF_SQLITE.get(code & 0xFF)


def _postgres_kind(fault: BaseException) -> type[StoreError] | None:
    if not type(fault).__module__.startswith("psycopg"):
        return None
    state = getattr(fault, "sqlstate", None)
    if state is None:
        # Without a state nothing was heard from the server: no connection, or a broken one.
        is_lost = type(fault).__name__ in ("OperationalError", "ConnectionTimeout")
        return UnreachableStoreError if is_lost else None
    if state.startswith(_UNREACHABLE_CLASSES):
        return UnreachableStoreError
    return _OF_POSTGRES.get(state)
