"""From a URL to an engine: which database, how it is opened, what its connections are told."""

import json
import logging
import os
import sqlite3
from decimal import Decimal
from enum import Enum, auto
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from ingest.store.errors import (
    NoStoreError,
    ReadOnlyStoreError,
    StoreDriverError,
    StoreUrlError,
)
from ingest.store.faults import fault_to_error, tell_faults

BUSY_SECONDS = 60
"""How long a writer waits for another one: a backup, somebody's sqlite3 shell."""

WRITE_OPTION = "xiada_write"
_PAGES_IN_MEMORY = -16_000  # negative: KiB
_CONNECT_SECONDS = 15

_log = logging.getLogger(__name__)


class Access(Enum):
    """What a store is opened for. READ makes nothing, changes nothing and waits for nobody."""

    READ = auto()
    WRITE = auto()


def text_to_url(text: str) -> URL:
    """The URL of a store. Raises StoreUrlError, and StoreDriverError without its driver.

    >>> text_to_url("postgresql://a@localhost/xiada").drivername
    'postgresql+psycopg'
    """
    if "://" not in text:
        raise StoreUrlError(f"{text!r} is no URL of a store.")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise StoreUrlError(f"{text!r} is no URL of a store.") from error
    if url.drivername in ("sqlite", "sqlite+pysqlite"):
        if url.database in (None, "", ":memory:") or url.host:
            raise StoreUrlError(f"{text!r} names no file.")
        return url.set(drivername="sqlite")
    if url.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        if find_spec("psycopg") is None:
            raise StoreDriverError("A PostgreSQL store needs the extra postgres.")
        return url.set(drivername="postgresql+psycopg")
    raise StoreUrlError(f"A store is SQLite or PostgreSQL, not {url.drivername}.")


def url_to_engine(url: URL, access: Access) -> Engine:
    """An engine that raises our errors. Nothing is connected yet.

    Raises NoStoreError where a file is to be read, or its folder to be written, that is not there,
    and ReadOnlyStoreError where one is to be written that may not be.
    """
    if url.drivername == "sqlite":
        engine = _sqlite_engine(url, access)
    else:
        is_read = access is Access.READ
        engine = create_engine(
            url,
            isolation_level="REPEATABLE READ" if is_read else "READ COMMITTED",
            execution_options={"postgresql_readonly": is_read},
            connect_args={"connect_timeout": _CONNECT_SECONDS, "application_name": "xiada"},
        )
    tell_faults(engine, url.render_as_string(hide_password=True))
    return engine


def _sqlite_engine(url: URL, access: Access) -> Engine:
    path = Path(url.database or "")
    if access is Access.READ and not path.is_file():
        raise NoStoreError(f"There is no store {path}.")
    if not path.parent.is_dir():
        raise NoStoreError(f"There is no folder {path.parent} for the store {path.name}.")
    if access is Access.WRITE:
        _check_writable(path)
    # A new connection for each use would be the default for a file that is opened by a URI.
    engine = create_engine(url, creator=lambda: _connect(path, access), json_serializer=_json_text)
    event.listen(engine, "begin", _begin)
    return engine


def _check_writable(path: Path) -> None:
    """Name the very file that cannot be written. SQLite itself would first make those of its log
    beside it, with the same missing rights, which stay when those of the store are put right."""
    if not os.access(path.parent, os.W_OK | os.X_OK):
        raise ReadOnlyStoreError(f"The folder {path.parent} of the store cannot be written.")
    for end in ("", "-wal", "-shm"):
        file = path.with_name(path.name + end)
        if file.exists() and not os.access(file, os.R_OK | os.W_OK):
            raise ReadOnlyStoreError(f"The file {file} of the store cannot be written.")


def _connect(path: Path, access: Access) -> sqlite3.Connection:
    how = "mode=rwc" if access is Access.WRITE else _reading(path)
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{how}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # transactions begin where we say so (`_begin`)
        check_same_thread=False,
    )
    try:
        _set_up(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def keep_log(engine: Engine) -> None:
    """Let an SQLite store write ahead to a log, so that readers and the writer never wait for each
    other. The file remembers it. Not before it is known to be a store: others are not touched."""
    if engine.dialect.name != "sqlite":
        return
    connection = engine.raw_connection()
    try:
        mode = connection.cursor().execute("PRAGMA journal_mode=WAL").fetchone()[0]
    except sqlite3.Error as fault:
        raise (fault_to_error(fault, str(engine.url)) or fault) from fault
    finally:
        connection.close()
    if mode != "wal":
        _log.warning("%s: this disk keeps no log; readers may have to wait", engine.url)


def _set_up(connection: sqlite3.Connection) -> None:
    # With a write-ahead log NORMAL loses nothing when a process dies; a power cut may cost the last
    # transactions, whole ones, and their documents are then read again.
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute(f"PRAGMA cache_size={_PAGES_IN_MEMORY}")
    connection.create_function("xiada_compare", 2, _compare, deterministic=True)


def _reading(path: Path) -> str:
    """Read-only. On a disk that cannot be written the index of the log cannot be made either; where
    there is no log to be read, SQLite is told that nothing will change. Only there: a folder that
    only this user may not write can be written by the job meanwhile."""
    log = path.with_name(f"{path.name}-wal")
    settled = not log.exists() or not log.stat().st_size
    frozen = settled and os.statvfs(path.parent).f_flag & os.ST_RDONLY
    return "mode=ro&immutable=1" if frozen else "mode=ro"


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: a transaction that first reads could not wait for it."""
    is_write = connection.get_execution_options().get(WRITE_OPTION, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _compare(left: str | None, right: str) -> int | None:
    """Exact comparison of two numbers that are stored as texts: -1, 0, 1."""
    return None if left is None else int(Decimal(left).compare(Decimal(right)))


def _json_text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
