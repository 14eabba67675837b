"""A page of a PDF to its words and ruling lines, upright."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from pypdfium2 import raw

from extract.pages import Box, Page, Rule, Word
from extract.pdf.characters import Characters, angles_to_quarters, page_to_characters
from extract.pdf.crossing import Setting, part_crossing
from extract.pdf.limits import LONGEST_SIDE
from extract.pdf.objects import PageObjects, page_to_objects
from extract.pdf.view import Boxes, Turn, View, boxes_to_shown, boxes_to_upright, turn_to_placing
from extract.pdf.words import characters_to_words
from schemas.errors import TooLargeError

# Print off the page by more than this many points is not seen.
_OFF = 2.0


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page as its text layer and drawing say. `tilted` are words that run across the page, such
    as watermarks; `text` is all characters of it, for judging the text layer."""

    page: Page
    tilted: tuple[Word, ...]
    text: str
    objects: PageObjects


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """The characters of a page as shown, with the turn of each; tilted ones have none."""

    characters: Characters
    shown: Boxes
    turns: npt.NDArray[np.int64]
    tilted: npt.NDArray[np.bool_]
    view: View
    main: Turn


def pdf_page_to_page(page: pdfium.PdfPage, number: int) -> PdfPage:
    """Words and ruling lines of one page.

    The page is turned by its flag as viewers do, and then so that most print is level; `placing`
    leads back to the page as viewers show it. Raises TooLargeError.
    """
    view = page_to_view(page)
    objects = page_to_objects(page)
    textpage = page.get_textpage()
    try:
        layer = _layer(page_to_characters(textpage), view)
        rules = _rules(objects, layer)
        words = [
            word
            for turn in np.unique(layer.turns[~layer.tilted]).tolist()
            for word in _words(textpage, layer, Turn(turn), rules)
        ]
    finally:
        textpage.close()
    width, height = _upright_size(layer)
    seen = tuple(word for word in words if _is_on_page(word.box, width, height))
    placing = turn_to_placing(view, layer.main)
    upright = Page(number, width, height, seen, tuple(rules), placing)
    return PdfPage(upright, _tilted_words(layer), layer.characters.text, objects)


def page_to_view(page: pdfium.PdfPage) -> View:
    """The box of a page and the turn of its flag. Raises TooLargeError for a giant page."""
    found = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page.raw, found)
    width, height = abs(found.right - found.left), abs(found.top - found.bottom)
    if max(width, height) > LONGEST_SIDE:
        raise TooLargeError(
            f"a page is {width:,.0f} × {height:,.0f} points large, more than {LONGEST_SIDE:,.0f}"
        )
    turn = Turn(max(raw.FPDFPage_GetRotation(page.raw), 0) % 4)
    return View(found.left, found.bottom, found.right, found.top, turn)


def _layer(characters: Characters, view: View) -> _Layer:
    count = len(characters.text)
    if characters.angles is None:
        turns, tilted = np.zeros(count, np.int64), np.zeros(count, np.bool_)
    else:
        turns, tilted = angles_to_quarters(characters.angles)
    turns = (turns + int(view.turn)) % 4
    # pdfium's own blanks have no direction.
    printed = ~tilted & (characters.boxes[:, 2] > characters.boxes[:, 0])
    counts = np.bincount(turns[printed], minlength=4)
    main = Turn(int(counts.argmax())) if counts.any() else Turn.NONE
    shown = boxes_to_shown(characters.boxes, view)
    return _Layer(characters, shown, turns, tilted, view, main)


def _words(
    textpage: pdfium.PdfTextPage, layer: _Layer, turn: Turn, rules: list[Rule]
) -> list[Word]:
    """The words that run in one direction, with their boxes on the upright page."""
    at = np.flatnonzero((layer.turns == turn) & ~layer.tilted)
    text = layer.characters.text
    if len(at) < len(text):
        text = "".join(text[i] for i in at)
    level = boxes_to_upright(layer.shown[at], layer.view, turn)
    words, spans = characters_to_words(text, level)
    if turn is layer.main:
        return part_crossing(words, spans, rules, Setting(textpage, at, level, layer.view, turn))
    # Words that stand turned on the upright page, as in the narrow cells of a header.
    shown = layer.shown[at]
    boxes = [_around(shown[start:end]) for start, end in spans]
    return [
        Word(word.text, box) for word, box in zip(words, _upright_boxes(boxes, layer), strict=True)
    ]


def _around(boxes: Boxes) -> list[float]:
    return [*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]


def _upright_boxes(boxes: list[list[float]], layer: _Layer) -> list[Box]:
    if not boxes:
        return []
    turned = boxes_to_upright(np.array(boxes), layer.view, layer.main).round(2)
    return [Box(*corners) for corners in turned.tolist()]


def _rules(objects: PageObjects, layer: _Layer) -> list[Rule]:
    if not objects.lines:
        return []
    shown = boxes_to_shown(np.array(objects.lines), layer.view)
    upright = boxes_to_upright(shown, layer.view, layer.main).round(2)
    width, height = _upright_size(layer)
    clipped = np.clip(upright, 0, np.array([width, height, width, height]))
    seen = (upright[:, 2] >= 0) & (upright[:, 0] <= width)
    seen &= (upright[:, 3] >= 0) & (upright[:, 1] <= height)
    return [Rule(*corners) for corners in clipped[seen].tolist()]


def _upright_size(layer: _Layer) -> tuple[float, float]:
    width, height = layer.view.width, layer.view.height
    return (width, height) if layer.main in (Turn.NONE, Turn.HALF) else (height, width)


def _is_on_page(box: Box, width: float, height: float) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return -_OFF <= x <= width + _OFF and -_OFF <= y <= height + _OFF


def _tilted_words(layer: _Layer) -> tuple[Word, ...]:
    """Runs of characters that run across the page."""
    words: list[Word] = []
    at = np.flatnonzero(layer.tilted)
    for run in np.split(at, np.flatnonzero(np.diff(at) > 2) + 1) if len(at) else []:
        text = "".join(layer.characters.text[i] for i in run).strip()
        (box,) = _upright_boxes([_around(layer.shown[run])], layer)
        if text:
            words.append(Word(text, box))
    return tuple(words)
