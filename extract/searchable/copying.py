"""A document to its searchable copy: the recipe of this package."""

import io
import re
from dataclasses import dataclass

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.pages import Page
from extract.pdf.opening import opened_pdf
from extract.pdf.pages import page_to_view, pdf_page_to_page
from extract.pdf.render import page_to_picture
from extract.pdf.textlayer import TextLayer, judge_text_layer
from extract.scan import PageReading, bytes_to_pictures, picture_to_page
from extract.searchable.layer import load_font, write_words
from extract.searchable.pictures import add_picture_page, frames, new_pdf
from schemas.errors import TooLargeError, UnsupportedMediaError
from schemas.findings import Cause, Finding, Severity
from schemas.source import BoxRef, Document, Media

_IDENTITY = re.compile(rb"/ID\[<(?P<first>[0-9A-F]{32})><(?P<second>[0-9A-F]{32})>\]")
_TRAILER = 2_000


@dataclass(frozen=True, slots=True)
class SearchableCopy:
    """A PDF that shows the same pages. `pages` are the numbers of those that were read and have
    their text now; none if the document had all its text already and was copied as it is.
    `findings` say what was odd, among them pages that stay without text."""

    data: bytes
    pages: tuple[int, ...]
    findings: tuple[Finding, ...] = ()


def searchable_pdf(document: Document, password: str | None = None) -> SearchableCopy:
    """A PDF with the text that was read, invisible, over every page that is a picture.

    A PDF keeps its pages (and its password); a file of pictures becomes a PDF with a page for each,
    the pictures as they were encoded where a PDF can hold that. The same document gives the same
    bytes. Raises UnsupportedMediaError for texts and Office files, MissingExtraError where pictures
    cannot be read, and what opening the file raises (schemas.errors).
    """
    match document.media:
        case Media.PDF:
            return _copy_pdf(document, password)
        case Media.SCAN:
            return _pictures_to_pdf(document)
        case _:
            raise UnsupportedMediaError(
                f"a searchable copy is made of PDFs and pictures, not of {document.media.value}"
            )


def _copy_pdf(document: Document, password: str | None) -> SearchableCopy:
    read: list[Page] = []
    findings: list[Finding] = []
    with opened_pdf(document.data, password) as pdf:
        for number in range(1, len(pdf) + 1):
            try:
                page = pdf[number - 1]
            except pdfium.PdfiumError:
                # Reading the document says so, with its place.
                continue
            try:
                found = _read_page(page, number)
            except TooLargeError as error:
                findings.append(_left_out(page, number, error))
                continue
            finally:
                page.close()
            if found is not None:
                read.append(found.page)
                findings.extend(found.findings)
        if not read:
            return SearchableCopy(document.data, (), tuple(findings))
        return SearchableCopy(
            _with_text(pdf, read, document.sha256), _numbers(read), tuple(findings)
        )


def _read_page(page: pdfium.PdfPage, number: int) -> PageReading | None:
    """What is printed on a page whose text layer does not say it; None where it does."""
    found = pdf_page_to_page(page, number)
    layer = judge_text_layer(found.text, found.objects, page_to_view(page))
    if layer in (TextLayer.GOOD, TextLayer.BLANK):
        return None
    return picture_to_page(page_to_picture(page, found.objects), number)


def _left_out(page: pdfium.PdfPage, number: int, error: TooLargeError) -> Finding:
    message = f"Page {number} stays without text: {error}. {error.remedy}"
    ref = BoxRef(number, 0.0, 0.0, page.get_width(), page.get_height())
    return Finding(error.rule, Severity.ERROR, message, Cause.EXTRACTION, ref=ref)


def _pictures_to_pdf(document: Document) -> SearchableCopy:
    read: list[Page] = []
    findings: list[Finding] = []
    with new_pdf() as pdf:
        both = zip(bytes_to_pictures(document.data), frames(document.data), strict=True)
        for number, (picture, frame) in enumerate(both, start=1):
            reading = picture_to_page(picture, number)
            read.append(reading.page)
            findings.extend(reading.findings)
            page = add_picture_page(pdf, frame, picture, document.data)
            raw.FPDFPage_GenerateContent(page.raw)
            page.close()
        del pdf[0]
        return SearchableCopy(
            _with_text(pdf, read, document.sha256), _numbers(read), tuple(findings)
        )


def _with_text(pdf: pdfium.PdfDocument, read: list[Page], sha256: str) -> bytes:
    with load_font(pdf, (word.text for page in read for word in page.words)) as font:
        for one in read:
            page = pdf[one.number - 1]
            _remove_hidden_text(page)
            write_words(page, one, page_to_view(page), font)
            page.close()
    written = io.BytesIO()
    pdf.save(written)
    return _steady(written.getvalue(), sha256)


def _steady(data: bytes, sha256: str) -> bytes:
    """pdfium makes the identity of a file from an address in memory; make it from the document.

    The first half is left where the document came with it: it is part of an encrypted file's key.
    """
    found = list(_IDENTITY.finditer(data, max(0, len(data) - _TRAILER)))
    if not found:
        return data
    first, second = (found[-1].group(name) for name in ("first", "second"))
    made = sha256[: len(second)].upper().encode("ascii")
    kept = made if first == second else first
    start, end = found[-1].span()
    return b"%b/ID[<%b><%b>]%b" % (data[:start], kept, made, data[end:])


def _remove_hidden_text(page: pdfium.PdfPage) -> None:
    """Another program's reading under the picture, which would be found beside the new one."""
    hidden = [
        thing
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1)
        if raw.FPDFTextObj_GetTextRenderMode(thing.raw) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
    ]
    for thing in hidden:
        page.remove_obj(thing)


def _numbers(read: list[Page]) -> tuple[int, ...]:
    return tuple(page.number for page in read)
