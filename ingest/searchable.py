"""Searchable copies of scans, beside the tables, for people who search the archive."""

import os
from pathlib import Path, PurePath

from extract.searchable import searchable_pdf
from ingest.attempt import Attempt
from ingest.opening import open_document
from schemas.errors import UnreadableError
from schemas.source import Media

_PAGED = frozenset({Media.PDF, Media.SCAN})
_NAME_LENGTH = 60


def write_searchable(path: Path, done: Attempt, password: str, folder: Path) -> tuple[str, ...]:
    """Write the searchable copy of a PDF or picture that was read into `folder`, under its name and
    hash.

    Returns what must be said of it, in sentences; () for a file that is neither, or went well.
    Raises OSError where it cannot be written.
    """
    source = done.notice.document.source
    document = open_document(path, source)
    if document.media not in _PAGED:
        return ()
    try:
        copy = searchable_pdf(document, done.scanned, password or None)
    except UnreadableError as error:
        return (f"{source} has no searchable copy: {error.told}",)
    stem = PurePath(source).stem[:_NAME_LENGTH]
    target = folder / f"{stem}-{document.sha256[:8]}.pdf"
    folder.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{document.sha256}.part")
    part.write_bytes(copy)
    os.replace(part, target)
    return ()
