"""Messages on a pipe: a kind (one byte), a length (eight bytes), and that many bytes.

The pipe is one of its own, so whatever a native library prints cannot be taken for a message. An
end that dies in the middle of a message leaves it incomplete, and an incomplete one is never read.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from struct import Struct

MOST_BYTES = 1 << 30
"""No answer is larger; a length beyond it is noise."""

_HEADER = Struct("!BQ")


class FrameError(Exception):
    """Bytes that are no message."""


class Kind(IntEnum):
    """What a message says."""

    TASK = 1
    READY = 2
    TAKEN_UP = 3
    ANSWER = 4
    RAISED = 5
    OUT_OF_MEMORY = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """One message."""

    kind: Kind
    payload: bytes


def to_bytes(kind: Kind, payload: bytes = b"") -> bytes:
    """A message as it goes over the pipe.

    >>> to_bytes(Kind.READY)
    b'\\x02\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00'
    """
    return _HEADER.pack(kind, len(payload)) + payload


@dataclass(slots=True)
class FrameReader:
    """Puts messages together from pieces as they arrive."""

    _held: bytearray = field(default_factory=bytearray)

    @property
    def is_amid(self) -> bool:
        """Whether a message has begun that is not whole yet."""
        return bool(self._held)

    def feed(self, data: bytes) -> list[Frame]:
        """The messages that are whole now. Raises FrameError."""
        self._held += data
        found: list[Frame] = []
        while (frame := self._next()) is not None:
            found.append(frame)
        return found

    def _next(self) -> Frame | None:
        if len(self._held) < _HEADER.size:
            return None
        code, length = _HEADER.unpack_from(self._held)
        if code not in Kind.__members__.values() or length > MOST_BYTES:
            raise FrameError(f"a message of kind {code} and {length} bytes")
        end = _HEADER.size + length
        if len(self._held) < end:
            return None
        payload = bytes(self._held[_HEADER.size : end])
        del self._held[:end]
        return Frame(Kind(code), payload)
