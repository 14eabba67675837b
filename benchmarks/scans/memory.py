"""The memory of a worker that reads one page after another, in a process of its own."""

import subprocess
import sys

from benchmarks.scans.cases import make_case

_CONDITIONS = ("clean", "pdf", "combined", "turned-90", "one-bit", "pdf-notice")


def show_memory(seed: int, pages: int) -> None:
    """Print the memory of a worker over so many documents of all kinds.

    The files are made here, so that only reading is counted.
    """
    print(f"\nmemory of a worker over {pages} documents, born digital and scans", flush=True)
    command = [sys.executable, "-m", "benchmarks.scans.worker", str(pages)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        assert child.stdin is not None
        for number in range(pages):
            case = make_case(_CONDITIONS[number % len(_CONDITIONS)], seed + number)
            child.stdin.write(f"{case.name}\n{len(case.data)}\n".encode())
            child.stdin.write(case.data)
            child.stdin.flush()
