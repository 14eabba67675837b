"""A table that goes on over pages of a PDF is one table, and pages keep their own words."""

from reportlab.pdfgen.canvas import Canvas

from extract.pdf import pdf_to_extraction
from normalize.parts import layout_to_parts
from schemas.tables import Parts
from tests.extract.pdf.made_pdfs import FONT, drawn_pdf, to_document

HEADER = ["序号", "地区", "2021年人数", "金额"]
NAMES = [
    "伊宁市",
    "霍城县",
    "昭苏县",
    "特克斯县",
    "尼勒克县",
    "巩留县",
    "新源县",
    "察布查尔县",
    "奎屯市",
]
ROWS = [[str(i + 1), name, str(100 * i + 7), f"{12.5 * i:.2f}"] for i, name in enumerate(NAMES)]
XS = [60, 120, 300, 450, 600]


def grid_of(canvas: Canvas, top: float, rows: list[list[str]]) -> None:
    ys = [top - 25 * i for i in range(len(rows) + 1)]
    for y in ys:
        canvas.line(XS[0], y, XS[-1], y)
    for x in XS:
        canvas.line(x, ys[0], x, ys[-1])
    for y, row in zip(ys, rows, strict=False):
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 6, y - 16, text)


def first(canvas: Canvas) -> None:
    canvas.drawString(60, 540, "附件1")
    canvas.setFont(FONT, 16)
    canvas.drawCentredString(421, 515, "提前下达2021年城乡居民养老保险补助资金分配表")
    canvas.setFont(FONT, 9)
    canvas.drawString(520, 490, "单位：人、万元")
    grid_of(canvas, 480, [HEADER, *ROWS[:3]])
    canvas.drawCentredString(421, 30, "第1页 共3页")


def second(canvas: Canvas) -> None:
    grid_of(canvas, 540, [HEADER, *ROWS[3:6]])
    canvas.drawCentredString(421, 30, "第2页 共3页")


def third(canvas: Canvas) -> None:
    grid_of(canvas, 540, ROWS[6:])
    canvas.drawString(60, 420, "注：金额为提前下达数。")
    canvas.drawCentredString(421, 30, "第3页 共3页")


def parts_of(data: bytes) -> Parts:
    return layout_to_parts(pdf_to_extraction(to_document(data)).layout)


def test_three_pages_are_one_table_with_its_title_and_note():
    (part,) = parts_of(drawn_pdf(first, second, third)).parts
    assert part.title == "提前下达2021年城乡居民养老保险补助资金分配表"
    assert [table.page for table in part.tables] == [1, 2, 3]
    rows = [[cell.text for cell in row] for table in part.tables for row in table.rows]
    assert rows == [HEADER, *ROWS[:3], HEADER, *ROWS[3:]]
    assert [line.text for line in part.tail] == ["注：金额为提前下达数。"]


def test_two_tables_on_a_page_are_two():
    def two(canvas: Canvas) -> None:
        canvas.drawCentredString(300, 550, "2021年中央补助资金分配表")
        grid_of(canvas, 530, [HEADER, *ROWS[:3]])
        canvas.drawCentredString(300, 300, "2021年自治区补助资金分配表")
        grid_of(canvas, 280, [HEADER, *ROWS[3:6]])

    parts = parts_of(drawn_pdf(two)).parts
    assert [part.title for part in parts] == [
        "2021年中央补助资金分配表",
        "2021年自治区补助资金分配表",
    ]
    held = [[[cell.text for cell in row] for row in part.tables[0].rows] for part in parts]
    assert held == [[HEADER, *ROWS[:3]], [HEADER, *ROWS[3:6]]]
