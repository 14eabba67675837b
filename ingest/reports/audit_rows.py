"""Every figure of an audit as one flat row: the csv report, and the sheet of all figures."""

from collections.abc import Iterator

from ingest.export.columns import Value
from ingest.figures import unit_code
from ingest.misfits import fits, shortened
from ingest.reports.audited import Audited, FigureFacts, TableFacts
from ingest.reports.sentences import finding_in_chinese
from schemas.proofs import Status
from schemas.records import FindingRecord

COLUMNS = (
    "notice_id",
    "source",
    "doc_no",
    "table_no",
    "row_no",
    "col_no",
    "unit_printed",
    "unit_code",
    "unit_name",
    "item",
    "measure",
    "printed",
    "extracted",
    "value",
    "recomputed",
    "difference",
    "tolerance",
    "status",
    "proposal",
    "equation",
    "formula",
    "ref",
)
NO_FIGURES = (Status.TEXT, Status.BLANK)
FINDING_COLUMNS = (
    "source",
    "severity",
    "rule",
    "cause",
    "table_no",
    "row_no",
    "col_no",
    "printed",
    "recomputed",
    "difference",
    "tolerance",
    "message",
    "proposal",
    "ref",
)


def figure_rows(audited: Audited) -> Iterator[tuple[Value, ...]]:
    """A row a figure in the order of print; cells of words and blank ones are left out.

    `extracted` is the printed number, `value` the accepted one, `difference` what is printed less
    what was recomputed. Several equations stand in one cell, the most telling first.
    """
    for table in audited.tables:
        yield from _table_rows(audited, table)


def _table_rows(audited: Audited, facts: TableFacts) -> Iterator[tuple[Value, ...]]:
    notice, table = audited.notice, facts.allocation.table
    rows = zip(table.rows, facts.allocation.placements, facts.figures, strict=True)
    for row, placement, figures in rows:
        for column, quantity, figure in zip(table.columns, row.cells, figures, strict=True):
            if figure.status in NO_FIGURES:
                continue
            yield (
                notice.notice_id,
                notice.source,
                notice.doc_no,
                table.number,
                row.number,
                column.number,
                row.unit_printed,
                unit_code(placement),
                placement.unit.name if placement.unit else None,
                column.item,
                quantity.measure or column.measure or None,
                *_numbers(figure),
                figure.status.value,
                " | ".join(format(value, "f") for value in figure.proposals) or None,
                " ; ".join(figure.equations) or None,
                column.formula or None,
                figure.ref,
            )


def _numbers(figure: FigureFacts) -> tuple[Value, ...]:
    printed = (figure.extracted, figure.value)
    computed = (figure.recomputed, figure.difference, figure.tolerance)
    return (
        figure.printed,
        *(value if value is not None and fits(value) else None for value in printed),
        *(shortened(value) for value in computed),
    )


def finding_values(finding: FindingRecord) -> tuple[Value, ...]:
    """A finding in the order of `FINDING_COLUMNS`, what it says in Chinese."""
    return (
        finding.source,
        finding.severity.value,
        finding.rule,
        finding.cause.value,
        finding.table_no,
        finding.row_no,
        finding.col_no,
        finding.printed,
        finding.recomputed,
        finding.difference,
        finding.tolerance,
        str(finding_in_chinese(finding)),
        finding.proposal,
        finding.ref,
    )
