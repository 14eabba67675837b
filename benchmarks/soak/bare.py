"""Reading without any job: `python -m benchmarks.soak.bare FOLDER PART OF`.

Reads every OF-th document of a folder, from the PART-th on, one after another, and prints how many
seconds that took. What two of these lose beside each other is lost by the machine, not by the job.
"""

import sys
import time
from pathlib import Path

from ingest.nightly.reading import read


def main(folder: str, part: str, of: str) -> None:
    """Read and tell."""
    places = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    print("begun", flush=True)
    sys.stdin.readline()
    began = time.perf_counter()
    for place in places[int(part) :: int(of)]:
        read(str(place), str(place), "")
    print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
