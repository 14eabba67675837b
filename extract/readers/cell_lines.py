"""One cell a line: plain, with a trailing bar, or with blank lines for blank cells."""

from collections.abc import Iterator, Sequence

import regex

from extract.claims import Claim, looks_like_figure, sense_of
from extract.landmarks import is_measure, is_title
from extract.readers.sequence import cells_to_rows
from extract.tables import rows_to_claim
from schemas.source import Cell, Line, Reader

# A run of lines that may be cells, and the characters of the longest one; a form has more of them.
_LEAST_LINES = 6
_LONGEST_CELL = 40
_FORM_CELLS = 20
# Tables that follow one another without any line between them.
_MOST_TABLES = 20
_SENTENCE = regex.compile(r"[。；;]|，.*，")
_BARS = ("|", "｜")


def read_cell_lines(lines: Sequence[Line]) -> list[Claim]:
    """`塔城市`, `30`, `243`, `273`, `额敏县`, … each on a line of its own."""
    claims: list[Claim] = []
    for first, end in _short_line_runs(lines):
        for blanks_are_cells in (False, True):
            at = first
            for _ in range(_MOST_TABLES):
                claim = _claim(lines, at, end, blanks_are_cells=blanks_are_cells)
                if claim is None:
                    break
                claims.append(claim)
                at = claim.last + 1
    return claims


def _short_line_runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines short enough to be cells. The title and the 单位 line of a table begin a run:
    the table before them is another one."""
    first: int | None = None
    for i, line in enumerate(lines):
        short = _may_be_cell(line.text)
        if first is not None and (not short or is_title(line.text) or is_measure(line.text)):
            if i - first >= _LEAST_LINES:
                yield first, i
            first = None
        if short and first is None:
            first = i
    if first is not None and len(lines) - first >= _LEAST_LINES:
        yield first, len(lines)


def _may_be_cell(text: str) -> bool:
    if len(text) > _LONGEST_CELL + 2 or "\t" in text:
        return False
    # ３０，０６２，６２６ has the commas of a sentence.
    return not _SENTENCE.search(text) or looks_like_figure(text.rstrip("|｜ "))


def _has_bar(line: Line) -> bool:
    return line.text.rstrip().endswith(_BARS)


def _claim(lines: Sequence[Line], first: int, end: int, *, blanks_are_cells: bool) -> Claim | None:
    printed = [line for line in lines[first:end] if line.text.strip()]
    all_barred = sum(map(_has_bar, printed)) * 2 > len(printed)
    kept = [
        i
        for i in range(first, end)
        if not lines[i].furniture
        and (lines[i].text.strip() or (blanks_are_cells and not all_barred))
        and not (all_barred and not _has_bar(lines[i]))
    ]
    cells = [Cell(lines[i].text.strip().rstrip("|｜").strip(), lines[i].ref) for i in kept]
    cut = cells_to_rows(cells)
    if cut is None:
        return _claim_form(lines, kept, cells) if all_barred else None
    places = {cell.ref: i for cell, i in zip(cells, kept, strict=True)}
    span = places[cut.rows[0][0].ref], places[cut.body[-1][-1].ref]
    return rows_to_claim(lines, span, cut.rows, Reader.CELL_LINES, sense_of(cut.body))


def _claim_form(lines: Sequence[Line], kept: Sequence[int], cells: Sequence[Cell]) -> Claim | None:
    """A form without rows of figures: its cells in order, as one row."""
    if len(cells) < _FORM_CELLS:
        return None
    return rows_to_claim(lines, (kept[0], kept[-1]), [tuple(cells)], Reader.CELL_LINES, 0.5)
