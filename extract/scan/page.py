"""A picture of a page to its words and rules: the whole road."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from extract.grid import Grid, rules_to_grids
from extract.pages import Box, Page, Rule, Word
from extract.scan.borders import Borders, lattice_to_borders
from extract.scan.content import Content, darkness_to_content, without_rules
from extract.scan.lattice import darkness_to_lattice
from extract.scan.picture import Grey, Picture
from extract.scan.prints import (
    Area,
    cell_to_print,
    content_to_marks,
    free_lines,
    print_height,
)
from extract.scan.recognise import Crop, CropReading, read_crops
from extract.scan.turn import longest_strings
from extract.scan.upright import DPI, Upright, picture_to_upright, turned_about
from schemas.findings import Cause, Finding, Severity
from schemas.source import BoxRef

TOLERANCE = 2.0
"""In points, of the rules of a picture: they meet where they cross."""

UNREAD = "\ufffd"
"""Stands for print that the recogniser could not read: it is not blank."""

_POINT = 72 / DPI
_PADDING = 4
# Paper at both ends: a faint minus sign before a figure may lie there unseen.
_ENDS = 12
# Strings that are read both ways up before a page is believed to stand on its head.
_TRIED = 4
# Of a picture that is no page of print, the largest.
_MOST_LINES = 500


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page read off a picture, and what was odd about it."""

    page: Page
    findings: tuple[Finding, ...]


def picture_to_page(picture: Picture, number: int) -> PageReading:
    """Turn, level and clean the picture, find its rules, read its cells and lines.

    Words and rules are in points of the upright page; `page.placing` leads back to the page as
    shown. Raises MissingExtraError (schemas.errors) where no recogniser is installed.
    """
    upright = the_right_way_up(picture_to_upright(picture))
    lattice = darkness_to_lattice(upright.dark)
    clear = without_rules(upright.dark, lattice)
    content = darkness_to_content(clear)
    borders = lattice_to_borders(lattice, content)
    rules = tuple(
        Rule(b.x0 * _POINT, b.y0 * _POINT, b.x1 * _POINT, b.y1 * _POINT) for b in borders.borders
    )
    grids = rules_to_grids(rules, TOLERANCE)
    bare, areas, left = _printed(clear, content, grids)
    words, unread = _read(bare, areas)
    page = Page(number, upright.width, upright.height, words, rules, upright.placing, typed=False)
    findings = (
        *_border_findings(borders, page),
        *_unread_findings(unread, page),
        *_left_findings(left, page),
    )
    return PageReading(page, findings)


def the_right_way_up(upright: Upright) -> Upright:
    """Turn the page about where its longest strings read better upside down."""
    areas = longest_strings(upright.dark, _TRIED)
    if not areas:
        return upright
    about = turned_about(upright)
    height, width = upright.dark.shape
    back = [Area(width - a.x1, height - a.y1, width - a.x0, height - a.y0) for a in areas]
    crops = [_crop(upright.dark, a) for a in areas] + [_crop(about.dark, a) for a in back]
    scores = [_weight(reading) for reading in read_crops(crops)]
    return about if sum(scores[len(areas) :]) > sum(scores[: len(areas)]) else upright


def _weight(reading: CropReading) -> float:
    return reading.score * len(reading.text)


def _printed(
    clear: Grey, content: Content, grids: Sequence[Grid]
) -> tuple[Grey, tuple[Area, ...], int]:
    """The darkness of the page without what is left of rules; every line of text of it, within the
    cells of its grids and outside of them; and how many lines are too many to be read."""
    marks = content_to_marks(content)
    usual = print_height(marks)
    prints = [
        cell_to_print(marks, _to_pixels(cell.box), usual) for grid in grids for cell in grid.cells
    ]
    bare = clear.copy()
    for rim in (area for cell in prints for area in cell.rim):
        bare[rim.y0 : rim.y1, rim.x0 : rim.x1] = 0
    within = [line for cell in prints for line in cell.lines]
    outside = free_lines(content, [_to_pixels(grid.box) for grid in grids], usual)
    largest = sorted(outside, key=lambda a: (a.x0 - a.x1) * (a.y1 - a.y0))[:_MOST_LINES]
    return bare, (*within, *sorted(largest)), len(outside) - len(largest)


def _read(clear: Grey, areas: Sequence[Area]) -> tuple[tuple[Word, ...], tuple[Box, ...]]:
    """The words in the areas; and the boxes of those that could not be read."""
    readings = read_crops([_crop(clear, area) for area in areas])
    words: list[Word] = []
    unread: list[Box] = []
    for area, reading in zip(areas, readings, strict=True):
        box = Box(*(v * _POINT for v in (area.x0, area.y0, area.x1, area.y1)))
        text = reading.text.replace("\n", "").strip()
        if text:
            words.append(Word(text, box, reading.score))
        elif reading.score < 1:
            words.append(Word(UNREAD, box, 0.0))
            unread.append(box)
    return tuple(words), tuple(unread)


def _crop(dark: Grey, area: Area) -> Crop:
    """Dark on light, with some paper around."""
    height, width = dark.shape
    x0, y0 = max(area.x0 - _ENDS, 0), max(area.y0 - _PADDING, 0)
    x1, y1 = min(area.x1 + _ENDS, width), min(area.y1 + _PADDING, height)
    return Crop(np.ascontiguousarray(255 - dark[y0:y1, x0:x1]))


def _to_pixels(box: Box) -> Area:
    return Area(*(round(v / _POINT) for v in (box.x0, box.y0, box.x1, box.y1)))


def _border_findings(borders: Borders, page: Page) -> tuple[Finding, ...]:
    inferred = [b for b in borders.borders if b.inferred]
    if not inferred:
        return ()
    message = (
        f"Ruling lines of page {page.number} are broken: {len(inferred)} borders of cells were "
        "told from what is printed beside them."
    )
    ref = BoxRef(page.number, 0, 0, page.width, page.height)
    return (Finding("broken-rules", Severity.NOTE, message, Cause.EXTRACTION, ref=ref),)


def _left_findings(left: int, page: Page) -> tuple[Finding, ...]:
    if not left:
        return ()
    message = (
        f"Page {page.number} has so many marks that it can hardly be print: {left} of them were "
        "not read."
    )
    ref = BoxRef(page.number, 0, 0, page.width, page.height)
    return (Finding("too-many-marks", Severity.WARNING, message, Cause.OCR, ref=ref),)


def _unread_findings(unread: Sequence[Box], page: Page) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "print-not-read",
            Severity.WARNING,
            f"Something is printed here on page {page.number} that could not be read.",
            Cause.OCR,
            ref=page.placing.box_to_ref(box, page.number),
        )
        for box in unread
    )
