"""Made pages are what their truth says: figures that add up, boxes that hold the words."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pypdfium2
import pytest

from benchmarks.scans.make import (
    Damage,
    Kind,
    PdfForm,
    PictureFile,
    Ruling,
    Seal,
    Sheet,
    TrueCell,
    Turn,
    pdf_bytes,
    picture_files,
    pictures,
    sheet,
    shown_cells,
)
from benchmarks.scans.score import ReadCell, ReadTable, plain, score, shows
from extract.pages import Box
from tests.outside import require_font

pytestmark = pytest.mark.usefixtures("fonts")


@pytest.fixture
def fonts() -> None:
    require_font("wqy-zenhei.ttc")
    require_font("uming.ttc")


@pytest.mark.parametrize("kind", list(Kind))
def test_cells_tile_their_table(kind: Kind) -> None:
    for page in sheet(kind, 5).pages:
        for table in {cell.table for cell in page.cells}:
            places = Counter(
                (row, column)
                for cell in page.cells
                if cell.table == table
                for row in range(cell.row, cell.row + cell.rowspan)
                for column in range(cell.column, cell.column + cell.colspan)
            )
            rows, columns = (1 + max(place[i] for place in places) for i in (0, 1))
            assert set(places.values()) == {1}
            assert len(places) == rows * columns


def test_the_wide_sheet_has_the_proportions_of_a_notice() -> None:
    (page,) = sheet(Kind.WIDE, 1).pages
    assert page.width > page.height
    assert max(cell.column + cell.colspan for cell in page.cells) == 13
    assert max(cell.figure[1] for cell in page.cells if cell.figure) == 25
    assert len({cell.row for cell in page.cells if cell.figure is None and cell.row < 3}) == 3


def _figures(made: Sheet) -> dict[tuple[int, int], Decimal]:
    return {
        cell.figure[1:]: Decimal(cell.text.rstrip("%").replace(",", ""))
        for page in made.pages
        for cell in page.cells
        if cell.figure and cell.number
    }


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_printed_formulas_and_totals_hold(seed: int) -> None:
    made = sheet(Kind.WIDE, seed)
    figures = _figures(made)
    for row in range(1, 26):
        assert figures[row, 9] == figures[row, 4] + figures[row, 8]
        assert figures[row, 11] == figures[row, 9] + figures[row, 10]
    whole = [row for row in made.rows if row.code.endswith("00") and row.row_no > 1]
    assert figures[1, 11] == sum(figures[row.row_no, 11] for row in whole)


def _text_in(page: pypdfium2.PdfPage, box: Box) -> str:
    text = page.get_textpage()
    high = page.get_height()
    return text.get_text_bounded(box.x0 - 1, high - box.y1 - 1, box.x1 + 1, high - box.y0 + 1)


@pytest.mark.parametrize("form", [PdfForm.PLAIN, PdfForm.RECTANGLES, PdfForm.SIDEWAYS])
def test_the_boxes_of_a_pdf_hold_the_words(form: PdfForm) -> None:
    made = sheet(Kind.TWO, 4, Ruling.OPEN)
    page = pypdfium2.PdfDocument(pdf_bytes(made, form))[0]
    for cell in shown_cells(made, form):
        if cell.ink:
            assert plain(_text_in(page, cell.ink), False) == plain(cell.text, False)


def _dark(image: np.ndarray, box: Box, dpi: int) -> float:
    x0, y0, x1, y1 = (round(v * dpi / 72) for v in (box.x0, box.y0, box.x1, box.y1))
    return float((image[y0:y1, x0:x1] < 128).mean())


@pytest.mark.parametrize(
    "damage",
    [
        Damage(dpi=150),
        Damage(dpi=150, turn=Turn.LEFT),
        Damage(dpi=150, turn=Turn.OVER, skew=1),
        Damage(dpi=150, turn=Turn.RIGHT, skew=-1, one_bit=True),
    ],
)
def test_the_boxes_of_a_scan_follow_the_page(damage: Damage) -> None:
    made = sheet(Kind.NARROW, 6, Ruling.NONE)
    (scan,) = pictures(made, damage)
    grey = np.asarray(scan.image.convert("L"))
    blank = grey.copy()
    for cell in scan.cells:
        if cell.ink:
            assert _dark(grey, cell.ink, scan.dpi) > 0.02
            room = cell.box
            x0, y0, x1, y1 = (round(v * 150 / 72) for v in (room.x0, room.y0, room.x1, room.y1))
            blank[y0:y1, x0:x1] = 255
    left, right = min(c.box.x0 for c in scan.cells), max(c.box.x1 for c in scan.cells)
    top, bottom = min(c.box.y0 for c in scan.cells), max(c.box.y1 for c in scan.cells)
    assert _dark(blank, Box(left, top, right, bottom), scan.dpi) < 0.001


@pytest.mark.parametrize("form", [PdfForm.FLAG_90, PdfForm.FLAG_270])
def test_a_flagged_page_is_shown_whole_and_upright(form: PdfForm) -> None:
    made = sheet(Kind.WIDE, 6)
    (plain_page,), (flagged,) = (
        pypdfium2.PdfDocument(pdf_bytes(made, one)) for one in (PdfForm.PLAIN, form)
    )
    assert flagged.get_rotation() == int(form.value.removeprefix("flag "))
    shown, wanted = (np.asarray(p.render().to_pil().convert("L")) for p in (flagged, plain_page))
    assert shown.shape == wanted.shape
    assert np.abs(shown.astype(float) - wanted).mean() < 3


def test_the_same_seed_gives_the_same_bytes() -> None:
    damage = Damage(dpi=72, skew=2, seals=(Seal.RED,), fade=0.5, broken=0.1, salt=0.01, edges=0.5)
    files = [
        picture_files(pictures(sheet(Kind.NARROW, 7), damage, 7), PictureFile.PNG)[0]
        for _ in range(2)
    ]
    assert files[0] == files[1]
    assert pdf_bytes(sheet(Kind.FORM, 7)) == pdf_bytes(sheet(Kind.FORM, 7))


def test_every_kind_of_file_holds_the_pages() -> None:
    scans = pictures(sheet(Kind.NOTICE, 8), Damage(dpi=100, one_bit=True))
    files = {kind: picture_files(scans, kind) for kind in PictureFile}
    assert {kind: len(held) for kind, held in files.items()} == {
        PictureFile.PNG: 4,
        PictureFile.JPEG: 4,
        PictureFile.TIFF: 1,
        PictureFile.BMP: 4,
        PictureFile.PDF: 1,
    }
    document = pypdfium2.PdfDocument(files[PictureFile.PDF][0])
    assert [page.get_textpage().count_chars() for page in document] == [0, 0, 0, 0]


CELL = TrueCell(1, 0, 2, 3, 1, 1, "1,234", Box(10, 10, 60, 30), Box(20, 14, 50, 26), True, None)

NEXT = replace(CELL, column=4, box=Box(60, 10, 90, 30), ink=Box(62, 14, 88, 26))


@pytest.mark.parametrize(
    ("read", "placed", "exact"),
    [
        (ReadCell(2, 3, 1, 1, "1,234"), 1, 1),
        (ReadCell(2, 3, 1, 1, "1234"), 1, 0),
        (ReadCell(2, 3, 1, 2, "1,234"), 0, 0),
        (ReadCell(2, 4, 1, 1, "1,234"), 0, 0),
    ],
)
def test_a_cell_counts_with_place_span_and_text(read: ReadCell, placed: int, exact: int) -> None:
    found = score([CELL], [ReadTable(1, (read,))])
    assert (found.placed, found.exact, found.numbers_exact) == (placed, exact, exact)


@pytest.mark.parametrize(
    ("box", "right"),
    [
        (Box(10, 10, 60, 30), True),
        (Box(20, 14, 50, 26), True),
        (Box(20, 14, 30, 26), False),
        (Box(10, 10, 70, 30), True),
        (Box(10, 10, 80, 30), False),
    ],
)
def test_a_box_must_show_the_words_and_no_other_cell(box: Box, right: bool) -> None:
    assert shows(box, CELL, [CELL, NEXT]) is right
