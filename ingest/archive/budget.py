"""How much a container may unpack to: bytes, members, and both together with all inside it."""

import os
import tempfile
from dataclasses import dataclass
from typing import IO

from ingest.archive.members import Refused, TooMuchError

_PIECE = 1 << 18
_GIGABYTE = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Bounds:
    """The most that is unpacked.

    Texts of notices shrink to a tenth, tables of zeros to a fiftieth; what grows a hundredfold and
    beyond a gigabyte is made to fill disks.
    """

    member: int = _GIGABYTE
    total: int = 200 * _GIGABYTE
    ratio: int = 100
    slack: int = _GIGABYTE
    members: int = 200_000


class Budget:
    """What is left of the bounds of one container; it also writes, so nothing goes uncounted."""

    def __init__(self, packed: int, folder: str, bounds: Bounds | None = None) -> None:
        """`packed` is the container's own size in bytes, `folder` where members are laid out."""
        self._bounds = bounds or Bounds()
        self._left = min(self._bounds.total, packed * self._bounds.ratio + self._bounds.slack)
        self._members = 0
        self.folder = folder

    def enter(self) -> None:
        """Count a member. Raises TooMuchError."""
        self._members += 1
        if self._members > self._bounds.members:
            raise TooMuchError(f"it holds more than {self._bounds.members} members")

    def spend(self, count: int, written: int) -> None:
        """Count bytes of a member of which `written` are written. Raises Refused, TooMuchError."""
        self._left -= count
        if self._left < 0:
            raise TooMuchError("it unpacks to far more than its size")
        if written + count > self._bounds.member:
            raise Refused("too-large", f"it is larger than {self._bounds.member} bytes")

    def write(self, source: IO[bytes]) -> str:
        """Lay a stream out in a new file. Raises Refused, TooMuchError, OSError."""
        handle, place = tempfile.mkstemp(dir=self.folder)
        written = 0
        try:
            with os.fdopen(handle, "wb") as sink:
                while piece := source.read(_PIECE):
                    self.spend(len(piece), written)
                    sink.write(piece)
                    written += len(piece)
        except BaseException:
            os.unlink(place)
            raise
        return place
