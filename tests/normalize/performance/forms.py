"""Invented forms and the originals as parts, for the tests beside this file."""

from collections.abc import Iterable

from schemas.performance import PerformanceTable
from schemas.source import Cell, Line, LineRef, RawTable, Reader
from schemas.tables import Part, TableKind
from tests.outside import require_original


def form(text: str, kind: TableKind = TableKind.PERFORMANCE_TARGET) -> Part:
    """A form drawn with | between cells; blank cells are blank, and rows may be short."""
    rows = tuple(
        tuple(Cell(cell.strip(), LineRef(i, j)) for j, cell in enumerate(line.split("|"), 1))
        for i, line in enumerate(text.strip("\n").split("\n"), 1)
    )
    return Part(kind, "绩效目标表", (RawTable(rows, Reader.PIPES),))


def spans(rows: Iterable[Iterable[str | tuple[str, int, int]]]) -> Part:
    """A form as an exact grid: a cell is its text, or text, rowspan and colspan."""
    cells = []
    for i, row in enumerate(rows, 1):
        line = []
        for j, cell in enumerate(row, 1):
            text, down, right = (cell, 1, 1) if isinstance(cell, str) else cell
            line.append(Cell(text, LineRef(i, j), down, right))
        cells.append(tuple(line))
    return Part(TableKind.PERFORMANCE_TARGET, "绩效目标表", (RawTable(tuple(cells), Reader.HTML),))


def original_lines(number: str) -> tuple[Line, ...]:
    """All lines of an original; skips the test where the originals are not at hand."""
    text = require_original(number).read_text(encoding="utf-8")
    return tuple(Line(line, LineRef(i)) for i, line in enumerate(text.split("\n"), 1))


def original_forms(number: str) -> tuple[Part, ...]:
    """The forms of an original that are laid out by tabs."""
    forms: list[Part] = []
    block: list[Line] = []
    for line in (*original_lines(number), Line("", LineRef(0))):
        if "\t" in line.text:
            block.append(line)
        elif block and not line.text.strip():
            if any("一级指标" in one.text for one in block):
                forms.append(Part(TableKind.PERFORMANCE_TARGET, "", (_tabs(block),)))
            block = []
    return tuple(forms)


def _tabs(block: Iterable[Line]) -> RawTable:
    return RawTable(
        tuple(
            tuple(
                Cell(text, LineRef(line.ref.line, j))
                for j, text in enumerate(line.text.split("\t"), 1)
            )
            for line in block
            if isinstance(line.ref, LineRef)
        ),
        Reader.TABS,
    )


def levels(table: PerformanceTable) -> list[tuple[str, str]]:
    return [(i.level2.removesuffix("指标"), i.name) for i in table.indicators]


def rules(table: PerformanceTable) -> list[str]:
    return [finding.rule for finding in table.findings]
