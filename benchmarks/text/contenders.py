"""What is compared, each in a process of its own so that its peak memory is its own.

`plain` is what a capable analyst writes in an afternoon: every line with tabs into one pandas
frame, numbers by `to_numeric`, the first cell of each row by `rapidfuzz.process.extractOne` over
the names of the gazetteer. It finds no header, kind, indicator, head or place in the source.
`xiada` is the whole way from bytes to the records of all five tables.

`python -m benchmarks.text.contenders plain 5 FILE...` prints one line of JSON.
"""

import io
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in the unit of `ru_maxrss`."""


def plain_reader() -> Callable[[Path], object]:
    """The plain script, its libraries and names loaded."""
    import pandas as pd  # noqa: PLC0415  each contender loads only its own
    from rapidfuzz import process  # noqa: PLC0415

    from normalize.places import load_gazetteer  # noqa: PLC0415

    names = sorted({unit.name for unit in load_gazetteer().units})

    def read(path: Path) -> object:
        lines = path.read_bytes().decode("utf-8-sig", "replace").splitlines()
        rows = [line for line in lines if "\t" in line]
        if not rows:
            return None
        width = max(line.count("\t") for line in rows) + 1
        text = io.StringIO("\n".join(rows))
        frame = pd.read_csv(text, sep="\t", header=None, names=range(width), quoting=3, dtype=str)
        numbers = frame.apply(pd.to_numeric, errors="coerce")
        named = frame[numbers.notna().any(axis=1)][0].dropna()
        return numbers, [process.extractOne(name, names) for name in named]

    return read


def xiada_reader() -> Callable[[Path], object]:
    """The project, loaded."""
    from ingest.attempt import attempt  # noqa: PLC0415

    return lambda path: attempt(path, str(path))


CONTENDERS = {"plain": plain_reader, "xiada": xiada_reader}


def measure(name: str, repeats: int, paths: Sequence[Path]) -> dict[str, float]:
    """Median seconds for all files once, seconds to load and read the first one, and peak bytes.

    Seconds are the processor's, so that what else the machine does matters less.
    """
    started = time.process_time()
    read = CONTENDERS[name]()
    read(paths[0])
    cold = time.process_time() - started
    seconds = [_seconds(read, paths) for _ in range(repeats)]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * PEAK_UNIT
    return {"seconds": median(seconds), "cold": cold, "peak": peak}


def _seconds(read: Callable[[Path], object], paths: Sequence[Path]) -> float:
    started = time.process_time()
    for path in paths:
        read(path)
    return time.process_time() - started


if __name__ == "__main__":
    contender, times, *files = sys.argv[1:]
    print(json.dumps(measure(contender, int(times), [Path(file) for file in files])))
