"""A document that was read to its searchable copy: the recipe of this package."""

import io
import re
from collections.abc import Sequence

import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.pages import Page
from extract.pdf.opening import opened_pdf
from extract.pdf.pages import page_to_view
from extract.scan import bytes_to_pictures
from extract.searchable.layer import load_font, write_words
from extract.searchable.pictures import add_picture_page, frames, new_pdf
from schemas.errors import UnsupportedMediaError
from schemas.source import Document, Media

_IDENTITY = re.compile(rb"/ID\[<(?P<first>[0-9A-F]{32})><(?P<second>[0-9A-F]{32})>\]")
_TRAILER = 2_000


def searchable_pdf(
    document: Document, scanned: Sequence[Page], password: str | None = None
) -> bytes:
    """A PDF that shows the same pages, with the text of `scanned` invisible over them: those that
    were read as pictures.

    A PDF keeps its pages (and its password), and is copied as it is where all its text was there
    already; a file of pictures becomes a PDF with a page for each, the pictures as they were
    encoded where a PDF can hold that. The same document gives the same bytes. Raises
    UnsupportedMediaError for texts and Office files, and what opening the file raises
    (schemas.errors).
    """
    match document.media:
        case Media.PDF:
            if not scanned:
                return document.data
            with opened_pdf(document.data, password) as pdf:
                return _with_text(pdf, scanned, document.sha256)
        case Media.SCAN:
            return _pictures_to_pdf(document, scanned)
        case _:
            raise UnsupportedMediaError(
                f"a searchable copy is made of PDFs and pictures, not of {document.media.value}"
            )


def _pictures_to_pdf(document: Document, scanned: Sequence[Page]) -> bytes:
    with new_pdf() as pdf:
        for picture, frame in zip(
            bytes_to_pictures(document.data), frames(document.data), strict=True
        ):
            page = add_picture_page(pdf, frame, picture, document.data)
            raw.FPDFPage_GenerateContent(page.raw)
            page.close()
        del pdf[0]
        return _with_text(pdf, scanned, document.sha256)


def _with_text(pdf: pdfium.PdfDocument, read: Sequence[Page], sha256: str) -> bytes:
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
