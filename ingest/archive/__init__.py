"""Where the documents lie: a folder, or a place that fsspec knows, with zip, tar and 7z inside."""

from ingest.archive.errors import ArchiveError
from ingest.archive.fetching import Copy, GoneError, fetch_local
from ingest.archive.naming import is_container, published
from ingest.archive.places import FolderArchive, RemoteArchive, open_archive
from ingest.archive.sighting import Sighting
from ingest.archive.spool import open_spool

__all__ = [
    "ArchiveError",
    "Copy",
    "FolderArchive",
    "GoneError",
    "RemoteArchive",
    "Sighting",
    "fetch_local",
    "is_container",
    "open_archive",
    "open_spool",
    "published",
]
