"""The one writer: everything that a run notes in the store and in its books goes over this desk."""

import hashlib
import logging
import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from zlib import error as ZlibError  # noqa: N812

from ingest.isolation import Failure, FailureKind
from ingest.nightly.items import Item, source_of
from ingest.nightly.memory import Memory
from ingest.nightly.packing import bytes_to_records
from ingest.nightly.refusing import refused
from ingest.nightly.tally import Tally
from ingest.records import Records
from ingest.store import (
    Attempt,
    AttemptOutcome,
    Known,
    Receipt,
    Run,
    Saved,
    SourceFile,
    SourceState,
    Store,
    Tries,
    Trouble,
)

_OUTCOMES = {
    FailureKind.TIMED_OUT: AttemptOutcome.TIMED_OUT,
    FailureKind.TOO_MUCH_MEMORY: AttemptOutcome.OUT_OF_MEMORY,
    FailureKind.CRASHED: AttemptOutcome.CRASHED,
    FailureKind.RAISED: AttemptOutcome.FAILED,
    FailureKind.WORKER_DIED: AttemptOutcome.INTERRUPTED,
    FailureKind.NOT_STARTED: AttemptOutcome.INTERRUPTED,
}
_PATIENCE = 3
"""So many interrupted attempts weigh as much as one that failed: a machine that is switched off
says little of the document that it was at."""

