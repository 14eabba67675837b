"""A text layer is believed where it says what is printed; other pages are read as pictures."""

import importlib.util
import io

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extract import extra
from extract.pdf import pdf_to_extraction
from extract.pdf.textlayer import is_noise
from schemas.errors import MissingExtraError
from schemas.source import Media, RawTable, Reader
from tests.extract.pdf.made_pdfs import PORTRAIT, drawn_pdf, raw_pdf, stream_object, to_document
from tests.outside import require_font


@pytest.mark.parametrize(
    ("printed", "noise"),
    [
        ("关于提前下达2021年自治区财政城乡居民基本养老保险补助资金的通知", False),
        ("關於提前下達城鄉居民基本養老保險補助資金的通知並請遵照執行為要特此", False),
        ("1,234.56 7,890.12 (120) -4360 98.5% × 3", False),
        ("洛浦县、于田县、策勒县、伽师县、岳普湖县、巴楚县、塔什库尔干塔吉克自治县", False),
        ("(cid:12)(cid:907)(cid:33)(cid:4) 12 (cid:907)(cid:33)", True),
        ("\ue001\ue002\ue003 12 \ue004", True),
        ("罒缞龥婻嵴潹燊琺鐖魐鹽黽籪鬮龗纛鸖驪鼴麤龘", True),
        ("\x03\x0f\x11 \x17\x08", True),
        ("$%&'()*+$%&ABCxyz#@!~^_`|{}<>", True),
    ],
)
def test_noise_is_told_from_text(printed, noise):
    assert is_noise(printed.replace(" ", "")) is noise


def picture_of_table() -> Image.Image:
    """A page at 200 dots an inch with a table of two rows."""
    font = ImageFont.truetype(str(require_font("wqy-zenhei.ttc")), 32)
    picture = Image.new("L", (1652, 2338), 255)
    draw = ImageDraw.Draw(picture)
    for y in (600, 700, 800):
        draw.line((200, y, 1400, y), 0, 3)
    for x in (200, 800, 1400):
        draw.line((x, 600, x, 800), 0, 3)
    cells = ((240, 630, "伊宁市"), (840, 630, "1234"), (240, 730, "霍城县"), (840, 730, "5678"))
    for x, y, text in cells:
        draw.text((x, y), text, 0, font)
    return picture


def scanned(canvas: Canvas) -> None:
    canvas.drawImage(ImageReader(picture_of_table()), 0, 0, *PORTRAIT)


def scanned_over_text(canvas: Canvas) -> None:
    """A searchable copy: what another program read is under the picture, and wrong."""
    canvas.drawString(100, 600, "伊宁市 7234")
    scanned(canvas)


def scanned_under_hidden_text(canvas: Canvas) -> None:
    scanned(canvas)
    text = canvas.beginText(100, 600)
    text.setTextRenderMode(3)
    text.textOut("伊宁市 7234")
    canvas.drawText(text)


def typed(canvas: Canvas) -> None:
    canvas.drawString(60, 500, "关于提前下达2021年补助资金的通知")


needs_ocr = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None, reason="the extra `ocr` is not installed"
)


@needs_ocr
def test_pages_without_a_text_of_their_own_are_read_as_pictures():
    pages = (typed, scanned_over_text, scanned_under_hidden_text)
    extraction = pdf_to_extraction(to_document(drawn_pdf(*pages, size=PORTRAIT)))
    assert extraction.media is Media.PDF
    tables = [block for block in extraction.layout.blocks if isinstance(block, RawTable)]
    assert [(table.page, table.reader) for table in tables] == [
        (number, Reader.PICTURE) for number in (2, 3)
    ]
    assert [[row[1].text[-4:] for row in table.rows] for table in tables] == [["1234", "5678"]] * 2
    assert all(table.rows[0][0].text.startswith("伊宁市") for table in tables)
    # 200 dots an inch: the cell from 800 to 1400 dots across.
    box = tables[0].rows[0][1].ref
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((288, 216, 504, 252), abs=2)
    rules = [f.rule for f in extraction.findings if f.rule == "text-layer-not-used"]
    assert len(rules) == 2


