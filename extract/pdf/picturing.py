"""Pages of a PDF that must be read as pictures, and pictures on pages that are typed."""

from dataclasses import astuple, dataclass, replace

import numpy as np
import pypdfium2 as pdfium

from extract.extra import require_ocr
from extract.grid import page_to_blocks
from extract.pages import POINTS_PER_INCH, Box, Page
from extract.pdf.objects import PageObjects, has_broken_picture
from extract.pdf.pages import PdfPage, page_to_view
from extract.pdf.render import page_to_picture
from extract.pdf.textlayer import TextLayer
from extract.pdf.view import View, boxes_to_shown
from extract.scan.picture import Picture
from schemas.errors import DamagedError, MissingExtraError, TooLargeError
from schemas.findings import Cause, Finding, Severity
from schemas.source import Block, BoxRef

# A page as long as an A4 scan at 600 dots an inch has pixels, where those were taken for points.
_LONGEST = 7_100.0
# Share of a page that a picture may take without being looked at: seals, emblems, signatures.
_LARGE = 0.12
_WHY = {
    TextLayer.NOISE: "has a text layer that says something else than is printed",
    TextLayer.HIDDEN: "is a picture with another program's reading under it",
}


@dataclass(frozen=True, slots=True)
class PageRead:
    """What one page gave. `pictured` says that it was read as a picture; `scanned` is then the page
    as it was read here, None where the reading is another program's."""

    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()
    pictured: bool = False
    scanned: Page | None = None


def read_as_picture(page: pdfium.PdfPage, found: PdfPage, layer: TextLayer) -> PageRead:
    """Draw a page and read it as a scan.

    Raises TooLargeError where a picture on it asks for too much memory, DamagedError where one
    cannot be decoded and nothing else is printed, and MissingExtraError where the extra `ocr` is
    not installed. Another program's reading under a picture is then better than none, and is said
    to be one.
    """
    number = found.page.number
    ref = BoxRef(number, 0.0, 0.0, page.get_width(), page.get_height())
    try:
        require_ocr()
    except MissingExtraError:
        if layer is TextLayer.HIDDEN:
            return _other_reading(found.page, ref)
        raise
    # Only here is the model loaded, which takes a second and half the memory of a worker.
    from extract.scan import picture_to_page  # noqa: PLC0415
    from extract.scan.page import TOLERANCE  # noqa: PLC0415

    reading = picture_to_page(_page_to_picture(page, found.objects), number)
    findings = reading.findings
    if layer in _WHY:
        message = f"Page {number} {_WHY[layer]}; it was read as a picture."
        noted = Finding("text-layer-not-used", Severity.NOTE, message, Cause.SOURCE, ref=ref)
        findings = (noted, *findings)
    blocks = page_to_blocks(reading.page, TOLERANCE)
    if not blocks:
        if has_broken_picture(page):
            raise DamagedError("a picture on it is damaged so that it cannot be shown")
        message = f"Page {number} is a picture on which no print was found."
        blank = Finding("no-print-found", Severity.WARNING, message, Cause.SOURCE, ref=ref)
        findings = (*findings, blank)
    return PageRead(blocks, findings, pictured=True, scanned=reading.page)


def _other_reading(page: Page, ref: BoxRef) -> PageRead:
    message = (
        f"Page {page.number} is a picture; what is given is another program's reading of it, as "
        f"reading pictures is not installed. {MissingExtraError.remedy}"
    )
    finding = Finding(MissingExtraError.rule, Severity.WARNING, message, Cause.OCR, ref=ref)
    return PageRead(page_to_blocks(replace(page, typed=False)), (finding,), pictured=True)


def _page_to_picture(page: pdfium.PdfPage, objects: PageObjects) -> Picture:
    """A page as viewers show it, at 200 dots an inch of its paper."""
    if max(page.get_width(), page.get_height()) > _LONGEST:
        size = f"{page.get_width():,.0f} × {page.get_height():,.0f} points"
        raise TooLargeError(
            f"the page is {size} large, too large to be read as a picture; print it on A4 or A3"
        )
    return page_to_picture(page, objects)


def with_pictures(page: pdfium.PdfPage, found: PdfPage, blocks: tuple[Block, ...]) -> PageRead:
    """The blocks of a typed page, with what the large pictures on it show in its place.

    Where they cannot be read a finding says so.
    """
    boxes = _large_pictures(found, page_to_view(page))
    findings: list[Finding] = []
    for box in boxes:
        number = found.page.number
        ref = BoxRef(number, box.x0, box.y0, box.x1, box.y1)
        try:
            inner = _read_part(page, found, box)
        except (MissingExtraError, TooLargeError) as error:
            message = f"A picture on page {number} is not read: {error}. {error.remedy}"
            findings.append(
                Finding("picture-not-read", Severity.WARNING, message, Cause.EXTRACTION, ref=ref)
            )
            continue
        if not inner.blocks:
            continue
        message = f"A picture on page {number} was read beside the text of the page."
        noted = Finding("picture-in-page", Severity.NOTE, message, Cause.SOURCE, ref=ref)
        findings.extend((noted, *inner.findings))
        at = sum(_top(block) < box.y0 for block in blocks)
        blocks = (*blocks[:at], *inner.blocks, *blocks[at:])
    return PageRead(blocks, tuple(findings))


def _top(block: Block) -> float:
    return block.ref.y0 if isinstance(block.ref, BoxRef) else 0.0


def _read_part(page: pdfium.PdfPage, found: PdfPage, box: Box) -> PageRead:
    """What a part of a page shows, read as a picture."""
    require_ocr()
    from extract.scan import picture_to_page  # noqa: PLC0415
    from extract.scan.page import TOLERANCE  # noqa: PLC0415

    whole = _page_to_picture(page, found.objects)
    x0, y0, x1, y1 = (round(side * whole.dpi / POINTS_PER_INCH) for side in astuple(box))
    part = Picture(np.ascontiguousarray(whole.pixels[y0:y1, x0:x1]), whole.dpi)
    reading = picture_to_page(part, found.page.number)
    placing = replace(
        reading.page.placing, c=reading.page.placing.c + box.x0, f=reading.page.placing.f + box.y0
    )
    placed = replace(reading.page, placing=placing)
    return PageRead(page_to_blocks(placed, TOLERANCE), reading.findings, pictured=True)


def _large_pictures(found: PdfPage, view: View) -> list[Box]:
    """The pictures on a typed page that may hold a table: large, and not under words."""
    boxes: list[Box] = []
    for picture in found.objects.pictures:
        (corners,) = boxes_to_shown(np.array([picture.box]), view).clip(min=0).tolist()
        x0, y0, x1, y1 = corners
        box = Box(x0, y0, min(x1, view.width), min(y1, view.height))
        large = (box.x1 - x0) * (box.y1 - y0) >= _LARGE * view.width * view.height
        if large and box not in boxes and not _holds_words(found, box):
            boxes.append(box)
    return boxes


def _holds_words(found: PdfPage, box: Box) -> bool:
    """Whether words are printed over a picture: it is a background."""
    for word in found.page.words:
        ref = found.page.placing.box_to_ref(word.box, found.page.number)
        x, y = (ref.x0 + ref.x1) / 2, (ref.y0 + ref.y1) / 2
        if box.x0 < x < box.x1 and box.y0 < y < box.y1:
            return True
    return False
