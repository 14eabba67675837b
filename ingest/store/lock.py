"""One run a store. The lock is the operating system's or the server's own, so it cannot outlive
its holder; a row beside it says who that is.

SQLite: `flock` on `<file>.lock`, which the kernel lets go when the process is gone.
PostgreSQL: a session advisory lock, which the server lets go when the connection is gone.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import IO

from sqlalchemy import Connection, delete, select, text

from ingest.store.errors import (
    LockedError,
    ReadOnlyStoreError,
    StoreFullError,
    UnreachableStoreError,
)
from ingest.store.moments import now
from ingest.store.saving import insert_into
from ingest.store.store import Store
from ingest.store.tables import lock_holders

_KEY = 0x78696164  # "xiad"; the second key is the schema, as one database may hold several stores
_ROW = 1
_HELD = (
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted"
    " AND pid = pg_backend_pid() AND classid::bigint = :key"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock, or held it when it died. `boot` tells one start of a machine from the
    next, as process numbers begin anew."""

    host: str
    pid: int
    boot: str
    since: datetime

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host} since {self.since:%Y-%m-%d %H:%M:%S} UTC"


@dataclass(frozen=True, slots=True)
class RunLock:
    """A lock that is held. `stale` is a holder who died without letting go."""

    holder: Holder
    stale: Holder | None
    _connection: Connection | None

    def check(self) -> None:
        """Raise UnreachableStoreError where the lock was lost: a server that was restarted has
        forgotten it. A lock on a file cannot be lost."""
        if self._connection is None:
            return
        self._connection.rollback()
        held = self._connection.execute(text(_HELD), {"key": _KEY}).scalar()
        self._connection.rollback()
        if not held:
            raise UnreachableStoreError("The connection that held the run's lock was lost.")


def acquire_run_lock(store: Store) -> AbstractContextManager[RunLock]:
    """The lock of a store, for as long as the block runs.

    Raises LockedError (exit status 75) at once where another process holds it.
    """
    return _server_lock(store) if store.is_server else _file_lock(store)


@contextmanager
def _file_lock(store: Store) -> Iterator[RunLock]:
    import fcntl  # noqa: PLC0415  not on Windows, where stores can be read and exported

    path = Path(f"{store.file}.lock")
    with _lock_file(path) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _locked(store) from None
        # The file stays: who removed it could take away the lock of one that opened it meanwhile.
        with _noted(store, None) as lock:
            yield lock


def _lock_file(path: Path) -> IO[bytes]:
    try:
        return path.open("ab")
    except OSError as error:
        kind = StoreFullError if error.errno in (ENOSPC, EDQUOT) else ReadOnlyStoreError
        raise kind(f"{path} cannot be written ({error.strerror}).") from error


@contextmanager
def _server_lock(store: Store) -> Iterator[RunLock]:
    with store.connecting() as connection:
        keys = {"key": _KEY}
        taken = connection.execute(
            text("SELECT pg_try_advisory_lock(:key, hashtext(current_schema()))"), keys
        ).scalar()
        connection.commit()
        if not taken:
            raise _locked(store)
        try:
            with _noted(store, connection) as lock:
                yield lock
        finally:
            if not connection.invalidated:
                connection.rollback()
                connection.execute(
                    text("SELECT pg_advisory_unlock(:key, hashtext(current_schema()))"), keys
                )
                connection.commit()


@contextmanager
def _noted(store: Store, connection: Connection | None) -> Iterator[RunLock]:
    """Write down who holds the lock, and wipe it out at the end."""
    holder = Holder(socket.gethostname(), os.getpid(), _boot(), now())
    with store.writing() as writing:
        stale = _holder(writing)
        values = {
            "host": holder.host,
            "pid": holder.pid,
            "boot": holder.boot,
            "since": holder.since,
        }
        insert = insert_into(writing, lock_holders)
        writing.execute(
            insert.on_conflict_do_update(index_elements=["id"], set_=values), {"id": _ROW, **values}
        )
    yield RunLock(holder, stale, connection)
    # Only at a good end: what goes wrong leaves the row, and the next run says so.
    with store.writing() as writing:
        writing.execute(delete(lock_holders))


def _locked(store: Store) -> LockedError:
    with store.reading() as connection:
        holder = _holder(connection)
    who = "another process" if holder is None else str(holder)
    return LockedError(f"The store {store.name} is being written by {who}.")


def _holder(connection: Connection) -> Holder | None:
    row = connection.execute(select(lock_holders)).first()
    return None if row is None else Holder(row.host, row.pid, row.boot, row.since)


def _boot() -> str:
    """What Linux calls this start of the machine; "" elsewhere."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except OSError:
        return ""
