"""A pool of children: at most one task in each, every task answered or accounted for.

One thread does all of it, by waiting for whichever pipe speaks first, so that nothing happens
behind the caller's back and a signal finds the pool in one place.
"""

import selectors
import signal
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from ingest.isolation.errors import ChildStartError
from ingest.isolation.frames import Frame, FrameError, Kind
from ingest.isolation.process import Child, start_child
from ingest.isolation.work import MEGABYTE, Answer, Done, Failure, FailureKind, Limits, Task

_WATCH_EVERY = 0.1
"""Seconds between looks at clock and memory; a child can grow by about 0.5 GB in that time."""

_START_SECONDS = 120.0
_FAILED_STARTS = 5
_GROWN = 0.75
"""A child that kept this share of its limit after a task is replaced before the next one."""

_FILLED = 0.9
"""A child that takes this share of its limit before any task leaves no room to read anything."""


class Pool:
    """Children that do tasks. Use it in a `with` block; leaving it kills them.

    They are started by the first `wait`: a run that finds nothing to read starts none.
    """

    def __init__(self, module: str, workers: int, limits: Limits) -> None:
        """`module` is what a child imports before it says that it is ready."""
        self._module = module
        self._workers = workers
        self._limits = limits
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._failed_starts = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill all children. Tasks in work are not answered."""
        for child in list(self._children):
            self._remove(child)
        self._selector.close()

    @property
    def free(self) -> int:
        """How many tasks can be given out now."""
        return sum(child.ready and child.task is None for child in self._children)

    @property
    def busy(self) -> int:
        """How many tasks are in work."""
        return sum(child.task is not None for child in self._children)

    @property
    def processes(self) -> tuple[int, ...]:
        """The process ids of the children that live now."""
        return tuple(child.process.pid for child in self._children)

    def submit(self, task: Task) -> None:
        """Give a task to a free child. Raises IndexError where none is free."""
        free = [child for child in self._children if child.ready and child.task is None]
        free[0].give(task)

    def wait(self, seconds: float) -> list[Done]:
        """What was answered or failed; [] after `seconds` without any, or when a child got free.

        Raises ChildStartError where children do not come up.
        """
        until = time.monotonic() + seconds
        free = self.free
        while True:
            done: list[Done] = []
            left = until - time.monotonic()
            for key, _ in self._selector.select(max(0.0, min(left, _WATCH_EVERY))):
                done += self._hear(key)
            done += self._watch()
            self._fill()
            if done or left <= 0 or self.free > free:
                return done

    def _fill(self) -> None:
        while len(self._children) < self._workers:
            try:
                child = start_child(self._module, self._limits.memory)
            except OSError as error:
                raise ChildStartError(f"A reading process cannot be started: {error}.") from error
            self._children.append(child)
            self._selector.register(child.replies, selectors.EVENT_READ, (child, False))
            self._selector.register(child.noise, selectors.EVENT_READ, (child, True))

    def _remove(self, child: Child) -> int:
        registered = self._selector.get_map()
        for end in (child.replies, child.noise):
            if end in registered:
                self._selector.unregister(end)
        self._children.remove(child)
        return child.kill()

    def _hear(self, key: selectors.SelectorKey) -> Iterator[Done]:
        child, is_noise = key.data
        if child not in self._children:
            return
        if is_noise:
            if not child.listen():
                self._selector.unregister(child.noise)
            return
        try:
            frames = child.receive()
        except FrameError as error:
            yield from self._ended(child, f"its reading process answered nonsense: {error}")
            return
        if frames is None:
            yield from self._ended(child)
            return
        for frame in frames:
            yield from self._heed(child, frame)

    def _heed(self, child: Child, frame: Frame) -> Iterator[Done]:
        if frame.kind is Kind.READY:
            child.ready, self._failed_starts = True, 0
            self._check_room(child)
        elif frame.kind is Kind.TAKEN_UP:
            child.taken_up = True
        elif child.task is not None:
            task, child.task = child.task, None
            child.served += 1
            yield self._reply(task, frame)
            grown = child.memory() > _GROWN * self._limits.memory
            # One that ran out of memory may be left in any state.
            is_spent = frame.kind is Kind.OUT_OF_MEMORY or child.served >= self._limits.tasks
            if grown or is_spent:
                self._remove(child)

    def _reply(self, task: Task, frame: Frame) -> Done:
        if frame.kind is Kind.ANSWER:
            return Answer(task, frame.payload)
        if frame.kind is Kind.OUT_OF_MEMORY:
            return Failure(task, FailureKind.TOO_MUCH_MEMORY, self._too_much())
        return Failure(task, FailureKind.RAISED, frame.payload.decode())

    def _too_much(self) -> str:
        return f"reading it took more than {self._limits.memory / MEGABYTE:.0f} MB of memory"

    def _check_room(self, child: Child) -> None:
        """A limit that is too small for the program itself would condemn every document."""
        taken, limit = child.memory(), self._limits.memory
        if taken > _FILLED * limit:
            raise ChildStartError(
                f"A reading process takes {taken / MEGABYTE:.0f} MB before it reads anything;"
                f" {limit / MEGABYTE:.0f} MB are too few."
            )

    def _watch(self) -> Iterator[Done]:
        """Kill what is beyond its limits."""
        now, limits = time.monotonic(), self._limits
        for child in list(self._children):
            if not child.ready:
                if now - child.since > _START_SECONDS:
                    yield from self._ended(child)
            elif child.reader.is_amid:
                continue  # it is answering, and waits for us where we were busy elsewhere
            elif child.task is not None and now - child.since > limits.seconds:
                reason = f"it was not read within {limits.seconds:g} seconds"
                yield self._failed(child, FailureKind.TIMED_OUT, reason)
            elif child.task is not None and child.memory() > limits.memory:
                yield self._failed(child, FailureKind.TOO_MUCH_MEMORY, self._too_much())

    def _failed(self, child: Child, kind: FailureKind, reason: str) -> Failure:
        assert child.task is not None
        self._remove(child)
        return Failure(child.task, kind, reason)

    def _ended(self, child: Child, reason: str = "") -> Iterator[Failure]:
        """A child whose pipe closed: blame its task, if it had taken one up."""
        child.settle()
        status = self._remove(child)
        if not child.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise ChildStartError(
                    f"The reading process does not start ({_how(status)}): {_said(child)}"
                )
        elif child.task is not None and not child.taken_up:
            yield Failure(child.task, FailureKind.NOT_STARTED, "its reading process was gone")
        elif child.task is not None:
            said = _said(child)
            why = reason or f"its reading process ended ({_how(status)})"
            yield Failure(child.task, FailureKind.CRASHED, f"{why}: {said}" if said else why)


def _how(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    try:
        return f"signal {signal.Signals(-status).name}"
    except ValueError:
        return f"signal {-status}"


def _said(child: Child) -> str:
    """The line that tells most among the last that a child printed: an error, else the last."""
    lines = [line for line in child.last_noise.decode("utf-8", "replace").splitlines() if line]
    telling = [line for line in lines if "rror" in line and not line.startswith(" ")]
    return (telling or lines or [""])[-1].strip()[:300]
