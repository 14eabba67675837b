"""A file becomes a document: its bytes, their hash, and what kind of file they are."""

import hashlib
from pathlib import Path

from extract.limits import MOST_BYTES
from extract.media import bytes_to_media
from schemas.source import Document

_MOST_BYTES = max(MOST_BYTES.values())


def open_document(path: Path, source: str) -> Document:
    """Read a file. `source` is the path as it will be published.

    Of a file larger than any notice only the beginning is kept, so that reading it is refused
    without its bytes filling the memory; the hash is that of the whole file. Raises OSError.
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        data = file.read(_MOST_BYTES + 1)
    return Document(source, digest, bytes_to_media(data, source), data)
