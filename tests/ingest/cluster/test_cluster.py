"""A night on a cluster of this machine: the same answers, whatever dies."""

import logging
import signal
import sys
import threading
import time
from contextlib import redirect_stdout
from pathlib import Path

import psutil
import pytest

from ingest.cluster import ClusterError, MissingClusterError, open_cluster
from ingest.cluster.errors import VersionsDifferError
from ingest.cluster.talk import Talk
from ingest.cluster.worker import Order, read_remotely
from ingest.isolation import Limits
from tests.ingest.nightly.nights import books, fill, held, night
from tests.ingest.nightly.reader import MODULE

pytest.importorskip("ray")


def kill_one_worker(killed: list[int]) -> None:
    """Kill the first process of the cluster that is seen at work."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and not killed:
        for process in psutil.Process().children(recursive=True):
            try:
                at_work = "read_remotely" in " ".join(process.cmdline())
            except psutil.Error:
                continue
            if at_work:
                process.kill()
                killed.append(process.pid)
                return
        time.sleep(0.02)


def test_a_cluster_gives_the_same_answers_and_outlives_its_workers(tmp_path: Path) -> None:
    texts = {f"{n:02}.txt": f"SLOW {n % 37}" for n in range(40)}
    killers = {"05.txt": "KILLER abort", "06.txt": "KILLER loop", "07.txt": "KILLER grow"}
    archive = fill(tmp_path / "archive", {**texts, **killers})
    one, many = (f"sqlite:///{tmp_path / name}.db" for name in ("one", "many"))
    killed: list[int] = []
    thread = threading.Thread(target=kill_one_worker, args=(killed,))
    thread.start()
    summary = night(archive, many, cluster="local", workers=2, attempts=2)
    thread.join()
    calm = night(archive, one, attempts=2)
    assert killed
    assert books(summary) == books(calm)
    assert books(calm) == {"seen": 40, "accepted": 34, "quarantined": 3, "duplicates": 3}
    assert held(many) == held(one)


def test_the_job_keeps_its_signals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray has its own idea of SIGTERM, which would end the run in the middle of a document."""

    def init(**_options: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    monkeypatch.setattr("ray.init", init)
    monkeypatch.setattr("ray.cluster_resources", dict)
    monkeypatch.setattr("ray.shutdown", lambda: None)
    before = signal.getsignal(signal.SIGTERM)
    with open_cluster("local", MODULE, 1, Limits()):
        assert signal.getsignal(signal.SIGTERM) == before


def test_a_cluster_that_is_not_there_is_an_error() -> None:
    with (
        pytest.raises(ClusterError, match=r"The cluster ray://127\.0\.0\.1:1 cannot be used"),
        open_cluster("ray://127.0.0.1:1", MODULE, 1, Limits()),
    ):
        pass


def test_a_machine_with_another_version_answers_nothing(tmp_path: Path) -> None:
    order = Order(f"{MODULE}:read", MODULE, Limits(), "0.0.9 pipeline 1 gazetteer abc")
    with pytest.raises(VersionsDifferError, match=r"has version .*, the job 0\.0\.9 pipeline 1"):
        read_remotely(order, b"1", ("1.txt", ""))


def test_what_the_cluster_prints_is_told_by_its_first_line(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.WARNING, logger="ingest"), redirect_stdout(Talk()):
        print("\x1b[33m(raylet)\x1b[0m The node 10.0.0.7 was marked dead.\n    [state-dump] much\n")
    assert [one.message for one in caplog.records] == [
        "the cluster says: (raylet) The node 10.0.0.7 was marked dead."
    ]
    assert capsys.readouterr().out == ""


def test_without_the_extra_the_message_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingClusterError) as caught, open_cluster("local", MODULE, 1, Limits()):
        pass
    assert "xiada[cluster]" in caught.value.remedy
