"""The two kinds of archive: a folder, and a place behind an fsspec URL."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from errno import EDQUOT, ENOSPC
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote, urlsplit

from ingest.archive.errors import ArchiveDriverError, ArchiveError, ArchiveUrlError
from ingest.archive.fetching import Copy, GoneError, fetch_local, gone
from ingest.archive.folder import walk_folder
from ingest.archive.naming import LEFT_OUT, is_left_out, published
from ingest.archive.sighting import Sighting

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_FILE = "file://"
_LOOKS = 3
_SKEW_NS = 900_000_000_000
"""How far the clock of a server may be from ours: object stores refuse requests beyond that."""


@dataclass(frozen=True, slots=True)
class FolderArchive:
    """A folder of this machine."""

    root: str
    skew_ns: ClassVar[int] = 0

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

    def check(self) -> None:
        """Raise ArchiveError where the whole folder is gone: its disk, or its server."""
        try:
            os.scandir(self.root).close()
        except OSError as error:
            raise _lost(self.name, error.strerror or error) from error


@dataclass(frozen=True, slots=True)
class RemoteArchive:
    """A place that fsspec knows; files are copied to the spool before they are read."""

    system: "AbstractFileSystem"
    root: str
    name: str
    skew_ns: ClassVar[int] = _SKEW_NS

    def walk(self, left_out: frozenset[str]) -> Iterator[Sighting]:
        """All files, folder by folder, in the order of their names. Raises ArchiveError where the
        place answers no more."""
        return self._below(self.root, left_out)

    def _below(self, folder: str, left_out: frozenset[str]) -> Iterator[Sighting]:
        try:
            entries = self.system.ls(folder, detail=True)
        # Drivers raise what their library raises, and not only an OSError.
        except Exception as error:  # noqa: BLE001
            yield Sighting(self._published(folder), folder, 0, 0, 0, _said(error))
            return
        for entry in sorted(entries, key=lambda entry: str(entry["name"]).rstrip("/")):
            place = str(entry["name"]).rstrip("/")
            if place == folder:
                # Some stores list a folder among its own files; or it holds a folder without name.
                if entry["type"] == "directory":
                    yield from self._nameless(folder)
            elif place.rsplit("/", 1)[-1].startswith(LEFT_OUT):
                continue
            elif entry["type"] == "directory":
                yield from self._below(place, left_out)
            elif entry["type"] == "file":
                yield self._seen(place, entry)

    def _nameless(self, folder: str) -> Iterator[Sighting]:
        """The files of `folder//`, which an object store may hold and no driver lists by itself."""
        try:
            found = self.system.find(folder, detail=True)
        except Exception as error:  # noqa: BLE001
            yield Sighting(self._published(f"{folder}/"), folder, 0, 0, 0, _said(error))
            return
        for place in sorted(found):
            if place.startswith(f"{folder}//") and not is_left_out(place.removeprefix(folder)):
                yield self._seen(place, found[place])

    def _seen(self, place: str, entry: dict[str, Any]) -> Sighting:
        marks = int(entry["size"] or 0), _changed(entry), 0
        return Sighting(self._published(place), place, *marks)

    def _published(self, place: str) -> str:
        below = place.removeprefix(self.root).removeprefix("/")
        return published(f"{self.name}/{below}" if below else self.name)

    def fetch(self, seen: Sighting, spool: str) -> Copy:
        """A copy in the spool, with its hash. Raises GoneError."""
        handle, place = tempfile.mkstemp(dir=spool)
        os.close(handle)
        try:
            return self._fetched(seen, place)
        except GoneError:
            os.unlink(place)
            raise
        except FileNotFoundError as error:
            os.unlink(place)
            raise gone(error) from error
        except Exception as error:
            os.unlink(place)
            raise GoneError("file-error", f"it could not be fetched ({_said(error)})") from error

    def _fetched(self, seen: Sighting, place: str) -> Copy:
        """A copy at a place; a file that changes meanwhile is fetched anew."""
        for _ in range(_LOOKS):
            self.system.get_file(seen.place, place)
            copy = fetch_local(place)
            if self._is_whole(seen, copy.size):
                return replace(copy, mtime_ns=seen.mtime_ns, temporary=True)
        raise GoneError("file-changing", "it changed each time that it was being fetched")

    def _is_whole(self, seen: Sighting, size: int) -> bool:
        """Whether a copy has the size that was listed, or the one that the place tells by now."""
        return size == seen.size or size == (self.system.info(seen.place)["size"] or size)

    def check(self) -> None:
        """Raise ArchiveError where the place answers no more."""
        try:
            is_there = self.system.isdir(self.root)
        except Exception as error:
            raise _lost(self.name, _said(error)) from error
        if not is_there:
            raise _lost(self.name, "it is not there")


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
        # Nothing is held from before: a file may have changed, or the way to the server.
        system, root = fsspec.core.url_to_fs(
            url, use_listings_cache=False, skip_instance_cache=True
        )
    except ImportError as error:
        raise ArchiveDriverError(f"The archive {name}: {error}.") from error
    except ValueError as error:
        raise ArchiveUrlError(f"The archive {name}: {error}.") from error
    try:
        found = system.isdir(root)
    # Whatever the driver's library raises, there is no archive to be had.
    except Exception as error:
        raise ArchiveError(f"The archive {name} cannot be reached: {_said(error)}.") from error
    if not found:
        raise ArchiveError(f"The archive {name} does not exist, or is no folder.")
    return RemoteArchive(system, root.rstrip("/"), name)


def _lost(name: str, why: object) -> ArchiveError:
    return ArchiveError(f"The archive {name} cannot be reached any more: {why}.")


def _said(error: Exception) -> str:
    """The first line of an error, with its kind where it says nothing or is a mere name."""
    if isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT):
        return "the scratch folder is full"
    lines = str(error).splitlines()
    text = lines[0].strip().rstrip(".") if lines else ""
    return text if " " in text else f"{type(error).__name__} {text}".strip()


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
