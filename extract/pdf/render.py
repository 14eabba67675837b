"""Pages of a PDF drawn as pictures, within the limits of memory."""

import math

import numpy as np
import pypdfium2 as pdfium

from extract.pages import POINTS_PER_INCH
from extract.pdf.limits import MOST_DRAWN_PIXELS, MOST_PIXELS
from extract.pdf.objects import PageObjects, page_to_objects
from extract.pdf.opening import opened_pdf
from extract.pdf.pages import page_to_view
from extract.scan.picture import Picture, paper_share
from schemas.errors import DamagedError, TooLargeError
from schemas.source import Document

READING_DPI = 200.0
"""Enough for the smallest print of notices."""


def render_page(
    document: Document, number: int, dpi: float = READING_DPI, password: str | None = None
) -> Picture:
    """Page `number` (from 1) of a PDF as viewers show it, at `dpi` or what the limit of pixels
    allows. Raises EncryptedError, DamagedError, NoPagesError and TooLargeError (schemas.errors),
    and IndexError for a page that the PDF does not have."""
    with opened_pdf(document.data, password) as pdf:
        if not 1 <= number <= len(pdf):
            raise IndexError(f"the PDF has {len(pdf)} pages, not {number}")
        try:
            page = pdf[number - 1]
        except pdfium.PdfiumError as error:
            message = f"page {number} is damaged so that it cannot be opened"
            raise DamagedError(message) from error
        try:
            page_to_view(page)
            return page_to_picture(page, page_to_objects(page), dpi)
        finally:
            page.close()


def page_to_picture(
    page: pdfium.PdfPage, objects: PageObjects, dpi: float = READING_DPI
) -> Picture:
    """An opened page as viewers show it, `dpi` counted on its paper. Raises TooLargeError where a
    picture on it asks for too much memory."""
    largest = max((picture.pixels for picture in objects.pictures), default=0)
    if largest > MOST_PIXELS:
        raise TooLargeError(f"a picture on it has {largest:,} pixels, more than {MOST_PIXELS:,}")
    area = page.get_width() * page.get_height() / POINTS_PER_INCH**2
    long_side = max(page.get_width(), page.get_height())
    allowed = min(dpi * paper_share(long_side), math.sqrt(MOST_DRAWN_PIXELS / max(area, 1)))
    bitmap = page.render(scale=allowed / POINTS_PER_INCH, rev_byteorder=True)
    try:
        return Picture(np.ascontiguousarray(bitmap.to_numpy()[:, :, :3]), allowed)
    finally:
        bitmap.close()
