"""How far a run is, on one line of a terminal, with the time that is left."""

import sys
import time
from collections.abc import Callable, Iterable

from ingest.nightly.tally import Tally

_EVERY = 0.2
_ERASE_LINE = "\r\x1b[K"
_SURE_AFTER = 5


def terminal_progress(count: Callable[[], int]) -> Callable[[Tally], None]:
    """What writes the line; `count` says how many files there are, and is asked once."""
    state = {"total": -1, "next": 0.0, "began": time.monotonic()}

    def show(tally: Tally) -> None:
        now = time.monotonic()
        if now < state["next"]:
            return
        if state["total"] < 0:
            state["total"] = count()
        state["next"] = now + _EVERY
        line = progress_line(tally, int(state["total"]), now - state["began"])
        sys.stderr.write(f"{_ERASE_LINE}{line}")
        sys.stderr.flush()

    return show


def progress_line(tally: Tally, total: int, seconds: float) -> str:
    """The line: how many of how many, what came of them, the time that is left.

    >>> progress_line(Tally(seen=500, unchanged=100, accepted=300, rejected=4), 1004, 40.0)
    '404/1004 accepted 300, rejected 4; about 1 min 18 s left'
    """
    books, read = tally.books(), tally.settled - tally.unchanged
    # A container holds more than the one file that was counted.
    total = max(total, tally.seen)
    parts = [
        f"{name.replace('_', ' ')} {getattr(books, name)}"
        for name in ("accepted", "needs_review", "rejected", "quarantined", "duplicates")
        if getattr(books, name)
    ]
    line = f"{tally.settled}/{total} {', '.join(parts)}".rstrip()
    if read < _SURE_AFTER or total <= tally.settled:
        return line
    return f"{line}; about {_spoken((total - tally.settled) * seconds / read)} left"


def _spoken(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def wipe() -> None:
    """Take the line away."""
    sys.stderr.write(_ERASE_LINE)
    sys.stderr.flush()


def count_all(things: Iterable[object]) -> int:
    """How many there are."""
    return sum(1 for _ in things)
