"""What is printed on an upright page, read line by line: areas to words."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from extract.grid import Grid
from extract.pages import Box, Word
from extract.scan.agreeing import (
    Agreed,
    applied,
    columns_to_commas,
    doubted_marks,
    odd_figures,
    odd_to_candidates,
    second_to_figure,
)
from extract.scan.content import Content
from extract.scan.legible import shows_no_print
from extract.scan.missed import River, grid_to_rivers, parted
from extract.scan.picture import Area, Grey
from extract.scan.prints import (
    cell_to_print,
    content_to_marks,
    free_lines,
    print_height,
)
from extract.scan.recognise import (
    DOUBTED,
    Crop,
    CropReading,
    SecondReading,
    read_again,
    read_crops,
)
from extract.scan.upright import POINTS_PER_PIXEL

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
# So far from its border a merged cell holds nothing of it, though it be drawn double.
_INSIDE = 9
# Darkness that taking out the ruling lines must take away for a pixel to be one of theirs.
_RULE = 24
# Of a picture that is no page of print, the largest.
_MOST_LINES = 500
# Of a page that can hardly be read, so many lines are read again.
_MOST_AGAIN = 150


@dataclass(frozen=True, slots=True, eq=False)
class Printed:
    """Every line of text of a page, within the cells of its grids and outside of them; around each
    the paper that is its own; the number of its column, -1 where it does not fill a cell of one;
    dirt within cells; the rivers along which columns may have to be parted; and how many lines are
    too many to be read."""

    lines: tuple[Area, ...]
    around: tuple[Area, ...]
    columns: tuple[int, ...]
    dirt: tuple[Area, ...]
    rivers: tuple[River, ...]
    left: int


def content_to_printed(content: Content, grids: Sequence[Grid]) -> Printed:
    """Where something is printed."""
    marks = content_to_marks(content)
    usual = print_height(marks)
    rivers = [list(grid_to_rivers(grid, marks, usual, POINTS_PER_PIXEL)) for grid in grids]
    cells = [
        part
        for number, (grid, of_grid) in enumerate(zip(grids, rivers, strict=True))
        for part in _cells(number, grid, of_grid)
    ]
    prints = [cell_to_print(marks, cell.area, usual) for cell in cells]
    outside = free_lines(content, [to_pixels(grid.box) for grid in grids], usual)
    largest = sorted(outside, key=lambda a: (a.x0 - a.x1) * (a.y1 - a.y0))[:_MOST_LINES]
    numbers = {column: i for i, column in enumerate(sorted({c.column for c in cells if c.column}))}
    within = [
        (line, _around(line, cell.area, alone=alone), numbers.get(cell.column, -1) if alone else -1)
        for cell, found in zip(cells, prints, strict=True)
        for alone in (len(found.lines) == 1,)
        for line in found.lines
    ]
    every = [*within, *((line, padded(line), -1) for line in sorted(largest))]
    return Printed(
        tuple(line for line, _, _ in every),
        tuple(area for _, area, _ in every),
        tuple(column for _, _, column in every),
        tuple(dirt for cell in prints for dirt in cell.dirt),
        tuple(river for of_grid in rivers for river in of_grid),
        len(outside) - len(largest),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """A cell, or what a river parts off one; `column` tells the parts that stand under each other:
    grid, column and which of its parts; () for what spans columns."""

    area: Area
    column: tuple[int, ...]


def _cells(number: int, grid: Grid, rivers: Sequence[River]) -> list[_Part]:
    return [
        _Part(part, (number, cell.column, i) if cell.colspan == 1 else ())
        for cell in grid.cells
        for i, part in enumerate(parted(to_pixels(cell.box), cell.box, rivers, POINTS_PER_PIXEL))
    ]


def merged_insides(grids: Sequence[Grid]) -> tuple[Area, ...]:
    """The insides of merged cells, in pixels."""
    cells = [cell for grid in grids for cell in grid.cells if max(cell.rowspan, cell.colspan) > 1]
    return tuple(inside for cell in cells for inside in insides([to_pixels(cell.box)]))


def insides(cells: Iterable[Area]) -> tuple[Area, ...]:
    """Cells without the paper along their borders, where something of their rules may be."""
    return tuple(
        Area(cell.x0 + _INSIDE, cell.y0 + _INSIDE, cell.x1 - _INSIDE, cell.y1 - _INSIDE)
        for cell in cells
        if min(cell.x1 - cell.x0, cell.y1 - cell.y0) > 2 * _INSIDE
    )


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

    What is doubtful, or no figure among figures, is read again in other ways: the words keep these
    readings, too. What the other figures of a column settle is settled (`extract.scan.agreeing`).
    """
    crops = [area_to_crop(bare, area) for area in printed.around]
    first = read_crops(crops)
    agreed = dict(columns_to_commas(first, printed.columns))
    readings = applied(doubted_marks(first), agreed)
    odd = odd_figures(readings, printed.columns)
    settled = {i for i in agreed if first[i].score >= DOUBTED}
    print_ = not shows_no_print([one.score for one in first if one.text or one.score < 1])
    again = _read_again(crops, readings, odd, settled) if print_ else {}
    better = {
        i: found for i in again if i in odd and (found := second_to_figure(readings[i], again[i]))
    }
    agreed |= better
    words: list[Word] = []
    for i, (area, reading) in enumerate(zip(printed.lines, applied(readings, better), strict=True)):
        box = Box(*(v * POINTS_PER_PIXEL for v in (area.x0, area.y0, area.x1, area.y1)))
        text = _one_line(reading.text)
        text = _CROSS if text in _LIKE_A_CROSS else text
        dirt = odd_to_candidates(text) if i in odd else ()
        others = _others(agreed.get(i), again.get(i), dirt)
        if text:
            score = reading.score
            words.append(Word(text, box, score, tuple(o for o in others if o != text)))
        elif reading.score < 1:
            words.append(Word(UNREAD, box, 0.0, others))
    return tuple(words)


def _others(
    agreed: Agreed | None, again: SecondReading | None, more: tuple[str, ...]
) -> tuple[str, ...]:
    """What a crop was read as before, and in other ways, and what more it may be."""
    found = ((agreed.was,) if agreed else ()) + (again.texts if again else ()) + more
    return tuple(dict.fromkeys(text for other in found if (text := _one_line(other))))


def _read_again(
    crops: Sequence[Crop],
    readings: Sequence[CropReading],
    odd: Sequence[int],
    settled: Container[int],
) -> dict[int, SecondReading]:
    """The crops that are read worst, and the odd ones, once more in other ways; `settled` are those
    whose figures are beyond doubt."""
    doubted = [i for i, one in enumerate(readings) if one.score < DOUBTED and i not in settled]
    worst = sorted(doubted, key=lambda i: readings[i].score)[:_MOST_AGAIN]
    chosen = sorted({*odd, *worst})
    return dict(zip(chosen, read_again([crops[i] for i in chosen]), strict=True))


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
    return Area(*(round(v / POINTS_PER_PIXEL) for v in (box.x0, box.y0, box.x1, box.y1)))
