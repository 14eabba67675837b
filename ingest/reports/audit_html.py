"""The audit as one HTML page: an index, then each notice with its findings and its tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from ingest.reports.audit_view import IndexRow, index_row, table_view
from ingest.reports.audited import FIGURE_RULES, Audited, TableFacts
from ingest.reports.forms_view import form_views
from ingest.reports.pages import copied, render, write_page
from ingest.reports.sentences import Said, finding_in_chinese
from ingest.reports.words import rule_title, words
from schemas.findings import Severity
from schemas.proofs import Status
from schemas.records import FindingRecord

_LEGEND = (
    Status.PROVED,
    Status.REPAIRED,
    Status.SUSPECT,
    Status.UNPROVED,
    Status.UNREADABLE,
)


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with what its rule is called, the anchor of its place ("" for none), and what it
    says in Chinese."""

    record: FindingRecord
    title: str
    target: str
    said: Said


def write_audit_html(path: Path, notices: Iterable[Audited]) -> None:
    """Write the page of all notices, in the order in which they come; the index has the worst
    first. Only one notice is in memory at a time."""
    index: list[IndexRow] = []
    sections = path.with_name(".sections")  # a longer name than that of the page may be too long
    with sections.open("x", encoding="utf-8", newline="\n") as file:
        for number, audited in enumerate(notices, 1):
            index.append(index_row(f"n{number}", audited))
            file.write(_section(f"n{number}", audited))
    ranked = sorted(index, key=lambda row: row.badness, reverse=True)
    head = render("audit_head.html", index=ranked, legend=[s.value for s in _LEGEND])
    write_page(path, words()["audit.title"], chain([head], copied(sections)))
    sections.unlink()


def _section(anchor: str, audited: Audited) -> str:
    tables = {facts.allocation.table.number: facts for facts in audited.tables}
    forms = form_views(anchor, audited)
    targets = {f"{form.anchor}r{row.number}" for form in forms for row in form.rows}
    targets |= {form.anchor for form in forms}
    findings = [_finding_view(anchor, finding, tables, targets) for finding in audited.findings]
    return render(
        "audit_notice.html",
        anchor=anchor,
        notice=audited.notice,
        failed=audited.failed,
        row=index_row(anchor, audited),
        tables=[table_view(anchor, facts) for facts in audited.tables],
        forms=forms,
        others=[
            table
            for table in audited.records.tables
            if table.table_no not in tables and f"{anchor}t{table.table_no}" not in targets
        ],
        findings=[f for f in findings if not _is_aside(f)],
        asides=[f for f in findings if _is_aside(f)],
    )


def _finding_view(
    anchor: str, finding: FindingRecord, tables: Mapping[int, TableFacts], forms: set[str]
) -> FindingView:
    target = _target(anchor, finding, set(tables), forms)
    return FindingView(finding, rule_title(finding.rule), target, finding_in_chinese(finding))


def _is_aside(view: FindingView) -> bool:
    """Whether a finding is a mere note on how something was read."""
    finding = view.record
    return finding.severity is Severity.NOTE and finding.rule not in FIGURE_RULES


def _target(anchor: str, finding: FindingRecord, tables: set[int], forms: set[str]) -> str:
    """The anchor of the cell, row or table that a finding is about, "" where the page has none."""
    table = f"{anchor}t{finding.table_no}"
    row = f"{table}r{finding.row_no}"
    if finding.table_no not in tables:
        return row if row in forms else table if table in forms else ""
    if finding.row_no is None or finding.col_no is None:
        return table
    return f"{row}c{finding.col_no}"
