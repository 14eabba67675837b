"""Starting, killing and judging runs from outside."""

import hashlib
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from benchmarks.soak.corpus import ROOT


@dataclass(frozen=True, slots=True)
class Given:
    """What all runs have in common: the archive, and the seconds that a document may take."""

    archive: Path
    seconds: float


def start(
    given: Given, store: str, workers: int, cluster: str = "", *, retry: bool = False
) -> subprocess.Popen[str]:
    """A run that has begun; with `retry` what is in quarantine is tried anew."""
    arguments = [str(given.archive), store, str(workers), str(given.seconds), cluster]
    arguments += ["retry"] if retry else []
    job = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.soak.job", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert job.stdout is not None
    job.stdout.readline()
    return job


def finish(job: subprocess.Popen[str]) -> dict[str, Any]:
    """What a run tells at its end. Raises RuntimeError where it tells nothing."""
    out, _ = job.communicate()
    if job.returncode or not out.strip():
        raise RuntimeError(f"the job ended with {job.returncode}")
    told: dict[str, Any] = json.loads(out)
    return told


def run(
    given: Given, store: str, workers: int, cluster: str = "", *, retry: bool = False
) -> dict[str, Any]:
    """A whole run."""
    return finish(start(given, store, workers, cluster, retry=retry))


def kill_at_random(
    given: Given, store: str, kills: int, cluster: str = "", seed: int = 1
) -> Counter[str]:
    """Kill the job, a child or a worker of the cluster at random moments, and start it again.

    Every third kill hits the job. Returns how many of each were killed, fewer than `kills` where a
    job came to its end.
    """
    chance, killed = random.Random(seed), Counter[str]()
    while killed.total() < kills:
        job = start(given, store, 2, cluster)
        while job.poll() is None and killed.total() < kills:
            time.sleep(chance.uniform(0.2, 3.0))
            if killed.total() % 3 == 2:
                job.kill()
                killed["job"] += 1
                break
            killed_one = _kill_below(job.pid, chance)
            if killed_one:
                killed[killed_one] += 1
        if job.poll() is None and killed.total() >= kills:
            job.kill()
        job.communicate()
        if not sound(store):
            raise RuntimeError("the store is damaged")
        if job.returncode == 0:
            break
    return killed


def _kill_below(job: int, chance: random.Random) -> str:
    """Kill a child or a worker of a job; which it was."""
    found = []
    try:
        for process in psutil.Process(job).children(recursive=True):
            words = " ".join(process.cmdline())
            if "ingest.isolation.child" in words:
                found.append(("child", process))
            elif words.startswith("ray::read_remotely"):
                found.append(("worker", process))
        if found:
            kind, process = chance.choice(found)
            process.kill()
            return kind
    except psutil.Error:
        pass  # it ended by itself meanwhile
    return ""


def sound(store: str) -> bool:
    """Whether an SQLite store is whole."""
    file = store.removeprefix("sqlite:///")
    if not os.path.exists(file):
        return True
    with sqlite3.connect(file) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def digest(store: str) -> str:
    """A hash of all that a store publishes: the files of `xiada export`, byte for byte."""
    found = hashlib.sha256()
    with TemporaryDirectory(prefix="xiada-soak-export-") as folder:
        command = [sys.executable, "-m", "xiada.cli", "export", "--store", store, "-o", folder]
        subprocess.run([*command, "--quiet"], cwd=ROOT, check=True)
        files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
        if not files:
            raise RuntimeError(f"nothing was exported of {store}")
        for path in files:
            data = path.read_bytes()
            found.update(f"{path.relative_to(folder)} {len(data)}\n".encode())
            found.update(data)
    return found.hexdigest()
