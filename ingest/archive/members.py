"""What the readers of zip, tar and 7z say of a member, and what they raise."""

import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

FILE_ERROR = "file-error"
"""The rule where not a container is at fault but the disk: it is to be tried again."""


class Refused(Exception):  # noqa: N818  it is an answer, not a fault
    """A member or container that is not unpacked: `rule` is the short name of the reason."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


class TooMuchError(Refused):
    """A container that would unpack to more than any archive of notices: unpacking ends."""

    def __init__(self, message: str) -> None:
        super().__init__("archive-bomb", message)


@dataclass(frozen=True, slots=True)
class Contents:
    """A member as its container tells of it. `write` lays it out in a file and names that; it
    must be called before the next member is asked for, and raises Refused."""

    name: str
    size: int
    mtime_ns: int
    write: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Member:
    """A member that was laid out at `file`, or refused: then `rule` and `trouble` say why.

    `name` is its path inside the container, "" where the container itself is meant. A container
    inside that could not be unpacked has both a `file` and a `trouble`.
    """

    name: str
    size: int
    mtime_ns: int
    file: str = ""
    sha256: str = ""
    rule: str = ""
    trouble: str = ""


_BROKEN: tuple[type[Exception], ...] = (
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    struct.error,
    zlib.error,
)


@contextmanager
def damage(rule: str, *errors: type[Exception]) -> Iterator[None]:
    """What a library raises for bytes that are not what they should be becomes a Refused.

    OSError has two meanings: without a number it is how gzip and bz2 say that a stream is broken;
    with one it is the operating system's and goes its way.
    """
    try:
        yield
    except errors + _BROKEN as error:
        raise Refused(rule, f"it is damaged ({brief(error)})") from error
    except NotImplementedError as error:
        raise Refused("unsupported-archive", f"{brief(error)} is not supported") from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise Refused(rule, f"it is damaged ({brief(error)})") from error


def brief(error: Exception) -> str:
    """The first line of what an error says, without its full stop."""
    lines = str(error).splitlines()
    return (lines[0] if lines else type(error).__name__).rstrip(".")
