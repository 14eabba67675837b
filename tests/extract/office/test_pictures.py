"""Pictures of a page's size in Office files are read like scanned pages."""

import importlib.util
from io import BytesIO

import docx
import openpyxl
import pytest
from docx.shared import Cm
from lxml import etree
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image, ImageDraw, ImageFont

from extract import extra
from extract.extraction import Extraction
from extract.office import office_picture
from extract.office.insets import Inset, drawing_to_insets
from schemas.errors import MissingExtraError
from schemas.source import BoxRef, LineRef, Media, RawTable, Reader, SheetRef
from tests.extract.office.made import document, lines, read, rules, saved, tables, texts, with_parts
from tests.outside import require_font

needs_ocr = pytest.mark.skipif(
    importlib.util.find_spec("rapidocr") is None, reason="the extra `ocr` is not installed"
)
ROWS = (("县市", "金额"), ("伊宁市", "1234"), ("霍城县", "5678"))


def picture_of_table(rows: tuple[tuple[str, ...], ...] = ROWS, above: str = "") -> BytesIO:
    """Half a page at 200 dots an inch with a table."""
    font = ImageFont.truetype(str(require_font("wqy-zenhei.ttc")), 32)
    picture = Image.new("L", (1652, 1169), 255)
    draw = ImageDraw.Draw(picture)
    draw.text((200, 200), above, 0, font)
    for i in range(len(rows) + 1):
        draw.line((200, 400 + 100 * i, 1400, 400 + 100 * i), 0, 3)
    for x in (200, 800, 1400):
        draw.line((x, 400, x, 400 + 100 * len(rows)), 0, 3)
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            draw.text((240 + 600 * j, 430 + 100 * i), text, 0, font)
    written = BytesIO()
    picture.save(written, "PNG", dpi=(200, 200))
    written.seek(0)
    return written


def word_with_pictures() -> bytes:
    made = docx.Document()
    made.add_paragraph("关于提前下达2021年补助资金的通知")
    table = made.add_table(2, 2)
    for cell, text in zip(table._cells, ("县市", "人数", "伊宁市", "12"), strict=True):
        cell.text = text
    made.add_picture(picture_of_table(), width=Cm(15))
    made.add_picture(picture_of_table(), width=Cm(3))  # a seal, by its size
    made.add_paragraph("特此通知。")
    made.add_picture(picture_of_table((("塔城市", "90"), ("乌苏市", "73"))), width=Cm(15))
    written = BytesIO()
    made.save(written)
    return written.getvalue()


@pytest.fixture(scope="module")
def word() -> Extraction:
    return read(word_with_pictures())


@needs_ocr
def test_a_scan_pasted_into_a_text_is_read_where_it_stands(word: Extraction) -> None:
    kinds = [
        block.reader if isinstance(block, RawTable) else block.text
        for block in word.layout.blocks
        if isinstance(block, RawTable) or block.text
    ]
    assert kinds == ["关于提前下达2021年补助资金的通知", Reader.WORD, Reader.PICTURE,
                     "特此通知。", Reader.PICTURE]  # fmt: skip
    typed, first, second = tables(word)
    assert typed.rows[0][0].ref == LineRef(2, 1)
    assert texts(first) == [list(row) for row in ROWS]
    assert (first.page, second.page) == (2, 3)
    assert second.rows[0][1].text == "90"


@needs_ocr
def test_the_finding_says_which_picture_a_page_is(word: Extraction) -> None:
    noted = [f for f in word.findings if f.rule == "picture-in-page"]
    assert [f.ref.page for f in noted] == [2, 3]
    assert "word/media/image1.png" in noted[0].message
    # The digits are those of a recogniser: nobody typed them.
    assert word.media is Media.SCAN


@needs_ocr
def test_a_reference_leads_to_the_picture(word: Extraction) -> None:
    ref = tables(word)[1].rows[1][1].ref
    picture = office_picture(document(word_with_pictures()), ref.page)
    x0, y0, x1, y1 = (round(side * 200 / 72) for side in (ref.x0, ref.y0, ref.x1, ref.y1))
    assert (x0, y0, x1, y1) == pytest.approx((800, 500, 1400, 600), abs=4)
    assert picture.pixels[y0 + 9 : y1 - 9, x0 + 9 : x1 - 9].min() < 50
    assert office_picture(document(word_with_pictures()), 9) is None


@needs_ocr
def test_what_is_cropped_away_is_not_read() -> None:
    made = docx.Document()
    shape = made.add_picture(picture_of_table(above="单位：万元"), width=Cm(15))
    fill = shape._inline.graphic.graphicData.pic.blipFill
    cut = fill.makeelement(
        "{http://schemas.openxmlformats.org/drawingml/2006/main}srcRect", {"t": "25000"}
    )
    fill.insert(1, cut)
    written = BytesIO()
    made.save(written)
    found = read(written.getvalue())
    assert not lines(found)
    assert texts(tables(found)[0]) == [list(row) for row in ROWS]


@needs_ocr
def test_a_picture_over_a_sheet_follows_its_cells() -> None:
    book = openpyxl.Workbook()
    book.active.append(("县市", "人数"))
    book.active.append(("伊宁市", 12))
    book.active.add_image(SheetImage(picture_of_table()), "E2")
    found = read(saved(book), "表.xlsx")
    sheet, picture = tables(found)
    assert sheet.rows[1][1].ref == SheetRef(1, 2, 2)
    assert texts(picture) == [list(row) for row in ROWS]
    assert isinstance(picture.ref, BoxRef)
    assert picture.page == 2
    assert found.media is Media.SCAN


def test_a_drawing_that_is_no_picture_of_dots_is_said_not_to_be_read() -> None:
    broken = {"word/media/image1.png": b"\x01\0\0\0EMF" * 99, "word/media/image2.png": b""}
    found = read(with_parts(word_with_pictures(), broken))
    assert rules(found) == ["picture-not-read", "picture-not-read"]
    assert found.media is Media.DOCX
    assert "word/media/image1.png" in found.findings[0].message


def test_without_the_extra_the_text_is_read_and_the_picture_told(monkeypatch) -> None:
    monkeypatch.setattr(extra, "_NEEDED", ("no_such_module",))
    found = read(word_with_pictures())
    assert lines(found) == ["关于提前下达2021年补助资金的通知", "特此通知。"]
    assert set(rules(found)) == {"picture-not-read"}
    made = docx.Document()
    made.add_picture(picture_of_table(), width=Cm(15))
    written = BytesIO()
    made.save(written)
    with pytest.raises(MissingExtraError):
        read(written.getvalue())


@pytest.mark.parametrize(
    ("style", "read_it"),
    [("width:415.3pt;height:293.7pt", True), ("width:4.5cm;height:45mm", False), ("", False)],
)
def test_old_files_say_the_size_of_a_picture_in_their_style(style: str, read_it: bool) -> None:
    drawing = etree.fromstring(
        '<pict xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/'
        f'officeDocument/2006/relationships"><v:shape style="{style}">'
        '<v:imagedata r:id="rId7"/></v:shape></pict>'
    )
    assert list(drawing_to_insets(drawing)) == ([Inset("rId7")] if read_it else [])
