"""The job, or a child of it, dies at any moment; the next run goes on from there."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from ingest.cluster.errors import ClusterLostError
from ingest.isolation import Done, Pool
from ingest.store import Access, AttemptOutcome, open_store
from tests.ingest.nightly.nights import books, fill, held, night

_JOB = """
import sys
from tests.ingest.nightly.nights import night
print("begun", flush=True)
summary = night(sys.argv[1], sys.argv[2], workers=2)
print(summary.exit_status, summary.books.balanced, flush=True)
"""
_DOCUMENTS = 60


@pytest.fixture(name="archive")
def made_archive(tmp_path: Path) -> Path:
    """Documents that take a moment each, a few of them twins, one of them a killer."""
    texts = {f"{n:02}.txt": f"SLOW {n % 53}" for n in range(_DOCUMENTS)}
    return fill(tmp_path / "archive", {**texts, "10.txt": "KILLER abort"})


def start(archive: Path, store: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}
    command = [sys.executable, "-c", _JOB, str(archive), store]
    job = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    )
    assert job.stdout is not None
    assert job.stdout.readline() == "begun\n"
    return job


def kill_job(job: subprocess.Popen[str]) -> None:
    job.kill()


def kill_child(job: subprocess.Popen[str]) -> None:
    for child in psutil.Process(job.pid).children():
        child.kill()


def sound(store: str) -> bool:
    if not store.startswith("sqlite"):
        return True
    with sqlite3.connect(store.removeprefix("sqlite:///")) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


@pytest.mark.parametrize("seed", [1])
def test_nothing_is_lost_or_taken_twice_whenever_the_job_is_killed(
    archive: Path, store_url: str, tmp_path: Path, seed: int
) -> None:
    chance, kills = random.Random(seed), 0
    while kills < 5:
        with start(archive, store_url) as job:
            time.sleep(chance.uniform(0.2, 1.6))
            if job.poll() is None:
                (kill_child if kills % 2 else kill_job)(job)
            kills += 1
            if kills % 2 == 0:  # a job whose children were killed goes on
                job.wait(300)
        assert sound(store_url)
    night(archive, store_url)
    last = night(archive, store_url)
    assert books(last) == {"seen": _DOCUMENTS, "unchanged": _DOCUMENTS - 1, "quarantined": 1}
    calm = f"sqlite:///{tmp_path / 'calm.db'}"
    night(archive, calm)
    assert held(store_url) == held(calm)


def test_what_the_job_died_of_comes_last_and_is_set_aside_in_the_end(
    archive: Path, store_url: str
) -> None:
    with open_store(store_url) as store:
        run = store.begin_run(_version(), str(archive))
        file = _file(archive / "00.txt")
        for _ in range(9):  # three interrupted attempts weigh as much as one that failed
            store.record_attempt(run, file)
    summary = night(archive, store_url)
    assert summary.books.quarantined == 3  # the killer, 00.txt, and its twin 53.txt
    reasons = {os.path.basename(one.path): one.reason for one in summary.set_aside}
    assert reasons["00.txt"].endswith("the run died while it was being read")


def _version() -> object:
    from ingest.store import this_version  # noqa: PLC0415

    return this_version()


def _file(path: Path) -> object:
    import hashlib  # noqa: PLC0415

    from ingest.store import SourceFile  # noqa: PLC0415

    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return SourceFile(str(path), path.stat().st_size, path.stat().st_mtime_ns, digest)


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)], ids=["term", "int"]
)
def test_a_job_that_is_told_to_stop_says_so_and_blames_nobody(
    archive: Path, tmp_path: Path, number: signal.Signals, status: int
) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    [last] = fill(archive, {"last.txt": "KILLER loop"}).glob("last.txt")  # it cannot be over before
    with start(archive, url) as job:
        _wait_for(lambda: len(held(url)) > 3, tmp_path / "store.db")
        job.send_signal(number)
        out, _ = job.communicate(timeout=300)
    assert out.startswith(f"{status} ")
    with open_store(url) as store:
        [run] = store.runs()
        assert run.outcome == "interrupted"
        broken_off = {one.outcome for one in store.attempts()} - {AttemptOutcome.READ}
        assert broken_off <= {AttemptOutcome.INTERRUPTED, AttemptOutcome.CRASHED}
    last.unlink()
    assert night(archive, url).books.quarantined == 1


def _wait_for(is_so: Callable[[], bool], store: Path) -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        time.sleep(0.05)
        if store.exists() and store.stat().st_size and is_so():
            return
    raise AssertionError("it never came to that")


def test_a_reader_is_never_kept_waiting_by_the_job(archive: Path, tmp_path: Path) -> None:
    url, counts = f"sqlite:///{tmp_path / 'store.db'}", []
    with start(archive, url) as job:
        _wait_for(lambda: len(held(url)) > 0, tmp_path / "store.db")
        while job.poll() is None:
            counts.append(len(held(url)))
    assert counts == sorted(counts)
    assert len(set(counts)) > 1


def test_a_store_that_is_full_ends_the_run_and_loses_nothing(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.store import Store  # noqa: PLC0415
    from ingest.store.errors import StoreFullError  # noqa: PLC0415

    url, save, saved = f"sqlite:///{tmp_path / 'store.db'}", Store.save_document, []

    def save_some(store: Store, run: object, receipt: object) -> object:
        if len(saved) == 7:
            raise StoreFullError("There is no room for the store.")
        saved.append(save(store, run, receipt))  # type: ignore[arg-type]
        return saved[-1]

    monkeypatch.setattr(Store, "save_document", save_some)
    with pytest.raises(StoreFullError):
        night(archive, url)
    with open_store(url) as store:
        assert [run.outcome for run in store.runs()] == ["failed"]
    monkeypatch.undo()
    second = night(archive, url)
    assert second.books.unchanged == 7
    assert books(night(archive, url)) == {
        "seen": _DOCUMENTS,
        "unchanged": _DOCUMENTS - 1,
        "quarantined": 1,
    }


def test_a_run_that_loses_its_cluster_closes_its_books(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    archive = fill(tmp_path / "archive", {f"{n}.txt": f"SLOW {n}" for n in range(6)})
    store = f"sqlite:///{tmp_path / 'store.db'}"
    wait, answers = Pool.wait, []

    def lost(pool: Pool, seconds: float) -> list[Done]:
        if len(answers) > 2:
            raise ClusterLostError("The part of the cluster on this machine died")
        answers.extend(done := wait(pool, seconds))
        return done

    with monkeypatch.context() as patched:
        patched.setattr(Pool, "wait", lost)
        summary = night(archive, store)
    assert summary.exit_status == 2
    assert summary.is_cut_short
    assert "The part of the cluster on this machine died. Start it again" in caplog.text
    with open_store(store, Access.READ) as opened:
        (run,) = opened.runs()
        assert run.outcome == "interrupted"
        assert run.books == summary.books
        assert summary.books.accepted == len(answers) == 3
        assert [a.reason for a in opened.attempts() if a.outcome == "interrupted"] == [
            "the cluster was lost"
        ]
    assert books(night(archive, store)) == {"seen": 6, "unchanged": 3, "accepted": 3}
