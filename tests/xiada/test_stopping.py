"""A command that is told to stop, and results that cannot be written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from xiada.cli.results import Results, ResultsError

COMMAND = (sys.executable, "-m", "xiada.cli")


def _heard(number: signal.Signals, command: list[str | Path]) -> list[str]:
    """A command that hears a signal, also where these tests run under `nohup`, or in the
    background of a shell."""
    code = f"import os, signal, sys; signal.signal({number.value}, signal.SIG_DFL); os.execv"
    code += "(sys.argv[1], sys.argv[1:])"
    return [sys.executable, "-c", code, *map(str, command)]


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_stopped_command_leaves_nothing_behind(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    os.mkfifo(tmp_path / "never")  # to read it is to wait for ever
    out = tmp_path / "out"
    command = [*COMMAND, "audit", tmp_path / "never", "--report", out / "report.html"]
    job = subprocess.Popen(_heard(number, command), stderr=subprocess.PIPE, text=True)
    for _ in range(600):
        if out.is_dir() and any(out.iterdir()):
            break
        time.sleep(0.05)
    job.send_signal(number)
    _, said = job.communicate(timeout=60)
    assert job.returncode == status
    assert said == "error: stopped; nothing was written\n"
    assert list(out.iterdir()) == []


SWALLOWED = """
import os, signal, sys, time
from xiada.cli.signals import StoppedError, exit_status, stop_tidily
class Loaded:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
stop_tidily()
try:
    Loaded()
    print("swallowed")
    try:
        time.sleep(60)
    finally:
        time.sleep(1.5)
        print("put in order")
except StoppedError as stop:
    sys.exit(exit_status(stop))
"""


def test_a_stop_that_was_swallowed_comes_again_and_disturbs_no_tidying() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED], capture_output=True, text=True, check=False, timeout=40
    )
    assert done.stdout.split("\n") == ["swallowed", "put in order", ""]
    assert done.returncode == 143
    assert done.stderr == ""


def test_results_onto_a_full_disk_are_said_once() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [*COMMAND, "lookup", "和硕县"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("error: The results cannot be written: No space left on device.")
    assert len(done.stderr.splitlines()) == 1


def test_results_that_failed_once_fail_no_more() -> None:
    with Results(open("/dev/full", "wb"), "utf-8") as results:
        results.write("甲")
        with pytest.raises(ResultsError):
            results.flush()
        results.write("乙")
        results.flush()


def test_a_terminal_without_chinese_gets_escapes() -> None:
    done = subprocess.run(
        [*COMMAND, "lookup", "和硕县"],
        env={**os.environ, "PYTHONIOENCODING": "latin-1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "652828" in done.stdout
    assert r"\u548c" in done.stdout
    assert done.stderr == ""
