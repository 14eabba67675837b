"""A PDF that cannot be read is refused with a reason, and soon."""

import importlib.util
import zlib

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from extract.pdf import pdf_to_extraction
from schemas.errors import (
    DamagedError,
    EmptyDocumentError,
    EncryptedError,
    NoPagesError,
    TooLargeError,
)
from tests.extract.pdf.made_pdfs import bomb, drawn_pdf, raw_pdf, stream_object, to_document

needs_ocr = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None, reason="the extra `ocr` is not installed"
)
FLATE = b"/Filter /FlateDecode"
HELLO = b"BT /F1 12 Tf 60 500 Td (Budget 2021 120) Tj ET"


def notice(canvas: Canvas) -> None:
    canvas.drawString(60, 500, "关于提前下达2021年补助资金的通知")


def locked(password: str) -> bytes:
    return drawn_pdf(notice, encrypt=StandardEncryption(password, strength=128))


def half_of(data: bytes) -> bytes:
    return data[: len(data) // 2]


def forms_in_themselves() -> bytes:
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /A 4 0 R >> >>"
    resources = b"<< /XObject << /A 4 0 R >> >>"
    return raw_pdf([b"/A Do"], resources=resources, object4=stream_object(form, b"/A Do"))


def armoured_bomb(canvas: Canvas) -> None:
    """As reportlab writes pages: deflated, then in printable characters."""
    canvas._code.append("0 0 m 9 9 l S\n" * 1_300_000)


def locked_bomb() -> bytes:
    lock = StandardEncryption("", ownerPassword="2021", strength=128)
    return drawn_pdf(armoured_bomb, encrypt=lock, pageCompression=1)


def picture_page(*, kind: bytes, data: bytes) -> bytes:
    dictionary = b"/Type /XObject /Subtype /Image /Width 1600 /Height 2300 /BitsPerComponent 1 "
    picture = stream_object(dictionary + b"/ColorSpace /DeviceGray /Filter /" + kind, data)
    resources = b"<< /XObject << /A 4 0 R >> /Font << /F1 3 0 R >> >>"
    pages = [HELLO, b"q 595 0 0 842 0 0 cm /A Do Q"]
    return raw_pdf(pages, resources=resources, object4=picture)


def giant_picture() -> bytes:
    side = 17_000
    dictionary = b"/Type /XObject /Subtype /Image /Width %d /Height %d" % (side, side)
    dictionary += b" /BitsPerComponent 1 /ColorSpace /DeviceGray " + FLATE
    picture = stream_object(dictionary, bomb(side * side // 8, b"\xff"))
    resources = b"<< /XObject << /A 4 0 R >> >>"
    return raw_pdf([b"q 500 0 0 500 9 9 cm /A Do Q"], resources=resources, object4=picture)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"%PDF-1.7\n", DamagedError),
        (half_of(drawn_pdf(notice)), DamagedError),
        (raw_pdf([]), NoPagesError),
        (raw_pdf([b""]), EmptyDocumentError),
        (forms_in_themselves(), EmptyDocumentError),
        (locked("2021"), EncryptedError),
        (raw_pdf([HELLO], box="0 0 200000 200000"), TooLargeError),
        (raw_pdf([HELLO] * 5_000), TooLargeError),
        (raw_pdf([bomb(60_000_000)], streams=FLATE), TooLargeError),
        (
            raw_pdf([bomb(60_000_000, layers=2)], streams=b"/Filter [/FlateDecode /FlateDecode]"),
            TooLargeError,
        ),
        (drawn_pdf(armoured_bomb, pageCompression=1), TooLargeError),
        (raw_pdf([b"0 0 m 9 9 l S\n" * 70_000]), TooLargeError),
        (giant_picture(), TooLargeError),
    ],
    ids=[
        "nothing",
        "half",
        "no pages",
        "blank page",
        "forms in themselves",
        "locked",
        "giant page",
        "5000 pages",
        "bomb",
        "bomb in a bomb",
        "bomb in printable characters",
        "many strokes",
        "giant picture",
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data, error):
    with pytest.raises(error) as raised:
        pdf_to_extraction(to_document(data))
    assert str(raised.value)
    assert raised.value.remedy


def test_a_bomb_is_refused_before_its_page_is_opened():
    with pytest.raises(TooLargeError, match="grows to more than"):
        pdf_to_extraction(to_document(locked_bomb()))


@needs_ocr
def test_a_page_whose_picture_cannot_be_shown_is_told_and_not_taken_for_blank():
    broken = picture_page(kind=b"DCTDecode", data=b"\xff\xd8\xff\xe0" + b"2021" * 99)
    extraction = pdf_to_extraction(to_document(broken))
    assert [block.text for block in extraction.layout.blocks] == ["Budget 2021 120"]
    (finding,) = extraction.findings
    assert (finding.rule, finding.severity.value, finding.ref.page) == ("damaged-file", "error", 2)


@needs_ocr
def test_a_scanned_page_without_print_is_told():
    white = picture_page(kind=b"FlateDecode", data=zlib.compress(b"\xff" * (1600 * 2300 // 8)))
    extraction = pdf_to_extraction(to_document(white))
    (finding,) = extraction.findings
    assert (finding.rule, finding.ref.page) == ("no-print-found", 2)


def test_the_password_opens_a_locked_file_and_a_wrong_one_does_not():
    extraction = pdf_to_extraction(to_document(locked("2021")), "2021")
    assert extraction.layout.blocks[0].text == "关于提前下达2021年补助资金的通知"
    with pytest.raises(EncryptedError):
        pdf_to_extraction(to_document(locked("2021")), "2022")


def test_a_page_that_is_too_large_keeps_no_other_from_being_read():
    extraction = pdf_to_extraction(to_document(raw_pdf([HELLO, b"0 0 m 9 9 l S\n" * 70_000])))
    assert [block.text for block in extraction.layout.blocks] == ["Budget 2021 120"]
    (finding,) = extraction.findings
    assert (finding.rule, finding.severity.value, finding.ref.page) == ("too-large", "error", 2)


def test_a_file_without_its_end_is_read_and_said_to_be_damaged():
    data = raw_pdf([HELLO])
    extraction = pdf_to_extraction(to_document(data[: data.rindex(b"startxref")]))
    assert [block.text for block in extraction.layout.blocks] == ["Budget 2021 120"]
    assert {finding.rule for finding in extraction.findings} == {"damaged-file"}


def test_a_long_document_is_read_page_by_page():
    extraction = pdf_to_extraction(to_document(raw_pdf([HELLO] * 120)))
    assert [block.page for block in extraction.layout.blocks] == list(range(1, 121))
