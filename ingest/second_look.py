"""A second look at what the arithmetic accuses.

To read a picture again costs as much as to read it, and two readings by one engine share their
errors. So only the cells that an equation accuses are read again, and what the second reading says
decides nothing: it is kept beside the first, and the equations choose among both.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ingest.proving import allocations
from schemas.errors import UnreadableError
from schemas.findings import Cause, Finding, Severity
from schemas.notice import ReadNotice
from schemas.proofs import Status
from schemas.source import BoxRef, Cell, Document, Layout, Media, RawTable, Ref
from schemas.tables import Quantity

MOST_CELLS = 200
"""So many cells of a document are read again; where more are accused, the page as a whole failed,
and no reading of single cells will mend it."""

_ACCUSED = frozenset({Status.SUSPECT, Status.REPAIRED, Status.UNREADABLE})


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Other layouts of a document, and what was odd about looking again."""

    layouts: tuple[Layout, ...] = ()
    findings: tuple[Finding, ...] = ()


def second_look(document: Document, notice: ReadNotice, password: str | None) -> SecondLook:
    """Other layouts of a document of which the arithmetic accuses something in `notice`.

    Where the accused cells are pictures they are read again; where the pages were typed, other
    readers of pages are asked. That looking again fails costs the document nothing but a finding.
    """
    layouts: list[Layout] = []
    findings: list[Finding] = []
    try:
        if cells := accused_cells(notice):
            from extract.scan.reread import reread  # noqa: PLC0415  loads the recogniser

            readings = reread(document, cells, password)
            if any(readings.values()):
                layouts.append(with_readings(notice.layout, readings))
        if document.media is Media.PDF and (pages := accused_pages(notice)):
            from extract.pdf import second_opinions  # noqa: PLC0415  loads two readers more

            opinions = second_opinions(document, notice.layout, pages, password)
            layouts += opinions.layouts
            findings += opinions.findings
    except UnreadableError as error:
        message = f"What does not add up could not be read a second time: {error.told}"
        findings.append(Finding(error.rule, Severity.WARNING, message, Cause.EXTRACTION))
    return SecondLook(tuple(layouts), tuple(findings))


def accused_cells(notice: ReadNotice) -> tuple[BoxRef, ...]:
    """The places of pictures whose figures the arithmetic doubts, in print order.

    A repaired figure is among them: a second reading may confirm it.
    """
    found = (
        quantity.ref
        for quantity, status, typed in _figures(notice)
        if status in _ACCUSED and not typed and isinstance(quantity.ref, BoxRef)
    )
    places = tuple(dict.fromkeys(found))
    return places if len(places) <= MOST_CELLS else ()


def accused_pages(notice: ReadNotice) -> tuple[int, ...]:
    """The pages with a text layer on which a figure fails: they may have been read wrongly."""
    found = (
        quantity.ref.page
        for quantity, status, typed in _figures(notice)
        if status is Status.SUSPECT and typed and isinstance(quantity.ref, BoxRef)
    )
    return tuple(sorted(set(found)))


def with_readings(layout: Layout, readings: Mapping[BoxRef, Sequence[str]]) -> Layout:
    """The layout with other readings beside the text of the cells that were read again."""
    return Layout(
        tuple(
            _table_with_readings(block, readings) if isinstance(block, RawTable) else block
            for block in layout.blocks
        )
    )


def _figures(notice: ReadNotice) -> list[tuple[Quantity, Status, bool]]:
    """Every figure with its status, and whether it was born digital."""
    return [
        (quantity, proof.status, found.table.reader.typed)
        for found in allocations(notice.tables)
        if found.table.number in notice.proofs
        for row, proofs in zip(
            found.table.rows, notice.proofs[found.table.number].proofs, strict=True
        )
        for quantity, proof in zip(row.cells, proofs, strict=True)
    ]


def _table_with_readings(table: RawTable, readings: Mapping[BoxRef, Sequence[str]]) -> RawTable:
    rows = tuple(tuple(_cell_with_readings(cell, readings) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


def _cell_with_readings(cell: Cell, readings: Mapping[BoxRef, Sequence[str]]) -> Cell:
    more = _readings(cell.ref, readings)
    if not more:
        return cell
    others = dict.fromkeys((*cell.readings, *more))
    return replace(cell, readings=tuple(text for text in others if text != cell.text))


def _readings(ref: Ref, readings: Mapping[BoxRef, Sequence[str]]) -> Sequence[str]:
    return readings.get(ref, ()) if isinstance(ref, BoxRef) else ()
