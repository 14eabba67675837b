"""What can be wrong with a store, said plainly; and one run at a time."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from ingest.store import CURRENT, Access, Saved, acquire_run_lock, open_store
from ingest.store.errors import (
    DamagedStoreError,
    LockedError,
    NoStoreError,
    NotAStoreError,
    ReadOnlyStoreError,
    StoreDriverError,
    StoreError,
    StoreFullError,
    StoreUrlError,
    UnreachableStoreError,
)
from ingest.store.faults import fault_to_error
from tests.ingest.store.made_store import FIRST, filled_store, made_records, take_in
from tests.small_disk import small_disk

WAITER = """
import sys
from ingest.store import acquire_run_lock, open_store
with open_store(sys.argv[1]) as store, acquire_run_lock(store):
    print("held", flush=True)
    sys.stdin.read()
"""
WRITER = """
import sys
from ingest.store import open_store, acquire_run_lock
from ingest.store.faults import fault_to_error
from tests.ingest.store.made_store import FIRST, made_records, take_in
with open_store(sys.argv[1]) as store, acquire_run_lock(store):
    run = store.begin_run(FIRST, "file:///archive")
    for number in range(10_000):
        take_in(store, run, made_records(f"{number:05d}.txt"))
        print(number, flush=True)
"""


def refused(error: type[StoreError], url: str, access: Access = Access.WRITE) -> str:
    with pytest.raises(error) as told, open_store(url, access):
        pass
    assert told.value.exit_status == 2
    assert told.value.remedy
    return str(told.value)


@pytest.mark.parametrize(
    "url", ["store.db", "", "sqlite://", "sqlite:///:memory:", "mysql://a@b/c", "://", "sqlite:/x"]
)
def test_a_wrong_url_is_refused(url: str) -> None:
    refused(StoreUrlError, url)


def test_a_missing_driver_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.store.opening.find_spec", lambda _name: None)
    assert "extra postgres" in refused(StoreDriverError, "postgresql://localhost/x")


def test_a_server_that_does_not_answer_is_said_so_without_the_password() -> None:
    said = refused(UnreachableStoreError, "postgresql+psycopg://me:secret@127.0.0.1:1/x")
    assert "secret" not in said


def test_a_database_that_is_not_there_is_said_so(postgres_url: Callable[[], str]) -> None:
    refused(UnreachableStoreError, postgres_url().rpartition("/")[0] + "/nowhere")


def test_a_server_that_goes_away_is_said_so(postgres_url: Callable[[], str]) -> None:
    url = postgres_url()
    with open_store(url) as store, open_store(url) as other:
        run = store.begin_run(FIRST, "file:///archive")
        with pytest.raises(UnreachableStoreError), acquire_run_lock(store) as lock:  # noqa: PT012
            with other.writing() as connection:
                connection.exec_driver_sql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'xiada' AND pid <> pg_backend_pid()"
                )
            for _ in range(2):
                with pytest.raises(UnreachableStoreError):
                    lock.check()
            lock.check()
        # The store connects anew by itself, so the job has to ask whether it still has the lock.
        assert take_in(store, run, made_records("a.txt")) is Saved.SAVED


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("53100", StoreFullError),
        ("25006", ReadOnlyStoreError),
        ("42501", ReadOnlyStoreError),
        ("57P01", UnreachableStoreError),
        ("28P01", UnreachableStoreError),
        ("08006", UnreachableStoreError),
        ("XX001", DamagedStoreError),
        ("42601", None),
    ],
)
def test_what_a_server_says_is_said_plainly(state: str, expected: type[StoreError] | None) -> None:
    fault = psycopg.errors.lookup(state)("it said so")
    error = fault_to_error(fault, "postgresql://host/name")
    assert type(error) is (expected or type(None))
    assert error is None or "it said so" in str(error)


def test_reading_makes_no_store(tmp_path: Path) -> None:
    refused(NoStoreError, f"sqlite:///{tmp_path / 'no.db'}", Access.READ)
    refused(NoStoreError, f"sqlite:///{tmp_path / 'no' / 'no.db'}")
    (tmp_path / "empty.db").touch()
    refused(NoStoreError, f"sqlite:///{tmp_path / 'empty.db'}", Access.READ)
    assert [path.name for path in tmp_path.iterdir()] == ["empty.db"]


def test_a_file_of_another_kind_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"no database at all, but long enough to be one " * 30)
    before = path.read_bytes()
    for access in Access:
        refused(NotAStoreError, f"sqlite:///{path}", access)
    assert path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_damaged_store_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with filled_store(f"sqlite:///{path}", *(made_records(f"{n}.txt") for n in range(20))):
        pass
    data = bytearray(path.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    path.write_bytes(data)
    with (
        pytest.raises(DamagedStoreError),
        open_store(f"sqlite:///{path}", Access.READ) as store,
    ):
        list(store.records(CURRENT))


def test_a_full_disk_is_said_so_and_costs_nothing_committed(tmp_path: Path) -> None:
    with small_disk(tmp_path, "size=1m"), open_store(f"sqlite:///{tmp_path}/store.db") as store:
        run = store.begin_run(FIRST, "file:///archive")
        saved = 0
        with pytest.raises(StoreFullError, match="full"):  # noqa: PT012
            for number in range(500):
                take_in(store, run, made_records(f"{number:03d}.txt"))
                saved += 1
        assert len(list(store.records(CURRENT))) == saved > 0


def test_a_store_that_may_grow_no_more_is_said_so(tmp_path: Path) -> None:
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        run = store.begin_run(FIRST, "file:///archive")
        with store.connecting() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 20}")
        saved = 0
        with pytest.raises(StoreFullError, match="full"):  # noqa: PT012
            for number in range(500):
                take_in(store, run, made_records(f"{number:03d}.txt"))
                saved += 1
        assert len(list(store.records(CURRENT))) == saved > 0


def test_a_read_only_disk_can_be_read_and_not_written(tmp_path: Path) -> None:
    with small_disk(tmp_path, "size=8m"):
        url = f"sqlite:///{tmp_path}/store.db"
        with filled_store(url, made_records("a.txt")):
            pass
        subprocess.run(["mount", "-o", "remount,ro", tmp_path], check=True)
        with open_store(url, Access.READ) as store:
            assert len(list(store.records(CURRENT))) == 1
        refused(ReadOnlyStoreError, url)


def test_a_store_opened_to_read_cannot_be_written(store_url: str) -> None:
    with filled_store(store_url, made_records("a.txt")):
        pass
    with open_store(store_url, Access.READ) as store, pytest.raises(ReadOnlyStoreError):
        store.begin_run(FIRST, "file:///archive")


@contextmanager
def child(program: str, url: str) -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    command = [sys.executable, "-c", program, url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def test_one_run_at_a_time_and_a_dead_one_is_recognised(store_url: str) -> None:
    with open_store(store_url) as store:
        with child(WAITER, store_url) as other:
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            named = f"process {other.pid} on "
            with pytest.raises(LockedError, match=named) as told, acquire_run_lock(store):
                pass
            assert told.value.exit_status == 75
            other.kill()
            other.wait()
            for _ in range(100):  # a server takes a moment to see that its client is gone
                try:
                    with acquire_run_lock(store) as lock:
                        assert lock.stale is not None
                        assert lock.stale.pid == other.pid
                        lock.check()
                    break
                except LockedError:
                    continue
        with acquire_run_lock(store) as lock:
            assert lock.stale is None


def test_a_killed_writer_loses_nothing_that_it_told_of(store_url: str) -> None:
    with open_store(store_url), child(WRITER, store_url) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(25)]
        writer.kill()
        told += writer.stdout.readlines()
    whole = [line for line in told if line.endswith("\n")]
    with open_store(store_url) as store:
        found = list(store.records(CURRENT))
        names = [records.notices[0].source for records in found]
        assert names[: len(whole)] == [f"{number:05d}.txt" for number in range(len(whole))]
        assert len(names) - len(whole) in (0, 1)
        assert all(len(records.figures) == 12 for records in found)
        assert len(store.close_open_attempts()) <= 1
        if store_url.startswith("sqlite"):
            with sqlite3.connect(store.file) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
