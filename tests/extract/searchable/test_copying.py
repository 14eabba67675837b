"""Searchable copies: the same pages to the eye, and the text that was read under them."""

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.layout import document_to_layout
from extract.searchable import searchable_pdf
from schemas.errors import DamagedError, EncryptedError, UnsupportedMediaError
from schemas.source import Document, Media
from tests.extract.searchable.scanned import (
    DPI,
    TABLE,
    TEXTS,
    cell_box,
    document,
    saved,
    scan,
)

JPEG_SIDEWAYS = 6


def text_of(page: pdfium.PdfPage) -> str:
    return str(page.get_textpage().get_text_range())


def copied_pdf(scanned: Document, password: str | None = None) -> bytes:
    return searchable_pdf(scanned, document_to_layout(scanned, password).scanned, password)


def drawn(data: bytes) -> np.ndarray:
    page = pdfium.PdfDocument(data)[0]
    return page.render(scale=DPI / 72, grayscale=True).to_numpy().astype(int)


@pytest.fixture(scope="module")
def jpeg() -> bytes:
    return saved(scan().convert("RGB"), "JPEG", quality=85, dpi=(DPI, DPI))


@pytest.fixture(scope="module")
def copied(jpeg: bytes) -> bytes:
    return copied_pdf(document(jpeg, Media.SCAN))


def test_every_cell_is_found_where_it_is_printed(copied: bytes) -> None:
    textpage = pdfium.PdfDocument(copied)[0].get_textpage()
    height = scan().height * 72 / DPI
    for i, row in enumerate(TABLE):
        for j, text in enumerate(row):
            at, count = textpage.search(text).get_next()
            x0, y0, x1, y1 = (v * 72 / DPI for v in cell_box(i, j))
            for k in range(at, at + count):
                left, bottom, right, top = textpage.get_charbox(k, loose=True)
                assert x0 <= left <= right <= x1
                assert y0 <= height - top <= height - bottom <= y1


def test_a_jpeg_stays_byte_for_byte(jpeg: bytes, copied: bytes) -> None:
    assert jpeg in copied
    assert len(copied) < len(jpeg) + 10_000


def test_the_page_looks_as_before(jpeg: bytes, copied: bytes) -> None:
    before = np.asarray(Image.open(io.BytesIO(jpeg)).convert("L"), int)
    after = drawn(copied)
    assert abs(after.shape[0] - before.shape[0]) <= 1
    same = after[: before.shape[0], : before.shape[1]]
    assert np.abs(same - before[: same.shape[0], : same.shape[1]]).mean() < 2


def test_the_same_file_gives_the_same_bytes(jpeg: bytes, copied: bytes) -> None:
    assert copied_pdf(document(jpeg, Media.SCAN)) == copied


def test_a_picture_turned_by_its_camera_is_shown_upright() -> None:
    turned = scan().convert("RGB").rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = JPEG_SIDEWAYS
    data = saved(turned, "JPEG", quality=85, dpi=(DPI, DPI), exif=exif)
    copy = copied_pdf(document(data, Media.SCAN))
    assert data in copy
    assert set(TEXTS) <= set(text_of(pdfium.PdfDocument(copy)[0]).split())
    assert np.abs(drawn(copy) - np.asarray(scan(), int)).mean() < 3


def test_a_fax_of_two_pages_stays_small() -> None:
    page = scan().point(lambda level: 255 * (level > 128)).convert("1")
    options = {"compression": "group4", "dpi": (DPI, DPI)}
    data = saved(page, "TIFF", save_all=True, append_images=[page], **options)
    copy = copied_pdf(document(data, Media.SCAN))
    pdf = pdfium.PdfDocument(copy)
    assert len(pdf) == 2
    assert all(set(TEXTS) <= set(text_of(page).split()) for page in pdf)
    assert len(copy) < len(data) + 10_000
    assert pdf[0].get_size() == pytest.approx((scan().width * 0.36, scan().height * 0.36), abs=0.1)


def test_a_scanned_pdf_keeps_its_page_and_gets_its_text() -> None:
    data = saved(scan().convert("RGB"), "PDF", resolution=DPI)
    copy = copied_pdf(document(data, Media.PDF))
    assert set(TEXTS) <= set(text_of(pdfium.PdfDocument(copy)[0]).split())
    assert np.abs(drawn(copy) - drawn(data)).max() <= 1


def test_a_copy_has_text_now_and_is_not_read_again(copied: bytes) -> None:
    again = copied_pdf(document(copied, Media.PDF))
    texts = text_of(pdfium.PdfDocument(again)[0]).split()
    assert sorted(texts) == sorted(text_of(pdfium.PdfDocument(copied)[0]).split())


def test_a_typed_pdf_is_copied_as_it_is() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    written = io.BytesIO()
    page = Canvas(written, pagesize=(300, 200))
    page.setFont("STSong-Light", 12)
    page.drawString(40, 150, "关于提前下达补助资金的通知")
    page.save()
    assert copied_pdf(document(written.getvalue(), Media.PDF)) == written.getvalue()


def test_text_has_no_picture_to_copy() -> None:
    with pytest.raises(UnsupportedMediaError):
        searchable_pdf(document("合计 100".encode(), Media.TEXT), ())


def test_a_broken_picture_is_said_to_be_broken(jpeg: bytes) -> None:
    with pytest.raises(DamagedError):
        searchable_pdf(document(jpeg[: len(jpeg) // 3], Media.SCAN), ())


def test_an_encrypted_scan_opens_with_its_password_only() -> None:
    encrypt = StandardEncryption("secret", strength=128)
    written = io.BytesIO()
    page = Canvas(written, pagesize=(360, 187), encrypt=encrypt)
    page.drawImage(ImageReader(scan().convert("RGB")), 0, 0, 360, 187)
    page.save()
    scanned = document(written.getvalue(), Media.PDF)
    with pytest.raises(EncryptedError):
        copied_pdf(scanned)
    copy = copied_pdf(scanned, "secret")
    with pytest.raises(pdfium.PdfiumError):
        pdfium.PdfDocument(copy)
    opened = pdfium.PdfDocument(copy, password="secret")
    assert "乌鲁木齐市" in text_of(opened[0])
