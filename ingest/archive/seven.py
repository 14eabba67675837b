"""The members of a 7z, which are packed together and unpacked in one go."""

import lzma
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime

import py7zr
from py7zr.exceptions import ArchiveError, PasswordRequired
from py7zr.io import Py7zIO, WriterFactory

from ingest.archive.budget import Budget
from ingest.archive.members import Contents, Refused, damage
from ingest.archive.naming import published


def seven_members(file: str, budget: Budget) -> Iterator[Contents]:
    """The members in the order of the 7z. Raises Refused, TooMuchError."""
    sheets = _Sheets(budget)
    try:
        with (
            damage("damaged-archive", ArchiveError, lzma.LZMAError, AssertionError),
            py7zr.SevenZipFile(file) as opened,
        ):
            if opened.needs_password():
                raise Refused("encrypted", "it opens only with a password")
            infos = [info for info in opened.list() if not info.is_directory]
            opened.extract(factory=sheets)
    except PasswordRequired as error:
        raise Refused("encrypted", "it opens only with a password") from error
    for info in infos:
        sheet = sheets.made.get(info.filename)
        if sheet is not None:
            name = published(info.filename.replace("\0", "\\x00"))
            yield Contents(name, sheet.size(), _moment(info.creationtime), sheet.place)


def _moment(changed: datetime | None) -> int:
    return 0 if changed is None else int(changed.timestamp() * 1_000_000) * 1_000


class _Sheet(Py7zIO):
    """A file that the unpacker writes one member to; the unpacker knows no place of it."""

    def __init__(self, budget: Budget) -> None:
        budget.enter()
        handle, self._place = tempfile.mkstemp(dir=budget.folder)
        self._file = os.fdopen(handle, "w+b")
        self._budget = budget
        self._written = 0
        self._refusal: Refused | None = None

    def place(self) -> str:
        """Where the member lies now. Raises Refused."""
        self._file.close()
        if self._refusal is not None:
            raise self._refusal
        return self._place

    def write(self, s: bytes | bytearray) -> int:
        """Take a piece; a member that is too large is let go, the others go on."""
        if self._refusal is None:
            try:
                self._budget.spend(len(s), self._written)
            except Refused as refusal:
                if type(refusal) is not Refused:
                    raise
                self._refusal = refusal
                self._file.truncate(0)
            else:
                self._file.write(s)
                self._written += len(s)
        return len(s)

    def read(self, size: int | None = None) -> bytes:
        """What was written, as the unpacker checks it."""
        self._file.flush()
        return self._file.read(-1 if size is None else size)

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a place in it."""
        return self._file.seek(offset, whence)

    def flush(self) -> None:
        """Give what was written to the system."""
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        """The member is whole: of thousands only one need be open at a time."""
        self._file.close()

    def size(self) -> int:
        """Bytes that were written."""
        return self._written


class _Sheets(WriterFactory):
    """Makes a file for each member."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.made: dict[str, _Sheet] = {}

    def create(self, filename: str) -> Py7zIO:
        """A file for the member of that name."""
        return self.made.setdefault(filename, _Sheet(self._budget))
