"""Several notices audited together: each on its own, then against its parent where that is given.

A child may come before its parent, so all are read before the first is handed on; meanwhile they
lie in a file on disk, and only the few amounts that are compared stay in memory.
"""

import pickle
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile

from audit.cross import ArchiveFacts, ArchiveFinding, cross_check_archive
from ingest.reports.audited import Audited, audit_proved
from ingest.reports.reading import ProvedNotice


def audit_notices(notices: Iterable[ProvedNotice]) -> Iterator[Audited]:
    """Audit notices in the order in which they come, child notices also against their parents."""
    facts: list[ArchiveFacts] = []
    with TemporaryFile() as spool:
        for notice in notices:
            facts.append(notice.facts)
            pickle.dump((notice.records, notice.tables), spool)
        found = _by_notice(cross_check_archive(facts))
        spool.seek(0)
        for one in facts:
            records, tables = pickle.load(spool)  # our own file, written just above
            more = (told.finding for told in found[one.notice_id, one.source])
            yield audit_proved(records, tables, more)


def _by_notice(
    findings: Sequence[ArchiveFinding],
) -> defaultdict[tuple[str, str], list[ArchiveFinding]]:
    found: defaultdict[tuple[str, str], list[ArchiveFinding]] = defaultdict(list)
    for finding in findings:
        found[finding.notice_id, finding.source].append(finding)
    return found
