"""The report of an audit, in one of its kinds."""

from collections.abc import Iterable
from pathlib import Path

from ingest.reports.audited import Audited
from ingest.reports.kinds import ReportKind, whole_file


def write_audit_report(path: Path, kind: ReportKind, notices: Iterable[Audited]) -> None:
    """Write a report of notices, which are taken one by one as they come.

    The same notices give the same bytes. Raises OSError where the file cannot be written; then no
    file is left.
    """
    with whole_file(path) as place:
        if kind is ReportKind.HTML:
            from ingest.reports.audit_html import write_audit_html  # noqa: PLC0415

            write_audit_html(place, notices)
        elif kind is ReportKind.XLSX:
            from ingest.reports.audit_xlsx import write_audit_xlsx  # noqa: PLC0415

            write_audit_xlsx(place, notices)
        else:
            from ingest.reports.audit_csv import write_audit_csv  # noqa: PLC0415

            write_audit_csv(place, notices)
