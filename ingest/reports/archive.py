"""Several notices audited together: each on its own, then against its parent where that is given.

A child may come before its parent, so all are read before the first is handed on; meanwhile they
lie in a file on disk, and only the few amounts that are compared stay in memory.
"""

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from tempfile import TemporaryFile

from audit.cross import (
    ArchiveFacts,
    ArchiveFinding,
    ReadFacts,
    cross_check_archive,
    notice_to_archive_facts,
)
from ingest.proving import allocations
from ingest.reports.audited import Audited, audit_notice
from schemas.notice import ReadNotice


def audit_notices(notices: Iterable[ReadNotice]) -> Iterator[Audited]:
    """Audit notices in the order in which they come, child notices also against their parents."""
    facts: list[ArchiveFacts] = []
    with TemporaryFile() as spool:
        for notice in notices:
            facts.append(_archive_facts(notice))
            pickle.dump(_without_bytes(notice), spool)
        findings = _by_notice(cross_check_archive(facts))
        spool.seek(0)
        for _ in facts:
            read: ReadNotice = pickle.load(spool)
            told = findings[read.document.sha256, read.document.source]
            more = tuple(one.finding for one in told)
            yield audit_notice(replace(read, findings=(*read.findings, *more)))


def _by_notice(
    findings: Sequence[ArchiveFinding],
) -> defaultdict[tuple[str, str], list[ArchiveFinding]]:
    found: defaultdict[tuple[str, str], list[ArchiveFinding]] = defaultdict(list)
    for finding in findings:
        found[finding.notice_id, finding.source].append(finding)
    return found


def _without_bytes(notice: ReadNotice) -> ReadNotice:
    return replace(notice, document=replace(notice.document, data=b""))


def _archive_facts(notice: ReadNotice) -> ArchiveFacts:
    found = tuple(one for one in allocations(notice.tables) if one.table.number in notice.proofs)
    proofs = tuple(notice.proofs[one.table.number] for one in found)
    facts = ReadFacts(allocations=found, head=notice.head, proofs=proofs)
    return notice_to_archive_facts(notice.document.sha256, notice.document.source, facts)
