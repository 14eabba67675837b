"""What goes into a store and comes out of it beside the records."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from ingest.records import Records


@dataclass(frozen=True, slots=True)
class Version:
    """Which program made an answer: 0.1.0, the pipeline's number 3, the gazetteer's hash.

    >>> str(Version("0.1.0", 3, "5f1c9a2b7d30"))
    '0.1.0 pipeline 3 gazetteer 5f1c9a2b7d30'
    """

    package: str
    number: int
    gazetteer: str

    def __str__(self) -> str:
        return f"{self.package} pipeline {self.number} gazetteer {self.gazetteer}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the archive: its path as published, size, time of change, and hash.

    `member` is its name inside the zip or tar at `path`, "" for a plain file; size and time of a
    member are those that its container tells. A `container` is no document itself: it is recorded
    when all its members were dealt with, so that one that did not change need not be opened.
    """

    path: str
    size: int
    mtime_ns: int
    sha256: str
    member: str = ""
    container: bool = False


class SourceState(StrEnum):
    """What one version knows of a source."""

    READ = "read"
    QUARANTINED = "quarantined"
    UNREAD = "unread"
    CONTAINER = "container"


class Known(NamedTuple):
    """A source as it was seen last. `state` is that of its bytes under the version asked for."""

    size: int
    mtime_ns: int
    sha256: str
    state: SourceState


class AttemptOutcome(StrEnum):
    """How an attempt ended. INTERRUPTED: the whole job died, which need not be the document's
    fault."""

    READ = "read"
    CRASHED = "crashed"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt to read a document; `number` counts those of one version from 1."""

    id: int
    run: int
    sha256: str
    path: str
    member: str
    number: int
    started: datetime
    ended: datetime | None = None
    outcome: AttemptOutcome | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What comes back for one document: its records, and its bytes where they are to be kept.

    `attempt` is closed as READ together with the records. A document that nothing could read is
    also a receipt, with `outcome` rejected and the finding that says why.
    """

    file: SourceFile
    records: Records
    attempt: Attempt | None = None
    contents: bytes | None = None


class Saved(StrEnum):
    """What `save_document` did. ALREADY: this version has read these bytes before."""

    SAVED = "saved"
    ALREADY = "already"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A document that is not tried again by this version, and why."""

    sha256: str
    path: str
    member: str
    run: int
    since: datetime
    tries: int
    reason: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something of the archive that is no document: a folder that cannot be listed, a file that
    vanished. `rule` is a short stable name, `file-error`."""

    path: str
    member: str
    rule: str
    message: str


class RunOutcome(StrEnum):
    """How a run ended; one without an outcome runs still, or was killed."""

    FINISHED = "finished"
    INTERRUPTED = "interrupted"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Books:
    """What became of every source that a run saw."""

    seen: int = 0
    unchanged: int = 0
    accepted: int = 0
    needs_review: int = 0
    rejected: int = 0
    quarantined: int = 0
    duplicates: int = 0

    @property
    def balanced(self) -> bool:
        """Whether every source is accounted for, once."""
        told = self.unchanged + self.accepted + self.needs_review + self.rejected
        return self.seen == told + self.quarantined + self.duplicates


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the nightly job. `books` is None until it has ended; `version_id` is the row of its
    version in the store."""

    id: int
    version: Version
    version_id: int
    archive: str
    started: datetime
    finished: datetime | None = None
    outcome: RunOutcome | None = None
    books: Books | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """Which reading of each document: the newest version's (`CURRENT`), the same as it was at the
    end of a run (`as_of_run(7)`), or those of one version (`of_version(v)`)."""

    run: int | None = None
    version: Version | None = None


CURRENT = Selection()


def as_of_run(run: int) -> Selection:
    """The answers of the archive at the end of a run, those of the run's own version first."""
    return Selection(run=run)


def of_version(version: Version) -> Selection:
    """All answers that one version ever gave."""
    return Selection(version=version)
