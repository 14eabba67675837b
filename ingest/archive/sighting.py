"""What a walk through an archive sees, before anything is opened."""

from typing import NamedTuple


class Sighting(NamedTuple):
    """A file that was seen: `place` is where to open it, `path` how it is published.

    `touched_ns` is when the file system last noted any change of it (0 where it does not say), and
    cannot be set by programs that set the time of change. With a `trouble` there is nothing to
    open; it says why. (A tuple, not a dataclass: a walk makes tens of thousands.)
    """

    path: str
    place: str
    size: int
    mtime_ns: int
    touched_ns: int
    trouble: str = ""
