"""Containers are unpacked in a child of their own: a bomb or a crash there ends no run."""

import json
import tempfile
from collections.abc import Callable
from dataclasses import asdict

from ingest.archive.members import Member
from ingest.isolation import Done, Failure, FailureKind, Limits, Pool, Task

MODULE = "ingest.nightly.unpacker"
_SLICE = 0.2


def unpack_to_json(container: str, name: str, folder: str) -> bytes:
    """What the child does."""
    from ingest.archive.unpacking import unpack  # noqa: PLC0415  the job itself unpacks nothing

    return json.dumps([asdict(member) for member in unpack(container, name, folder)]).encode()


class Unpacker:
    """One child that unpacks, started when the first container is met."""

    def __init__(self, spool: str, limits: Limits, meanwhile: Callable[[], None]) -> None:
        """`meanwhile` is called every fifth of a second while a container is being unpacked."""
        self._spool = spool
        self._limits = limits
        self._meanwhile = meanwhile
        self._pool: Pool | None = None

    def unpack(self, place: str, name: str) -> tuple[Member, ...] | Failure:
        """The members of a container, laid out in the spool."""
        if self._pool is None:
            self._pool = Pool(MODULE, 1, self._limits)
        folder = tempfile.mkdtemp(dir=self._spool)
        task = Task(
            0,
            f"{MODULE}:unpack_to_json",
            (place, name, folder),
        )
        done = self._wait(self._pool, task)
        if isinstance(done, Failure):
            return done
        return tuple(Member(**member) for member in json.loads(done.payload))

    def close(self) -> None:
        """End the child."""
        if self._pool is not None:
            self._pool.close()

    def _wait(self, pool: Pool, task: Task) -> Done:
        while True:
            while not pool.free:
                pool.wait(_SLICE)
                self._meanwhile()
            pool.submit(task)
            while not (done := pool.wait(_SLICE)):
                self._meanwhile()
            # A child that was gone before it began says nothing of the container.
            if not (isinstance(done[0], Failure) and done[0].kind is FailureKind.NOT_STARTED):
                return done[0]
