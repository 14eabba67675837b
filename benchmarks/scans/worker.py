"""Reads pages from its standard input, one after another, and prints its memory.

Each page comes as a line with its name, a line with its length, and its bytes. Run by
`benchmarks.scans.memory` as `python -m benchmarks.scans.worker PAGES`.
"""

import sys

import psutil

from benchmarks.scans.product import as_document, read_layout


def _megabytes() -> float:
    return float(psutil.Process().memory_info().rss) / 1e6


def main(pages: int) -> None:
    """Read so many pages; print the memory after each quarter of them."""
    marks = {max(1, pages * quarter // 4) for quarter in (1, 2, 3, 4)}
    print(f"  nothing read yet: {_megabytes():6.0f} MB", flush=True)
    most = 0.0
    for number in range(1, pages + 1):
        name = sys.stdin.buffer.readline().decode().strip()
        size = int(sys.stdin.buffer.readline())
        read_layout(as_document(name, sys.stdin.buffer.read(size)))
        most = max(most, _megabytes())
        if number in marks:
            now = _megabytes()
            print(f"  after {number:4} pages: {now:6.0f} MB, most {most:6.0f} MB", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