def test_without_the_extra_a_scan_says_what_to_install(monkeypatch):
    monkeypatch.setattr(extra, "_NEEDED", ("no_such_module",))
    with pytest.raises(MissingExtraError) as raised:
        pdf_to_extraction(to_document(drawn_pdf(scanned, size=PORTRAIT)))
    assert "pip install" in raised.value.remedy
    extraction = pdf_to_extraction(to_document(drawn_pdf(typed, scanned, size=PORTRAIT)))
    (finding,) = extraction.findings
    assert (finding.rule, finding.ref.page) == ("missing-extra", 2)


def test_without_the_extra_another_programs_reading_is_given_as_one(monkeypatch):
    monkeypatch.setattr(extra, "_NEEDED", ("no_such_module",))
    data = drawn_pdf(scanned_under_hidden_text, size=PORTRAIT)
    extraction = pdf_to_extraction(to_document(data))
    assert extraction.layout.blocks[0].text.startswith("伊宁市")
    assert [finding.rule for finding in extraction.findings] == ["missing-extra"]
    assert extraction.media is Media.SCAN


def with_picture(canvas: Canvas) -> None:
    typed(canvas)
    part = picture_of_table().crop((100, 500, 1500, 900))
    canvas.drawImage(ImageReader(part), 60, 200, 504, 144)
    canvas.drawString(60, 100, "特此通知。")


@needs_ocr
def test_a_table_that_is_a_picture_on_a_typed_page_is_read_in_its_place():
    def with_seal(canvas: Canvas) -> None:
        typed(canvas)
        seal = Image.new("RGB", (90, 90), (200, 30, 30))
        canvas.drawImage(ImageReader(seal), 400, 100, 110, 110)

    extraction = pdf_to_extraction(to_document(drawn_pdf(with_picture, with_seal, size=PORTRAIT)))
    first, table, last, other = extraction.layout.blocks
    assert (first.text, last.text) == ("关于提前下达2021年补助资金的通知", "特此通知。")
    assert [row[1].text[-4:] for row in table.rows] == ["1234", "5678"]
    assert table.reader is Reader.PICTURE
    # The cell from 700 to 1300 dots across in a picture whose left top is at 60, 498.
    box = table.rows[0][1].ref
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((312, 534, 528, 570), abs=2)
    assert (extraction.media, other.page) == (Media.PDF, 2)
    (finding,) = extraction.findings
    assert (finding.rule, finding.ref.page) == ("picture-in-page", 1)


def test_without_the_extra_a_picture_on_a_typed_page_is_said_not_to_be_read(monkeypatch):
    monkeypatch.setattr(extra, "_NEEDED", ("no_such_module",))
    extraction = pdf_to_extraction(to_document(drawn_pdf(with_picture, size=PORTRAIT)))
    (finding,) = extraction.findings
    assert (finding.rule, str(finding.ref)) == ("picture-not-read", "p1 60,498,564,642")


@needs_ocr
def test_a_pdf_of_pictures_in_jpeg_2000_and_fax_coding_is_read_as_a_scan():
    page = picture_of_table()
    wave, fax = io.BytesIO(), io.BytesIO()
    page.save(wave, "JPEG2000")
    page.convert("1").save(fax, "TIFF", compression="group4", tiffinfo={278: page.height})
    strip = Image.open(fax)
    start, length = strip.tag_v2[273][0], strip.tag_v2[279][0]
    coded = fax.getvalue()[start : start + length]
    size = b"/Type /XObject /Subtype /Image /Width %d /Height %d " % page.size
    parameters = b"/DecodeParms << /K -1 /BlackIs1 true /Columns %d /Rows %d >> " % page.size
    one_bit = b"/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode "

    data = raw_pdf(
        [b"q 595 0 0 842 0 0 cm /A Do Q", b"q 595 0 0 842 0 0 cm /B Do Q"],
        resources=b"<< /XObject << /A 4 0 R /B 5 0 R >> >>",
        object4=stream_object(size + b"/Filter /JPXDecode", wave.getvalue()),
        object5=stream_object(size + one_bit + parameters, coded),
    )
    extraction = pdf_to_extraction(to_document(data))
    assert extraction.media is Media.SCAN
    tables = [block for block in extraction.layout.blocks if isinstance(block, RawTable)]
    assert [[row[1].text[-4:] for row in table.rows] for table in tables] == [["1234", "5678"]] * 2
