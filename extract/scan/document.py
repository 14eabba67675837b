"""A document of pictures to its layout."""

from extract.extraction import Extraction
from extract.grid import page_to_blocks
from extract.pages import Page
from extract.scan.files import bytes_to_pictures
from extract.scan.page import TOLERANCE, picture_to_page
from schemas.findings import Cause, Finding, Severity
from schemas.source import Block, BoxRef, Document, Layout, Media, RawTable


def pictures_to_extraction(document: Document) -> Extraction:
    """Read a picture of any of the formats, page by page, into running lines and raw tables.

    Raises TooLargeError, DamagedError, NoPagesError, UnsupportedMediaError and MissingExtraError
    (schemas.errors).
    """
    blocks: list[Block] = []
    findings: list[Finding] = []
    scanned: list[Page] = []
    for number, picture in enumerate(bytes_to_pictures(document.data), start=1):
        reading = picture_to_page(picture, number)
        blocks.extend(page_to_blocks(reading.page, TOLERANCE))
        findings.extend(reading.findings)
        scanned.append(reading.page)
        last = BoxRef(number, 0, 0, picture.width, picture.height)
    if not any(isinstance(block, RawTable) for block in blocks):
        message = "No table was found in the picture; what is printed was kept as lines."
        findings.append(
            Finding("picture-without-table", Severity.NOTE, message, Cause.SOURCE, ref=last)
        )
    layout = Layout(tuple(blocks))
    return Extraction(layout, tuple(findings), media=Media.SCAN, scanned=tuple(scanned))
