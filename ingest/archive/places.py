"""The two kinds of archive: a folder, and a place behind an fsspec URL."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from ingest.archive.errors import ArchiveDriverError, ArchiveError, ArchiveUrlError
from ingest.archive.fetching import Copy, GoneError, copied, fetch_local, gone
from ingest.archive.folder import walk_folder
from ingest.archive.naming import LEFT_OUT, published
from ingest.archive.sighting import Sighting

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_FILE = "file://"


@dataclass(frozen=True, slots=True)
class FolderArchive:
    """A folder of this machine."""

    root: str

    @property
    def name(self) -> str:
        """How the archive is called in the store and in reports."""
        return published(self.root)

    def walk(self, left_out: frozenset[str]) -> Iterator[Sighting]:
        """All files, by the parts of their paths."""
        return walk_folder(self.root, left_out)

    def fetch(self, seen: Sighting, _spool: str) -> Copy:
        """The file itself, with its hash. Raises GoneError."""
        return fetch_local(seen.place)


@dataclass(frozen=True, slots=True)
class RemoteArchive:
    """A place that fsspec knows; files are copied to the spool before they are read."""

    system: "AbstractFileSystem"
    root: str
    name: str

    def walk(self, left_out: frozenset[str]) -> Iterator[Sighting]:
        """All files, folder by folder, in the order of their names."""
        return self._below(self.root, left_out)

    def _below(self, folder: str, left_out: frozenset[str]) -> Iterator[Sighting]:
        try:
            entries = self.system.ls(folder, detail=True)
        except OSError as error:
            yield Sighting(self._published(folder), folder, 0, 0, 0, str(error))
            return
        for entry in sorted(entries, key=lambda entry: str(entry["name"]).rstrip("/")):
            place = str(entry["name"]).rstrip("/")
            # Some stores list a folder among its own files.
            if place == folder.rstrip("/") or place.rsplit("/", 1)[-1].startswith(LEFT_OUT):
                continue
            if entry["type"] == "directory":
                yield from self._below(place, left_out)
            elif entry["type"] == "file":
                marks = int(entry["size"] or 0), _changed(entry), 0
                yield Sighting(self._published(place), place, *marks)

    def _published(self, place: str) -> str:
        below = place.removeprefix(self.root).lstrip("/")
        return published(f"{self.name}/{below}" if below else self.name)

    def fetch(self, seen: Sighting, spool: str) -> Copy:
        """A copy in the spool, with its hash. Raises GoneError."""
        handle, place = tempfile.mkstemp(dir=spool)
        try:
            with os.fdopen(handle, "wb") as sink, self.system.open(seen.place, "rb") as source:
                digest, size = copied(source, sink)
        except OSError as error:
            os.unlink(place)
            raise gone(error) from error
        # Drivers raise what their library raises: a name that does not resolve, a refused key.
        except Exception as error:
            os.unlink(place)
            raise GoneError("file-error", f"it could not be fetched ({error})") from error
        return Copy(place, digest, size, seen.mtime_ns, temporary=True)


Archive = FolderArchive | RemoteArchive


def open_archive(given: str) -> Archive:
    """The archive that a command line names: a folder, or a URL. Raises ArchiveError."""
    if "://" not in given or given.startswith(_FILE):
        root = unquote(given.removeprefix(_FILE)) if given.startswith(_FILE) else given
        return _open_folder(root)
    return _open_remote(given)


def _open_folder(root: str) -> FolderArchive:
    root = root.rstrip("/") or "/"
    if not os.path.isdir(root):
        why = "is a file" if os.path.exists(root) else "does not exist"
        raise ArchiveError(f"The archive {published(root)} {why}.")
    try:
        os.scandir(root).close()
    except OSError as error:
        raise ArchiveError(f"The archive {published(root)}: {error.strerror}.") from error
    return FolderArchive(root)


def _open_remote(url: str) -> RemoteArchive:
    import fsspec  # noqa: PLC0415  half a second that a folder does not need

    name = _without_password(url).rstrip("/")
    try:
        system, root = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise ArchiveDriverError(f"The archive {name}: {error}.") from error
    except ValueError as error:
        raise ArchiveUrlError(f"The archive {name}: {error}.") from error
    try:
        found = system.isdir(root)
    # Whatever the driver's library raises, there is no archive to be had.
    except Exception as error:
        raise ArchiveError(f"The archive {name} cannot be reached: {error}.") from error
    if not found:
        raise ArchiveError(f"The archive {name} does not exist, or is no folder.")
    return RemoteArchive(system, root.rstrip("/"), name)


def _without_password(url: str) -> str:
    """A URL as it may be published: what stands in it goes into the store and into reports.

    >>> _without_password("sftp://reader:secret@host/notices")
    'sftp://reader@host/notices'
    """
    parts = urlsplit(url)
    user, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user.partition(':')[0]}{at}{host}").geturl()


def _changed(entry: dict[str, Any]) -> int:
    """When a file changed, in nanoseconds, by the name that its driver has for that; 0 unknown."""
    for name in ("mtime", "LastModified", "last_modified", "updated", "modified", "created"):
        value = entry.get(name)
        if isinstance(value, int | float):
            return int(value * 1_000_000_000)
        if isinstance(value, datetime):
            return int(value.timestamp() * 1_000_000) * 1_000
    return 0
