"""The report of a comparison, in one of its kinds."""

from pathlib import Path

from ingest.comparing.result import DiffResult
from ingest.reports.kinds import ReportKind, whole_file


def write_diff_report(path: Path, kind: ReportKind, result: DiffResult) -> None:
    """Write a report. The same result gives the same bytes.

    Raises OSError where the file cannot be written; then no file is left.
    """
    with whole_file(path) as place:
        if kind is ReportKind.HTML:
            from ingest.reports.diff_html import write_diff_html  # noqa: PLC0415

            write_diff_html(place, result)
        elif kind is ReportKind.XLSX:
            from ingest.reports.diff_xlsx import write_diff_xlsx  # noqa: PLC0415

            write_diff_xlsx(place, result)
        else:
            from ingest.reports.diff_csv import write_diff_csv  # noqa: PLC0415

            write_diff_csv(place, result)
