"""From the archive to what has to be read: `Sighting -> Item`.

What did not change is counted and passed over; what cannot be fetched is noted; containers are
opened. Each thing that is seen is either settled here or yielded, once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import filterfalse

from ingest.archive import GoneError, Sighting, is_container
from ingest.archive.members import FILE_ERROR, Member
from ingest.archive.places import Archive
from ingest.isolation import Failure
from ingest.nightly.desk import Desk
from ingest.nightly.items import Item, sighting_to_item
from ingest.nightly.memory import Memory
from ingest.nightly.unpacker import Unpacker
from ingest.store import Known, SourceFile, SourceState


@dataclass(frozen=True, slots=True)
class Supply:
    """Where items come from, and who is told of everything else.

    `meanwhile` is called after each file that was opened: children may have answered.
    """

    archive: Archive
    left_out: frozenset[str]
    memory: Memory
    desk: Desk
    unpacker: Unpacker
    spool: str
    meanwhile: Callable[[], None]

    def items(self) -> Iterator[Item]:
        """The documents that have to be read, in the order of the archive. Raises ArchiveError
        where it cannot be reached any more."""
        # The usual file, of perhaps a million each night, costs one call of ours and no turn here.
        for seen in filterfalse(self.memory.is_read, self.archive.walk(self.left_out)):
            self._count_read()
            known = self.memory.at(seen.path)
            if (
                known is not None
                and self.memory.is_same(seen, known)
                and self._passed_over(seen.path, known)
            ):
                continue
            yield from self._opened(seen)
            self.meanwhile()
        self._count_read()

    def _count_read(self) -> None:
        """Enter what was passed over since the last time."""
        count, tally = self.memory.take_passed(), self.desk.tally
        tally.seen += count
        tally.met += count
        tally.unchanged += count

    def _passed_over(self, path: str, known: Known) -> bool:
        """Settle an unchanged file with all that it holds; False where it must be opened."""
        held = [known, *(known for _, known in self.memory.members(path))]
        if any(one.state is SourceState.UNREAD for one in held):
            return False
        for one in held:
            if one.state is not SourceState.CONTAINER:
                self.desk.meet(one.state)
        return True

    def _opened(self, seen: Sighting) -> Iterator[Item]:
        if seen.trouble:
            self.archive.check()
            self.desk.trouble(seen.path, "", FILE_ERROR, seen.trouble)
            return
        item = self._fetch(seen)
        if item is None:
            self.desk.tally.seen += 1
            self.desk.tally.met += self.memory.knew(seen.path)
            return
        if not is_container(seen.path):
            yield from self._to_read(item, self.memory.at(seen.path))
        else:
            yield from self._unpacked(item)
            if item.temporary:
                self.desk.drop(item)

    def fetch_again(self, seen: Sighting) -> Item | None:
        """The bytes of a file that changed meanwhile, or None when its trouble was noted."""
        return self._fetch(seen)

    def _fetch(self, seen: Sighting) -> Item | None:
        try:
            return sighting_to_item(seen, self.archive.fetch(seen, self.spool))
        except GoneError as error:
            # Where all of the archive is gone, this file is not what is wrong.
            self.archive.check()
            self.desk.unfetched(seen.path, "", error.rule, str(error))
            return None

    def _to_read(self, item: Item, known: Known | None) -> Iterator[Item]:
        """The item, unless its bytes are known."""
        tally, desk = self.desk.tally, self.desk
        tally.seen += 1
        tally.met += known is not None
        if known is not None and known.sha256 == item.file.sha256:
            if known.state is SourceState.READ:
                desk.touched(item, known)
                return
            if known.state is SourceState.QUARANTINED:
                desk.held(item)
                return
        yield item

    def _unpacked(self, container: Item) -> Iterator[Item]:
        """The members of a container. It is noted as dealt with only when nothing went wrong, so
        that a trouble comes back every night until somebody puts it right."""
        known = self.memory.at(container.file.path)
        is_same = known is not None and known.sha256 == container.file.sha256
        if known is not None and is_same and self._passed_over(container.file.path, known):
            self.desk.moved(container, known)
            return
        members = self._members(container)
        if members is None:
            return
        whole = True
        for member in members:
            if not member.name and member.rule != FILE_ERROR:
                self._refused(container, member)
                whole = False
            elif not member.file:
                self.desk.trouble(container.file.path, member.name, member.rule, member.trouble)
                whole = False
            else:
                item = member_to_item(container, member)
                self.desk.expect(item)
                if member.rule:
                    self._refused(item, member)
                else:
                    yield from self._to_read(item, self.memory.at(item.file.path, member.name))
        if whole:
            file = container.file
            self.desk.container(
                SourceFile(file.path, file.size, file.mtime_ns, file.sha256, container=True)
            )

    def _members(self, container: Item) -> tuple[Member, ...] | None:
        """What a container holds, or None when it was set aside."""
        if self.desk.too_often(container.file.sha256):
            self.desk.quarantine(container, "the run died while it was being unpacked")
            self.desk.tally.seen += 1
            return None
        for _ in range(self.desk.most_attempts):
            attempt = self.desk.begin(container)
            done = self.unpacker.unpack(container.place, container.file.path)
            if not isinstance(done, Failure):
                self.desk.unpacked(attempt)
                return done
            if self.desk.failed(container, attempt, done):
                break
        self.desk.tally.seen += 1
        return None

    def _refused(self, item: Item, member: Member) -> None:
        """A container that could not be unpacked to its end is a document that is rejected."""
        known = self.memory.at(item.file.path, item.file.member)
        for found in self._to_read(item, known):
            self.desk.refuse(found, member.rule, member.trouble)


def member_to_item(container: Item, member: Member) -> Item:
    """A member that was laid out in the spool."""
    file = SourceFile(container.file.path, member.size, member.mtime_ns, member.sha256, member.name)
    return Item(file, member.file, temporary=True)
