"""Notices out of a store as an auditor wants them: their records laid out as tables again.

A store keeps what the arithmetic said of each figure, not the equations. So the tables are computed
again from their figures. The verdict is the stored one, which also knew the printed numbers of
columns and the text around the table; an equation that leads to the same verdict explains it, and
where none does the stored finding tells the reason in words.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from audit.cross import ArchiveFinding, ReadFacts, cross_check_archive, notice_to_archive_facts
from audit.proof import prove_table
from audit.structure import table_to_structure
from ingest.findings import finding_record
from ingest.placing import wholes_of
from ingest.records import Records
from ingest.reports.audited import (
    FIGURE_RULES,
    Audited,
    FigureFacts,
    TableFacts,
    table_facts,
    worst_findings_first,
)
from ingest.reports.sentences import finding_in_chinese
from normalize.places import load_gazetteer
from normalize.quantities import parse_number
from schemas.head import NoticeHead
from schemas.notice import Allocation
from schemas.places import Level, Placement, Unit, UnitStatus
from schemas.proofs import Proof, Status, Structure, TableProof
from schemas.records import FigureRecord, FindingRecord, NoticeRecord, TableRecord
from schemas.source import Document, Media, Ref, parse_ref
from schemas.tables import AllocationTable, CellKind, Column, Quantity, Row

_KINDS = {
    Status.BLANK: CellKind.BLANK,
    Status.NOT_APPLICABLE: CellKind.NOT_APPLICABLE,
    Status.TEXT: CellKind.TEXT,
    Status.UNREADABLE: CellKind.UNREADABLE,
}
_PROPOSALS = " | "

Told = dict[tuple[int | None, int | None, int | None], FindingRecord]


def audit_stored(read: Callable[[], Iterable[Records]]) -> Iterator[Audited]:
    """Audit the notices of a store, child notices also against their parents.

    `read` is called twice: a child may come before its parent. Only the few amounts of each notice
    that are compared stay in memory meanwhile.
    """
    facts = [
        notice_to_archive_facts(one.notices[0].notice_id, one.notices[0].source, _facts(one))
        for one in read()
    ]
    found: defaultdict[str, list[ArchiveFinding]] = defaultdict(list)
    for finding in cross_check_archive(facts):
        found[finding.notice_id].append(finding)
    for records in read():
        yield records_to_audited(records, found[records.notices[0].notice_id])


def records_to_audited(records: Records, more: Iterable[ArchiveFinding] = ()) -> Audited:
    """The records of one notice, with findings that other notices lead to, ready for a report."""
    notice = records.notices[0]
    document = Document(notice.source, notice.notice_id, notice.media, b"")
    added = (finding_record(document, one.finding) for one in more)
    told: Told = {
        (f.table_no, f.row_no, f.col_no): f for f in records.findings if f.rule in FIGURE_RULES
    }
    tables = tuple(
        _table_facts(_allocation(table, figures), figures, notice.media, told)
        for table, figures in _tables(records)
    )
    return Audited(records, tables, worst_findings_first((*records.findings, *added)))


def _facts(records: Records) -> ReadFacts:
    notice: NoticeRecord = records.notices[0]
    tables = list(_tables(records))
    head = NoticeHead(
        doc_no=notice.doc_no or "",
        programme=notice.programme or "",
        fiscal_year=notice.fiscal_year,
        cites=notice.cites,
    )
    return ReadFacts(
        allocations=tuple(_allocation(table, figures) for table, figures in tables),
        head=head,
        proofs=tuple(
            TableProof(tuple(tuple(map(_proof, row)) for row in _rows(figures)), (), ())
            for _, figures in tables
        ),
    )


def _tables(records: Records) -> Iterator[tuple[TableRecord, tuple[FigureRecord, ...]]]:
    by_number = {table.table_no: table for table in records.tables}
    for number, figures in groupby(records.figures, key=lambda figure: figure.table_no):
        yield by_number[number], tuple(figures)


def _rows(figures: tuple[FigureRecord, ...]) -> list[tuple[FigureRecord, ...]]:
    return [tuple(row) for _, row in groupby(figures, key=lambda figure: figure.row_no)]


def _allocation(table: TableRecord, figures: tuple[FigureRecord, ...]) -> Allocation:
    rows = _rows(figures)
    first, _, last = table.pages.partition("-")
    typed = AllocationTable(
        number=table.table_no,
        title=table.title or "",
        measure=table.measure or "",
        columns=_columns(figures),
        rows=tuple(_row(row) for row in rows),
        reader=table.reader,
        pages=tuple(range(int(first), int(last or first) + 1)),
        ref=text_to_ref(table.ref),
    )
    structure = Structure(tuple(row[0].role for row in rows), ())
    return Allocation(typed, structure, tuple(_placement(row[0]) for row in rows))


def _columns(figures: tuple[FigureRecord, ...]) -> tuple[Column, ...]:
    """The columns; one of words has more cells of words than numbers."""
    found: dict[int, list[FigureRecord]] = {}
    for figure in figures:
        found.setdefault(figure.col_no, []).append(figure)
    return tuple(
        Column(
            number,
            tuple(cells[0].item.split(" / ")),
            "",
            cells[0].formula or "",
            next((c.measure for c in cells if c.measure and c.value is not None), ""),
            sum((c.status is Status.TEXT) - (c.value is not None) for c in cells) > 0,
        )
        for number, cells in sorted(found.items())
    )


def _row(figures: tuple[FigureRecord, ...]) -> Row:
    first = figures[0]
    cells = tuple(_quantity(figure) for figure in figures)
    return Row(first.row_no, first.unit_printed, cells, first.page, text_to_ref(first.ref))


def _quantity(figure: FigureRecord) -> Quantity:
    printed = _printed_number(figure)
    kind = _KINDS.get(figure.status, CellKind.NUMBER)
    if printed is None and kind is CellKind.NUMBER:
        kind = CellKind.UNREADABLE
    exponent = 0 if printed is None else printed.as_tuple().exponent
    decimals = max(-exponent, 0) if isinstance(exponent, int) else 0
    ref = text_to_ref(figure.ref)
    return Quantity(figure.printed, kind, printed, decimals, figure.measure or "", ref)


def _printed_number(figure: FigureRecord) -> Decimal | None:
    """The number that the print says. Only a repaired figure, or one that a person decided, has
    another value."""
    if figure.status not in (Status.REPAIRED, Status.DECIDED):
        return figure.value
    parsed = parse_number(figure.printed.removesuffix("%"))
    return parsed[0] if parsed else None


def _placement(figure: FigureRecord) -> Placement:
    unit = None
    if figure.unit_status is not UnitStatus.UNRESOLVED and figure.unit_name:
        unit = _unit(figure.unit_code or "", figure.unit_name)
    status = figure.unit_status if unit else UnitStatus.UNRESOLVED
    return Placement(figure.unit_printed, unit, status, figure.unit_score)


def _unit(code: str, name: str) -> Unit:
    """The unit of the gazetteer, or one made of what is stored where another version knew it."""
    known = (u for u in load_gazetteer().by_code.get(code, ()) if u.name == name)
    return next(known, None) or Unit(code, name, _level(code), "", 0, 0)


def _level(code: str) -> Level:
    if not code:
        return Level.UNCODED
    if code.endswith("0000"):
        return Level.PROVINCE
    return Level.PREFECTURE if code.endswith("00") else Level.COUNTY


def _proof(figure: FigureRecord) -> Proof:
    return Proof(figure.status, figure.value, _proposals(figure), (), figure.proofs)


def _table_facts(
    found: Allocation, figures: tuple[FigureRecord, ...], media: Media, told: Told
) -> TableFacts:
    table = found.table
    typed = table.reader.typed or media in (Media.HTML, Media.DOCX, Media.XLSX)
    structure = table_to_structure(table, wholes_of(found.placements, load_gazetteer()))
    again = table_facts(found, prove_table(table, structure, typed))
    rows = zip(_rows(figures), again, strict=True)
    return TableFacts(
        found,
        tuple(
            tuple(_same_verdict(_figure_facts(f, told), a) for f, a in zip(row, new, strict=True))
            for row, new in rows
        ),
    )


def _same_verdict(stored: FigureFacts, again: FigureFacts) -> FigureFacts:
    """The stored facts with the equations that lead to them, where there are such."""
    same = (stored.status, stored.value) == (again.status, again.value)
    return replace(again, proposals=stored.proposals) if same and again.main else stored


def _figure_facts(figure: FigureRecord, told: Told) -> FigureFacts:
    finding = told.get((figure.table_no, figure.row_no, figure.col_no))
    extracted = _printed_number(figure)
    recomputed = finding.recomputed if finding else None
    if figure.status is Status.REPAIRED:
        recomputed = figure.value
    difference = None
    if recomputed is not None and extracted is not None:
        difference = extracted - recomputed
    return FigureFacts(
        figure.printed,
        extracted,
        figure.value,
        figure.status,
        recomputed,
        difference,
        finding.tolerance if finding else None,
        None,
        (str(finding_in_chinese(finding)),) if finding else (),
        _proposals(figure),
        figure.ref,
    )


def _proposals(figure: FigureRecord) -> tuple[Decimal, ...]:
    texts = (figure.proposal or "").split(_PROPOSALS)
    parsed = (parse_number(text) for text in texts if text)
    return tuple(one[0] for one in parsed if one)


def text_to_ref(text: str) -> Ref:
    """A place as it was published.

    >>> text_to_ref("L53:C2"), text_to_ref("p3 10,20.2,60,32")
    (LineRef(line=53, cell=2), BoxRef(page=3, x0=10.0, y0=20.2, x1=60.0, y1=32.0))
    """
    ref = parse_ref(text)
    if ref is None:
        raise ValueError(f"no place in a source: {text!r}")
    return ref
