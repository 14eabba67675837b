"""From a path to a `Notice`, for those who use the library."""

import os
from pathlib import Path

from ingest.recipe import open_document, read_document
from ingest.records import notice_to_records
from schemas.errors import UnreadableError
from schemas.findings import Severity
from schemas.notice import ReadNotice
from xiada.inputs import published_source
from xiada.notice import Notice


def read_notice(path: str | os.PathLike[str], password: str | None = None) -> Notice:
    """Read one document; the errors are those of `xiada.read`."""
    document = open_document(Path(path), published_source(os.fspath(path)))
    notice = read_document(document, password)
    if notice.rejected:
        raise UnreadableError(_reason(notice))
    return Notice(notice_to_records(notice))


def _reason(notice: ReadNotice) -> str:
    errors = (f.message for f in notice.findings if f.severity is Severity.ERROR)
    return next(errors, f"{notice.document.source} could not be read")
