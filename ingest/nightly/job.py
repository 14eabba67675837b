"""The loop of a run: documents out to children, answers in to the desk, until all is settled.

Nothing is done twice and nothing waits for ever: each document is given out when a child is free,
comes back as an answer or a failure, and one that failed goes to the end of the line, so that
killers delay nobody.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from ingest.isolation import Answer, Failure, FailureKind, Task
from ingest.isolation.work import Done
from ingest.nightly.desk import Desk
from ingest.nightly.items import Item
from ingest.nightly.memory import Memory
from ingest.nightly.options import Options
from ingest.nightly.supply import Supply
from ingest.store import Attempt, SourceState

_SLICE = 0.5
_CHANGES = 3


class Readers(Protocol):
    """Who reads: children of this machine, or those of a cluster."""

    @property
    def free(self) -> int:
        """How many tasks can be given out now."""

    def submit(self, task: Task) -> None:
        """Give a task out."""

    def wait(self, seconds: float) -> list[Done]:
        """What came back."""


class StoppedError(Exception):
    """Somebody asked the run to stop."""


class Job:
    """One run at work."""

    def __init__(
        self,
        readers: Readers,
        desk: Desk,
        memory: Memory,
        call: Options,
        pulse: Callable[[], None],
    ) -> None:
        """`call` says what the readers do with a document.

        `pulse` is called at least twice a second; it may raise StoppedError.
        """
        self._readers = readers
        self._desk = desk
        self._memory = memory
        self._call = call
        self._pulse = pulse
        self._number = 0
        self._at_work: dict[int, tuple[Item, Attempt]] = {}
        self._changes: dict[str, int] = {}
        # Documents that are on their way, by hash, each with the other sources of the same bytes.
        self._twins: dict[str, list[Item]] = {}
        self._next: deque[Item] = deque()
        self._last: deque[Item] = deque()

    def take_in(self, supply: Supply) -> None:
        """Settle all that the supply yields."""
        coming, is_over = supply.items(), False
        while True:
            # While children are busy the next documents are fetched and hashed: one for each, and
            # one that is there when the first of them answers.
            if len(self._next) <= self._call.workers and not is_over:
                is_over = not self._draw(coming)
            line = self._next or self._last
            if not line and not self._at_work:
                return
            if line and self._readers.free:
                self._give(line.popleft())
            else:
                self.listen(_SLICE, supply)

    def listen(self, seconds: float, supply: Supply) -> None:
        """Take what comes back within some seconds."""
        self._pulse()
        answers = self._readers.wait(seconds)
        if answers:
            # A child that has answered reads on while its answer is being saved.
            self._hand_out()
        for done in answers:
            item, attempt = self._at_work.pop(done.task.number)
            if isinstance(done, Answer):
                self._take(item, attempt, done, supply)
            elif self._desk.failed(item, attempt, done):
                self._settled(item)
            elif done.kind is FailureKind.NOT_STARTED:
                self._next.append(item)
            else:
                self._last.append(item)

    def _hand_out(self) -> None:
        while self._next and self._readers.free:
            self._give(self._next.popleft())

    def abandon(self, reason: str) -> None:
        """Note of the attempts at work that they were broken off."""
        for _, attempt in self._at_work.values():
            self._desk.let_go(attempt, reason)

    def _draw(self, coming: Iterator[Item]) -> bool:
        """The next item that has to be read, to its place in line; False at the end of them."""
        for item in coming:
            self._pulse()
            if self._sort(item):
                return True
        return False

    def _sort(self, item: Item) -> bool:
        """Put an item in line, unless its bytes are dealt with or on their way."""
        sha256 = item.file.sha256
        state = self._memory.state_of(sha256)
        if sha256 in self._twins:
            self._twins[sha256].append(item)
        elif state is SourceState.READ:
            self._desk.duplicate(item)
        elif state is SourceState.QUARANTINED:
            self._desk.held(item)
        elif self._desk.too_often(sha256):
            self._desk.quarantine(item, "the run died while it was being read")
        else:
            self._twins[sha256] = []
            # What a run died of, or failed before, must not be what this night begins with.
            line = self._last if self._desk.was_tried(sha256) else self._next
            line.append(item)
            return line is self._next
        return False

    def _give(self, item: Item) -> None:
        attempt = self._desk.begin(item)
        self._number += 1
        self._at_work[self._number] = item, attempt
        arguments = (item.place, item.source, self._call.password)
        self._readers.submit(Task(self._number, self._call.function, arguments))

    def _take(self, item: Item, attempt: Attempt, done: Answer, supply: Supply) -> None:
        try:
            is_same = self._desk.answered(item, attempt, done.payload)
        except ValueError as error:
            reason = f"its records are no records: {str(error).splitlines()[0]}"
            if self._desk.failed(item, attempt, Failure(done.task, FailureKind.RAISED, reason)):
                self._settled(item)
            else:
                self._last.append(item)
            return
        if is_same:
            self._settled(item)
        else:
            self._desk.let_go(attempt, "the file changed while it was being read")
            self._fetch_again(item, supply)

    def _settled(self, item: Item) -> None:
        """What became of a document is what became of its twins."""
        self._changes.pop(item.source, None)
        for twin in self._twins.pop(item.file.sha256):
            self._sort(twin)

    def _fetch_again(self, item: Item, supply: Supply) -> None:
        """A file whose bytes are not those that were announced is looked at anew."""
        twins = self._twins.pop(item.file.sha256)
        self._desk.drop(item)
        count = self._changes[item.source] = self._changes.get(item.source, 0) + 1
        file = item.file
        if count >= _CHANGES or item.seen is None:
            reason = "it changed each time that it was being read"
            self._desk.unfetched(file.path, file.member, "file-changing", reason)
        else:
            fetched = supply.fetch_again(item.seen)
            if fetched is not None:
                self._sort(replace(fetched, seen=item.seen))
        for twin in twins:
            self._sort(twin)
