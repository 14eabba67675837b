"""One document, whatever happens: its records, or the records that say why there are none.

Among thousands of files some are damaged, and one may find a fault of ours. Each is tried on its
own; what goes wrong becomes a finding of that document and harms no other.
"""

import errno
import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from extract.media import bytes_to_media
from extract.pages import Page
from ingest.recipe import open_document, read_with_pages
from ingest.records import Records, notice_to_records
from schemas.errors import UnreadableError
from schemas.findings import Finding, Severity
from schemas.head import NoticeHead
from schemas.notice import ReadNotice
from schemas.source import Document, Layout

_log = logging.getLogger(__name__)

_OF_THE_MACHINE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""No room left on a disk, or for files or memory: tomorrow the same document may be read."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one document. A document that failed has `notice.rejected` and a finding.

    `scanned` are the pages that were read as pictures.
    """

    notice: ReadNotice
    records: Records
    scanned: tuple[Page, ...] = ()


def attempt(path: Path, source: str, password: str | None = None) -> Attempt:
    """Read one document and make its records. `source` is the path as it is published.

    Raises nothing that concerns this document alone: whatever an inner stage raises is published as
    a finding (`internal-error` with the exception's name where it is a fault of ours) and logged.
    What the machine lacks, memory or room on a disk, is raised: MemoryError, OSError.
    """
    try:
        document = open_document(path, source)
    except OSError as error:
        reason = f"it could not be opened ({error.strerror or type(error).__name__})."
        return _rejected(_unopened(source), "file-error", reason)
    try:
        reading = read_with_pages(document, password)
        return Attempt(reading.notice, notice_to_records(reading.notice), reading.scanned)
    except UnreadableError as error:
        return _rejected(document, error.rule, f"{_sentence(error)} {error.remedy}".rstrip())
    except MemoryError:
        # Not of this document alone: whoever watches over the process has to know.
        raise
    except OSError as error:
        if error.errno in _OF_THE_MACHINE:
            raise
        return _failed(document, error)
    # A fault of ours in one notice must neither stop the others nor go unseen: it is published,
    # logged with its traceback, and gives the run the exit status 3.
    except Exception as error:  # noqa: BLE001
        return _failed(document, error)


def _failed(document: Document, error: Exception) -> Attempt:
    _log.debug("%s: %s", document.source, error, exc_info=True)
    name = f"{type(error).__name__}: {_sentence(error)}"
    reason = f"a fault of the program stopped it, {name} Please report it."
    return _rejected(document, "internal-error", reason)


def failed_attempt(path: Path, source: str, rule: str, reason: str) -> Attempt:
    """What stands for a document whose reading was cut off; `reason` has no full stop."""
    try:
        document = open_document(path, source)
    except OSError:
        document = _unopened(source)
    return _rejected(document, rule, f"{reason}.")


def _sentence(error: Exception) -> str:
    """The first line of an error's text, with a full stop."""
    lines = str(error).splitlines() or ["no details"]
    return f"{lines[0].rstrip('.')}."


def _rejected(document: Document, rule: str, reason: str) -> Attempt:
    message = f"{document.source} was not read: {reason}"
    finding = Finding(rule, Severity.ERROR, message)
    notice = ReadNotice(document, Layout(()), NoticeHead(), (), (finding,), rejected=True)
    return Attempt(notice, notice_to_records(notice))


def _unopened(source: str) -> Document:
    """A file of which no byte can be read: the hash of no bytes, and the kind its name claims."""
    return Document(source, hashlib.sha256(b"").hexdigest(), bytes_to_media(b"", source), b"")
