"""Invisible words: where they lie, what is copied of them, and that nothing is seen."""

import io

import numpy as np
import pypdfium2 as pdfium
import pytest
from pypdfium2 import raw

from extract.pages import Box, Page, Word
from extract.pdf.pages import page_to_view
from extract.pdf.view import Turn, boxes_to_shown, turn_to_placing
from extract.searchable.layer import load_font, write_words

WORDS = (
    Word("乌鲁木齐市", Box(50, 50, 150, 70)),
    Word("1,234.56", Box(200, 50, 280, 70)),
    Word("完成率：≥90%", Box(50, 100, 170, 115)),
)


def written(turn: int, words: tuple[Word, ...] = WORDS) -> pdfium.PdfDocument:
    """A blank page 400 x 300 with a flag of `turn` quarters, words on it, saved and opened."""
    pdf = pdfium.PdfDocument.new()
    page = pdf.new_page(400, 300)
    page.set_rotation(turn * 90)
    with load_font(pdf, [word.text for word in words]) as font:
        write_words(page, Page(1, 400, 300, words, ()), page_to_view(page), font)
    page.close()
    saved = io.BytesIO()
    pdf.save(saved)
    return pdfium.PdfDocument(saved.getvalue())


def found_box(page: pdfium.PdfPage, text: str) -> list[float]:
    """The box of `text` on the page as shown."""
    textpage = page.get_textpage()
    at, count = textpage.search(text).get_next()
    boxes = np.array([textpage.get_charbox(i, loose=True) for i in range(at, at + count)])
    hull = np.array([[*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]])
    shown: list[float] = boxes_to_shown(hull, page_to_view(page))[0].tolist()
    return shown


@pytest.mark.parametrize("turn", range(4))
def test_words_lie_in_their_boxes_however_the_page_is_turned(turn: int) -> None:
    page = written(turn)[0]
    for word in WORDS:
        box = word.box
        assert found_box(page, word.text) == pytest.approx(
            [box.x0, box.y0, box.x1, box.y1], abs=0.5
        )


def test_words_of_a_sideways_print_run_along_it() -> None:
    pdf = pdfium.PdfDocument.new()
    view = page_to_view(pdf.new_page(300, 400))
    placing = turn_to_placing(view, Turn.QUARTER)
    pdf = pdfium.PdfDocument.new()
    page = pdf.new_page(300, 400)
    with load_font(pdf, [word.text for word in WORDS]) as font:
        write_words(page, Page(1, 400, 300, WORDS, (), placing), view, font)
    page.close()
    for word in WORDS:
        ref = placing.box_to_ref(word.box, 1)
        assert found_box(pdf[0], word.text) == pytest.approx(
            [ref.x0, ref.y0, ref.x1, ref.y1], abs=0.5
        )


def test_text_is_copied_as_it_was_read() -> None:
    text = written(0)[0].get_textpage().get_text_range()
    assert text.split() == ["乌鲁木齐市", "1,234.56", "完成率：≥90%"]


def test_rare_characters_are_copied_too() -> None:
    rare = (Word("𠮷野𪚥", Box(50, 50, 150, 70)),)
    assert written(0, rare)[0].get_textpage().get_text_range() == "𠮷野𪚥"


def test_nothing_is_seen() -> None:
    page = written(0)[0]
    assert bool((page.render(scale=2).to_numpy() == 255).all())
    modes = {
        raw.FPDFTextObj_GetTextRenderMode(thing.raw)
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    }
    assert modes == {raw.FPDF_TEXTRENDERMODE_INVISIBLE}


def test_words_without_length_or_letters_are_left_out() -> None:
    words = (Word("", Box(0, 0, 10, 10)), Word("12", Box(5, 5, 5, 10)), Word("\n", Box(0, 0, 9, 9)))
    pdf = pdfium.PdfDocument.new()
    page = pdf.new_page(100, 100)
    with load_font(pdf, [word.text for word in words]) as font:
        write_words(page, Page(1, 100, 100, words, ()), page_to_view(page), font)
    assert page.get_textpage().count_chars() == 0
