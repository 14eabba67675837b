"""Forms whose cells all run on in one row, or stand one on a line: their rows put together again.

The words of the header give the fields. What follows them is read as one chain of cells
(`lattice`), what precedes them by its labels. The rows that come out are a whole grid, which the
readers of laid-out forms then read; a cell whose place is not sure stands in none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from normalize.performance.claims import is_claim_like
from normalize.performance.fields import Field, is_header, text_to_fields
from normalize.performance.flat_head import cells_to_head_rows
from normalize.performance.grid import Doubt, GridRow, Slot, first_place
from normalize.performance.labels import Label, exact_meaning
from normalize.performance.lattice import Reading, texts_to_reading
from normalize.performance.mismatch import FIGURES, LEVELS
from normalize.performance.taxonomy import is_level, parent, text_to_level
from normalize.performance.words import bare, table
from normalize.text import label_key
from schemas.findings import Finding

_FEWEST_CELLS = 8
_JOINTS = {Field.NAME: "", Field.REASON: " "}


@dataclass(frozen=True, slots=True)
class FlatForm:
    """A form put together again: its rows as a grid, and what its head did not let be read.

    `indicators` counts the rows of indicators, `cells` what they print, and `doubts` those cells of
    them that have no sure place.
    """

    rows: tuple[GridRow, ...]
    findings: tuple[Finding, ...]
    indicators: int
    cells: int
    doubts: int


@dataclass(frozen=True, slots=True)
class _Run:
    """The words of a header among the cells, from `first` up to `end`; `fields` without the
    caption 绩效指标."""

    first: int
    end: int
    fields: tuple[Field, ...]


def rows_to_flat(rows: Sequence[GridRow]) -> FlatForm | None:
    """Puts a form together again; None for a form that lies in rows, or has no readable header, and
    for several forms that run on in one row.

    `… 一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 产出指标 数量指标 养护里程
    ≥1860公里 1860公里 10 10 安防里程 …` in one row gives a header row and one for each indicator.
    """
    if not any(_runs_on(row) for row in rows) and not _one_a_line(rows):
        return None
    cells = [slot for row in rows for slot in row.filled]
    runs = _header_runs(cells)
    if not runs or len(set(runs[0].fields)) < len(runs[0].fields):
        return None
    if any(_opens_form(cell.text) for cell in cells[runs[0].end :]):
        return None
    head = runs[0]
    above, findings = cells_to_head_rows(cells[: head.first], rows[0].page)
    skipped = {i for run in runs for i in range(run.first, run.end)}
    below = [c for i, c in enumerate(cells) if i >= head.end and i not in skipped]
    words = [c for c in cells[head.first : head.end] if not _is_caption(c)]
    end = next((i for i in range(len(below)) if _is_footer(below, i)), len(below))
    body = tuple(_body_rows(below[:end], words, head.fields, rows[0].page))
    header = dense_row(dict(enumerate(words)), len(words), rows[0].page)
    feet = _foot_rows(below[end:], len(words), rows[0].page)
    doubts = sum(len(row.doubts) for row in body)
    return FlatForm((*above, header, *body, *feet), findings, len(body), end, doubts)


def _opens_form(text: str) -> bool:
    meaning = exact_meaning(text)
    return meaning is not None and meaning.label is Label.PROJECT


def _runs_on(row: GridRow) -> bool:
    """Whether a row holds a header and, after it, levels and values."""
    cells = row.filled
    runs = _header_runs(cells) if len(cells) >= _FEWEST_CELLS else []
    return bool(runs) and _has_indicators(cells[runs[0].end :])


def _one_a_line(rows: Sequence[GridRow]) -> bool:
    cells = [slot for row in rows for slot in row.filled]
    runs = _header_runs(cells) if len(cells) == len(rows) else []
    return bool(runs) and _has_indicators(cells[runs[0].end :])


def _has_indicators(cells: Sequence[Slot]) -> bool:
    levels = any(is_level(cell.text) for cell in cells)
    return levels and any(is_claim_like(cell.text) for cell in cells)


def _header_runs(cells: Sequence[Slot]) -> list[_Run]:
    """Every stretch of header words that is a header of indicators, in print order."""
    found: list[_Run] = []
    at = 0
    while at < len(cells):
        end = at
        while end < len(cells) and len(text_to_fields(cells[end].text)) == 1:
            end += 1
        if end - at >= 3 and is_header(_numbered(cells[at:end])):
            fields = (text_to_fields(c.text)[0] for c in cells[at:end] if not _is_caption(c))
            found.append(_Run(at, end, tuple(fields)))
        at = end + 1
    return found


def _is_caption(cell: Slot) -> bool:
    return text_to_fields(cell.text) == (Field.GROUP,)


def _numbered(cells: Sequence[Slot]) -> GridRow:
    return dense_row(dict(enumerate(cells)), len(cells), 1)


def dense_row(
    cells: dict[int, Slot], width: int, page: int, doubts: tuple[Doubt, ...] = ()
) -> GridRow:
    """A row of a grid from its printed cells; the places between them are blank."""
    ref = first_place(cell.ref for cell in (*cells.values(), *(d.slot for d in doubts)))
    slots = (
        Slot(at, cells[at].text, cells[at].ref) if at in cells else Slot(at, "", ref)
        for at in range(width)
    )
    return GridRow(tuple(slots), page, doubts)


def _is_footer(cells: Sequence[Slot], at: int) -> bool:
    """Whether the form ends here: 总分 with its numbers, or 说明：… and what follows."""
    key = label_key(cells[at].text)
    for row in table("footers"):
        if row["place"] == "whole" and bare(key) == row["word"]:
            return True
        if row["place"] == "start" and key.startswith((f"{row['word']}:", f"{row['word']}：")):
            return True
    return False


def _foot_rows(cells: Sequence[Slot], width: int, page: int) -> Iterator[GridRow]:
    starts = [i for i in range(len(cells)) if _is_footer(cells, i)]
    for first, end in zip(starts, [*starts[1:], len(cells)][: len(starts)], strict=True):
        row = dict(enumerate(cells[first:end]))
        yield dense_row(row, max(width, end - first), page)


def _body_rows(
    cells: Sequence[Slot], header: Sequence[Slot], fields: Sequence[Field], page: int
) -> Iterator[GridRow]:
    if not cells:
        return
    reading = texts_to_reading([cell.text for cell in cells], fields, several=True)
    starts = [i for i, begins in enumerate(reading.starts) if begins] or [0]
    level1 = ""
    for first, end in zip([0, *starts[1:]], [*starts[1:], len(cells)], strict=True):
        row, doubts = _row(cells, range(first, end), reading, header, fields)
        row = _with_level_in_place(row, fields, level1)
        one = fields.index(Field.LEVEL1) if Field.LEVEL1 in fields else -1
        level1 = text_to_level(row[one].text).level1 if one in row else level1
        yield dense_row(row, len(header), page, doubts)


def _row(
    cells: Sequence[Slot],
    places: range,
    reading: Reading,
    header: Sequence[Slot],
    fields: Sequence[Field],
) -> tuple[dict[int, Slot], tuple[Doubt, ...]]:
    """The cells of one row by column, and those whose column is not sure."""
    row: dict[int, Slot] = {}
    doubts: list[Doubt] = []
    for i in places:
        cell, at, rivals = cells[i], reading.columns[i], reading.rivals[i]
        if at is None:
            doubts.append(Doubt(cell, ()))
            continue
        field = fields[at]
        figure = field in FIGURES or is_claim_like(cell.text)
        goes_on = field is Field.NAME and at in row
        if (rivals and field not in LEVELS) or goes_on:
            words = tuple(header[j].text for j in sorted((at, *rivals)))
            doubts.append(Doubt(cell, words, kept=not figure))
        if not rivals or not figure:
            row[at] = _joined(row.get(at), cell, field)
    return row, tuple(doubts)


def _joined(before: Slot | None, cell: Slot, field: Field) -> Slot:
    if before is None:
        return cell
    return Slot(before.column, before.text + _JOINTS.get(field, " ") + cell.text, before.ref)


def _with_level_in_place(
    row: dict[int, Slot], fields: Sequence[Field], level1: str
) -> dict[int, Slot]:
    """A word of both levels that stands alone (成本指标) is the second level below its own first
    level (产出指标), else a first level."""
    levels = [at for at in row if fields[at] in LEVELS]
    if len(levels) != 1 or not set(LEVELS) <= set(fields):
        return row
    word = text_to_level(row[levels[0]].text)
    if not (word.level1 and word.level2):
        return row
    field = Field.LEVEL2 if parent(word.level2) == level1 else Field.LEVEL1
    rest = {at: cell for at, cell in row.items() if at != levels[0]}
    return {**rest, fields.index(field): row[levels[0]]}
