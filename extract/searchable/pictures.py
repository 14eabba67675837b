"""Frames of pictures as pages of a PDF, at their own quality."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from PIL import Image
from pypdfium2 import raw

from extract.scan.picture import Picture

_ORIENTATION = 0x0112
_UPRIGHT = 1
# How the square of a JPEG, u to the right and v upwards, lies on a page of 1 x 1 for each value of
# the camera's orientation: x = a*u + c*v + e, y = b*u + d*v + f (EXIF 2.3, 4.6.4).
_PLACED = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
# pdfium opens nothing that has no page, and a PDF of its own making says when it was made.
_ONE_PAGE = (
    b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 1 1]>>\nendobj\n"
    b"xref\n0 4\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
    b"0000000105 00000 n \ntrailer\n<</Size 4/Root 1 0 R>>\nstartxref\n166\n%%EOF\n"
)


@contextmanager
def new_pdf() -> Iterator[pdfium.PdfDocument]:
    """A PDF without a date, with one page too many: delete its first when another is there."""
    pdf = pdfium.PdfDocument(_ONE_PAGE)
    try:
        yield pdf
    finally:
        pdf.close()


def frames(data: bytes) -> Iterator[Image.Image]:
    """The frames of a file of pictures, one after another, as they are encoded."""
    with Image.open(io.BytesIO(data)) as image:
        for number in range(int(getattr(image, "n_frames", 1))):
            image.seek(number)
            yield image


def add_picture_page(
    pdf: pdfium.PdfDocument, frame: Image.Image, picture: Picture, data: bytes
) -> pdfium.PdfPage:
    """A new last page that shows a frame: a JPEG's bytes as they are, two colours as a fax (CCITT
    group 4), all else without loss.

    `picture` is the same frame decoded and upright, `data` the whole file.
    """
    width, height = picture.width, picture.height
    orientation = int(frame.getexif().get(_ORIENTATION, _UPRIGHT))
    if frame.mode == "1" and orientation == _UPRIGHT:
        return _import_fax(pdf, frame, picture)
    page = pdf.new_page(width, height)
    image = pdfium.PdfImage.new(pdf)
    whole = frame.format == "JPEG" and int(getattr(frame, "n_frames", 1)) == 1
    if whole and frame.mode in ("L", "RGB") and orientation in _PLACED:
        image.load_jpeg(io.BytesIO(data), inline=True)
        a, b, c, d, e, f = _PLACED[orientation]
    else:
        image.set_bitmap(pdfium.PdfBitmap.from_pil(_plain(picture)))
        a, b, c, d, e, f = _PLACED[_UPRIGHT]
    image.set_matrix(
        pdfium.PdfMatrix(a * width, b * height, c * width, d * height, e * width, f * height)
    )
    page.insert_obj(image)
    return page


def _plain(picture: Picture) -> Image.Image:
    """As grey where nothing is coloured."""
    red, green, blue = (picture.pixels[:, :, i] for i in range(3))
    grey = bool((red == green).all() and (green == blue).all())
    return Image.fromarray(red if grey else picture.pixels)


def _import_fax(pdf: pdfium.PdfDocument, frame: Image.Image, picture: Picture) -> pdfium.PdfPage:
    """Pillow writes two colours as CCITT group 4, pdfium cannot."""
    written = io.BytesIO()
    plain = Image.frombytes("1", frame.size, frame.tobytes())
    plain.save(written, "PDF", resolution=picture.dpi)
    with pdfium.PdfDocument(written.getvalue()) as faxed:
        pdf.import_pages(faxed)
    page = pdf[len(pdf) - 1]
    for box in (raw.FPDFPage_SetMediaBox, raw.FPDFPage_SetCropBox):
        box(page.raw, 0, 0, picture.width, picture.height)
    return page
