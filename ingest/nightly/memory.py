"""What the store knew when the run began, as the run needs it: by place, by hash, by container."""

from collections.abc import Iterator, Mapping

from ingest.archive import Sighting
from ingest.store import Known, Run, SourceState

Places = Mapping[tuple[str, str], Known]

_GRANULARITY_NS = 2_000_000_000
"""File systems note times in steps of up to two seconds."""


class Memory:
    """The places of an archive as they were seen last, and what their bytes came to."""

    def __init__(self, places: Places, trusted_until_ns: int) -> None:
        """Where nothing was touched since `trusted_until_ns`, size and time of change are proof
        enough that a file is the same; else its bytes are looked at. 0 trusts nothing."""
        self._places = places
        self._trusted_until = trusted_until_ns - _GRANULARITY_NS
        self._states: dict[str, SourceState] | None = None
        self._passed = 0
        self._members: dict[str, list[str]] = {}
        for path, member in places:
            if member:
                self._members.setdefault(path, []).append(member)

    def at(self, path: str, member: str = "") -> Known | None:
        """What stood at a place."""
        return self._places.get((path, member))

    def knew(self, path: str, member: str = "") -> bool:
        """Whether a document stood at a place."""
        known = self.at(path, member)
        return known is not None and known.state is not SourceState.CONTAINER

    def is_read(self, seen: Sighting) -> bool:
        """Whether a file is surely the one that was read last, and no container: the usual case,
        decided in one look."""
        path, _, size, mtime_ns, touched_ns, _ = seen
        known = self._places.get((path, ""))
        # As `is_same` does; a call more for each file would show in a night without changes.
        if (
            known is not None
            and known.state is SourceState.READ
            and mtime_ns == known.mtime_ns
            and size == known.size
            and 0 < mtime_ns < self._trusted_until
            and touched_ns < self._trusted_until
            and path not in self._members
        ):
            self._passed += 1
            return True
        return False

    def take_passed(self) -> int:
        """How many files `is_read` has said yes to since this was last asked."""
        count, self._passed = self._passed, 0
        return count

    def is_same(self, seen: Sighting, known: Known) -> bool:
        """Whether a file is surely the one that was seen last, without opening it.

        A time of change can be set, and a clock can go backwards; the time at which the file system
        was last touched cannot be set.
        """
        return (
            seen.mtime_ns == known.mtime_ns
            and seen.size == known.size
            and 0 < seen.mtime_ns < self._trusted_until
            and seen.touched_ns < self._trusted_until
        )

    def state_of(self, sha256: str) -> SourceState:
        """What became of bytes that were read before, wherever they stood."""
        if self._states is None:
            self._states = {
                known.sha256: known.state
                for known in self._places.values()
                if known.state in (SourceState.READ, SourceState.QUARANTINED)
            }
        return self._states.get(sha256, SourceState.UNREAD)

    def settle(self, sha256: str, state: SourceState) -> None:
        """Note what became of bytes in this run."""
        self.state_of(sha256)
        assert self._states is not None
        self._states[sha256] = state

    def members(self, path: str) -> Iterator[tuple[str, Known]]:
        """What the container at a path held."""
        for member in self._members.get(path, ()):
            yield member, self._places[path, member]

    def count(self, archive: str) -> int:
        """How many documents of an archive were known."""
        below = f"{archive.rstrip('/')}/"
        return sum(
            path.startswith(below) and known.state is not SourceState.CONTAINER
            for (path, _), known in self._places.items()
        )


def trusted_until(runs: tuple[Run, ...], archive: str, now_ns: int) -> int:
    """Since when files may have changed unnoticed: the beginning of the last run that saw all of
    the archive, else of the first run; 0 (trust nothing) where the clock went backwards.

    In nanoseconds since 1970.
    """
    of_archive = [run for run in runs if run.archive == archive]
    if not of_archive:
        return 0
    moments = [moment for run in runs for moment in (run.started, run.finished) if moment]
    if now_ns < max(moments).timestamp() * 1_000_000_000:
        return 0
    whole = [run for run in of_archive if run.finished is not None and run.outcome == "finished"]
    return int((whole[-1] if whole else of_archive[0]).started.timestamp() * 1_000_000_000)
