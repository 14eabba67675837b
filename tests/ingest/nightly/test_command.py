"""`xiada ingest` as cron runs it."""

import json
import subprocess
import sys
from pathlib import Path

from ingest.store import Access, acquire_run_lock, open_store

ROOT = Path(__file__).resolve().parents[3]


def xiada(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "xiada.cli", "ingest", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_night_from_the_command_line(tmp_path: Path) -> None:
    archive, store = tmp_path / "archive", f"sqlite:///{tmp_path / 'archive' / 'store.db'}"
    archive.mkdir()
    text = (ROOT / "fixtures" / "short_text" / "input.txt").read_bytes()
    (archive / "a.txt").write_bytes(text)
    (archive / "empty.txt").write_bytes(b"")
    others = ("--workers", "1", "--log-format", "json", "--report", str(archive / "reports"))
    done = xiada(str(archive), "--store", store, *others, "--metrics", str(archive / "m.prom"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["rule"] for line in lines if "rule" in line] == ["empty-document"]
    assert lines[-1]["books"]["seen"] == 2
    assert lines[-1]["balanced"]
    report = json.loads((archive / "reports" / "run-1.json").read_text("utf-8"))
    assert report["books"] == lines[-1]["books"]
    assert "xiada_ingest_exit_status 0" in (archive / "m.prom").read_text()

    # Its own files lie in the archive and are no documents; nothing is new.
    done = xiada(str(archive), "--store", store, *others, "--metrics", str(archive / "m.prom"))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stderr.splitlines()[-1])["books"]["unchanged"] == 2

    with open_store(store) as opened, acquire_run_lock(opened):
        done = xiada(str(archive), "--store", store)
    assert done.returncode == 75
    assert "is being written by process" in done.stderr


def test_an_archive_that_is_empty_all_at_once_is_said_even_where_quiet(tmp_path: Path) -> None:
    archive, store = tmp_path / "archive", f"sqlite:///{tmp_path / 'store.db'}"
    archive.mkdir()
    (archive / "empty.txt").write_bytes(b"")
    assert xiada(str(archive), "--store", store, "--quiet").returncode == 0
    (archive / "empty.txt").unlink()
    done = xiada(str(archive), "--store", store, "--quiet", "--report", str(tmp_path / "reports"))
    assert done.returncode == 0
    assert done.stderr == (
        f"error: nothing lies in {archive} (documents found there before: 1):"
        " is its disk mounted?\n"
    )
    page = (tmp_path / "reports" / "run-2.html").read_text("utf-8")
    assert "is its disk mounted?" in page


def test_closed_descriptors_stop_nothing_and_are_written_into_nothing(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "empty.txt").write_bytes(b"")
    store = f"sqlite:///{tmp_path / 'store.db'}"
    command = f"{sys.executable} -m xiada.cli ingest {tmp_path / 'archive'} --store {store}"
    done = subprocess.run(f"{command} <&- >&- 2>&-", shell=True, cwd=ROOT, check=False)
    assert done.returncode == 0
    with open_store(store, Access.READ) as opened:
        assert opened.run(-1).outcome == "finished"


def test_a_report_that_cannot_be_written_is_said_before_the_night(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for option, target in (("--report", "file/x"), ("--metrics", "nowhere/m.prom")):
        url = f"sqlite:///{tmp_path / 'store.db'}"
        done = xiada(str(tmp_path), "--store", url, option, str(tmp_path / target))
        assert done.returncode == 2
        assert done.stderr.startswith("error: The folder ")
        assert not (tmp_path / "store.db").exists()


def test_a_night_that_came_to_nothing_is_in_the_metrics(tmp_path: Path) -> None:
    metrics = tmp_path / "m.prom"
    store = f"sqlite:///{tmp_path / 'store.db'}"
    done = xiada(str(tmp_path / "no"), "--store", store, "--metrics", str(metrics))
    assert done.returncode == 2
    values = [line for line in metrics.read_text().splitlines() if not line.startswith("#")]
    assert values[-1] == "xiada_ingest_exit_status 2"
    assert [line.split()[0] for line in values] == [
        "xiada_ingest_end_time_seconds",
        "xiada_ingest_exit_status",
    ]


def test_an_archive_or_store_that_cannot_be_used_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("x")
    store = f"sqlite:///{tmp_path / 'store.db'}"
    for archive, url in ((tmp_path / "no", store), (tmp_path, "mysql://x"), (tmp_path, "x.db")):
        done = xiada(str(archive), "--store", url)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1, done.stderr
