"""The bytes of a file of the archive, at rest: where they can be read, and their hash."""

import hashlib
import os
from dataclasses import dataclass
from io import BufferedReader

_LOOKS = 3


@dataclass(frozen=True, slots=True)
class Copy:
    """Bytes that lie still at `place`: those of the archive itself, or a `temporary` copy."""

    place: str
    sha256: str
    size: int
    mtime_ns: int
    temporary: bool = False


class GoneError(Exception):
    """A file that cannot be fetched now: `rule` and the text go into the store as its trouble."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def fetch_local(place: str) -> Copy:
    """Hash a file; a file that changes meanwhile is hashed anew. Raises GoneError."""
    try:
        for _ in range(_LOOKS):
            with open(place, "rb") as file:
                before = os.fstat(file.fileno())
                digest = hash_of(file)
                after = os.stat(place)
            if _marks(before) == _marks(after):
                return Copy(place, digest, after.st_size, after.st_mtime_ns)
    except OSError as error:
        raise gone(error) from error
    raise GoneError("file-changing", "it changed each time that it was being read")


def hash_of(file: BufferedReader) -> str:
    """sha256 of the rest of an open file."""
    return hashlib.file_digest(file, "sha256").hexdigest()


def gone(error: OSError) -> GoneError:
    """What an operating system's error says of a file that was seen a moment ago."""
    if isinstance(error, FileNotFoundError):
        return GoneError("file-vanished", "it vanished before it was read")
    return GoneError("file-error", f"it could not be opened ({error.strerror or error})")


def _marks(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
