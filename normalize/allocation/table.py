"""The recipe of an allocation table: rows, columns, header, cells."""

from collections.abc import Sequence

from normalize.allocation.columns import AlignedRow, align_rows, count_columns, profiles_of
from normalize.allocation.folding import header_use
from normalize.allocation.headers import pages_to_header, printed_header
from normalize.allocation.heading import header_to_columns
from normalize.allocation.holes import missing_cells
from normalize.allocation.repeated import split_at_headers, with_known_labels
from normalize.allocation.rows import PageRows, tables_to_page_rows
from normalize.parts import part_measure
from normalize.prose import prose_to_allocation
from normalize.quantities import text_to_quantity
from schemas.findings import Cause, Finding, Severity
from schemas.source import Cell
from schemas.tables import AllocationTable, CellKind, Column, Part, Quantity, Row


def part_to_allocation(part: Part, number: int) -> AllocationTable:
    """Read an allocation table. Every row gets a cell for every column; nothing is left out.

    A cell that fits no column is kept in `dropped` with a finding `cell-dropped`; a row whose cells
    may be put in more than one way has `shift_uncertain` and a finding `row-shift-uncertain`. So
    have all rows of a table of which a column may be missed, with a finding `columns-uncertain`. A
    cell that a row must have lost has a finding `cell-missing`.
    """
    if part.body:
        return prose_to_allocation(part, number)
    raw = with_known_labels([page for table in part.tables for page in split_at_headers(table)])
    pages = tables_to_page_rows(raw)
    rows = align_rows(pages, count_columns(pages))
    profiles = profiles_of(rows)
    header = pages_to_header(pages, profiles)
    measure = part_measure(part)
    columns = header_to_columns(header, profiles, measure)
    cells = [_quantities(row, columns) for row in rows]
    uncertain = any(table.uncertain for table in part.tables)
    findings = [
        *_row_findings(rows, cells, number),
        *missing_cells(rows, columns, number),
        *_table_findings(part, pages, columns, number),
    ]
    return AllocationTable(
        number=number,
        title=part.title,
        measure=measure,
        columns=columns,
        rows=tuple(
            Row(
                i,
                row.row.name,
                cells[i - 1],
                row.row.page,
                row.row.name_cell.ref,
                uncertain or row.uncertain,
            )
            for i, row in enumerate(rows, start=1)
        ),
        reader=part.tables[0].reader,
        pages=tuple(dict.fromkeys(table.page for table in part.tables)),
        ref=part.tables[0].ref,
        dropped=tuple(cell for row in rows for cell in row.dropped),
        findings=tuple(findings),
    )


def _quantities(row: AlignedRow, columns: Sequence[Column]) -> tuple[Quantity, ...]:
    return tuple(
        _quantity(cell, row.row.name_cell, column)
        for cell, column in zip(row.cells, columns, strict=True)
    )


def _quantity(cell: Cell | None, name_cell: Cell, column: Column) -> Quantity:
    """A blank cell that the source does not hold has its row's place. A code, a date or a number
    in a remark (2080507) is words: it counts nothing."""
    if cell is None:
        return Quantity("", CellKind.BLANK, None, 0, "", name_cell.ref)
    said = text_to_quantity(cell.text, cell.ref, cell.readings)
    headed = bool(column.path) and header_use(column.path[-1]) in ("code", "text")
    if column.is_text and headed and said.kind in (CellKind.NUMBER, CellKind.UNREADABLE):
        return Quantity(cell.text, CellKind.TEXT, None, 0, "", cell.ref)
    return said


def _row_findings(
    rows: Sequence[AlignedRow], cells: Sequence[Sequence[Quantity]], table_no: int
) -> list[Finding]:
    findings: list[Finding] = []
    for i, row in enumerate(rows, start=1):
        name = row.row.name or "without a name"
        for cell in row.dropped:
            findings.append(
                Finding(
                    "cell-dropped",
                    Severity.WARNING,
                    f"The row {name} prints more cells than the table has columns.",
                    Cause.EXTRACTION,
                    table_no,
                    i,
                    printed=cell.text,
                    ref=cell.ref,
                )
            )
        if row.uncertain:
            findings.append(
                Finding(
                    "row-shift-uncertain",
                    Severity.WARNING,
                    f"The row {name} has lost cells, and its figures may stand one column off.",
                    Cause.EXTRACTION,
                    table_no,
                    i,
                    printed=" | ".join(cell.text for cell in row.row.filled),
                    ref=row.row.name_cell.ref,
                )
            )
        findings.extend(_unreadable(row, cells[i - 1], i, table_no))
    return findings


def _unreadable(
    row: AlignedRow, cells: Sequence[Quantity], row_no: int, table_no: int
) -> list[Finding]:
    """A finding for each cell that holds something which is neither a figure nor words."""
    return [
        Finding(
            "cell-unreadable",
            Severity.WARNING,
            f"The figure {cell.printed!r} of {row.row.name or 'a row without a name'} is "
            "unreadable.",
            Cause.OCR,
            table_no,
            row_no,
            column,
            printed=cell.printed,
            ref=cell.ref,
        )
        for column, cell in enumerate(cells, start=1)
        if cell.kind is CellKind.UNREADABLE
    ]


def _table_findings(
    part: Part, pages: Sequence[PageRows], columns: Sequence[Column], table_no: int
) -> list[Finding]:
    ref = part.tables[0].ref
    findings: list[Finding] = []
    if not any(page.body for page in pages):
        message = "The table has a header but no rows of figures; look whether a page is missing."
        findings.append(
            Finding("no-rows", Severity.WARNING, message, Cause.SOURCE, table_no, ref=ref)
        )
    if any(table.uncertain for table in part.tables):
        message = (
            "Figures stand side by side in cells of this table: a ruling line was missed there, "
            "and the columns right of it may stand one place off."
        )
        findings.append(
            Finding(
                "columns-uncertain", Severity.WARNING, message, Cause.EXTRACTION, table_no, ref=ref
            )
        )
    printed = printed_header(pages)
    unnamed = ", ".join(str(column.number) for column in columns if not column.path)
    if columns and not printed and not any(column.path for column in columns):
        message = "The table has no header that can be read; its columns are only numbered."
        findings.append(
            Finding("no-header", Severity.WARNING, message, Cause.SOURCE, table_no, ref=ref)
        )
    elif unnamed:
        message = f"The header is broken: no sure text for column {unnamed}."
        findings.append(
            Finding(
                "header-uncertain",
                Severity.WARNING,
                message,
                Cause.EXTRACTION,
                table_no,
                printed=printed,
                ref=ref,
            )
        )
    return findings
