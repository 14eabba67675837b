"""Lines that a sign cuts into cells, as records: quoted cells and cut rows put together again."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from extract.claims import looks_like_figure, usual_length
from extract.landmarks import is_measure, is_title
from extract.tables import Row, parts_to_cells
from schemas.source import Cell, Line, LineRef

Split = Callable[[str], "list[str] | None"]

_GAP = 2
_MOST_QUOTED_LINES = 8
_LONGEST_LOOSE = 30
_MOST_CUTS = 3
_SENTENCE = regex.compile(r"[。；;:：]")
_SUM = ("计", "計")
_LONE_NAME = regex.compile(r"\p{Han}[\p{Han} ()（）、]{1,11}(?P<figure>-?[0-9][0-9,.]*+)?")
# A table whose rows may be mended has at least so many whole rows, each with figures.
_LEAST_WHOLE = 3


@dataclass(frozen=True, slots=True)
class Record:
    """A row of cells that the lines `first` to `last` print. A loose one is a line without the
    sign: part of a cut row, or no row at all."""

    first: int
    last: int
    cells: Row
    loose: bool = False


def lines_to_runs(lines: Sequence[Line], split: Split, quoting: str = "") -> list[list[Record]]:
    """Runs of lines that split; up to two blank lines or page furniture may lie within a run.

    `quoting` is the sign between cells where a cell in quotes may hold it, or a line break.
    """
    runs: list[list[Record]] = []
    for run in _runs(lines, split, quoting):
        runs.extend(_without_loose(mend_cut_rows(run)))
    return runs


def _runs(lines: Sequence[Line], split: Split, quoting: str) -> Iterator[list[Record]]:
    run: list[Record] = []
    i = 0
    while i < len(lines):
        record = _record(lines, i, split, quoting)
        text = lines[i].text
        if record is None and run and i - run[-1].last == 1 and _may_be_cut(lines[i]):
            record = Record(i, i, (Cell(text.strip(" |｜"), lines[i].ref),), loose=True)
        if record is not None:
            run.append(record)
            i = record.last
        elif run and (i - run[-1].last > _GAP or (text.strip() and not lines[i].furniture)):
            yield run
            run = []
        i += 1
    if run:
        yield run


def _may_be_cut(line: Line) -> bool:
    text = line.text.strip()
    return 0 < len(text) <= _LONGEST_LOOSE and not line.furniture and not _SENTENCE.search(text)


def _record(lines: Sequence[Line], i: int, split: Split, quoting: str) -> Record | None:
    text = lines[i].text
    if quoting and '"' in text:
        last = _end_of_quoted(lines, i, quoting)
        whole = "\n".join(line.text for line in lines[i : last + 1])
        if split(whole.replace("\n", " ")) is None:
            return None
        return Record(i, last, _quoted_cells(whole, quoting, lines[i]))
    parts = split(text)
    return None if parts is None else Record(i, i, parts_to_cells(parts, lines[i].ref))


def _end_of_quoted(lines: Sequence[Line], i: int, sign: str) -> int:
    """The line on which a quoted cell ends that is open at the end of line `i`."""
    is_open = bool(_open_cell(sign).search(lines[i].text))
    last = i
    while is_open and last + 1 < len(lines) and last - i < _MOST_QUOTED_LINES:
        last += 1
        text = lines[last].text
        closing = _closed_cell(sign).match(text)
        if closing:
            is_open = bool(_open_cell(sign).search(text[closing.end() :]))
        elif '"' in text:
            return i
    return i if is_open else last


@cache
def _open_cell(sign: str) -> regex.Pattern[str]:
    return regex.compile(rf'(?:^|{sign})"(?:[^"]|"")*+$')


@cache
def _closed_cell(sign: str) -> regex.Pattern[str]:
    return regex.compile(rf'(?:[^"]|"")*+"[ ]*+(?:{sign}|$)')


@cache
def _field(sign: str) -> regex.Pattern[str]:
    return regex.compile(rf'(?:"((?:[^"]|"")*+)"[ ]*+(?={sign}|$)|([^{sign}]*+))({sign}|$)')


def _quoted_cells(whole: str, sign: str, line: Line) -> Row:
    """The cells of one record; a cell's place is that of its first character."""
    number = line.ref.line if isinstance(line.ref, LineRef) else 0
    cells: list[Cell] = []
    at = 0
    for match in _field(sign).finditer(whole):
        at += 1
        text = match[1].replace('""', '"') if match[1] is not None else match[2]
        cells.append(Cell(" ".join(text.split("\n")).strip(), LineRef(number, at)))
        breaks = match[0].count("\n")
        number, at = number + breaks, 1 if breaks else at
        if not match[3]:
            break
    return tuple(cells)


