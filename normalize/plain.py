"""Project lists, tracking forms and whatever fits no kind: counted and kept, not interpreted."""

from collections.abc import Sequence

from normalize.parts import part_measure
from normalize.text import label_key
from normalize.vocabulary import words_for
from schemas.findings import Cause, Finding, Severity
from schemas.source import Cell, RawTable, Reader
from schemas.tables import Part, PlainTable, TableKind


def part_to_plain(part: Part, number: int) -> PlainTable:
    """Count the rows and columns of a table whose cells are kept raw.

    A form of which only the title and its notes were read (a blank tracking form whose grid the
    text lost) has no rows and a finding `form-without-cells`.
    """
    if not part.tables:
        return _from_lines(part, number)
    rows = [row for table in part.tables for row in _data_rows(table)]
    findings: tuple[Finding, ...] = ()
    if part.kind is TableKind.OTHER:
        findings = (_finding("unknown-kind", "The table is of no known kind.", part, number),)
    return PlainTable(
        number=number,
        kind=part.kind,
        title=part.title,
        measure=part_measure(part),
        rows=len(rows),
        columns=max(len(row) for table in part.tables for row in table.rows),
        reader=part.tables[0].reader,
        pages=tuple(dict.fromkeys(table.page for table in part.tables)),
        ref=part.tables[0].ref,
        findings=findings,
    )


def _from_lines(part: Part, number: int) -> PlainTable:
    message = f"Of the form {part.title} only its title and notes were read, no cells."
    return PlainTable(
        number=number,
        kind=part.kind,
        title=part.title,
        measure=part_measure(part),
        rows=0,
        columns=0,
        reader=Reader.LINES,
        pages=tuple(dict.fromkeys(line.page for line in part.body)),
        ref=part.body[0].ref,
        findings=(_finding("form-without-cells", message, part, number),),
    )


def _finding(rule: str, message: str, part: Part, number: int) -> Finding:
    ref = part.tables[0].ref if part.tables else part.body[0].ref
    is_blank_form = rule == "form-without-cells" and part.kind is TableKind.TRACKING_FORM
    severity = Severity.NOTE if is_blank_form else Severity.WARNING
    return Finding(rule, severity, message, Cause.EXTRACTION, number, ref=ref)


def _data_rows(table: RawTable) -> Sequence[tuple[Cell, ...]]:
    """The rows below the header: from the first that begins with a number or a total on."""
    for i, row in enumerate(table.rows):
        first = next((label_key(cell.text) for cell in row if cell.text), "")
        if first in words_for("total") or (first.isascii() and first.isdecimal()):
            return table.rows[i:]
    return table.rows[1:]
