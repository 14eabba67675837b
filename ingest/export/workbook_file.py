"""The file of a workbook, on a disk that may fill up."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from xlsxwriter.exceptions import FileCreateError


class WorkbookFile:
    """A new file that takes whatever comes once the disk has refused something.

    The library leaves its writer of the zip format open when it fails. Thrown away, that would try
    to end the file, which would be one more error, told past every handler.
    """

    def __init__(self, path: Path) -> None:
        self._file = path.open("xb")
        self._ended = False

    def write(self, data: bytes) -> int:
        """Write, or raise OSError the first time that this cannot be done."""
        return self._tried(lambda: self._file.write(data))

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place."""
        return self._tried(lambda: self._file.seek(place, whence))

    def tell(self) -> int:
        """The place."""
        return self._tried(self._file.tell)

    def flush(self) -> None:
        """Hand over to the system what was written."""
        self._tried(self._file.flush)

    def close(self) -> None:
        """End the file. Raises OSError only where nothing was refused before."""
        if self._ended:
            with suppress(OSError):
                self._file.close()
        self._tried(self._file.close)
        self._ended = True

    def _tried(self, action: Callable[[], int | None]) -> int:
        if self._ended:
            return 0
        try:
            return action() or 0
        except OSError:
            self._ended = True
            raise


@contextmanager
def workbook_file(path: Path) -> Iterator[WorkbookFile]:
    """A new file for a workbook of the library to be written to."""
    file = WorkbookFile(path)
    try:
        yield file
    finally:
        file.close()


def close_workbook(workbook: Any) -> None:
    """Write a workbook. Raises OSError."""
    try:
        workbook.close()
    except FileCreateError as error:  # the library's own name for what the disk said
        fault = error.args[0] if error.args else error
        raise fault if isinstance(fault, OSError) else OSError(str(fault)) from error
