"""PDF files to layouts: the recipe of this package."""

from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium

from extract.extraction import Extraction
from extract.grid import page_to_blocks
from extract.grid.printing import line_to_text
from extract.pdf.opening import opened_pdf
from extract.pdf.pages import PdfPage, page_to_view, pdf_page_to_page
from extract.pdf.picturing import PageRead, read_as_picture, with_pictures
from extract.pdf.second import SecondOpinions, glued_pages, second_opinions
from extract.pdf.streams import end_findings
from extract.pdf.textlayer import TextLayer, judge_text_layer
from schemas.errors import (
    DamagedError,
    EmptyDocumentError,
    MissingExtraError,
    TooLargeError,
    UnreadableError,
)
from schemas.findings import Cause, Finding, Severity
from schemas.source import Block, BoxRef, Document, Layout, Line, Media


@dataclass(frozen=True, slots=True)
class _Unread:
    """A page that could not be read, and why."""

    finding: Finding
    error: UnreadableError


def pdf_to_extraction(document: Document, password: str | None = None) -> Extraction:
    """Read a PDF page by page: typed pages by their text layer, others by their picture.

    A page that cannot be read is a finding where another can. Raises EncryptedError, DamagedError,
    NoPagesError, EmptyDocumentError, TooLargeError, and MissingExtraError where all there is to
    read are pictures and the extra `ocr` is not installed.
    """
    whole = end_findings(document.data)
    with opened_pdf(document.data, password) as pdf:
        tried = [_try_page(pdf, number) for number in range(1, len(pdf) + 1)]
    reads = [read for read in tried if isinstance(read, PageRead)]
    blocks = tuple(block for read in reads for block in read.blocks)
    if not blocks:
        raise _nothing_read(tried)
    findings = [
        finding
        for read in tried
        for finding in (read.findings if isinstance(read, PageRead) else (read.finding,))
    ]
    printed = [read for read in reads if read.blocks]
    media = Media.SCAN if all(read.pictured for read in printed) else Media.PDF
    layout = Layout(blocks)
    # Where a cell holds two figures the geometry was not understood; other programs are asked.
    glued = glued_pages(layout)
    others = second_opinions(document, layout, glued, password) if glued else SecondOpinions()
    scanned = tuple(read.scanned for read in reads if read.scanned is not None)
    found = (*whole, *findings, *others.findings)
    return Extraction(layout, found, others.layouts, media, scanned)


def _nothing_read(tried: Sequence[PageRead | _Unread]) -> UnreadableError:
    errors = [one.error for one in tried if isinstance(one, _Unread)]
    if errors:
        return errors[0]
    if any(read.pictured for read in tried if isinstance(read, PageRead)):
        return EmptyDocumentError("its pages are pictures on which no print was found")
    return EmptyDocumentError("its pages hold nothing that prints")


def _try_page(pdf: pdfium.PdfDocument, number: int) -> PageRead | _Unread:
    """A page, or why it cannot be read: it does not keep the others from being read."""
    try:
        page = pdf[number - 1]
    except pdfium.PdfiumError:
        damaged = DamagedError(f"page {number} is damaged so that it cannot be opened")
        message = f"Page {number} is damaged so that it cannot be opened. {damaged.remedy}"
        finding = Finding(damaged.rule, Severity.ERROR, message, Cause.SOURCE)
        return _Unread(finding, damaged)
    try:
        return _read_page(page, number)
    except (TooLargeError, DamagedError, MissingExtraError) as error:
        ref = BoxRef(number, 0.0, 0.0, page.get_width(), page.get_height())
        message = f"Page {number} is not read: {error}. {error.remedy}"
        finding = Finding(error.rule, Severity.ERROR, message, Cause.EXTRACTION, ref=ref)
        return _Unread(finding, error)
    finally:
        page.close()


def _read_page(page: pdfium.PdfPage, number: int) -> PageRead:
    found = pdf_page_to_page(page, number)
    layer = judge_text_layer(found.text, found.objects, page_to_view(page))
    if layer is TextLayer.BLANK:
        return PageRead(())
    if layer is TextLayer.GOOD:
        return with_pictures(page, found, _with_tilted(found))
    return read_as_picture(page, found, layer)


def _with_tilted(found: PdfPage) -> tuple[Block, ...]:
    """The blocks of a page, and then what runs across it."""
    page = found.page
    tilted = (
        Line(
            line_to_text((word,)),
            page.placing.box_to_ref(word.box, page.number),
            page.number,
            furniture=True,
        )
        for word in found.tilted
    )
    return (*page_to_blocks(page), *tilted)
