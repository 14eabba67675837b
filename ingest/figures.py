"""Allocation tables become rows of the public table `figures`."""

from collections.abc import Iterator
from decimal import Decimal

from ingest.misfits import fits
from schemas.notice import Allocation, Performance, Proofs, ReadNotice
from schemas.places import Placement
from schemas.proofs import Proof, Status
from schemas.records import FigureRecord
from schemas.source import Document
from schemas.tables import AllocationTable, CellKind, Quantity

_STATUS_OF_PRINT = {
    CellKind.NUMBER: Status.UNPROVED,
    CellKind.BLANK: Status.BLANK,
    CellKind.NOT_APPLICABLE: Status.NOT_APPLICABLE,
    CellKind.TEXT: Status.TEXT,
    CellKind.UNREADABLE: Status.UNREADABLE,
}


def figure_records(notice: ReadNotice) -> Iterator[FigureRecord]:
    """One record a cell of every allocation table, and of the amounts of tables in across form."""
    for table in notice.tables:
        if isinstance(table, Allocation):
            yield from _allocation_records(notice.document, table, notice.proofs)
        elif isinstance(table, Performance) and table.amounts is not None:
            yield from _allocation_records(notice.document, table.amounts, notice.proofs)


def _allocation_records(
    document: Document, allocation: Allocation, proofs: Proofs
) -> Iterator[FigureRecord]:
    table = allocation.table
    proved = proofs[table.number].proofs if table.number in proofs else _proofs_of_print(table)
    roles, placements = allocation.structure.roles, allocation.placements
    for row, role, placement, cells in zip(table.rows, roles, placements, proved, strict=True):
        for column, cell, proof in zip(table.columns, row.cells, cells, strict=True):
            value, status = _publishable(proof)
            yield FigureRecord(
                notice_id=document.sha256,
                source=document.source,
                table_no=table.number,
                table_title=table.title or None,
                page=row.page,
                row_no=row.number,
                role=role,
                unit_printed=row.unit_printed,
                unit_code=unit_code(placement),
                unit_name=placement.unit.name if placement.unit else None,
                unit_status=placement.status,
                unit_score=placement.score,
                col_no=column.number,
                item=column.item,
                formula=column.formula or None,
                measure=cell.measure or column.measure or None,
                printed=cell.printed,
                value=value,
                status=status,
                proposal=" | ".join(f"{number:f}" for number in proof.proposals) or None,
                proofs=proof.proofs,
                ref=str(cell.ref),
            )


def _proofs_of_print(table: AllocationTable) -> Iterator[Iterator[Proof]]:
    """What the print alone says, where nothing was proved."""
    return (map(_proof_of_print, row.cells) for row in table.rows)


def _proof_of_print(cell: Quantity) -> Proof:
    return Proof(_STATUS_OF_PRINT[cell.kind], cell.value, (), (), 0)


def _publishable(proof: Proof) -> tuple[Decimal | None, Status]:
    """The value and its status; a number that no column can hold is as good as unreadable."""
    if proof.value is not None and not fits(proof.value):
        return None, Status.UNREADABLE
    return proof.value, proof.status


def unit_code(placement: Placement) -> str | None:
    """A division code; units that budgets use without one (开发区, 本级) have none to publish."""
    return placement.unit.code or None if placement.unit else None
