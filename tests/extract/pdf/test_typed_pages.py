"""What a program typed into a PDF is read as it was typed."""

import math
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from extract.pdf import pdf_to_extraction
from schemas.source import Block, Line, Media, RawTable, Reader
from tests.extract.pdf.made_pdfs import FONT, PORTRAIT, drawn_pdf, raw_pdf, to_document

HEADER = ["地区", "人数", "2021年补助标准（元）", "金额（万元）"]
ROWS = [
    ["伊宁市", "1,234", "52", "1,234.56"],
    ["霍城县", "-4360", "52", "0"],
    ["合计", "", "×", "12%"],
]
XS = [60, 160, 260, 400, 500]
YS = [400, 375, 350, 325, 300]


def draw_rules(canvas: Canvas) -> None:
    for y in YS:
        canvas.line(XS[0], y, XS[-1], y)
    for x in XS:
        canvas.line(x, YS[0], x, YS[-1])


def draw_words(canvas: Canvas) -> None:
    for y, row in zip(YS, [HEADER, *ROWS], strict=False):
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 6, y - 16, text)


def draw_table(canvas: Canvas) -> None:
    draw_rules(canvas)
    draw_words(canvas)


def blocks_of(data: bytes) -> tuple[Block, ...]:
    return pdf_to_extraction(to_document(data)).layout.blocks


def table_of(data: bytes) -> RawTable:
    (table,) = (block for block in blocks_of(data) if isinstance(block, RawTable))
    return table


