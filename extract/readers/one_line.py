"""A whole table or form on one line, its cells set apart by tabs or blanks."""

from collections.abc import Iterator, Sequence

import regex

from extract.claims import Claim, sense_of
from extract.landmarks import is_measure, is_title
from extract.readers.sequence import cells_to_rows
from extract.tables import Row, parts_to_cells
from schemas.source import Block, Cell, Line, RawTable, Reader

# A form on one line has so many cells, of so few characters on average.
_LEAST_CELLS = 20
_LONGEST_MEAN = 12
# How much sense a form makes beside other claims, 0 to 1.
_FORM_SENSE = 0.4
# A form has few sentences, prose a comma every few words.
_CELLS_A_MARK = 8
_MARK = regex.compile(r"[。；，、《〔“]")
# The bracket of a document number is no mark of prose.
_NUMBERED = regex.compile(r"[〔\[(（]\d{4}[〕\])）]")
_WORD = regex.compile(r"\w")
_SPLITS = (regex.compile(r"\t"), regex.compile(r"[ \u3000]{2,}+"), regex.compile(r"[ \u3000]++"))


def read_one_line(lines: Sequence[Line]) -> list[Claim]:
    """`…分配表 单位：万元 县市 金额 塔城市 30 额敏县 68 …` as a title, a header and rows."""
    claims: list[Claim] = []
    for i, line in enumerate(lines):
        if len(line.text) < 2 * _LEAST_CELLS:
            continue
        for split in _SPLITS:
            parts = split.split(line.text.strip(" \u3000"))
            if sum(map(bool, parts)) >= _LEAST_CELLS:
                claim = _claim(line, i, parts_to_cells(parts, line.ref))
                claims.extend([claim] if claim else [])
                break
    return claims


def _claim(line: Line, index: int, cells: Row) -> Claim | None:
    """The tables on a line, with what stands before, between and after them."""
    blocks: list[Block] = []
    body: list[Row] = []
    for segment in _segments(cells):
        cut = cells_to_rows(segment)
        if cut is None or _is_prose([cell for row in cut.body for cell in row]):
            blocks.extend(_lines(segment, line.page))
            continue
        places = {cell.ref: i for i, cell in enumerate(segment)}
        blocks.extend(_lines(segment[: places[cut.rows[0][0].ref]], line.page))
        blocks.append(RawTable(cut.rows, Reader.ONE_LINE, line.page))
        blocks.extend(_lines(segment[places[cut.body[-1][-1].ref] + 1 :], line.page))
        body.extend(cut.body)
    if not body:
        return _claim_form(line, index, cells)
    return Claim(index, index, tuple(blocks), sense_of(body))


def _segments(cells: Row) -> Iterator[Row]:
    """The cells cut before each title and 单位: the table before them is another one."""
    first = 0
    for i, cell in enumerate(cells):
        if i > first and (is_title(cell.text) or is_measure(cell.text)):
            yield cells[first:i]
            first = i
    yield cells[first:]


def _lines(cells: Sequence[Cell], page: int) -> Iterator[Line]:
    return (Line(cell.text, cell.ref, page) for cell in cells if cell.text)


def _claim_form(line: Line, index: int, cells: Row) -> Claim | None:
    """A form without rows of figures: its cells in order, as one row. Prose with blanks in it is
    none."""
    worded = sum(bool(_WORD.search(cell.text)) for cell in cells)
    if worded < _LEAST_CELLS or len(line.text) > _LONGEST_MEAN * len(cells) or _is_prose(cells):
        return None
    return Claim(index, index, (RawTable((cells,), Reader.ONE_LINE, line.page),), _FORM_SENSE)


def _is_prose(cells: Sequence[Cell]) -> bool:
    marks = sum(len(_MARK.findall(_NUMBERED.sub("", cell.text))) for cell in cells)
    return marks * _CELLS_A_MARK > len(cells)
