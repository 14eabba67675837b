"""A job that its cluster ends: somebody is left to say so and to close the books."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest.store import Access, open_store

_JOB = """
import os, signal, sys
from ingest.cluster import stand_by
from ingest.cluster.errors import ClusterLostError
from ingest.store import open_store, this_version
from tests.ingest.store.made_store import made_file, made_records
url, end = sys.argv[1:]
try:
    stand_by(url)
except ClusterLostError as error:
    print(error.told)
    sys.exit(2)
with open_store(url) as store:
    run = store.begin_run(this_version(), "file:///archive")
    store.record_attempt(run, made_file(made_records("a.txt")))
    print("begun", flush=True)
    if end == "term":
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        os.kill(os.getppid(), signal.SIGTERM)
        signal.pause()
    if end == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    os._exit(int(end))
"""


@pytest.mark.parametrize(
    ("end", "status", "said"),
    [
        ("1", 2, "The part of the cluster on this machine died, and Ray ended the job. Start it"),
        ("killed", 2, "The job on the cluster was killed (signal 9). Start it"),
        ("3", 3, ""),
        ("term", 143, ""),
    ],
)
def test_a_job_ends_as_it_ended_or_is_closed(
    tmp_path: Path, end: str, status: int, said: str
) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    done = subprocess.run(
        [sys.executable, "-c", _JOB, url, end],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == status, done.stderr
    assert done.stdout.startswith(f"begun\n{said}")
    assert bool(said) or done.stdout == "begun\n"
    with open_store(url, Access.READ) as store:
        (run,), (attempt,) = store.runs(), store.attempts()
    closed = "interrupted" if said else None
    assert (run.outcome, attempt.outcome) == (closed, closed)
