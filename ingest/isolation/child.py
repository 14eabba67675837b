"""The child's side: take a task, do it, answer, wait for the next.

Started as `python -P -m ingest.isolation.child REQUESTS REPLIES MEMORY PARENT MODULE` with the
numbers of two inherited pipes. It ends when the parent's end of the pipe closes, and the kernel
kills it when the parent dies while native code is busy here.
"""

import contextlib
import ctypes
import faulthandler
import gc
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import BinaryIO

from ingest.isolation.frames import Frame, FrameReader, Kind, to_bytes

_PR_SET_PDEATHSIG = 1
_PIECE = 1 << 16
_CEILING = 2
"""An allocation far beyond the limit fails at once; up to that the parent watches."""


def main(arguments: list[str]) -> None:
    """Serve until the parent is gone."""
    requests, replies, memory, parent = map(int, arguments[:4])
    _die_with(parent)
    _limit(memory)
    faulthandler.enable()
    with open(requests, "rb", buffering=0) as source, open(replies, "wb", buffering=0) as sink:
        importlib.import_module(arguments[4])
        # What is loaded now stays for good: the collector need not look at it again and again.
        gc.freeze()
        _send(sink, Kind.READY)
        _serve(source, sink)


def _serve(source: BinaryIO, sink: BinaryIO) -> None:
    reader = FrameReader()
    while data := source.read(_PIECE):
        for frame in reader.feed(data):
            _send(sink, Kind.TAKEN_UP)
            _answer(frame, sink)


def _answer(frame: Frame, sink: BinaryIO) -> None:
    task = json.loads(frame.payload)
    try:
        payload = _function(task["function"])(*task["arguments"])
    except MemoryError:
        _send(sink, Kind.OUT_OF_MEMORY)
    # Whatever it is belongs to this task, and the parent records it.
    except Exception as error:  # noqa: BLE001
        text = f"{type(error).__name__}: {error}".splitlines()[0]
        _send(sink, Kind.RAISED, text.encode("utf-8", "backslashreplace"))
    else:
        _send(sink, Kind.ANSWER, payload)


def _function(name: str) -> Callable[..., bytes]:
    module, _, attribute = name.partition(":")
    found: Callable[..., bytes] = getattr(importlib.import_module(module), attribute)
    return found


def _send(sink: BinaryIO, kind: Kind, payload: bytes = b"") -> None:
    view = memoryview(to_bytes(kind, payload))
    while view:
        view = view[sink.write(view) :]


def _die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent dies (Linux; elsewhere the pipe's end
    does it as soon as the task is done)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def _limit(memory: int) -> None:
    """Where memory runs out the kernel shall choose this process, not the job."""
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("500")
    ceiling = _CEILING * memory
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard == resource.RLIM_INFINITY or hard > ceiling:
        resource.setrlimit(resource.RLIMIT_DATA, (ceiling, ceiling))
    # A crash leaves no core file: documents may be confidential, and disks small.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1:])
