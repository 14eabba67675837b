"""What a night costs in which nothing changed, against a bare walk; and the memory of the job."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.soak.corpus import ROOT

_ROUNDS = 5
_FEW = 1_000

_MODULE = "tests.ingest.nightly.reader"

Line = Callable[[str, str], None]


def unchanged_cost(scratch: Path, files: int, line: Line) -> None:
    """Measure in processes of their own, the best of five rounds each."""
    costs, peaks = {}, {}
    for count in sorted({0, min(_FEW, files), files}):
        folder = scratch / f"unchanged{count}"
        _make(folder, count)
        command = [sys.executable, "-m", "benchmarks.soak.unchanged", str(folder)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
        bare, night, peak = map(float, done.stdout.split()[-3:])
        costs[count], peaks[count] = (bare, night), peak
    bare, night = costs[files]
    line(f"os.walk with stat of {files} files", f"{bare * 1_000:.0f} ms")
    line("a run over them unchanged", f"{night * 1_000:.0f} ms, x {night / bare:.1f}")
    line("  less what a run over no file costs", f"x {(night - costs[0][1]) / bare:.1f}")
    few = min(_FEW, files)
    line(f"peak memory of the job, {few} files taken in", f"{peaks[few] / 1_000_000:.0f} MB")
    line(f"peak memory of the job, {files} files taken in", f"{peaks[files] / 1_000_000:.0f} MB")


def _make(folder: Path, count: int) -> None:
    folder.mkdir()
    then = time.time() - 1_000
    for number in range(count):
        place = folder / f"{number // 200:03}"
        place.mkdir(exist_ok=True)
        path = place / f"关于提前下达补助资金的通知{number}.txt"
        path.write_text(str(number), encoding="utf-8")
        os.utime(path, (then, then))


def _bare(folder: str) -> float:
    began = time.perf_counter()
    for place, _, names in os.walk(folder):
        for name in names:
            os.stat(os.path.join(place, name))
    return time.perf_counter() - began


def main(folder: str) -> None:
    """Take in with a reader that does nothing, then run over what did not change."""
    from benchmarks.soak.job import peak_memory  # noqa: PLC0415
    from ingest.nightly.options import Options  # noqa: PLC0415
    from ingest.nightly.run import ingest_archive  # noqa: PLC0415

    store = f"sqlite:///{folder}.db"
    options = Options(folder, store, workers=2, module=_MODULE, function=f"{_MODULE}:read")
    ingest_archive(options)
    peak = peak_memory()
    # The files are younger than the first run is sure of; after the second it is.
    ingest_archive(options)
    nights, walks = [], []
    for _ in range(_ROUNDS):
        walks.append(_bare(folder))
        began = time.perf_counter()
        ingest_archive(options)
        nights.append(time.perf_counter() - began)
    print(min(walks), min(nights), peak)


if __name__ == "__main__":
    main(sys.argv[1])
