"""Where results go: what a disk refuses is said in one way by every command."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.errors import XiadaError


class TargetError(XiadaError):
    """A place that cannot be written to. What was there is as it was."""

    remedy = "Make room there, or give a place that this user may write; nothing there was changed."


@contextmanager
def writing_to(target: Path) -> Iterator[None]:
    """Raise TargetError for what the disk says inside the block, with the name that was given.

    An OSError about a file elsewhere, and a closed pipe, stay what they are.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if not _is_about(target, error.filename):
            raise
        # pyarrow writes sentences of its own around what the disk said.
        why = os.strerror(error.errno) if error.errno else str(error)
        raise TargetError(f"{target} cannot be written: {why}.") from error


def _is_about(target: Path, name: object) -> bool:
    """Whether an error without a name, or with one of a file there, is about a target."""
    if not isinstance(name, str | bytes):
        return True
    beside = str(target.absolute().parent)
    return os.path.commonpath([beside, os.path.abspath(os.fsdecode(name))]) == beside