_NO_TRIES = Tries(0, 0)
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Desk:
    """What a run writes with, and its books."""

    store: Store
    run: Run
    memory: Memory
    most_attempts: int
    keep: bool
    tally: Tally = field(default_factory=Tally)
    _tries: dict[str, Tries] | None = None
    _coming: dict[str, set[str]] = field(default_factory=dict)
    _opened: dict[str, SourceFile] = field(default_factory=dict)

    def meet(self, state: SourceState) -> None:
        """A source that did not change."""
        self.tally.seen += 1
        self.tally.met += 1
        if state is SourceState.QUARANTINED:
            self.tally.quarantined += 1
        else:
            self.tally.unchanged += 1

    def touched(self, item: Item, known: Known) -> None:
        """A source whose bytes are the same, though its time need not be."""
        self.moved(item, known)
        self.tally.unchanged += 1
        self._settle(item)

    def moved(self, item: Item, known: Known) -> None:
        """Note the new time of bytes that are the same."""
        if (item.file.size, item.file.mtime_ns) != (known.size, known.mtime_ns):
            is_container = known.state is SourceState.CONTAINER
            self.store.record_source(self.run, replace(item.file, container=is_container))

    def held(self, item: Item) -> None:
        """A source whose bytes are in quarantine."""
        self.store.record_source(self.run, item.file)
        self.tally.quarantined += 1
        self._settle(item)

    def duplicate(self, item: Item) -> None:
        """A source whose bytes were read elsewhere."""
        self.store.record_source(self.run, item.file)
        self.tally.duplicates += 1
        self._settle(item)

    def expect(self, item: Item) -> None:
        """A member of a container that has to be dealt with before the container is."""
        self._coming.setdefault(item.file.path, set()).add(item.file.member)

    def container(self, file: SourceFile) -> None:
        """A container that was opened to its end. It is noted when its last member is dealt with: a
        later run does not open what is noted, and would never learn of one that was on its way
        when this run died."""
        if self._coming.get(file.path):
            self._opened[file.path] = file
        else:
            self.store.record_source(self.run, file)

    def _settle(self, item: Item) -> None:
        """An item whose bytes are dealt with."""
        self.drop(item)
        coming = self._coming.get(item.file.path, set())
        coming.discard(item.file.member)
        if not coming:
            self._coming.pop(item.file.path, None)
            file = self._opened.pop(item.file.path, None)
            if file is not None:
                self.store.record_source(self.run, file)

    def trouble(self, path: str, member: str, rule: str, message: str) -> None:
        """Something that cannot even be opened: it is put aside, and tried anew the next night."""
        self.tally.seen += 1
        self.tally.met += self.memory.knew(path, member)
        self.unfetched(path, member, rule, message)

    def unfetched(self, path: str, member: str, rule: str, message: str) -> None:
        """The same of something that was seen already."""
        self.tally.quarantined += 1
        self.tally.troubles += 1
        self.store.record_trouble(self.run, Trouble(path, member, rule, message))
        _warn("was not read", source_of(path, member), rule, message)

    def refuse(self, item: Item, rule: str, reason: str) -> None:
        """A container that is rejected."""
        contents = _contents(item) if self.keep else None
        self._save(item, Receipt(item.file, refused(item, rule, reason), None, contents))

    def too_often(self, sha256: str) -> bool:
        """Whether a document has had its attempts."""
        tries = self._tried().get(sha256, _NO_TRIES)
        return tries.failed + tries.interrupted // _PATIENCE >= self.most_attempts

    def was_tried(self, sha256: str) -> bool:
        """Whether an attempt of a document came to nothing before."""
        return sha256 in self._tried()

    def _tried(self) -> dict[str, Tries]:
        """Attempts in vain, asked for when the first document has to be read."""
        if self._tries is None:
            self._tries = self.store.tries(self.run.version)
        return self._tries

    def begin(self, item: Item) -> Attempt:
        """Note an attempt before it is made."""
        self._tried()  # before this one is among them
        return self.store.record_attempt(self.run, item.file)

    def unpacked(self, attempt: Attempt) -> None:
        """A container's attempt that went well."""
        self.store.fail_attempt(attempt, AttemptOutcome.READ, "")

    def let_go(self, attempt: Attempt, reason: str) -> None:
        """An attempt that was broken off, for no fault of its document."""
        self.store.fail_attempt(attempt, AttemptOutcome.INTERRUPTED, reason)

    def failed(self, item: Item, attempt: Attempt, failure: Failure) -> bool:
        """Note a failed attempt; whether that was the last and the document is in quarantine."""
        outcome, sha256 = _OUTCOMES[failure.kind], item.file.sha256
        self.store.fail_attempt(attempt, outcome, failure.reason)
        kinds = self.tally.failures
        kinds[failure.kind.value] = kinds.get(failure.kind.value, 0) + 1
        _warn("failed", item.source, failure.kind.value, failure.reason)
        if failure.kind is FailureKind.NOT_STARTED:
            return False
        tries = self._tried().get(sha256, _NO_TRIES)
        is_its_own = outcome is not AttemptOutcome.INTERRUPTED
        self._tried()[sha256] = Tries(
            tries.failed + is_its_own, tries.interrupted + (not is_its_own)
        )
        if not self.too_often(sha256):
            return False
        self.quarantine(item, failure.reason)
        return True

    def quarantine(self, item: Item, reason: str) -> None:
        """Set a document aside for good."""
        tries = self._tried()[item.file.sha256]
        count = tries.failed + tries.interrupted
        text = f"{count} attempts failed, the last: {reason}"
        self.store.quarantine(self.run, item.file, text)
        self.memory.settle(item.file.sha256, SourceState.QUARANTINED)
        self.tally.quarantined += 1
        _warn("is in quarantine", item.source, "quarantined", text)
        self._settle(item)

    def answered(self, item: Item, attempt: Attempt, payload: bytes) -> bool:
        """Save what a child sent; False where it read other bytes than were announced.

        Raises ValueError where it is no record.
        """
        try:
            records = bytes_to_records(payload)
        except ZlibError as error:
            raise ValueError(str(error)) from error
        if [notice.notice_id for notice in records.notices] != [item.file.sha256]:
            return False
        contents = _contents(item) if self.keep else None
        if self.keep and contents is None:
            return False
        self._save(item, Receipt(item.file, records, attempt, contents))
        return True

    def drop(self, item: Item) -> None:
        """Remove a copy of our own."""
        if item.temporary:
            # A cleaner of old files may have been quicker.
            with suppress(FileNotFoundError):
                os.unlink(item.place)

    def _save(self, item: Item, receipt: Receipt) -> None:
        saved, records = self.store.save_document(self.run, receipt), receipt.records
        self.memory.settle(item.file.sha256, SourceState.READ)
        if saved is Saved.ALREADY:
            self.tally.duplicates += 1
        else:
            outcome = records.notices[0].outcome
            setattr(self.tally, outcome, getattr(self.tally, outcome) + 1)
            self._tell(records)
        self._settle(item)

    def _tell(self, records: Records) -> None:
        notice = records.notices[0]
        fields = {"source": notice.source, "outcome": notice.outcome, "figures": notice.figures}
        _log.debug("%s: %s", _shown(notice.source), notice.outcome, extra={"fields": fields})
        if notice.outcome == "rejected":
            for finding in records.findings:
                if finding.severity == "error":
                    fields = {"source": notice.source, "rule": finding.rule}
                    _log.warning("%s", _shown(finding.message), extra={"fields": fields})


def _contents(item: Item) -> bytes | None:
    """The bytes of a document, None where they are no longer those that were read."""
    try:
        with open(item.place, "rb") as file:
            data = file.read()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == item.file.sha256 else None


def _warn(what: str, source: str, rule: str, reason: str) -> None:
    fields = {"source": source, "rule": rule}
    _log.warning("%s %s: %s", _shown(source), what, reason, extra={"fields": fields})


def _shown(text: str) -> str:
    """On one line: a name may hold a line break."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)
