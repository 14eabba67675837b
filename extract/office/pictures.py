"""Pictures of a page's size within Office files, read like scanned pages.

They are numbered on after the pages that the file has as text: one of a Word file, the sheets of a
workbook.
"""

import numpy as np

from extract.extra import require_ocr
from extract.grid import page_to_blocks
from extract.office.insets import PartPicture, PictureRead
from extract.office.limits import MOST_PICTURE_BYTES, MOST_PICTURES
from extract.office.package import Package, read_part
from extract.scan import Picture, bytes_to_pictures
from schemas.errors import (
    DamagedError,
    NoPagesError,
    TooLargeError,
    UnreadableError,
    UnsupportedMediaError,
)
from schemas.findings import Cause, Finding, Severity
from schemas.source import BoxRef

_BY_HAND = "Give it as a picture file, or print the file to PDF."


def read_picture(package: Package, wanted: PartPicture) -> PictureRead:
    """Read a picture of an Office file as a page; a finding says which it was, or why it cannot be
    read: that harms nothing else."""
    try:
        require_ocr()
        picture = part_to_picture(package, wanted)
        # Only here is the model loaded, which takes a second and half the memory of a worker.
        from extract.scan import picture_to_page  # noqa: PLC0415
        from extract.scan.page import TOLERANCE  # noqa: PLC0415

        reading = picture_to_page(picture, wanted.number)
    except UnreadableError as error:
        by_hand = isinstance(error, DamagedError | UnsupportedMediaError | NoPagesError)
        remedy = _BY_HAND if by_hand else error.remedy
        message = f"A picture in the file ({wanted.part}) is not read: {error}. {remedy}"
        finding = Finding("picture-not-read", Severity.WARNING, message, Cause.EXTRACTION)
        return PictureRead((), (finding,), error=error)
    blocks = page_to_blocks(reading.page, TOLERANCE)
    found = "" if blocks else "; no print was found on it"
    message = f"A picture in the file ({wanted.part}) was read as page {wanted.number}{found}."
    ref = BoxRef(wanted.number, 0.0, 0.0, picture.width, picture.height)
    noted = Finding("picture-in-page", Severity.NOTE, message, Cause.SOURCE, ref=ref)
    return PictureRead(blocks, (noted, *reading.findings), reading.page)


def part_to_picture(package: Package, wanted: PartPicture) -> Picture:
    """The pixels of a picture as the file shows it. Raises DamagedError, TooLargeError (before
    decoding), NoPagesError, and UnsupportedMediaError for drawings such as EMF."""
    if not wanted.part:
        raise UnsupportedMediaError("the file refers to it, but does not hold it")
    if wanted.number > MOST_PICTURES:
        raise TooLargeError(f"the file has more than {MOST_PICTURES} pages of pictures")
    picture = next(bytes_to_pictures(read_part(package, wanted.part, MOST_PICTURE_BYTES)))
    left, top, right, bottom = wanted.cut
    height, width, _ = picture.pixels.shape
    rows = slice(round(top * height), height - round(bottom * height))
    columns = slice(round(left * width), width - round(right * width))
    return Picture(np.ascontiguousarray(picture.pixels[rows, columns]), picture.dpi)
