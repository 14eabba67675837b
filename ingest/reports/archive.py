"""Several notices audited together: each on its own, then against its parent where that is given.

A child may come before its parent, so all are read before the first is handed on; meanwhile they
lie in a scratch file, and only the few amounts that are compared stay in memory.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from audit.cross import ArchiveFacts, ArchiveFinding, cross_check_archive
from ingest.records import Records
from ingest.reports.audited import Audited, audit_proved
from ingest.reports.reading import ProvedNotice
from ingest.scratch import Scratch
from schemas.notice import Allocation
from schemas.proofs import TableProof


def audit_notices(notices: Iterable[ProvedNotice]) -> Iterator[Audited]:
    """Audit notices in the order in which they come, child notices also against their parents."""
    facts: list[ArchiveFacts] = []
    with Scratch[tuple[Records, tuple[tuple[Allocation, TableProof], ...]]]() as scratch:
        for notice in notices:
            facts.append(notice.facts)
            scratch.add((notice.records, notice.tables))
        found = _by_notice(cross_check_archive(facts))
        for one, (records, tables) in zip(facts, scratch, strict=True):
            more = (told.finding for told in found[one.notice_id, one.source])
            yield audit_proved(records, tables, more)


def _by_notice(
    findings: Sequence[ArchiveFinding],
) -> defaultdict[tuple[str, str], list[ArchiveFinding]]:
    found: defaultdict[tuple[str, str], list[ArchiveFinding]] = defaultdict(list)
    for finding in findings:
        found[finding.notice_id, finding.source].append(finding)
    return found
