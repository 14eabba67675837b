"""What a reference names, cut out of a page or printed with its neighbours."""

import io
from pathlib import Path

import docx
import numpy as np
import pytest
from click.testing import CliRunner
from docx.shared import Cm
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from ingest.showing import NoSuchPlaceError, show_picture, show_text
from schemas.source import BoxRef, LineRef, SheetRef, parse_ref
from tests.extract.office.made import document, sheet_file
from xiada.cli.main import main

TEXT = "附件1\n2024年资金分配表\n县市\t人数\t资金\n伊宁市\t10\t20\n伊宁县\t30\t40\n合计\t40\t60\n"
SHEET = (
    '<sheetData><row r="3"><c r="B3" t="inlineStr"><is><t>县市</t></is></c>'
    '<c r="C3" t="inlineStr"><is><t>资金</t></is></c></row><row r="4">'
    '<c r="B4" t="inlineStr"><is><t>伊宁市</t></is></c><c r="C4"><v>20</v></c></row></sheetData>'
)


def pdf() -> bytes:
    """Two pages; the second has a black box from 100,100 to 160,120, counted from the top left."""
    made = io.BytesIO()
    canvas = Canvas(made, pagesize=(400, 300))
    canvas.drawString(50, 200, "page one")
    canvas.showPage()
    canvas.rect(100, 300 - 120, 60, 20, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return made.getvalue()


def scan() -> bytes:
    """A page of 200 dpi with a black box at the same place."""
    pixels = np.full((833, 1111), 255, np.uint8)
    pixels[278:333, 278:444] = 0
    made = io.BytesIO()
    Image.fromarray(pixels).save(made, "PNG", dpi=(200, 200))
    return made.getvalue()


@pytest.mark.parametrize(("data", "page"), [(pdf(), 2), (scan(), 1)])
def test_the_box_is_cut_out_and_outlined(data: bytes, page: int) -> None:
    png = show_picture(document(data, "a"), BoxRef(page, 100, 100, 160, 120))
    shown = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)
    share = 200 / 72
    assert shown.shape[:2] == pytest.approx((68 * share, 108 * share), abs=2)
    inside = shown[int(26 * share) : int(42 * share), int(26 * share) : int(82 * share)]
    assert inside.max() < 60
    red = (shown[..., 0] > 180) & (shown[..., 1] < 60)
    rows, columns = np.nonzero(red)
    assert (rows.min(), columns.min()) == pytest.approx((24 * share, 24 * share), abs=5)
    assert (rows.max(), columns.max()) == pytest.approx((44 * share, 84 * share), abs=5)


def test_a_row_is_shown_with_its_neighbours_and_its_cell_marked() -> None:
    shown = show_text(document(TEXT.encode(), "a.txt"), LineRef(5, 3))
    assert shown == (
        "  L3  县市 | 人数 | 资金",
        "  L4  伊宁市 | 10 | 20",
        "> L5  伊宁县 | 30 | ⟦40⟧",
        "  L6  合计 | 40 | 60",
    )


def test_a_whole_line_and_a_place_within_a_sentence_are_shown_by_their_line() -> None:
    text = document(TEXT.encode(), "a.txt")
    assert show_text(text, LineRef(2))[1] == "> L2  ⟦2024年资金分配表⟧"
    assert show_text(text, LineRef(1, 7))[0] == "> L1  附件1"


def test_a_cell_of_a_sheet() -> None:
    shown = show_text(document(sheet_file(SHEET), "a.xlsx"), SheetRef(1, 4, 3))
    assert shown[-1] == "> S1:L4  伊宁市 | ⟦20⟧"


@pytest.mark.parametrize(
    ("data", "ref"),
    [
        (pdf(), "p3 0,0,10,10"),
        (pdf(), "p0 0,0,10,10"),
        (pdf(), "p1 900,0,910,10"),
        (scan(), "p2 0,0,10,10"),
        (TEXT.encode(), "p1 0,0,10,10"),
        (TEXT.encode(), "L99:C1"),
        (TEXT.encode(), "S1:L2:C1"),
        (pdf(), "L1"),
    ],
)
def test_a_place_that_is_not_there_is_an_error(data: bytes, ref: str) -> None:
    place = parse_ref(ref)
    assert place is not None
    show = show_picture if isinstance(place, BoxRef) else show_text
    with pytest.raises(NoSuchPlaceError):
        show(document(data, "a"), place)  # type: ignore[arg-type]


def test_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT, "utf-8")
    Path("b.pdf").write_bytes(pdf())
    run = CliRunner().invoke
    printed = run(main, ["show", "a.txt", "L5:C3"])
    assert (printed.exit_code, "⟦40⟧" in printed.output) == (0, True)
    cut = run(main, ["show", "b.pdf", "p2 100,100,160,120", "-o", "cell.png"])
    assert (cut.exit_code, cut.output.strip()) == (0, "cell.png")
    assert Path("cell.png").read_bytes().startswith(b"\x89PNG")
    for wrong in (["a.txt", "53"], ["a.txt", "L99"], ["none.txt", "L1"]):
        assert run(main, ["show", *wrong]).exit_code == 2
    Path("c.pdf").write_bytes(pdf()[:200])
    assert run(main, ["show", "c.pdf", "p1 0,0,10,10"]).exit_code == 2


def test_a_picture_in_a_word_file_is_shown() -> None:
    made, written = docx.Document(), io.BytesIO()
    made.add_paragraph("通知")
    made.add_picture(io.BytesIO(scan()), width=Cm(14))
    made.save(written)
    png = show_picture(document(written.getvalue(), "a.docx"), BoxRef(2, 100, 100, 160, 120))
    share = 200 / 72
    shown = np.asarray(Image.open(io.BytesIO(png)).convert("L"))
    assert shown[int(26 * share) : int(42 * share), int(26 * share) : int(82 * share)].max() < 60
    with pytest.raises(NoSuchPlaceError):
        show_picture(document(written.getvalue(), "a.docx"), BoxRef(3, 1, 1, 2, 2))
