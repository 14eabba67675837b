"""What a second worker brings where nothing has to be waited for: an archive without killers.

Killers that hang hold a worker for a minute each, whatever the number of workers, so the time of
the soak itself says little of the reading.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.soak import jobs
from benchmarks.soak.corpus import ROOT, make_archive

_MOST = 400
"""So many documents; more say nothing more."""

Line = Callable[[str, str], None]


def reading_speed(scratch: Path, documents: int, seconds: float, line: Line) -> None:
    """Time one worker, two workers, and as many processes that read without a job."""
    given = jobs.Given(scratch / "calm", seconds)
    count = min(documents, _MOST)
    make_archive(given.archive, count, killers=0)
    times = {
        workers: jobs.run(given, f"sqlite:///{scratch / f'calm{workers}'}.db", workers)["seconds"]
        for workers in (1, 2)
    }
    bare = {processes: _bare(given.archive, processes) for processes in (1, 2)}
    line(f"{count} documents without killers, one worker", f"{times[1]:.1f} s")
    line("  two workers against one", f"{times[2] / times[1]:.2f}")
    line("  two processes that only read against one", f"{bare[2] / bare[1]:.2f}")
    line("  one worker against one process that only reads", f"{times[1] / bare[1]:.2f}")


def _bare(archive: Path, processes: int) -> float:
    """Seconds until the last of so many processes has read its share; all begin together."""
    command = [sys.executable, "-m", "benchmarks.soak.bare", str(archive)]
    pipe = subprocess.PIPE
    readers = [
        subprocess.Popen(
            [*command, str(part), str(processes)],
            cwd=ROOT,
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.DEVNULL,
            text=True,
            env=_one_thread_each(),
        )
        for part in range(processes)
    ]
    for reader in readers:
        assert reader.stdout is not None
        reader.stdout.readline()
    for reader in readers:
        assert reader.stdin is not None
        reader.stdin.write("\n")
        reader.stdin.flush()
    return max(float(reader.communicate()[0]) for reader in readers)


def _one_thread_each() -> dict[str, str]:
    """As the children of a job have it."""
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_THREAD_LIMIT")
    return {**os.environ, **dict.fromkeys(names, "1")}
