"""Documents in the order in which they are named; those that may crash or hang in a child.

Text is read here by code that does neither. Pages, pictures and Office files go through native
libraries: each is read in a child process with limits, so that it can end without the others.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from extract.media import bytes_to_media
from ingest.attempt import Attempt, attempt, failed_attempt
from ingest.export.csv_files import RawRow, raw_rows
from ingest.isolation import Answer, Done, Failure, FailureKind, Limits, Pool, Task
from ingest.records import Records
from schemas.source import Media

_TEXT = frozenset({Media.TEXT, Media.MARKDOWN, Media.HTML})
_SNIFFED = 4_000
_WAIT = 60.0
_WINDOW = 4
"""So many answers for each worker may wait for an earlier document."""

_CUT_OFF = {
    FailureKind.TIMED_OUT: ("timed-out", "Give it more time with --timeout"),
    FailureKind.TOO_MUCH_MEMORY: ("too-much-memory", "Give it more memory with --memory"),
}
_CRASHED = ("crashed", "Look whether another program opens it; please report it")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to read: `path`, and `source` under which it is published."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What came of one document: its records, the raw cells where they were asked for, and what
    must be said of its searchable copy."""

    records: Records
    raw: tuple[RawRow, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HowToRead:
    """How the documents of one call are read. With more than one of `workers` all go to children;
    the result is the same. `searchable` is the folder for searchable copies, "" for none."""

    password: str = ""
    raw: bool = False
    searchable: str = ""
    workers: int = 1
    limits: Limits = Limits()  # noqa: RUF009  frozen


def read_files(wanted: Sequence[Wanted], how: HowToRead) -> Iterator[ReadFile]:
    """Read documents, in their order; whatever goes wrong in one is published as its finding.

    Raises ChildStartError where no child process can be started.
    """
    with ExitStack() as stack:
        crew = _Crew(stack, wanted, how)
        for number in range(len(wanted)):
            yield crew.result(number)


class _Crew:
    """The children, started when the first document needs one."""

    def __init__(self, stack: ExitStack, wanted: Sequence[Wanted], how: HowToRead) -> None:
        self._stack, self._wanted, self._how = stack, wanted, how
        self._pool: Pool | None = None
        self._next = 0
        self._done: dict[int, ReadFile] = {}

    def result(self, number: int) -> ReadFile:
        """What came of a document; those after it may be begun meanwhile."""
        while number not in self._done:
            self._begin(number)
            if number not in self._done:
                assert self._pool is not None
                for done in self._pool.wait(_WAIT):
                    self._done[done.task.number] = self._outcome(done)
        return self._done.pop(number)

    def _begin(self, number: int) -> None:
        """Hand out what fits; do what this process does itself when it is its turn."""
        last = min(number + _WINDOW * self._how.workers, len(self._wanted))
        while self._next < last:
            wanted = self._wanted[self._next]
            if self._how.workers == 1 and is_text(wanted.path):
                if self._next > number:
                    return
                self._done[self._next] = _read_here(wanted, self._how)
            elif self._children().free:
                self._children().submit(Task(self._next, _FUNCTION, _arguments(wanted, self._how)))
            else:
                return
            self._next += 1

    def _children(self) -> Pool:
        if self._pool is None:
            pool = Pool(__name__, self._how.workers, self._how.limits)
            self._pool = self._stack.enter_context(pool)
        return self._pool

    def _outcome(self, done: Done) -> ReadFile:
        if isinstance(done, Answer):
            return _ADAPTER.validate_json(zlib.decompress(done.payload))
        wanted = self._wanted[done.task.number]
        return ReadFile(cut_off(wanted, done).records)


_FUNCTION = f"{__name__}:read_in_child"
_ADAPTER = TypeAdapter(ReadFile)


def _arguments(wanted: Wanted, how: HowToRead) -> tuple[str, ...]:
    return str(wanted.path), wanted.source, how.password, json.dumps(how.raw), how.searchable


def read_in_child(path: str, source: str, password: str, raw: str, searchable: str) -> bytes:
    """What a child does; the answer is JSON, which can do nothing but be wrong."""
    how = HowToRead(password, json.loads(raw), searchable)
    read = _read_here(Wanted(Path(path), source), how)
    return zlib.compress(_ADAPTER.dump_json(read), 1)


def _read_here(wanted: Wanted, how: HowToRead) -> ReadFile:
    done = attempt(wanted.path, wanted.source, how.password or None)
    said: tuple[str, ...] = ()
    if how.searchable and not done.notice.rejected:
        from ingest.searchable import write_searchable  # noqa: PLC0415  loads libraries for pages

        said = write_searchable(wanted.path, done, how.password, Path(how.searchable))
    return ReadFile(done.records, tuple(raw_rows(done.notice)) if how.raw else (), said)


def cut_off(wanted: Wanted, failure: Failure) -> Attempt:
    """What stands for a document whose child was killed or died."""
    rule, remedy = _CUT_OFF.get(failure.kind, _CRASHED)
    return failed_attempt(wanted.path, wanted.source, rule, f"{failure.reason}. {remedy}")


def is_text(path: Path) -> bool:
    """Whether a file begins like a text; one that cannot be opened is refused here as well."""
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
    except OSError:
        return True
    # The directory that tells one zip archive from another stands at its end.
    return not start.startswith(b"PK") and bytes_to_media(start, str(path)) in _TEXT
