"""A picture of a page to its words and rules: the whole road."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.grid import rules_to_grids
from extract.pages import Box, Page, Rule
from extract.scan.borders import Borders, lattice_to_borders
from extract.scan.content import darkness_to_content, without_rules
from extract.scan.lattice import darkness_to_lattice
from extract.scan.legible import shows_no_print, sure_words
from extract.scan.missed import rivers_to_rules
from extract.scan.picture import Area, Picture
from extract.scan.reading import (
    UNREAD,
    area_to_crop,
    content_to_printed,
    merged_insides,
    padded,
    read_lines,
    without_drawn,
)
from extract.scan.recognise import CropReading, read_crops
from extract.scan.turn import longest_strings
from extract.scan.upright import POINTS_PER_PIXEL, Upright, picture_to_upright, turned_about
from schemas.findings import Cause, Finding, Severity
from schemas.source import BoxRef

TOLERANCE = 2.0
"""In points, of the rules of a picture: they meet where they cross."""

# Beyond this share of all borders, those that were told from the print beside them need a look.
_MANY_INFERRED = 0.1
# Strings that are read both ways up before a page is believed to stand on its head.
_TRIED = 4


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page read off a picture, and what was odd about it."""

    page: Page
    findings: tuple[Finding, ...]


def picture_to_page(picture: Picture, number: int) -> PageReading:
    """Turn, level and clean the picture, find its rules, read its cells and lines.

    Words and rules are in points of the upright page; `page.placing` leads back to the page as
    shown. Of a picture that shows no print nothing is a rule, and only what is surely read a word.
    Raises MissingExtraError (schemas.errors) where no recogniser is installed.
    """
    upright = the_right_way_up(picture_to_upright(picture))
    lattice = darkness_to_lattice(upright.dark)
    clear = without_rules(upright.dark, lattice)
    content = darkness_to_content(clear)
    borders = lattice_to_borders(lattice, content)
    rules = tuple(
        Rule(*(side * POINTS_PER_PIXEL for side in (b.x0, b.y0, b.x1, b.y1)))
        for b in borders.borders
    )
    grids = rules_to_grids(rules, TOLERANCE)
    clear = without_rules(upright.dark, lattice, merged_insides(grids))
    printed = content_to_printed(darkness_to_content(clear), grids)
    bare = without_drawn(upright.light, upright.dark, clear, printed.dirt)
    words = read_lines(bare, printed)
    missed = rivers_to_rules(printed.rivers, words)
    page = Page(
        number,
        upright.width,
        upright.height,
        words,
        (*rules, *missed),
        upright.placing,
        typed=False,
    )
    if shows_no_print([word.score for word in words]):
        page = replace(page, words=sure_words(words), rules=())
        left = printed.left + len(words) - len(page.words)
        return PageReading(page, _left_findings(left, page))
    findings = (
        *_border_findings(borders, page),
        *_missed_findings(missed, page),
        *_unread_findings(page),
        *_left_findings(printed.left, page),
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
    crops = [area_to_crop(upright.light, padded(a)) for a in areas]
    crops += [area_to_crop(about.light, padded(a)) for a in back]
    scores = [_weight(reading) for reading in read_crops(crops)]
    return about if sum(scores[len(areas) :]) > sum(scores[: len(areas)]) else upright


def _weight(reading: CropReading) -> float:
    return reading.score * len(reading.text)


def _border_findings(borders: Borders, page: Page) -> tuple[Finding, ...]:
    inferred = [b for b in borders.borders if b.inferred]
    if not inferred:
        return ()
    message = (
        f"Ruling lines of page {page.number} are broken: {len(inferred)} borders of cells were "
        "told from what is printed beside them."
    )
    ref = BoxRef(page.number, 0, 0, page.width, page.height)
    many = len(inferred) > _MANY_INFERRED * len(borders.borders)
    severity = Severity.WARNING if many else Severity.NOTE
    return (Finding("broken-rules", severity, message, Cause.EXTRACTION, ref=ref),)


def _left_findings(left: int, page: Page) -> tuple[Finding, ...]:
    if not left:
        return ()
    message = (
        f"Page {page.number} has so many marks that it can hardly be print: {left} of them were "
        "not read."
    )
    ref = BoxRef(page.number, 0, 0, page.width, page.height)
    return (Finding("too-many-marks", Severity.WARNING, message, Cause.OCR, ref=ref),)


def _missed_findings(missed: Sequence[Rule], page: Page) -> tuple[Finding, ...]:
    if not missed:
        return ()
    box = Box(
        min(rule.x0 for rule in missed),
        min(rule.y0 for rule in missed),
        max(rule.x1 for rule in missed),
        max(rule.y1 for rule in missed),
    )
    message = (
        f"No ruling line was found on page {page.number} between figures that stand side by side; "
        "they were taken for two columns."
    )
    ref = page.placing.box_to_ref(box, page.number)
    return (Finding("missed-rules", Severity.WARNING, message, Cause.EXTRACTION, ref=ref),)


def _unread_findings(page: Page) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            "print-not-read",
            Severity.WARNING,
            f"Something is printed here on page {page.number} that could not be read.",
            Cause.OCR,
            ref=page.placing.box_to_ref(word.box, page.number),
        )
        for word in page.words
        if word.text == UNREAD
    )
