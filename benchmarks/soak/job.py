"""One run as a process: `python -m benchmarks.soak.job ARCHIVE STORE WORKERS SECONDS CLUSTER
[retry]`; CLUSTER may be "".

Prints "begun" when it is imported, and what it came to as JSON at its end.
"""

import json
import sys
import time

from ingest.isolation import Limits
from ingest.nightly.options import Options
from ingest.nightly.run import ingest_archive

MODULE = "benchmarks.soak.reader"  # not imported here: the job itself reads nothing
_MEMORY = 2_000_000_000


def main(archive: str, store: str, workers: str, seconds: str, cluster: str, *retry: str) -> None:
    """Run and tell."""
    print("begun", flush=True)
    options = Options(
        archive,
        store,
        workers=int(workers),
        cluster=cluster,
        limits=Limits(float(seconds), _MEMORY),
        function=f"{MODULE}:read",
        module=MODULE,
        attempts=2,
        retry_quarantined=bool(retry),
    )
    began = time.perf_counter()
    summary = ingest_archive(options)
    told = {
        "books": summary.to_json()["books"],
        "balanced": not summary.discrepancies,
        "failures": summary.failures,
        "seconds": time.perf_counter() - began,
        "peak": peak_memory(),
    }
    print(json.dumps(told), flush=True)


def peak_memory() -> int:
    """The most resident bytes of this process (getrusage would tell those of who started it)."""
    with open("/proc/self/status", encoding="ascii") as file:
        [kilobytes] = [line.split()[1] for line in file if line.startswith("VmHWM:")]
    return int(kilobytes) * 1_024


if __name__ == "__main__":
    main(*sys.argv[1:])
