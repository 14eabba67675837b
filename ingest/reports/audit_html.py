"""The audit as one HTML page: an index, then each notice with its findings and its tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.reports.audit_view import MOST_EQUATIONS, IndexRow, index_row, table_view
from ingest.reports.audited import FIGURE_RULES, Audited, TableFacts
from ingest.reports.pages import copied, render, write_page
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
    says: of a figure the figure and its equations, else the sentence of the finding."""

    record: FindingRecord
    title: str
    target: str
    where: str
    equations: tuple[str, ...]


def write_audit_html(path: Path, notices: Iterable[Audited]) -> None:
    """Write the page of all notices, in the order in which they come; the index has the worst
    first. Only one notice is in memory at a time."""
    index: list[IndexRow] = []
    sections = path.with_name(f"{path.name}.sections")
    with sections.open("x", encoding="utf-8", newline="\n") as file:
        for number, audited in enumerate(notices, 1):
            index.append(index_row(f"n{number}", audited))
            file.write(_section(f"n{number}", audited))
    ranked = sorted(index, key=lambda row: row.badness, reverse=True)
    head = render("audit_head.html", index=ranked, legend=[s.value for s in _LEGEND])
    write_page(path, words()["audit.title"], [head, *_pieces(sections)])
    sections.unlink()


def _pieces(path: Path) -> Iterable[str]:
    return copied(path)


def _section(anchor: str, audited: Audited) -> str:
    tables = {facts.allocation.table.number: facts for facts in audited.tables}
    findings = [_finding_view(anchor, finding, tables) for finding in audited.findings]
    return render(
        "audit_notice.html",
        anchor=anchor,
        notice=audited.notice,
        failed=audited.failed,
        row=index_row(anchor, audited),
        tables=[table_view(anchor, facts) for facts in audited.tables],
        others=[t for t in audited.records.tables if t.table_no not in tables],
        findings=[f for f in findings if not _is_aside(f)],
        asides=[f for f in findings if _is_aside(f)],
    )


def _finding_view(
    anchor: str, finding: FindingRecord, tables: Mapping[int, TableFacts]
) -> FindingView:
    target = _target(anchor, finding, set(tables))
    title = rule_title(finding.rule)
    if finding.rule in FIGURE_RULES and target and finding.row_no and finding.col_no:
        facts = tables[finding.table_no or 0]
        table = facts.allocation.table
        row, column = finding.row_no - 1, finding.col_no - 1
        where = f"{table.rows[row].unit_printed} · {table.columns[column].item}"
        equations = facts.figures[row][column].equations[:MOST_EQUATIONS]
        return FindingView(finding, title, target, where, equations)
    return FindingView(finding, title, target, "", ())


def _is_aside(view: FindingView) -> bool:
    """Whether a finding is a mere note on how something was read."""
    return view.record.severity is Severity.NOTE and not view.where


def _target(anchor: str, finding: FindingRecord, tables: set[int]) -> str:
    """The anchor of the cell or table that a finding is about, "" where the page has none."""
    if finding.table_no not in tables:
        return ""
    if finding.row_no is None or finding.col_no is None:
        return f"{anchor}t{finding.table_no}"
    return f"{anchor}t{finding.table_no}r{finding.row_no}c{finding.col_no}"
