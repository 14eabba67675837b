"""Values that are too many for memory."""

import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from ingest.scratch import Scratch, ScratchError


def test_values_come_back_in_order_as_often_as_wanted() -> None:
    with Scratch[tuple[int, str]]() as kept:
        assert list(kept) == []
        for number in range(3):
            kept.add((number, "沙湾市" * 5_000))
        assert [number for number, _ in kept] == [0, 1, 2]
        kept.add((3, ""))
        two = zip(kept, kept, strict=True)
        assert [(a[0], b[0]) for a, b in two] == [(n, n) for n in range(4)]
        assert len(kept) == 4


def test_a_folder_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
    with pytest.raises(ScratchError, match=r"cannot be written to .*gone") as caught:
        Scratch[int]()
    assert "TMPDIR" in caught.value.told


FULL = """
from ingest.scratch import Scratch, ScratchError
try:
    with Scratch() as kept:
        for number in range(100):
            kept.add("x" * 1000)
        list(kept)
except ScratchError as error:
    print(error.told)
"""


def test_a_full_disk_is_said() -> None:
    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(
        [sys.executable, "-c", FULL], capture_output=True, text=True, check=True, preexec_fn=full
    )
    assert "Scratch files cannot be written" in done.stdout
    assert "TMPDIR" in done.stdout
    assert done.stderr == ""
