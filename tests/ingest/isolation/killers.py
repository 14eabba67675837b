"""What children are given to do in tests: good work, and every way to come to grief.

A marked file says which: `KILLER crash` and so on. Nothing in the product knows these marks.
"""

import ctypes
import os
import re
import signal
import sys
import time
from pathlib import Path

MARK = re.compile(rb"KILLER (\w+)")


def obey(path: str, *_: str) -> bytes:
    """The file's bytes, or the death that it asks for."""
    data = Path(path).read_bytes()
    if mark := MARK.search(data):
        _DEATHS[mark[1].decode()]()
    return data


def _abort() -> None:
    os.abort()


def _segfault() -> None:
    ctypes.string_at(0)


def _loop() -> None:
    """Native code that holds the interpreter and never comes back."""
    libc = ctypes.PyDLL(None)
    while True:
        libc.sleep(3600)


def _spin() -> None:
    while True:
        pass


def _grow() -> None:
    held = []
    while True:
        held.append(b"x" * 20_000_000)
        time.sleep(0.005)


def _grow_at_once() -> None:
    bytearray(1 << 40)


def _raise() -> None:
    raise ValueError("of no use")


def _exit() -> None:
    os._exit(7)


def _noise() -> None:
    """What native libraries do: print on both outputs what may look like a reply."""
    os.write(1, b"\4" + b"\0" * 9 + b"warning: cannot parse\n" * 50_000)
    os.write(2, b"\2" + b"\0" * 8)


def _terminated() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _stop_parent_watch() -> None:
    print(os.getpid(), flush=True)
    time.sleep(3600)


_DEATHS = {
    "abort": _abort,
    "segfault": _segfault,
    "loop": _loop,
    "spin": _spin,
    "grow": _grow,
    "grow_at_once": _grow_at_once,
    "raise": _raise,
    "exit": _exit,
    "noise": _noise,
    "killed": _terminated,
    "sleep": _stop_parent_watch,
}


def pid(*_: str) -> bytes:
    """Who does the work."""
    return str(os.getpid()).encode()


def modules(*_: str) -> bytes:
    """What is loaded."""
    return "\n".join(sorted(sys.modules)).encode()


def much(*_: str) -> bytes:
    """More than a pipe holds."""
    return b"x" * 3_000_000