def mend_cut_rows(run: Sequence[Record]) -> list[Record]:
    """Join rows that a line break within a cell cut in two or three.

    Where most rows have w cells, neighbours with fewer are one row if their cells, the cut one
    counted once, are w again, the cut cell is of words, and every cell is of its column's kind:
    `呼图壁` and `县 ¦ 28972 ¦ 72` among rows of three cells. The end of a header's last cell that
    stands alone below it (`（万元）`) belongs to it.
    """
    run = _with_lone_names(run)
    whole = [record.cells for record in run if not record.loose]
    width = usual_length(whole)
    whole = [cells for cells in whole if len(cells) == width]
    if width < 3 or len(whole) < _LEAST_WHOLE or all(len(r.cells) == width for r in run):
        return list(run)
    kinds = [_share_of_figures([cells[c].text for cells in whole]) for c in range(width)]
    mended: list[Record] = []
    i = 0
    while i < len(run):
        group = _cut_row(run[i : i + _MOST_CUTS], width, kinds) or _cut_head(run[i : i + 3], width)
        mended.append(group or run[i])
        i += 1 if group is None else _count(run, i, group)
    return mended


def _with_lone_names(run: Sequence[Record]) -> list[Record]:
    """Among rows of a name and one figure a line without the sign is a row too, where it is a name
    that lost its figure, or is glued to it: `塔城市`, `塔城市30`."""
    whole = [record.cells for record in run if not record.loose]
    if usual_length(whole) != 2 or len(whole) < _LEAST_WHOLE:
        return list(run)
    beside = {n for record in run if not record.loose for n in (record.first - 1, record.last + 1)}
    between = {n for n in beside if n - 1 in {r.last for r in run if not r.loose}}
    return [
        replace(record, loose=False)
        if record.loose
        and record.first in beside
        and (match := _LONE_NAME.fullmatch(record.cells[0].text))
        and (match["figure"] or record.first in between)
        else record
        for record in run
    ]


def _cut_head(pieces: Sequence[Record], width: int) -> Record | None:
    """A row of words with the text alone below it, where another whole row follows."""
    if len(pieces) < 3 or not pieces[1].loose or pieces[0].loose or pieces[2].loose:
        return None
    head, rest, row = pieces
    texts = [cell.text for cell in head.cells]
    end = rest.cells[0].text
    if (
        len(texts) != width
        or end.endswith(_SUM)
        or len(row.cells) != width
        or rest.first != head.last + 1
        or not all(texts)
        or any(map(looks_like_figure, (*texts, end)))
        or is_measure(end)
        or is_title(end)
    ):
        return None
    cell = replace(head.cells[-1], text=f"{texts[-1]}{end}")
    return Record(head.first, rest.last, (*head.cells[:-1], cell))


def _count(run: Sequence[Record], i: int, group: Record) -> int:
    return next(n for n in range(1, _MOST_CUTS + 1) if run[i + n - 1].last == group.last)


def _share_of_figures(texts: Sequence[str]) -> float:
    filled = [text for text in texts if text]
    return sum(map(looks_like_figure, filled)) / len(filled) if filled else 0.5


def _cut_row(pieces: Sequence[Record], width: int, kinds: Sequence[float]) -> Record | None:
    if len(pieces[0].cells) >= width:
        return None
    joined = pieces[0]
    for piece in pieces[1:]:
        seam = joined.cells[-1], piece.cells[0]
        if (
            piece.first != joined.last + 1
            or len(piece.cells) >= width
            or not all(cell.text and not looks_like_figure(cell.text) for cell in seam)
        ):
            return None
        cell = replace(seam[0], text=f"{seam[0].text} {seam[1].text}")
        cells = (*joined.cells[:-1], cell, *piece.cells[1:])
        joined = Record(joined.first, piece.last, cells)
        if len(cells) == width:
            return joined if _fits(cells, kinds) else None
    return None


def _fits(cells: Row, kinds: Sequence[float]) -> bool:
    """Two figures and more, and every cell of its column's kind where that is clear."""
    figures = [looks_like_figure(cell.text) for cell in cells]
    return sum(figures) >= 2 and all(
        not cell.text or 0.2 < share < 0.8 or figure == (share >= 0.8)
        for cell, figure, share in zip(cells, figures, kinds, strict=True)
    )


def _without_loose(run: Sequence[Record]) -> Iterator[list[Record]]:
    part: list[Record] = []
    for record in run:
        if not record.loose:
            part.append(record)
        elif part:
            yield part
            part = []
    if part:
        yield part
