"""What a run came to: one value, for the report, the metrics, the log and the exit status."""

from dataclasses import asdict, dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

from ingest.store import Books, Quarantined, RunOutcome, Trouble


class Exit(IntEnum):
    """Exit statuses of the command (that of a held lock comes with its error)."""

    TAKEN_IN = 0
    ERROR = 2
    SOME_SET_ASIDE = 3
    INTERRUPTED = 130
    TERMINATED = 143


@dataclass(frozen=True, slots=True)
class Summary:
    """A run that is over. Times are UTC.

    `gone` counts documents that the store knows and the archive no longer holds. `stored` is what
    the store itself counts of this run, by outcome.
    """

    run: int
    version: str
    archive: str
    store: str
    workers: int
    started: datetime
    finished: datetime
    outcome: RunOutcome
    books: Books
    stored: dict[str, int]
    gone: int
    failures: dict[str, int]
    set_aside: tuple[Quarantined, ...]
    troubles: tuple[Trouble, ...]
    stopped_by: int = 0

    @property
    def seconds(self) -> float:
        """How long it took."""
        return (self.finished - self.started).total_seconds()

    @property
    def discrepancies(self) -> tuple[str, ...]:
        """Where the books do not balance, in words."""
        found = []
        books = self.books
        told = books.unchanged + books.accepted + books.needs_review + books.rejected
        told += books.quarantined + books.duplicates
        if books.seen != told:
            found.append(f"{books.seen} were seen and {told} are accounted for")
        for outcome in ("accepted", "needs_review", "rejected"):
            counted, stored = getattr(books, outcome), self.stored.get(outcome, 0)
            if counted != stored:
                found.append(f"{counted} were {outcome} and {stored} are in the store")
        return tuple(found)

    @property
    def is_cut_short(self) -> bool:
        """Whether it was told to stop, or lost its cluster: not all that it had seen is accounted
        for."""
        return self.outcome is RunOutcome.INTERRUPTED

    @property
    def emptied(self) -> str:
        """What is to be said of an archive in which nothing is left, "" of any other."""
        if self.books.seen or not self.gone:
            return ""
        return (
            f"nothing lies in {self.archive} (documents found there before: {self.gone}):"
            " is its disk mounted?"
        )

    @property
    def exit_status(self) -> int:
        """The exit status of the command. A document that was rejected was taken in: its record and
        its finding are in the store."""
        if self.is_cut_short:
            return self.stopped_by
        if self.discrepancies:
            return Exit.ERROR
        return Exit.SOME_SET_ASIDE if self.books.quarantined else Exit.TAKEN_IN

    @property
    def verdict(self) -> str:
        """The exit status in words."""
        words = {
            Exit.TAKEN_IN: "all is taken in",
            Exit.SOME_SET_ASIDE: "some documents were set aside",
            Exit.ERROR: "the books do not balance",
        }
        return "stopped before its end" if self.is_cut_short else words[Exit(self.exit_status)]

    @property
    def line(self) -> str:
        """The run in one line."""
        books = self.books
        counts = ", ".join(
            f"{getattr(books, name)} {name.replace('_', ' ')}"
            for name in ("unchanged", "accepted", "needs_review", "rejected", "quarantined")
        )
        gone = f"; gone from the archive: {self.gone}" if self.gone else ""
        line = f"{books.seen} seen: {counts}, {books.duplicates} duplicates{gone}"
        return f"{line}; {self.seconds:.1f} s"

    def to_json(self) -> dict[str, Any]:
        """The run as values of JSON."""
        return {
            "run": self.run,
            "outcome": self.outcome.value,
            "exit_status": int(self.exit_status),
            "version": self.version,
            "archive": self.archive,
            "store": self.store,
            "workers": self.workers,
            "started": self.started.isoformat(),
            "finished": self.finished.isoformat(),
            "seconds": round(self.seconds, 3),
            "books": asdict(self.books),
            "balanced": not self.discrepancies,
            "discrepancies": list(self.discrepancies),
            "gone": self.gone,
            "failed_attempts": dict(sorted(self.failures.items())),
            "quarantined": [
                {"path": q.path, "member": q.member, "sha256": q.sha256, "reason": q.reason}
                for q in self.set_aside
            ],
            "troubles": [
                {"path": t.path, "member": t.member, "rule": t.rule, "message": t.message}
                for t in self.troubles
            ],
        }
