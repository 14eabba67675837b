"""The worker's side of a cluster: a child of its own, which reads what the task brings."""

import atexit
import os
import socket
import tempfile
from dataclasses import dataclass

from ingest.archive import open_spool
from ingest.cluster.errors import VersionsDifferError
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


@dataclass(frozen=True, slots=True)
class Order:
    """What is the same for all tasks of a run: `module` is what a child imports, `version` that of
    the job, as the store writes it."""

    function: str
    module: str
    limits: Limits
    version: str


def read_remotely(order: Order, contents: bytes, rest: tuple[str, ...]) -> Outcome:
    """Call the function in a child with a file of these contents and the other arguments.

    Raises VersionsDifferError on a machine whose program is not that of the job.
    """
    pool, folder = _child(order)
    handle, place = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(contents)
        while not pool.free:
            pool.wait(_SLICE)
        pool.submit(Task(0, order.function, (place, *rest)))
        while not (done := pool.wait(_SLICE)):
            pass
    finally:
        os.unlink(place)
    if isinstance(done[0], Answer):
        return Outcome(done[0].payload)
    return Outcome(kind=done[0].kind, reason=done[0].reason)


def _child(order: Order) -> tuple[Pool, str]:
    """The child of this worker and the folder for its documents."""
    module, limits = order.module, order.limits
    if (module, limits) not in _held:
        _check(order.version)
        spool = open_spool()
        _held[module, limits] = Pool(module, 1, limits), spool.__enter__()
        atexit.register(spool.__exit__, None, None, None)
    return _held[module, limits]


def _check(version: str) -> None:
    """What this machine reads is stored under the version of the job, so it must be the same."""
    from ingest.store.version import this_version  # noqa: PLC0415  once a worker

    here = str(this_version())
    if here != version:
        raise VersionsDifferError(
            f"The machine {socket.gethostname()} has version {here}, the job {version}."
        )
