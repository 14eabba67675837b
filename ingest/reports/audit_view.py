"""What the HTML report of an audit shows of a table: texts and classes, cell by cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ingest.reports.audited import TO_LOOK_AT, Audited, FigureFacts, TableFacts
from ingest.reports.header_rows import HeaderCell, header_rows
from ingest.reports.pages import shown
from ingest.reports.words import words
from schemas.findings import Severity
from schemas.proofs import Status
from schemas.tables import Column

MOST_EQUATIONS = 6
_MARKED = (Status.REPAIRED, Status.SUSPECT, Status.UNPROVED, Status.UNREADABLE)


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its anchor, the class that colours it, the text, what was printed where that is not
    the text, and all facts as lines."""

    anchor: str
    status: str
    text: str
    replaced: str
    facts: str


@dataclass(frozen=True, slots=True)
class RowView:
    """A row: number, printed name, the unit's name where it differs, code, role, cells."""

    number: int
    name: str
    unit: str
    code: str
    role: str
    clean: bool
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class LookAt:
    """A figure that somebody may want to see, with its equations."""

    anchor: str
    status: str
    where: str
    printed: str
    value: str
    recomputed: str
    difference: str
    equations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableView:
    """An allocation table as the page shows it."""

    anchor: str
    number: int
    title: str
    measure: str
    header: tuple[tuple[HeaderCell, ...], ...]
    formulas: tuple[str, ...]
    rows: tuple[RowView, ...]
    look_at: tuple[LookAt, ...]
    counts: Mapping[str, int]


def table_view(prefix: str, facts: TableFacts) -> TableView:
    """A table for the page; `prefix` is the anchor of its notice."""
    table = facts.allocation.table
    anchor = f"{prefix}t{table.number}"
    counts = {status.value: 0 for status in TO_LOOK_AT} | {Status.PROVED.value: 0}
    for row in facts.figures:
        for figure in row:
            if figure.status.value in counts:
                counts[figure.status.value] += 1
    return TableView(
        anchor,
        table.number,
        table.title,
        table.measure,
        header_rows([column.path for column in table.columns]),
        tuple(column.formula for column in table.columns),
        tuple(_row_views(anchor, facts)),
        tuple(_look_at(anchor, facts)),
        counts,
    )


def _row_views(anchor: str, facts: TableFacts) -> Iterator[RowView]:
    allocation = facts.allocation
    parts = (allocation.table.rows, allocation.placements, allocation.structure.roles)
    for row, placement, role, figures in zip(*parts, facts.figures, strict=True):
        unit = placement.unit
        cells = tuple(
            _cell_view(f"{anchor}r{row.number}c{column.number}", column, figure)
            for column, figure in zip(allocation.table.columns, figures, strict=True)
        )
        yield RowView(
            row.number,
            row.unit_printed,
            unit.name if unit and unit.name != row.unit_printed else "",
            unit.code if unit else "",
            role.value,
            not any(figure.status in _MARKED for figure in figures),
            cells,
        )


def _cell_view(anchor: str, column: Column, figure: FigureFacts) -> CellView:
    is_repaired = figure.status is Status.REPAIRED
    percent = "%" if column.measure == "%" and figure.value is not None else ""
    text = figure.printed if figure.value is None else shown(figure.value) + percent
    return CellView(
        anchor,
        figure.status.value,
        text,
        figure.printed if is_repaired else "",
        "\n".join(_facts(column, figure)),
    )


def _facts(column: Column, figure: FigureFacts) -> Iterator[str]:
    """The facts of a cell, one a line, each a name and what it is."""
    word = words()
    yield f"{word['status']}：{word[f'status.{figure.status}']}"
    yield f"{word['item']}：{column.item}"
    yield f"{word['printed']}：{figure.printed or '—'}"
    if figure.status is Status.REPAIRED:
        yield f"{word['value']}：{shown(figure.value)}"
    if figure.recomputed is not None:
        yield f"{word['recomputed']}：{_number(figure.recomputed)}"
        yield f"{word['printed_difference']}：{_number(figure.difference)}"
        yield f"{word['tolerance']}：±{_number(figure.tolerance)}"
    if figure.proposals:
        yield f"{word['proposal']}：{'；'.join(map(shown, figure.proposals))}"
    for text in figure.equations[:MOST_EQUATIONS]:
        yield f"{word['equation']}：{text}"
    if figure.main is not None and figure.main.source:
        yield f"{word['formula']}：{figure.main.source}"
    yield f"{word['ref']}：{figure.ref}"


def _number(value: Decimal | None) -> str:
    return "—" if value is None else shown(value)


def _look_at(anchor: str, facts: TableFacts) -> list[LookAt]:
    """Figures that are not proved, the worst first, then in the order of print."""
    table = facts.allocation.table
    found: list[tuple[int, LookAt]] = []
    for row, figures in zip(table.rows, facts.figures, strict=True):
        for column, figure in zip(table.columns, figures, strict=True):
            if figure.status in TO_LOOK_AT:
                view = LookAt(
                    f"{anchor}r{row.number}c{column.number}",
                    figure.status.value,
                    f"{row.unit_printed} · {column.item}",
                    figure.printed,
                    _number(figure.value),
                    _number(figure.recomputed),
                    _number(figure.difference),
                    figure.equations[:MOST_EQUATIONS],
                )
                found.append((TO_LOOK_AT.index(figure.status), view))
    return [view for _, view in sorted(found, key=lambda item: item[0])]


@dataclass(frozen=True, slots=True)
class IndexRow:
    """A notice in the index of the page."""

    anchor: str
    name: str
    source: str
    failed: bool
    counts: Mapping[str, int]
    discrepancies: int
    severities: Mapping[str, int]
    badness: tuple[int, ...]


def index_row(anchor: str, audited: Audited) -> IndexRow:
    """The line of a notice in the index."""
    notice, count = audited.notice, audited.severities()
    return IndexRow(
        anchor,
        notice.doc_no or notice.title or notice.source,
        notice.source,
        audited.failed,
        {
            "figures": notice.figures,
            "proved": notice.proved,
            "repaired": notice.repaired,
            "suspect": notice.suspect,
            "unproved": notice.unproved,
        },
        audited.discrepancies,
        {severity.value: count[severity] for severity in Severity},
        audited.badness(),
    )
