"""Whether memory grows with the number of files: the command itself on ever more copies."""

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.text.contenders import PEAK_UNIT

_CHILD = """
import resource, sys
from xiada.cli import main
try:
    main(sys.argv[1:])
finally:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak_of_extract(notice: Path, copies: int, formats: str) -> int:
    """Peak bytes of `xiada extract` on so many copies of a notice, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "archive"
        archive.mkdir()
        data = notice.read_bytes()
        for number in range(copies):
            # Each copy is a document of its own, as its bytes differ.
            (archive / f"{number:05}.txt").write_bytes(data + b"\n" * number)
        arguments = ["extract", str(archive), "-o", f"{folder}/out", "--format", formats, "--quiet"]
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, *arguments], capture_output=True, text=True, check=True
        )
    return int(done.stdout.split()[-1]) * PEAK_UNIT
