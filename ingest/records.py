"""A notice that was read becomes the five public tables: `ReadNotice -> Records`.

Nothing is decided here. Every value, place and finding was decided by an earlier stage; this module
says which column it goes to, and sums up what the notice as a whole came to (`outcome`).
"""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from ingest.figures import figure_records
from ingest.findings import finding_records, typed_table
from ingest.indicators import indicator_records
from schemas.findings import Severity
from schemas.notice import Allocation, NoticeTable, Performance, ReadNotice
from schemas.places import UnitStatus
from schemas.proofs import Status
from schemas.records import (
    AccountRecord,
    FigureRecord,
    FindingRecord,
    IndicatorRecord,
    NoticeRecord,
    TableRecord,
)
from schemas.source import Document
from schemas.tables import AllocationTable, Role, TableKind

Outcome = Literal["accepted", "needs_review", "rejected"]


@dataclass(frozen=True, slots=True)
class Records:
    """The five tables of one document, each in print order."""

    notices: tuple[NoticeRecord, ...]
    figures: tuple[FigureRecord, ...]
    indicators: tuple[IndicatorRecord, ...]
    tables: tuple[TableRecord, ...]
    findings: tuple[FindingRecord, ...]


def notice_to_records(notice: ReadNotice) -> Records:
    """The public records of one notice.

    The figures of a table without a proof have the status that their print gives them (`unproved`
    for a number). Raises pydantic's `ValidationError`, or `ValueError` where rows and placements
    differ in number, if an earlier stage broke its promise.
    """
    figures = tuple(figure_records(notice))
    indicators = tuple(indicator_records(notice))
    findings = finding_records(notice)
    summary = _notice_record(notice, figures, len(indicators), _outcome(notice, figures, findings))
    tables = tuple(_table_record(notice.document, table) for table in notice.tables)
    return Records((summary,), figures, indicators, tables, findings)


def _notice_record(
    notice: ReadNotice, figures: tuple[FigureRecord, ...], indicators: int, outcome: Outcome
) -> NoticeRecord:
    head = notice.head
    count = Counter(figure.status for figure in figures)
    return NoticeRecord(
        notice_id=notice.document.sha256,
        source=notice.document.source,
        media=notice.document.media,
        doc_no=head.doc_no or None,
        title=head.title or None,
        issuers=head.issuers,
        recipients=head.recipients,
        issued_on=head.issued_on,
        printed_on=head.printed_on,
        fiscal_year=head.fiscal_year,
        programme=head.programme or None,
        measure=_measure(notice.tables),
        accounts=tuple(
            AccountRecord(kind=account.kind, code=account.code, name=account.name)
            for account in head.accounts
        ),
        direct_fund_mark=head.direct_fund_mark or None,
        cites=head.cites,
        attachments=head.attachments,
        copies_to=head.copies_to,
        tables=len(notice.tables),
        figures=len(figures),
        proved=count[Status.PROVED],
        repaired=count[Status.REPAIRED],
        suspect=count[Status.SUSPECT],
        unproved=count[Status.UNPROVED],
        indicators=indicators,
        outcome=outcome,
    )


def _measure(tables: tuple[NoticeTable, ...]) -> str | None:
    """The 单位 line of the first allocation table that has one, else of any table."""
    allocations = [table for table in tables if isinstance(table, Allocation)]
    for table in (*allocations, *tables):
        measure = typed_table(table).measure
        if measure:
            return measure
    return None


def _outcome(
    notice: ReadNotice, figures: tuple[FigureRecord, ...], findings: tuple[FindingRecord, ...]
) -> Outcome:
    """Accepted only where nobody needs to look.

    A grand total need not have a code (the contract gives it one "where that is sure"), so an
    unresolved total alone asks for no review; every other row does.
    """
    if notice.rejected:
        return "rejected"
    in_doubt = (
        any(finding.severity is not Severity.NOTE for finding in findings)
        or any(figure.status in (Status.UNREADABLE, Status.SUSPECT) for figure in figures)
        or any(
            figure.unit_status is UnitStatus.UNRESOLVED and figure.role is not Role.TOTAL
            for figure in figures
        )
        or any(_unplaced(table) for table in notice.tables)
    )
    return "needs_review" if in_doubt else "accepted"


def _unplaced(table: NoticeTable) -> bool:
    """Whether a performance table prints a unit that could not be told."""
    return (
        isinstance(table, Performance)
        and table.placement.status is UnitStatus.UNRESOLVED
        and bool(table.placement.printed)
    )


def _table_record(document: Document, table: NoticeTable) -> TableRecord:
    plain = typed_table(table)
    rows = len(plain.rows) if isinstance(plain, AllocationTable) else plain.rows
    columns = len(plain.columns) if isinstance(plain, AllocationTable) else plain.columns
    first, last = min(plain.pages, default=1), max(plain.pages, default=1)
    return TableRecord(
        notice_id=document.sha256,
        source=document.source,
        table_no=plain.number,
        kind=TableKind.ALLOCATION if isinstance(plain, AllocationTable) else plain.kind,
        title=plain.title or None,
        pages=str(first) if first == last else f"{first}-{last}",
        rows=rows,
        columns=columns,
        measure=plain.measure or None,
        reader=plain.reader,
        ref=str(plain.ref),
    )
