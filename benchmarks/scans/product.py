"""The product through its public functions: layouts as read tables, figures with their verdicts."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from benchmarks.scans.model import Sheet, TrueCell
from benchmarks.scans.score import ReadCell, ReadTable, Score, score
from extract.extraction import Extraction
from extract.layout import document_to_layout
from extract.media import bytes_to_media
from extract.pages import Box
from ingest.figures import figure_records
from ingest.recipe import read_document
from schemas.notice import ReadNotice
from schemas.proofs import Status
from schemas.records import FigureRecord
from schemas.source import BoxRef, Cell, Document, Layout, RawTable

_SURE = (Status.PROVED, Status.REPAIRED)


@dataclass(slots=True)
class Verdicts:
    """What the stages after reading made of the numbers: all, right in the accepted value, with a
    sure status, and sure but wrong (SILENT); unproved and wrong (unsaid); units named, named wrong.
    """

    numbers: int = 0
    right: int = 0
    sure: int = 0
    silent: int = 0
    unsaid: int = 0
    units: int = 0
    wrong_units: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, other: "Verdicts") -> None:
        """Take in the counts of another document."""
        self.numbers += other.numbers
        self.right += other.right
        self.sure += other.sure
        self.silent += other.silent
        self.unsaid += other.unsaid
        self.units += other.units
        self.wrong_units += other.wrong_units
        self.examples += other.examples


def as_document(name: str, data: bytes) -> Document:
    """Bytes as the recipe takes them."""
    return Document(name, hashlib.sha256(data).hexdigest(), bytes_to_media(data, name), data)


def read_layout(document: Document) -> Extraction:
    """The layout of a document."""
    return document_to_layout(document)


def layout_tables(layout: Layout) -> tuple[ReadTable, ...]:
    """The raw tables of a layout."""
    return tuple(
        _read_table(block) for block in layout.blocks if isinstance(block, RawTable) and block.rows
    )


def _read_table(table: RawTable) -> ReadTable:
    cells = tuple(
        ReadCell(r, c, cell.rowspan, cell.colspan, cell.text, _box(cell))
        for r, row in enumerate(table.rows)
        for c, cell in enumerate(row)
        if not cell.covered
    )
    return ReadTable(table.page, cells)


def _box(cell: Cell) -> Box | None:
    ref = cell.ref
    return Box(ref.x0, ref.y0, ref.x1, ref.y1) if isinstance(ref, BoxRef) else None


def judge(
    sheet: Sheet, cells: Sequence[TrueCell], document: Document
) -> tuple[Score, Verdicts, ReadNotice]:
    """One document through all stages, against its truth. Raises UnreadableError."""
    notice = read_document(document)
    return score(cells, layout_tables(notice.layout)), _verdicts(sheet, cells, notice), notice


def _verdicts(sheet: Sheet, cells: Sequence[TrueCell], notice: ReadNotice) -> Verdicts:
    wanted = {c.figure: c for c in cells if c.figure and c.number}
    codes = {(r.table_no, r.row_no): r.code for r in sheet.rows}
    records = {(f.table_no, f.row_no, f.col_no): f for f in figure_records(notice)}
    made = Verdicts()
    for place, cell in wanted.items():
        made.numbers += 1
        record = records.pop(place, None)
        if record is not None:
            _weigh(made, record, cell.text)
    for record in records.values():  # a figure where none stands
        if record.status in _SURE:
            made.sure += 1
            made.silent += 1
            made.examples.append(f"SILENT no such figure: {_told(record)}")
    told = {(f.table_no, f.row_no): f for f in figure_records(notice)}
    for key, record in told.items():
        if record.unit_code is None:
            continue
        made.units += 1
        if codes.get(key) != record.unit_code:
            made.wrong_units += 1
            made.examples.append(f"WRONG UNIT want {codes.get(key)}: {_told(record)}")
    return made


def _weigh(made: Verdicts, record: FigureRecord, text: str) -> None:
    truth = Decimal(text.rstrip("%").replace(",", ""))
    good = record.value == truth
    made.right += good
    made.sure += record.status in _SURE
    if good:
        return
    if record.status in _SURE:
        made.silent += 1
        made.examples.append(f"SILENT want {text}: {_told(record)}")
    elif record.status is Status.UNPROVED:
        made.unsaid += 1
        made.examples.append(f"unsaid want {text}: {_told(record)}")


def _told(record: FigureRecord) -> str:
    return (
        f"t{record.table_no} r{record.row_no} c{record.col_no} {record.unit_printed}"
        f" ({record.unit_code} {record.unit_status}) printed {record.printed!r}"
        f" {record.status.value} as {record.value}"
    )