def texts(table: RawTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_a_ruled_table_is_read_cell_by_cell_with_its_boxes():
    extraction = pdf_to_extraction(to_document(drawn_pdf(draw_table)))
    (table,) = extraction.layout.blocks
    assert texts(table) == [HEADER, *ROWS]
    assert (table.reader, table.page, extraction.media) == (Reader.RULED, 1, Media.PDF)
    assert str(table.rows[1][3].ref) == "p1 400,220,500,245"
    assert extraction.findings == ()


def as_rectangles(canvas: Canvas) -> None:
    for y, below in pairwise(YS):
        for x, beside in pairwise(XS):
            canvas.rect(x, below, beside - x, y - below)
    draw_words(canvas)


def as_thin_boxes(canvas: Canvas) -> None:
    for y in YS:
        canvas.rect(XS[0], y, XS[-1] - XS[0], 0.6, stroke=0, fill=1)
    for x in XS:
        canvas.rect(x, YS[-1], 0.6, YS[0] - YS[-1], stroke=0, fill=1)
    draw_words(canvas)


def as_one_path(canvas: Canvas) -> None:
    path = canvas.beginPath()
    for y in YS:
        path.rect(XS[0], y, XS[-1] - XS[0], 0.6)
    for x in XS:
        path.rect(x, YS[-1], 0.6, YS[0] - YS[-1])
    canvas.drawPath(path, stroke=0, fill=1)
    draw_words(canvas)


def dashed(canvas: Canvas) -> None:
    canvas.setDash(2, 2)
    draw_table(canvas)


def in_a_form(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.scale(2, 2)
    canvas.translate(-100, -50)
    canvas.beginForm("table")
    canvas.setFont(FONT, 4.5)
    canvas.translate(100, 50)
    canvas.scale(0.5, 0.5)
    canvas.setFont(FONT, 9)
    draw_table(canvas)
    canvas.endForm()
    canvas.doForm("table")
    canvas.restoreState()


def on_colour(canvas: Canvas) -> None:
    canvas.setFillGray(0.85)
    canvas.rect(XS[0], YS[1], XS[-1] - XS[0], YS[0] - YS[1], stroke=0, fill=1)
    canvas.rect(XS[1], YS[2], XS[2] - XS[1], YS[1] - YS[2], stroke=0, fill=1)
    canvas.setFillGray(0)
    draw_table(canvas)


def beside_white_lines(canvas: Canvas) -> None:
    canvas.setStrokeGray(1)
    canvas.line(200, YS[0], 200, YS[-1])
    canvas.line(XS[0], 388, XS[-1], 388)
    canvas.setStrokeGray(0)
    draw_table(canvas)


def struck_twice(canvas: Canvas) -> None:
    draw_table(canvas)
    canvas.translate(0.3, 0)
    draw_words(canvas)


@pytest.mark.parametrize(
    "draw",
    [
        as_rectangles,
        as_thin_boxes,
        as_one_path,
        dashed,
        in_a_form,
        on_colour,
        beside_white_lines,
        struck_twice,
    ],
)
def test_a_table_however_its_lines_are_drawn(draw):
    assert texts(table_of(drawn_pdf(draw))) == [HEADER, *ROWS]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_flag_that_turns_a_page_turns_its_boxes(turn):
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(turn)
        # So that it reads upright as shown.
        width, height = PORTRAIT
        canvas.translate(*{0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, width)}[turn])
        canvas.rotate(turn)
        draw_table(canvas)

    table = table_of(drawn_pdf(draw, size=PORTRAIT))
    assert texts(table) == [HEADER, *ROWS]
    height = 595 if turn == 90 else 842
    box = table.rows[1][3].ref
    assert (box.x0, box.x1) == pytest.approx((400, 500))
    assert (box.y0, box.y1) == pytest.approx((height - 375, height - 350))


@pytest.mark.parametrize("turn", [90, 270])
def test_a_table_set_sideways_is_read_upright_and_placed_as_shown(turn):
    def draw(canvas: Canvas) -> None:
        canvas.translate(*((595, 0) if turn == 90 else (0, 842)))
        canvas.rotate(turn)
        draw_table(canvas)

    table = table_of(drawn_pdf(draw, size=PORTRAIT))
    assert texts(table) == [HEADER, *ROWS]
    ref = table.rows[1][3].ref
    expected = (220, 342, 245, 442) if turn == 90 else (350, 400, 375, 500)
    assert (ref.x0, ref.y0, ref.x1, ref.y1) == pytest.approx(expected)


def test_a_page_upside_down_is_read():
    def draw(canvas: Canvas) -> None:
        canvas.translate(842, 595)
        canvas.rotate(180)
        draw_table(canvas)

    table = table_of(drawn_pdf(draw))
    assert texts(table) == [HEADER, *ROWS]
    assert str(table.rows[1][3].ref) == "p1 342,350,442,375"


def test_boxes_are_those_of_the_cropped_page():
    data = drawn_pdf(draw_table, cropBox=(40, 50, 700, 450))
    table = table_of(data)
    assert texts(table) == [HEADER, *ROWS]
    assert str(table.rows[1][3].ref) == "p1 360,75,460,100"


def test_a_header_set_upwards_in_a_narrow_cell_is_read_as_it_runs():
    def draw(canvas: Canvas) -> None:
        draw_table(canvas)
        canvas.rect(500, 300, 20, 100)
        canvas.saveState()
        canvas.translate(514, 310)
        canvas.rotate(90)
        canvas.drawString(0, 0, "2021年备注")
        canvas.restoreState()

    assert table_of(drawn_pdf(draw)).rows[0][4].text == "2021年备注"


def test_a_watermark_is_kept_apart_from_the_cells_it_crosses():
    def draw(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.translate(100, 300)
        canvas.rotate(math.degrees(0.6))
        canvas.drawString(0, 0, "内部资料")
        canvas.restoreState()
        draw_table(canvas)

    table, mark = blocks_of(drawn_pdf(draw))
    assert texts(table) == [HEADER, *ROWS]
    assert isinstance(mark, Line)
    assert (mark.text, mark.furniture) == ("内部资料", True)


def test_raised_digits_are_no_part_of_the_figure():
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(60, 500)
        text.setFont(FONT, 12)
        text.textOut("面积10")
        text.setFont(FONT, 6)
        text.setRise(5)
        text.textOut("2")
        text.setRise(0)
        text.setFont(FONT, 12)
        text.textOut("亩")
        canvas.drawText(text)

    (line,) = blocks_of(drawn_pdf(draw))
    assert line.text == "面积10²亩"


def test_entries_set_close_together_are_parted_by_the_line_between():
    def draw(canvas: Canvas) -> None:
        draw_rules(canvas)
        canvas.drawRightString(159.8, 384, "123456")
        canvas.drawString(160.1, 384, "7890")

    assert texts(table_of(drawn_pdf(draw)))[0] == ["123456", "7890", "", ""]


def test_an_entry_that_runs_over_into_the_next_cell_stays_in_its_own():
    def draw(canvas: Canvas) -> None:
        draw_rules(canvas)
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(60, 300, 100, 100)
        canvas.clipPath(clip, stroke=0, fill=0)
        canvas.drawString(66, 384, "城乡居民基本养老保险补助资金绩效目标表及区域绩效目标")
        canvas.restoreState()
        canvas.drawString(166, 384, "52")

    first = texts(table_of(drawn_pdf(draw)))[0]
    assert first == ["城乡居民基本养老保险补助资金绩效目标表及区域绩效目标", "52", "", ""]


def test_print_off_the_page_is_not_read():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 500, "通知")
        canvas.drawString(1200, 500, "不印")

    assert [block.text for block in blocks_of(drawn_pdf(draw))] == ["通知"]


def test_a_minus_at_the_end_of_a_line_stays_one():
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 500, "增减：")
        canvas.drawString(100, 500, "-")
        canvas.drawString(60, 480, "其中：3")

    assert [block.text for block in blocks_of(drawn_pdf(draw))] == ["增减： -", "其中：3"]


def test_a_soft_hyphen_that_is_drawn_is_a_minus():
    content = b"BT /F1 12 Tf 60 500 Td (\xad4360 and 2020) Tj ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    resources = b"<< /Font << /F1 4 0 R >> >>"
    (line,) = blocks_of(raw_pdf([content], resources=resources, object4=font))
    assert line.text == "-4360 and 2020"


def test_a_glyph_that_means_nothing_is_kept_as_unreadable():
    """A digit may have been printed there: 12?3 is not 123."""
    content = b"BT /F1 12 Tf 60 500 Td (Total budget of 2021 is 12\x053 and 4 more) Tj ET"
    (line,) = blocks_of(raw_pdf([content]))
    assert line.text == "Total budget of 2021 is 12\ufffd3 and 4 more"
