"""Values that are too many for memory: kept in a file without a name, and read back in order."""

import os
import pickle
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Generic, Self, TypeVar

from schemas.errors import XiadaError

Value = TypeVar("Value")


class ScratchError(XiadaError):
    """No room, or no right, for the files that the program needs while it works."""

    remedy = "Make room there, or name another folder in the environment variable TMPDIR."


class Scratch(Generic[Value]):
    """Values of our own types in the order in which they were added; read as often as is wanted.

    `with Scratch[Difference]() as kept: kept.add(one); len(kept); list(kept)`. The file lies where
    TMPDIR says and is gone at the end, however that comes. Raises ScratchError.
    """

    def __init__(self) -> None:
        self._count = 0
        try:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  `close` does it
        except OSError as error:
            raise _told(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_reason: object) -> None:
        self.close()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Value]:
        try:
            self._file.flush()
        except OSError as error:
            raise _told(error) from error
        place = 0
        for _ in range(self._count):
            self._file.seek(place)
            value: Value = pickle.load(self._file)  # our own file, which nobody else can open
            place = self._file.tell()
            yield value

    def add(self, value: Value) -> None:
        """Keep a value."""
        try:
            self._file.seek(0, os.SEEK_END)
            pickle.dump(value, self._file)
        except OSError as error:
            raise _told(error) from error
        self._count += 1

    def close(self) -> None:
        """Give the room back."""
        with suppress(OSError):  # what could not be written was told before
            self._file.close()


def _told(error: OSError) -> ScratchError:
    place = tempfile.tempdir or os.environ.get("TMPDIR", "/tmp")
    return ScratchError(f"Scratch files cannot be written to {place} ({error.strerror})")
