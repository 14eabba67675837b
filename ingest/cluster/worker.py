"""The worker's side of a cluster: a child of its own, which reads what the task brings."""

import atexit
import os
import tempfile
from dataclasses import dataclass

from ingest.archive import open_spool
from ingest.isolation import Answer, FailureKind, Limits, Pool, Task

_SLICE = 1.0
_held: dict[tuple[str, Limits], tuple[Pool, str]] = {}
"""The child outlives a task, with the model that it holds; it dies with the worker. Beside it a
folder for documents, which the next worker removes when this one was killed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a task came to: an answer (`kind` None), or why there is none."""

    payload: bytes = b""
    kind: FailureKind | None = None
    reason: str = ""


def read_remotely(
    function: str, contents: bytes, rest: tuple[str, ...], module: str, limits: Limits
) -> Outcome:
    """Call `function` in a child with a file of these contents and the other arguments."""
    if (module, limits) not in _held:
        spool = open_spool()
        _held[module, limits] = Pool(module, 1, limits), spool.__enter__()
        atexit.register(spool.__exit__, None, None, None)
    pool, folder = _held[module, limits]
    handle, place = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(contents)
        while not pool.free:
            pool.wait(_SLICE)
        pool.submit(Task(0, function, (place, *rest)))
        while not (done := pool.wait(_SLICE)):
            pass
    finally:
        os.unlink(place)
    if isinstance(done[0], Answer):
        return Outcome(done[0].payload)
    return Outcome(kind=done[0].kind, reason=done[0].reason)
