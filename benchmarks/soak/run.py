"""The soak: `python -m benchmarks.soak.run [--documents N] [--kills N] [--files N]
[--seconds S] [--no-cluster]`.

Prints a table of what was seen. Ends with 1 where the books do not balance, a document was lost or
results differ; times and sizes are printed only, as machines differ.
"""

import argparse
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.soak import jobs
from benchmarks.soak.corpus import make_archive
from benchmarks.soak.speed import reading_speed
from benchmarks.soak.unchanged import unchanged_cost
from ingest.store import Access, open_store

_ALL_IN_ONE = ("accepted", "needs_review", "rejected", "quarantined", "duplicates", "unchanged")


class _Table:
    """What is printed, and whether all of it is as it must be."""

    def __init__(self) -> None:
        self.good = True

    def line(self, what: str, value: str, must: bool | None = None) -> None:
        """A line; `must` says whether something that has to be so is so."""
        mark = "" if must is None else ("  ok" if must else "  WRONG")
        self.good = self.good and must is not False
        print(f"{what:58}{value:>24}{mark}", flush=True)


def main() -> int:
    """Run all of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak.run")
    parser.add_argument("--documents", type=int, default=2_000)
    parser.add_argument("--killers", type=int, default=10)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=60.0, help="a document may take so long")
    parser.add_argument("--no-cluster", action="store_true")
    asked = parser.parse_args()
    table = _Table()
    with tempfile.TemporaryDirectory(prefix="xiada-soak-") as scratch:
        _nights(Path(scratch), asked, table)
        reading_speed(Path(scratch), asked.documents, asked.seconds, table.line)
        unchanged_cost(Path(scratch), asked.files, table.line)
    return 0 if table.good else 1


def _nights(scratch: Path, asked: argparse.Namespace, table: _Table) -> None:
    given = jobs.Given(scratch / "archive", asked.seconds)
    make_archive(given.archive, asked.documents, asked.killers)
    stores = {name: f"sqlite:///{scratch / name}.db" for name in ("one", "two", "cluster")}
    one = jobs.run(given, stores["one"], 1)
    _tell("one worker", one, asked.killers, table)
    truth = jobs.digest(stores["one"])

    waits = _Reading(stores["two"])
    two = jobs.run(given, stores["two"], 2)
    slowest, count = waits.stop()
    _tell("two workers", two, asked.killers, table)
    table.line("two workers, time against one", f"{two['seconds'] / one['seconds']:.2f}")
    table.line("two workers, results as of one", "", jobs.digest(stores["two"]) == truth)
    table.line(f"slowest of {count} looks into the store meanwhile", f"{slowest * 1_000:.0f} ms")

    if not asked.no_cluster:
        told = jobs.run(given, stores["cluster"], 2, "local")
        _tell("cluster", told, asked.killers, table)
        table.line("cluster, results as of one", "", jobs.digest(stores["cluster"]) == truth)
    clusters = [""] if asked.no_cluster else ["", "local"]
    for cluster in clusters:
        _kills(_Truth(given, truth, asked.killers), cluster, asked.kills // len(clusters), table)


@dataclass(frozen=True, slots=True)
class _Truth:
    """What a store must hold whatever was killed."""

    given: jobs.Given
    digest: str
    killers: int


def _kills(truth: _Truth, cluster: str, kills: int, table: _Table) -> None:
    """Kill until there were so many kills; a job that came to its end begins with a new store.

    A document whose reader was killed each time that it was tried is set aside, as it must be; it
    is then tried anew in peace, together with the killers.
    """
    given = truth.given
    killed, rounds, whole, same, balanced = Counter[str](), 0, True, True, True
    shot = 0
    while killed.total() < kills:
        rounds += 1
        store = f"sqlite:///{given.archive.parent / f'killed{cluster}{rounds}'}.db"
        left, seed = kills - killed.total(), 100 * rounds + bool(cluster)
        killed += jobs.kill_at_random(given, store, left, cluster, seed)
        aside = jobs.run(given, store, 2)["books"]["quarantined"]
        shot += aside - truth.killers
        last = jobs.run(given, store, 2, retry=aside > truth.killers)
        whole = whole and jobs.sound(store)
        same = same and jobs.digest(store) == truth.digest
        balanced = balanced and last["balanced"] and last["books"]["quarantined"] == truth.killers
    shown = ", ".join(f"{count} {kind}" for kind, count in sorted(killed.items()))
    what = f"{'cluster, ' if cluster else ''}kill -9, {rounds} nights"
    table.line(what, shown)
    table.line("  documents whose reader was killed too often, tried anew", f"{shot}")
    table.line("  stores whole", "", whole)
    table.line("  books balance, all killers and nobody else set aside", "", balanced)
    table.line("  results as of one worker", "", same)


def _tell(what: str, told: dict[str, Any], killers: int, table: _Table) -> None:
    books = told["books"]
    shown = " ".join(f"{name} {books[name]}" for name in _ALL_IN_ONE if books[name])
    table.line(f"{what}: {shown}", f"{told['seconds']:.0f} s", told["balanced"])
    table.line(f"{what}: killers in quarantine", f"{killers}", books["quarantined"] == killers)
    table.line(f"{what}: peak memory of the job", f"{told['peak'] / 1_000_000:.0f} MB")


class _Reading(threading.Thread):
    """Looks into a store again and again while a job writes to it."""

    def __init__(self, store: str) -> None:
        super().__init__(daemon=True)
        self._store = store
        self._over = threading.Event()
        self._waits: list[float] = []
        self.start()

    def run(self) -> None:
        """Open, count the runs, look at the quarantine, close."""
        file = Path(self._store.removeprefix("sqlite:///"))
        while not self._over.wait(0.2):
            if file.exists() and file.stat().st_size:
                began = time.perf_counter()
                with open_store(self._store, Access.READ) as store:
                    store.outcomes(1)
                    store.quarantined()
                self._waits.append(time.perf_counter() - began)

    def stop(self) -> tuple[float, int]:
        """The longest wait, and how many there were."""
        self._over.set()
        self.join()
        return max(self._waits, default=0.0), len(self._waits)


if __name__ == "__main__":
    sys.exit(main())
