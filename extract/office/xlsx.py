"""Workbooks to layouts: every sheet, hidden ones too, and what was odd about them."""

from collections.abc import Iterator, Mapping, Sequence

from extract.extraction import Extraction
from extract.limits import MOST_CELLS
from extract.office.drawings import drawn_lines, drawn_pictures
from extract.office.insets import Inset, PartPicture, PictureRead
from extract.office.opening import document_to_package
from extract.office.package import Package
from extract.office.regions import grid_to_blocks, hidden_texts
from extract.office.sheet import OddCell, Oddity, SheetGrid, entry_to_grid
from extract.office.workbook import SheetEntry, Workbook, package_to_workbook
from schemas.errors import EmptyDocumentError, TooLargeError
from schemas.findings import Cause, Finding, Severity
from schemas.source import Block, Document, Layout, Line, Media, SheetRef

_ODD = {
    Oddity.NO_VALUE: (
        "formula-without-value",
        Severity.WARNING,
        "holds {n} formulas without their results, first {first}; open and save the file in a "
        "spreadsheet program.",
    ),
    Oddity.ERROR: (
        "error-in-sheet",
        Severity.WARNING,
        "shows errors instead of values in {n} cells, first {first}.",
    ),
    Oddity.HIDDEN: (
        "value-not-shown",
        Severity.NOTE,
        "holds {n} numbers that its number formats do not show, first {first}; they were taken as "
        "blank.",
    ),
    Oddity.ROUNDED: (
        "shown-rounded",
        Severity.NOTE,
        "stores more digits than it shows in {n} cells, first {first}; what it shows was taken.",
    ),
}


def xlsx_to_extraction(document: Document, password: str | None = None) -> Extraction:
    """Read a workbook (xlsx, xlsm): lines and tables of every sheet; `page` is the sheet's number.

    Formulas are not computed: what the file says that they gave is taken. Pictures of a page's size
    are read like scanned pages, after the cells of their sheet; as pages they are numbered on after
    the sheets. Raises DamagedError, EncryptedError, TooLargeError, NoPagesError,
    EmptyDocumentError, and MissingExtraError where all there is to read are pictures and the extra
    `ocr` is not installed (schemas.errors).
    """
    package = document_to_package(document, password)
    book = package_to_workbook(package)
    pictures = sheet_pictures(package, book)
    blocks: list[Block] = []
    findings: list[Finding] = []
    reads: list[PictureRead] = []
    cells = 0
    for entry in book.sheets:
        if not entry.part or entry.part not in package.names:
            findings.append(_unread(entry))
            continue
        grid = entry_to_grid(package, entry, book)
        cells += len(grid.cells)
        if cells > MOST_CELLS:
            raise TooLargeError(f"the workbook has more than {MOST_CELLS:,} cells with text")
        blocks += _with_drawn(
            grid_to_blocks(grid, entry.number), drawn_lines(package, entry.part, entry.number)
        )
        findings += _sheet_findings(entry, grid)
        for read in _read_pictures(package, pictures.get(entry.number, ())):
            blocks += read.blocks
            findings += read.findings
            reads.append(read)
    if not blocks:
        errors = [read.error for read in reads if read.error is not None]
        empty = f"none of the {len(book.sheets)} sheets has a cell that prints"
        raise errors[0] if errors else EmptyDocumentError(empty)
    # What was read off a picture is not what somebody typed.
    media = Media.SCAN if any(read.blocks for read in reads) else Media.XLSX
    return Extraction(Layout(tuple(blocks)), tuple(findings), media=media)


def sheet_pictures(package: Package, book: Workbook) -> Mapping[int, Sequence[PartPicture]]:
    """The pictures of a page's size over each sheet, by its number; each picture once."""
    found: dict[tuple[str, Inset], PartPicture] = {}
    over: dict[int, list[PartPicture]] = {}
    for entry in book.sheets:
        for part, inset in drawn_pictures(package, entry.part) if entry.part else ():
            if (part, inset) not in found:
                number = len(book.sheets) + len(found) + 1
                found[part, inset] = PartPicture(number, part, inset.cut)
                over.setdefault(entry.number, []).append(found[part, inset])
    return over


def _read_pictures(package: Package, wanted: Sequence[PartPicture]) -> list[PictureRead]:
    if not wanted:
        return []
    # Only here are the libraries for pictures loaded.
    from extract.office.pictures import read_picture  # noqa: PLC0415

    return [read_picture(package, one) for one in wanted]


def _with_drawn(blocks: Sequence[Block], drawn: Sequence[Line]) -> list[Block]:
    """Boxes that lie above all cells come before them, all others after them."""
    first = blocks[0].ref if blocks else None
    top = first.line if isinstance(first, SheetRef) else 1
    above = [line for line in drawn if isinstance(line.ref, SheetRef) and line.ref.line < top]
    return [*above, *blocks, *drawn[len(above) :]]


def _unread(entry: SheetEntry) -> Finding:
    """A chart has no cells; a sheet whose part is missing was lost."""
    if not entry.part:
        message = f"Sheet {entry.number} ({entry.name}) holds no cells and was not read."
        return Finding("sheet-without-cells", Severity.NOTE, message, Cause.SOURCE)
    message = f"Sheet {entry.number} ({entry.name}) is named but missing from the file."
    return Finding("sheet-missing", Severity.ERROR, message, Cause.SOURCE)


def _sheet_findings(entry: SheetEntry, grid: SheetGrid) -> Iterator[Finding]:
    name = f"Sheet {entry.number} ({entry.name})"
    if not grid.cells:
        return
    if entry.hidden:
        yield _note("hidden-sheet", f"{name} is hidden; it was read.", entry, 1, 0)
    rows = sorted(grid.hidden_rows & {row for row, _ in grid.cells})
    if rows:
        message = f"{name} hides {len(rows)} rows, first row {rows[0]}; they were read."
        yield _note("hidden-rows", message, entry, rows[0], 0)
    used = {column for _, column in grid.cells}
    columns = sorted(c for c in used if any(a <= c <= b for a, b in grid.hidden_columns))
    if columns:
        message = f"{name} hides {len(columns)} columns, first column {columns[0]}; they were read."
        yield _note("hidden-columns", message, entry, 1, columns[0])
    if under := hidden_texts(grid):
        text = grid.cells[under[0]]
        message = f"{name} has texts under merged cells in {len(under)} places, first {text!r}."
        yield _note("text-under-merged-cell", message, entry, *under[0])
    for oddity, (rule, severity, words) in _ODD.items():
        found = [odd for odd in grid.odd if odd.oddity is oddity]
        if found:
            yield _odd_finding(entry, found, rule, severity, f"{name} {words}")


def _odd_finding(
    entry: SheetEntry, found: Sequence[OddCell], rule: str, severity: Severity, words: str
) -> Finding:
    first = found[0]
    ref = SheetRef(entry.number, *first.place)
    message = words.format(n=len(found), first=first.stored[:80])
    return Finding(rule, severity, message, Cause.SOURCE, printed=first.stored[:200], ref=ref)


def _note(rule: str, message: str, entry: SheetEntry, row: int, column: int) -> Finding:
    ref = SheetRef(entry.number, row, column)
    return Finding(rule, Severity.NOTE, message, Cause.SOURCE, ref=ref)
