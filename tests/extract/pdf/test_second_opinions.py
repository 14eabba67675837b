"""Other programs are asked about pages whose tables are in doubt."""

from itertools import pairwise

from reportlab.pdfgen.canvas import Canvas

from extract.pdf import pdf_to_extraction, second, second_opinions
from extract.pdf.opinions import camelot_grids, pdfplumber_grids
from schemas.source import Layout, RawTable, Reader
from tests.extract.pdf.made_pdfs import drawn_pdf, to_document

ROWS = [
    ["地区", "人数", "金额"],
    ["伊宁市", "1234", "52.5"],
    ["霍城县", "906", "60.1"],
    ["昭苏县", "77", "4.0"],
]
XS = [60, 160, 260, 360]
YS = [400, 375, 350, 325, 300]


def words(canvas: Canvas) -> None:
    for y, row in zip(YS, ROWS, strict=False):
        for x, text in zip(XS, row, strict=False):
            canvas.drawString(x + 6, y - 16, text)


def bare(canvas: Canvas) -> None:
    canvas.drawString(60, 500, "2021年资金分配表")
    words(canvas)


def by_colour(canvas: Canvas) -> None:
    """The border between the last two columns is only the edge of a coloured field."""
    for y in YS:
        canvas.line(XS[0], y, XS[-1], y)
    for x in (XS[0], XS[1], XS[3]):
        canvas.line(x, YS[0], x, YS[-1])
    canvas.setFillGray(0.8)
    for y, below in pairwise(YS):
        canvas.rect(XS[1], below, XS[2] - XS[1], y - below, stroke=0, fill=1)
    canvas.setFillGray(0)
    for y, row in zip(YS, ROWS, strict=False):
        canvas.drawString(XS[0] + 6, y - 16, row[0])
        canvas.drawString(XS[2] - 40, y - 16, row[1])
        canvas.drawString(XS[2] + 6, y - 16, row[2])


def tables(layout: Layout) -> list[tuple[Reader, list[list[str]]]]:
    return [
        (block.reader, [[cell.text for cell in row] for row in block.rows])
        for block in layout.blocks
        if isinstance(block, RawTable)
    ]


def test_cells_with_two_figures_are_read_again_by_other_programs():
    extraction = pdf_to_extraction(to_document(drawn_pdf(by_colour)))
    assert tables(extraction.layout)[0][1][1] == ["伊宁市", "1234 52.5"]
    assert (Reader.PDFPLUMBER, ROWS) in [t for one in extraction.alternatives for t in tables(one)]


def test_a_table_without_rules_gets_other_layouts_and_keeps_its_lines():
    document = to_document(drawn_pdf(bare, bare))
    layout = pdf_to_extraction(document).layout
    assert tables(layout) == [(Reader.ALIGNED, ROWS)] * 2
    found = second_opinions(document, layout, (2,))
    assert found.findings == ()
    (other,) = found.layouts
    assert [block for block in other.blocks if block.page == 1] == [
        block for block in layout.blocks if block.page == 1
    ]
    assert "2021年资金分配表" in "".join(str(block) for block in other.blocks if block.page == 2)


def test_programs_that_see_the_same_give_no_other_layout():
    def draw(canvas: Canvas) -> None:
        for y in YS:
            canvas.line(XS[0], y, XS[-1], y)
        for x in XS:
            canvas.line(x, YS[0], x, YS[-1])
        words(canvas)

    document = to_document(drawn_pdf(draw))
    layout = pdf_to_extraction(document).layout
    assert tables(layout) == [(Reader.RULED, ROWS)]
    assert second_opinions(document, layout, (1,)).layouts == ()


def test_camelot_sees_the_cells_of_a_ruled_page():
    def draw(canvas: Canvas) -> None:
        for y in YS:
            canvas.line(XS[0], y, XS[-1], y)
        for x in XS[:1] + XS[2:]:
            canvas.line(x, YS[0], x, YS[-1])
        canvas.line(XS[1], YS[1], XS[1], YS[-1])
        words(canvas)

    spans = [(0, 0, 1, 2), (0, 2, 1, 1)] + [(r, c, 1, 1) for r in (1, 2, 3) for c in (0, 1, 2)]
    for look in (camelot_grids, pdfplumber_grids):
        (grid,) = look(drawn_pdf(draw), ruled=True)
        assert [(c.row, c.column, c.rowspan, c.colspan) for c in grid.cells] == spans


def test_a_program_that_fails_is_a_finding_and_harms_nothing(monkeypatch):
    def fail(page: bytes, *, ruled: bool) -> None:
        raise ValueError("no such font")

    monkeypatch.setattr(second, "_OPINIONS", ((Reader.CAMELOT, fail),))
    document = to_document(drawn_pdf(bare))
    found = second_opinions(document, pdf_to_extraction(document).layout, (1,))
    assert found.layouts == ()
    (finding,) = found.findings
    assert (finding.rule, finding.severity.value) == ("second-opinion-failed", "note")
    assert "no such font" in finding.message
