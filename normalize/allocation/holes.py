"""Cells that are missing: a row is shorter than the others and a column that all of them fill stays
blank in it.

Where a cell was lost the columns of the others can often be told (by kind, by size, by sums), but
what stood in the lost one cannot: it is no blank that was printed.
"""

from collections.abc import Iterator, Sequence

from normalize.allocation.cells import usual_length
from normalize.allocation.columns import AlignedRow
from schemas.findings import Cause, Finding, Severity
from schemas.source import Cell
from schemas.tables import Column

_HARDLY_BLANK = 0.1
_LEAST_FULL = 3


def missing_cells(
    rows: Sequence[AlignedRow], columns: Sequence[Column], table_no: int
) -> Iterator[Finding]:
    """A finding `cell-missing` for each cell that a row must have lost.

    `乙县 ¦ 54` among `甲县 ¦ 51 ¦ 40`, `丙县 ¦ 53 ¦ 47`, `丁县 ¦ 58 ¦ 59` lost one of its two.
    """
    usual = usual_length([row.row.cells for row in rows])
    whole = [row.cells for row in rows if len(row.row.cells) >= usual]
    full = [i for i in range(len(columns)) if _is_full([cells[i] for cells in whole])]
    for number, row in enumerate(rows, start=1):
        # A row without figures is a heading, but in a list of one figure each it may have lost it.
        if len(row.row.cells) >= usual or (len(columns) > 1 and not row.row.filled):
            continue
        for i in full:
            cell = row.cells[i]
            if cell is not None and cell.text:
                continue
            name = row.row.name or "without a name"
            item = columns[i].item or f"column {i + 1}"
            yield Finding(
                "cell-missing",
                Severity.WARNING,
                f"The row {name} prints a cell less than the others, and nothing for {item}.",
                Cause.EXTRACTION,
                table_no,
                number,
                i + 1,
                printed=" | ".join(c.text for c in row.row.filled),
                ref=row.row.name_cell.ref,
            )


def _is_full(cells: Sequence[Cell | None]) -> bool:
    filled = sum(cell is not None and bool(cell.text) for cell in cells)
    return filled >= _LEAST_FULL and len(cells) - filled <= _HARDLY_BLANK * len(cells)
