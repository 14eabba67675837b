"""Second opinions on pages whose tables are in doubt, as whole layouts."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import regex

from extract.grid.page import in_print_order
from extract.grid.rules import rules_to_grids
from extract.grid.tables import fill_grid, filled_to_table, in_box
from extract.grid.types import Grid
from extract.pages import Box, Page, Placing
from extract.pdf.opening import opened_pdf
from extract.pdf.opinions import camelot_grids, pdfplumber_grids
from extract.pdf.pages import page_to_view, pdf_page_to_page
from extract.pdf.textlayer import TextLayer, judge_text_layer
from extract.pdf.view import Turn
from schemas.findings import Cause, Finding, Severity
from schemas.source import Block, BoxRef, Document, Layout, RawTable, Reader

# Each costs from a tenth of a second to a whole one.
_MOST_PAGES = 8
# In points: rules meet where they cross.
_TOLERANCE = 3.0
_TWO_FIGURES = regex.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?(?:\s+-?[0-9][0-9,]*(?:\.[0-9]+)?)+")

_Opinion = Callable[..., tuple[Grid, ...]]
_OPINIONS: tuple[tuple[Reader, _Opinion], ...] = (
    (Reader.PDFPLUMBER, pdfplumber_grids),
    (Reader.CAMELOT, camelot_grids),
)


@dataclass(frozen=True, slots=True)
class SecondOpinions:
    """Layouts that read some pages in another way, and what kept a program from giving one."""

    layouts: tuple[Layout, ...] = ()
    findings: tuple[Finding, ...] = ()


def second_opinions(
    document: Document, layout: Layout, pages: Sequence[int], password: str | None = None
) -> SecondOpinions:
    """The layout of a PDF with the tables on some `pages` (from 1) read as pdfplumber, and as
    camelot see them: one layout of each that differs from `layout` in what its cells hold.

    Pages that are not typed, or not upright as they lie in the file, get none, and no more than
    eight pages do: the arithmetic then has to do with the first reading.
    """
    layouts: list[Layout] = []
    findings: list[Finding] = []
    with opened_pdf(document.data, password) as pdf:
        usual = [(n, page) for n in sorted(set(pages)) if (page := _usual_page(pdf, n)) is not None]
        for reader, opinion in _OPINIONS:
            other = layout
            for number, page in usual[:_MOST_PAGES]:
                try:
                    grids = opinion(_alone(pdf, number), ruled=_is_ruled(page))
                except Exception as error:  # noqa: BLE001 - of another program: any kind
                    findings.append(_failure(reader, page, error))
                    continue
                other = _with_page(other, page, grids, reader)
            if _cells(other) not in [_cells(one) for one in (layout, *layouts)]:
                layouts.append(other)
    return SecondOpinions(tuple(layouts), tuple(findings))


def _usual_page(pdf: pdfium.PdfDocument, number: int) -> Page | None:
    """A typed page that lies in the file as it is read, or None."""
    page = pdf[number - 1]
    try:
        view = page_to_view(page)
        found = pdf_page_to_page(page, number)
        good = judge_text_layer(found.text, found.objects, view) is TextLayer.GOOD
        at_origin = (view.left, view.bottom, view.turn) == (0, 0, Turn.NONE)
        upright = found.page.placing == Placing()
        return found.page if good and upright and at_origin else None
    finally:
        page.close()


def _alone(pdf: pdfium.PdfDocument, number: int) -> bytes:
    """One page as a PDF of its own, without a password: the others need not be read for it."""
    single = pdfium.PdfDocument.new()
    try:
        single.import_pages(pdf, [number - 1])
        buffer = io.BytesIO()
        single.save(buffer)
        return buffer.getvalue()
    finally:
        single.close()


def _is_ruled(page: Page) -> bool:
    return bool(rules_to_grids(page.rules, _TOLERANCE))


def _failure(reader: Reader, page: Page, error: Exception) -> Finding:
    message = f"{reader.value} gave no opinion on page {page.number}: {error}"
    ref = BoxRef(page.number, 0.0, 0.0, page.width, page.height)
    return Finding("second-opinion-failed", Severity.NOTE, message, Cause.EXTRACTION, ref=ref)


def _with_page(layout: Layout, page: Page, grids: Sequence[Grid], reader: Reader) -> Layout:
    """The layout with one page read through other grids; without any the page stays."""
    tables: list[tuple[Box, Block]] = []
    free = list(page.words)
    for grid in grids:
        inside = [word for word in free if in_box(word, grid.box)]
        if grid.columns < 2 or not inside:
            continue
        filled = fill_grid(grid, inside)
        tables.append((grid.box, filled_to_table(filled, grid.rows, grid.columns, page, reader)))
        held = {id(word) for word in inside}
        free = [word for word in free if id(word) not in held]
    if not tables:
        return layout
    blocks = in_print_order(tables, free, page)
    places = [i for i, block in enumerate(layout.blocks) if block.page == page.number]
    if not places:
        return layout
    before, after = layout.blocks[: places[0]], layout.blocks[places[-1] + 1 :]
    return Layout((*before, *blocks, *after))


def glued_pages(layout: Layout) -> tuple[int, ...]:
    """Pages with a typed table in which a cell holds two figures, as where a rule is missing."""
    return tuple(
        sorted(
            {
                block.page
                for block in layout.blocks
                if isinstance(block, RawTable) and block.reader.typed
                if any(_holds_two_figures(cell.text) for row in block.rows for cell in row)
            }
        )
    )


def _holds_two_figures(text: str) -> bool:
    # Nearly all cells hold no space, and are quickly told.
    return len(text.split()) > 1 and _TWO_FIGURES.fullmatch(text) is not None


def _cells(layout: Layout) -> list[list[list[tuple[str, int, int]]]]:
    return [
        [[(cell.text, cell.rowspan, cell.colspan) for cell in row] for row in block.rows]
        for block in layout.blocks
        if isinstance(block, RawTable)
    ]
