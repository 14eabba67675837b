"""Tasks on a Ray cluster, behind the same three calls as the pool of this machine.

The bytes of a document travel with its task (Ray's object store), a small answer comes back, and
only the job writes. A task is never made anew by Ray: a worker that dies costs its document one
attempt, which the job notes.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ray
from ray.exceptions import LocalRayletDiedError, RayError, RayTaskError

from ingest.cluster.errors import ClusterError, ClusterLostError
from ingest.cluster.worker import Order, Outcome, read_remotely
from ingest.isolation import Answer, Done, Failure, FailureKind, Limits, Task
from ingest.store import this_version

_DIED = "The part of the cluster on this machine died"
_GRACE_SECONDS = 300.0
"""For a worker to start and to be given its task, beyond the time that reading may take."""


class ClusterPool:
    """At most `workers` tasks at a time on a cluster that is connected."""

    def __init__(self, module: str, workers: int, limits: Limits) -> None:
        """`module` is what a child imports before it says that it is ready."""
        self._module = module
        self._version = str(this_version())
        self._workers = workers
        self._limits = limits
        self._sent: dict[Any, tuple[Task, float]] = {}
        # max_retries=0: whether a document is tried again is decided by its attempts alone.
        self._remote = ray.remote(max_retries=0, num_cpus=1)(read_remotely)

    @property
    def free(self) -> int:
        """How many tasks can be given out now."""
        return self._workers - len(self._sent)

    def submit(self, task: Task) -> None:
        """Send a task with the bytes of its document (its first argument is their path).

        A document that vanished meanwhile is sent without any; its hash tells the job.
        """
        place, *rest = task.arguments
        try:
            contents = Path(place).read_bytes()
        except OSError:
            contents = b""
        order = Order(task.function, self._module, self._limits, self._version)
        with _connected():
            sent = self._remote.remote(order, contents, tuple(rest))
        self._sent[sent] = task, time.monotonic()

    def wait(self, seconds: float) -> list[Done]:
        """What came back within some seconds. Raises ClusterError where workers cannot read."""
        if not self._sent:
            return []
        with _connected():
            ready, _ = ray.wait(list(self._sent), num_returns=1, timeout=seconds)
        return [self._done(one) for one in ready] or self._overdue()

    def _done(self, sent: Any) -> Done:
        task, _ = self._sent.pop(sent)
        try:
            outcome: Outcome = ray.get(sent)
        except RayTaskError as error:
            if isinstance(error.cause, ClusterError):
                raise type(error.cause)(str(error.cause)) from error
            # Our own code there failed before any document was touched: no module, no room.
            raise ClusterError(f"A worker cannot read: {_last_line(error)}.") from error
        except LocalRayletDiedError as error:
            # That would be said of every document from now on, until Ray ends this process.
            raise ClusterLostError(_DIED) from error
        except RayError as error:
            reason = f"the worker of the cluster died ({type(error).__name__})"
            return Failure(task, FailureKind.WORKER_DIED, reason)
        if outcome.kind is None:
            return Answer(task, outcome.payload)
        return Failure(task, outcome.kind, outcome.reason)

    def _overdue(self) -> list[Done]:
        """Tasks that no worker took up: a cluster may shrink to nothing."""
        latest = time.monotonic() - self._limits.seconds - _GRACE_SECONDS
        given_up = [(sent, task) for sent, (task, since) in self._sent.items() if since < latest]
        for sent, _ in given_up:
            del self._sent[sent]
            ray.cancel(sent, force=True)
        reason = "the cluster did not answer"
        return [Failure(task, FailureKind.WORKER_DIED, reason) for _, task in given_up]


@contextmanager
def _connected() -> Iterator[None]:
    """Raise ClusterLostError where the cluster itself, not a worker, does not answer any more."""
    try:
        yield
    except (RayError, OSError) as error:
        raise ClusterLostError(f"{_DIED} ({_last_line(error)})") from error


def _last_line(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1].strip()[:300] if lines else type(error).__name__
