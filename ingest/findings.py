"""Findings of all stages become rows of the public table `findings`."""

from dataclasses import replace

from ingest.misfits import misfit_findings, shortened
from schemas.findings import Finding
from schemas.notice import NoticeTable, Performance, ReadNotice
from schemas.performance import PerformanceTable
from schemas.records import FindingRecord
from schemas.source import Document
from schemas.tables import AllocationTable, PlainTable


def finding_records(notice: ReadNotice) -> tuple[FindingRecord, ...]:
    """Each finding of the notice and of its proofs once."""
    return tuple(finding_record(notice.document, finding) for finding in _findings(notice))


def typed_table(table: NoticeTable) -> AllocationTable | PerformanceTable | PlainTable:
    """The table itself, without what was found out about its rows."""
    return table if isinstance(table, PlainTable) else table.table


def _findings(notice: ReadNotice) -> tuple[Finding, ...]:
    """Each finding once, wherever a stage left it; one left with a table gets its number."""
    found = dict.fromkeys(notice.head.findings + misfit_findings(notice))
    numbered = {finding: finding for finding in found}
    for table in notice.tables:
        number = typed_table(table).number
        proved = notice.proofs[number].findings if number in notice.proofs else ()
        for finding in _findings_of_table(table) + proved:
            numbered[finding] = finding if finding.table_no else replace(finding, table_no=number)
    for finding in notice.findings:
        numbered.setdefault(finding, finding)
    return tuple(dict.fromkeys(numbered.values()))


def _findings_of_table(table: NoticeTable) -> tuple[Finding, ...]:
    if isinstance(table, Performance) and table.amounts is not None:
        return table.table.findings + table.amounts.table.findings
    return typed_table(table).findings


def finding_record(document: Document, finding: Finding) -> FindingRecord:
    """A finding as the row of a document."""
    return FindingRecord(
        notice_id=document.sha256,
        source=document.source,
        rule=finding.rule,
        severity=finding.severity,
        cause=finding.cause,
        table_no=finding.table_no,
        row_no=finding.row_no,
        col_no=finding.col_no,
        printed=finding.printed or None,
        recomputed=shortened(finding.recomputed),
        difference=shortened(finding.difference),
        tolerance=shortened(finding.tolerance),
        message=finding.message,
        proposal=finding.proposal or None,
        ref=str(finding.ref) if finding.ref else None,
    )
