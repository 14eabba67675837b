"""The audit as a workbook: 汇总, 发现, a sheet for each allocation table, and all figures.

On a table's sheet each column of figures has three: the accepted number, what is recomputed (a
live formula over the accepted numbers where the equation is simple), and the difference between
the two. Numbers are numbers; nothing that was printed is ever run as a formula.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from ingest.export.columns import Value
from ingest.export.labels import column_label
from ingest.export.sheet import ROW_LIMIT, Sheet, Styles
from ingest.reports.audit_rows import COLUMNS, FINDING_COLUMNS, figure_rows, finding_values
from ingest.reports.audit_sheet import TableStyles, write_table_sheet
from ingest.reports.audited import Audited
from ingest.reports.words import rule_title, words
from ingest.reports.workbook import open_workbook
from schemas.findings import Severity

TABLE_LIMIT = 100
"""So many allocation tables get a sheet of their own; all figures stand in the last sheet."""

_SUMMARY = (
    ("source", 36), ("doc_no", 24), ("title", 48), ("figures", 8), ("status.proved", 8),
    ("status.repaired", 8), ("status.suspect", 8), ("status.unproved", 8), ("discrepancies", 8),
    ("severity.error", 8), ("severity.warning", 8), ("severity.note", 8), ("summary", 12),
)  # fmt: skip
_NARROW, _WIDE = 10, 60


class RollingSheet:
    """A table that goes on in a second sheet (`逐格明细(2)`) where one is full."""

    def __init__(
        self, add: Callable[[str], Sheet], name: str, headers: list[str], widths: list[int]
    ) -> None:
        self._add, self._name, self._headers, self._widths = add, name, headers, widths
        self._count = 0
        self._sheet = self._next()

    def write_row(self, values: tuple[Value, ...]) -> None:
        """Append a row."""
        if self._sheet.rows == ROW_LIMIT:
            self._sheet = self._next()
        self._sheet.write_row(values)

    def close(self) -> None:
        """Offer filters."""
        self._sheet.filter_below(0, len(self._headers))

    def _next(self) -> Sheet:
        self._count += 1
        sheet = self._add(self._name if self._count == 1 else f"{self._name}({self._count})")
        sheet.set_widths(self._widths)
        sheet.write_header(self._headers)
        sheet.freeze_above()
        return sheet


def write_audit_xlsx(path: Path, notices: Iterable[Audited]) -> None:
    """Write the workbook of all notices."""
    with open_workbook(path) as workbook:
        styles, table_styles = Styles(workbook), TableStyles(workbook)

        def add(name: str) -> Sheet:
            return Sheet(workbook.add_worksheet(name), styles)

        word = words()
        summary = RollingSheet(
            add, word["summary"], [word[key] for key, _ in _SUMMARY], [w for _, w in _SUMMARY]
        )
        findings = RollingSheet(
            add, word["findings"], list(_finding_headers()), _widths(FINDING_COLUMNS)
        )
        details = RollingSheet(add, word["details"], list(_headers()), _widths(COLUMNS))
        tables = 0
        for audited in notices:
            summary.write_row(_summary_row(audited))
            for finding in audited.findings:
                findings.write_row(_finding_row(finding_values(finding)))
            for row in figure_rows(audited):
                details.write_row(_with_status_word(row))
            for facts in audited.tables[: max(TABLE_LIMIT - tables, 0)]:
                tables += 1
                sheet: Any = workbook.add_worksheet(f"{word['table']}{tables}")
                write_table_sheet(sheet, table_styles, audited, facts)
        for rolling in (summary, findings, details):
            rolling.close()


def _summary_row(audited: Audited) -> tuple[Value, ...]:
    notice, count = audited.notice, audited.severities()
    return (
        notice.source,
        notice.doc_no,
        notice.title,
        notice.figures,
        notice.proved,
        notice.repaired,
        notice.suspect,
        notice.unproved,
        audited.discrepancies,
        *(count[severity] for severity in Severity),
        words()[f"outcome.{notice.outcome}"],
    )


def _headers() -> Iterator[str]:
    own = ("extracted", "value", "recomputed", "difference", "tolerance", "equation", "proposal")
    for name in COLUMNS:
        if name == "difference":
            yield words()["printed_difference"]
        elif name == "doc_no":
            yield column_label("notices", name).header
        else:
            yield words()[name] if name in own else column_label("figures", name).header


def _finding_headers() -> Iterator[str]:
    return (column_label("findings", name).header for name in FINDING_COLUMNS)


def _finding_row(values: tuple[Value, ...]) -> tuple[Value, ...]:
    word = words()
    source, severity, rule, cause, *rest = values
    named = (word[f"severity.{severity}"], rule_title(str(rule)), word[f"cause.{cause}"])
    return (source, *named, *rest)


def _with_status_word(row: tuple[Value, ...]) -> tuple[Value, ...]:
    place = COLUMNS.index("status")
    return (*row[:place], words()[f"status.{row[place]}"], *row[place + 1 :])


def _widths(columns: tuple[str, ...]) -> list[int]:
    wide = ("equation", "message", "item")
    middle = ("source", "unit_name", "rule", "unit_printed", "printed")
    return [_WIDE if c in wide else 2 * _NARROW if c in middle else _NARROW for c in columns]
