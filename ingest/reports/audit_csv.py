"""The audit as csv: one row a figure, extracted beside recomputed."""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from ingest.export.csv_files import CsvFile
from ingest.export.plain import value_text
from ingest.reports.audit_rows import COLUMNS, figure_rows
from ingest.reports.audited import Audited


def write_audit_csv(path: Path, notices: Iterable[Audited]) -> None:
    """Write the figures of all notices. Notices that could not be read have none."""
    with closing(CsvFile(path, COLUMNS)) as file:
        for audited in notices:
            for row in figure_rows(audited):
                file.write_row(value_text(value) for value in row)
