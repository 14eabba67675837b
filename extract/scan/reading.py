"""What is printed on an upright page, read line by line: areas to words."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extract.grid import Grid
from extract.pages import Box, Word
from extract.scan.content import Content
from extract.scan.missed import River, grid_to_rivers, parted
from extract.scan.picture import Grey
from extract.scan.prints import (
    Area,
    cell_to_print,
    content_to_marks,
    free_lines,
    print_height,
)
from extract.scan.recognise import DOUBTED, Crop, CropReading, read_crops, second_readings
from extract.scan.upright import DPI

POINT = 72 / DPI
"""How wide a pixel is, in points."""

UNREAD = "\ufffd"
"""Stands for print that the recogniser could not read: it is not blank."""

_PAPER = 255
# Marks fade out over this many pixels.
_FRINGE = 1
# The recogniser takes a lone × for the letter.
_CROSS, _LIKE_A_CROSS = "×", ("x", "X")
_PADDING = 4
# Paper at both ends: a faint minus sign before a figure may lie there unseen.
_ENDS = 12
# So near to a border there is no print, but what is left of its rule.
_RIM = 4
# Darkness that taking out the ruling lines must take away for a pixel to be one of theirs.
_RULE = 24
# Of a picture that is no page of print, the largest.
_MOST_LINES = 500
# Of a page that can hardly be read, so many lines are read again.
_MOST_AGAIN = 150


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """Every line of text of a page, within the cells of its grids and outside of them; around each
    the paper that is its own; dirt within cells; the rivers along which columns may have to be
    parted; and how many lines are too many to be read."""

    lines: tuple[Area, ...]
    around: tuple[Area, ...]
    dirt: tuple[Area, ...]
    rivers: tuple[River, ...]
    left: int


def content_to_printed(content: Content, grids: Sequence[Grid]) -> Printed:
    """Where something is printed."""
    marks = content_to_marks(content)
    usual = print_height(marks)
    rivers = [list(grid_to_rivers(grid, marks, usual, POINT)) for grid in grids]
    cells = [
        part for grid, of_grid in zip(grids, rivers, strict=True) for part in _cells(grid, of_grid)
    ]
    prints = [cell_to_print(marks, cell, usual) for cell in cells]
    outside = free_lines(content, [to_pixels(grid.box) for grid in grids], usual)
    largest = sorted(outside, key=lambda a: (a.x0 - a.x1) * (a.y1 - a.y0))[:_MOST_LINES]
    within = [
        (line, _around(line, cell, alone=len(found.lines) == 1))
        for cell, found in zip(cells, prints, strict=True)
        for line in found.lines
    ]
    around = [(line, padded(line)) for line in sorted(largest)]
    return Printed(
        tuple(line for line, _ in (*within, *around)),
        tuple(area for _, area in (*within, *around)),
        tuple(dirt for cell in prints for dirt in cell.dirt),
        tuple(river for of_grid in rivers for river in of_grid),
        len(outside) - len(largest),
    )


def _cells(grid: Grid, rivers: Sequence[River]) -> list[Area]:
    return [
        part for cell in grid.cells for part in parted(to_pixels(cell.box), cell.box, rivers, POINT)
    ]


def padded(line: Area) -> Area:
    """A line of text with some paper around."""
    return Area(line.x0 - _ENDS, line.y0 - _PADDING, line.x1 + _ENDS, line.y1 + _PADDING)


def _around(line: Area, cell: Area, *, alone: bool) -> Area:
    """A line of a cell with the paper around it: all of the cell if it is the only one, so that
    what is too faint to be found is read, too, and a dash shows where it stands."""
    x0, x1 = min(cell.x0 + _RIM, line.x0 - _PADDING), max(cell.x1 - _RIM, line.x1 + _PADDING)
    y0, y1 = line.y0 - _PADDING, line.y1 + _PADDING
    if alone:
        y0, y1 = min(cell.y0 + _RIM, y0), max(cell.y1 - _RIM, y1)
    return Area(x0, y0, x1, y1)


def without_drawn(light: Grey, dark: Grey, clear: Grey, dirt: Sequence[Area]) -> Grey:
    """The page in grey with paper where rules are drawn, and over dirt.

    `light` and `dark` are the page, `clear` its darkness without rules.
    """
    bare = light.copy()
    bare[cv2.subtract(dark, clear) > _RULE] = _PAPER
    for area in dirt:
        rows = slice(max(area.y0 - _FRINGE, 0), area.y1 + _FRINGE)
        bare[rows, max(area.x0 - _FRINGE, 0) : area.x1 + _FRINGE] = _PAPER
    return bare


def read_lines(bare: Grey, printed: Printed) -> tuple[Word, ...]:
    """The words of the lines of a page in grey; `UNREAD` where one could not be read.

    What is doubtful is read again in other ways: the words keep these readings, too.
    """
    crops = [area_to_crop(bare, area) for area in printed.around]
    readings = read_crops(crops)
    again = _read_again(crops, readings)
    words: list[Word] = []
    for i, (area, reading) in enumerate(zip(printed.lines, readings, strict=True)):
        box = Box(*(v * POINT for v in (area.x0, area.y0, area.x1, area.y1)))
        text = _one_line(reading.text)
        text = _CROSS if text in _LIKE_A_CROSS else text
        if text:
            others = tuple(other for other in again.get(i, ()) if other != text)
            words.append(Word(text, box, reading.score, readings=others))
        elif reading.score < 1:
            words.append(Word(UNREAD, box, 0.0, readings=again.get(i, ())))
    return tuple(words)


def _read_again(
    crops: Sequence[Crop], readings: Sequence[CropReading]
) -> dict[int, tuple[str, ...]]:
    """Other texts of the crops that are read worst, likeliest first."""
    doubted = [i for i, reading in enumerate(readings) if reading.score < DOUBTED]
    worst = sorted(doubted, key=lambda i: readings[i].score)[:_MOST_AGAIN]
    return {
        i: tuple(dict.fromkeys(text for other in texts if (text := _one_line(other))))
        for i, texts in zip(worst, second_readings([crops[i] for i in worst]), strict=True)
    }


def _one_line(text: str) -> str:
    return text.replace("\n", "").strip()


def area_to_crop(page: Grey, area: Area) -> Crop:
    """An area of a page in grey, as far as it lies on the page."""
    height, width = page.shape
    rows, columns = (
        slice(max(area.y0, 0), min(area.y1, height)),
        slice(max(area.x0, 0), min(area.x1, width)),
    )
    return Crop(np.ascontiguousarray(page[rows, columns]))


def to_pixels(box: Box) -> Area:
    """A box in points as an area in pixels."""
    return Area(*(round(v / POINT) for v in (box.x0, box.y0, box.x1, box.y1)))
