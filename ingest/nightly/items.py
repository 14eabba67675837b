"""A document on its way from the archive to the store."""

from dataclasses import dataclass

from ingest.archive import Copy, Sighting
from ingest.archive.naming import INSIDE
from ingest.store import SourceFile


@dataclass(frozen=True, slots=True)
class Item:
    """Bytes to be read: `file` is how the store knows them, `place` where they lie now.

    `seen` is where to fetch them again should they change (None for a member of a container, whose
    copy is our own).
    """

    file: SourceFile
    place: str
    temporary: bool
    seen: Sighting | None = None

    @property
    def source(self) -> str:
        """The path as it is published."""
        return source_of(self.file.path, self.file.member)


def source_of(path: str, member: str) -> str:
    """A place in the archive as it is published.

    >>> source_of("2021.zip", "附件/分配表.pdf")
    '2021.zip!/附件/分配表.pdf'
    """
    return f"{path}{INSIDE}{member}" if member else path


def sighting_to_item(seen: Sighting, copy: Copy) -> Item:
    """A plain file whose bytes were fetched."""
    file = SourceFile(seen.path, copy.size, copy.mtime_ns, copy.sha256)
    return Item(file, copy.place, copy.temporary, seen)
