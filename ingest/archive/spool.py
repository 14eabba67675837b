"""A folder for copies of members and of remote files, gone when the run is over.

A run that was killed leaves its folder behind. Each holds a lock for as long as its run lives, so
the next run knows which ones nobody needs, and removes them.
"""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "xiada-spool-"


@contextmanager
def open_spool() -> Iterator[str]:
    """A folder of this run alone, where the environment variable TMPDIR says."""
    remove_left_behind()
    place = tempfile.mkdtemp(prefix=_PREFIX)
    lock = _locked(place)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def remove_left_behind() -> None:
    """Remove the folders of runs that are dead."""
    for place in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        lock = _locked(str(place))
        if lock is not None:
            shutil.rmtree(place, ignore_errors=True)
            os.close(lock)


def _locked(place: str) -> int | None:
    """A lock on a folder, or None where a living run has it, or it is another user's."""
    try:
        lock = os.open(place, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock
