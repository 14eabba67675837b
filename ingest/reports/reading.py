"""Files read for an audit, each as `xiada extract` reads it: what may crash or hang, in a child.

What comes back from a child is JSON, which can do nothing but be wrong. The equations of a table
cross over once; what they say of each cell is laid out here.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from audit.cross import ArchiveFacts, ReadFacts, notice_to_archive_facts
from ingest.attempt import attempt
from ingest.isolated import Wanted, cut_off, is_text
from ingest.isolation import Answer, Done, Limits, Pool, Task
from ingest.proving import allocations
from ingest.records import Records, notice_to_records
from schemas.notice import Allocation, ReadNotice
from schemas.proofs import TableProof

_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class ProvedNotice:
    """What an audit needs of one notice: its records, its allocation tables with their proofs, and
    the few amounts that other notices are compared with."""

    records: Records
    tables: tuple[tuple[Allocation, TableProof], ...]
    facts: ArchiveFacts


def read_for_audit(
    wanted: Iterable[Wanted], limits: Limits, password: str = ""
) -> Iterator[ProvedNotice]:
    """Read documents in their order; whatever goes wrong in one is published as its finding.

    Texts are read here; pages, pictures and Office files each in a child process within `limits`,
    which is started when the first of them comes. Raises ChildStartError where it does not start.
    """
    with Pool(__name__, 1, limits) as pool:
        for one in wanted:
            if is_text(one.path):
                yield _read(one.path, one.source, password)
            else:
                yield _read_apart(pool, one, password)


def proved_notice(notice: ReadNotice) -> ProvedNotice:
    """What is kept of a notice."""
    found = tuple(
        (one, notice.proofs[one.table.number])
        for one in allocations(notice.tables)
        if one.table.number in notice.proofs
    )
    facts = ReadFacts(
        allocations=tuple(one for one, _ in found),
        head=notice.head,
        proofs=tuple(proof for _, proof in found),
    )
    document = notice.document
    told = notice_to_archive_facts(document.sha256, document.source, facts)
    return ProvedNotice(notice_to_records(notice), found, told)


def read_in_child(path: str, source: str, password: str) -> bytes:
    """What a child does."""
    return to_bytes(_read(Path(path), source, password))


def to_bytes(proved: ProvedNotice) -> bytes:
    """A notice as it goes through a pipe."""
    return zlib.compress(_ADAPTER.dump_json(proved), 1)


def from_bytes(data: bytes) -> ProvedNotice:
    """A notice as it came out of a pipe. Raises pydantic's ValidationError."""
    return _ADAPTER.validate_json(zlib.decompress(data))


_ADAPTER = TypeAdapter(ProvedNotice)
_FUNCTION = f"{__name__}:read_in_child"


def _read(path: Path, source: str, password: str) -> ProvedNotice:
    return proved_notice(attempt(path, source, password or None).notice)


def _read_apart(pool: Pool, wanted: Wanted, password: str) -> ProvedNotice:
    while not pool.free:
        pool.wait(_WAIT)
    pool.submit(Task(0, _FUNCTION, (str(wanted.path), wanted.source, password)))
    done: list[Done] = []
    while not done:
        done = pool.wait(_WAIT)
    if isinstance(done[0], Answer):
        return from_bytes(done[0].payload)
    return proved_notice(cut_off(wanted, done[0]).notice)
