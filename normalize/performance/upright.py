"""Rows of an upright form (a row an indicator) to drafts: each cell in its field.

Rows shift when blank cells collapse, so a row is laid on the columns by what its cells are, with
the columns as the second guide: a level word is a level wherever it stands, a value is no name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

import regex

from normalize.performance.align import Alignment, align
from normalize.performance.claims import is_claim_like
from normalize.performance.fields import Field, FieldColumn, Header, is_header
from normalize.performance.grid import GridRow, Slot
from normalize.performance.taxonomy import (
    looks_like_level,
    split_glued,
    split_levels,
    text_to_level,
)
from normalize.performance.words import MEMORY, bare, table
from normalize.quantities import measures, text_to_quantity
from normalize.text import fold, label_key
from schemas.findings import Cause, Finding, Severity
from schemas.source import LineRef, Ref
from schemas.tables import CellKind

_EMPTY_NAME = regex.compile(r"[.…。·]+|(?:指标|目标)[0-9一二三四五六七八九十]+[:：]?|[-—/]+")
_SHIFTS = (0, -1, 1, -2, 2)
_SHIFT_COST = 10
_STEP_COST = 6
_FAR_COST = 20
_SKIP_CELL = 80
_NOWHERE = LineRef(1)


@dataclass(frozen=True, slots=True)
class Draft:
    """An indicator before its level is decided. A level is None where its cell is blank.

    `by_column` holds the same cells under the first column of their field.
    """

    ref: Ref
    level1: Slot | None
    level2: Slot | None
    name: str
    cells: dict[Field, Slot]
    by_column: dict[int, Slot]
    shifted: bool
    findings: tuple[Finding, ...] = ()


def rows_to_drafts(
    rows: Sequence[GridRow], header: Header
) -> tuple[tuple[Draft, ...], tuple[GridRow, ...]]:
    """The indicators below the header, and the rows that are none of them (总分, 说明, …)."""
    drafts: list[Draft] = []
    others: list[GridRow] = []
    pending: tuple[Slot | None, Slot | None] = (None, None)
    for row in rows[header.last + 1 :]:
        if is_header(row):
            continue
        if is_footer(row) or (header.row == -1 and not drafts and not _prints_level(row)):
            others.append(row)
            continue
        draft = _row_to_draft(row, header.columns)
        if draft is None:
            pending = _levels_only(row, header.columns, pending)
            continue
        drafts.append(_with_pending(draft, pending))
        pending = (None, None)
    return tuple(drafts), tuple(others)


def _prints_level(row: GridRow) -> bool:
    return any(looks_like_level(slot.text) for slot in row.filled)


def is_footer(row: GridRow) -> bool:
    """Whether a row closes the form: totals of weights, conclusions, notes, signatures."""
    first = row.filled[0].text
    key = bare(first) or label_key(first)
    if _prints_level(row):
        return False
    return key in _footer_words() or _footer_opening().match(label_key(first)) is not None


@cache
def _footer_words() -> frozenset[str]:
    return frozenset(entry["word"] for entry in table("footers"))


@cache
def _footer_opening() -> regex.Pattern[str]:
    words = "|".join(regex.escape(e["word"]) for e in table("footers") if e["place"] == "start")
    return regex.compile(rf"(?:{words})\s*[:：]")


def _row_to_draft(row: GridRow, columns: Sequence[FieldColumn]) -> Draft | None:
    cells = row.filled
    shift, alignment = _lay(cells, columns)
    placed: dict[Field, Slot] = {}
    by_column: dict[int, Slot] = {}
    lost: list[Slot] = []
    for cell, index in zip(cells, alignment.fields, strict=True):
        if index is None:
            lost.append(cell)
        else:
            placed[columns[index].field] = cell
            by_column[columns[index].first] = cell
    one, two = _levels(row, placed, columns)
    name = placed[Field.NAME].text if Field.NAME in placed else ""
    glued, name = split_glued(name) if two is None or not two.own else ("", name)
    if glued:
        two = Slot(placed[Field.NAME].column, glued, placed[Field.NAME].ref)
    blank = not any(f in placed for f in (Field.TARGET, Field.ACTUAL))
    if blank and (not name or _EMPTY_NAME.fullmatch(name)):
        return None
    findings = tuple(map(_lost_cell, lost))
    return Draft(row.ref, one, two, name, placed, by_column, shift != 0, findings)


def _lay(cells: Sequence[Slot], columns: Sequence[FieldColumn]) -> tuple[int, Alignment]:
    """The shift of the row and its alignment, the cheapest over all small shifts."""
    options: list[tuple[int, int, Alignment]] = []
    for shift in _SHIFTS:
        if options and min(options, key=_first)[0] <= _SHIFT_COST * abs(shift):
            break

        def cost(cell: int, field: int, shift: int = shift) -> int:
            slot, column = cells[cell], columns[field]
            return _distance(slot.column - shift, column) + _mismatch(slot.text, column.field)

        found = align(len(cells), len(columns), cost, _SKIP_CELL, lambda f: _absence(columns[f]))
        options.append((found.cost + _SHIFT_COST * abs(shift), shift, found))
    _, shift, found = min(options, key=_first)
    return shift, found


def _first(option: tuple[int, int, Alignment]) -> int:
    return option[0]


def _distance(column: int, target: FieldColumn) -> int:
    off = max(target.first - column, column - target.end + 1, 0)
    return min(_STEP_COST * off, _FAR_COST)


def _absence(column: FieldColumn) -> int:
    return {Field.NAME: 40, Field.TARGET: 15, Field.ACTUAL: 10}.get(column.field, 0)


@lru_cache(maxsize=MEMORY)
def _mismatch(text: str, field: Field) -> int:
    """What it costs to take a text for a field, from 0 (it is one) to 60 (it cannot be)."""
    if field in (Field.LEVEL1, Field.LEVEL2):
        return _level_mismatch(text, field)
    if field in (Field.TARGET, Field.ACTUAL, Field.LONG_TARGET, Field.UNIT):
        return _value_mismatch(text)
    if field in _MISMATCHES:
        return _MISMATCHES[field](text)
    return 15 if is_claim_like(text) else 0


def _group_mismatch(text: str) -> int:
    return 0 if bare(text).endswith(("指标", "情况", "目标")) else 50


def _nature_mismatch(text: str) -> int:
    return 0 if _is_nature(text) else 45


def _name_mismatch(text: str) -> int:
    if looks_like_level(text) and bare(text).endswith("指标"):
        return 40
    return 35 if is_claim_like(text) else 0


def _value_mismatch(text: str) -> int:
    if text_to_level(text).level2 and bare(text).endswith("指标"):
        return 50
    if is_claim_like(text):
        return 0
    return 5 if len(text) <= 24 else 10


def _measure_mismatch(text: str) -> int:
    if fold(text) in measures():
        return 0
    return 8 if len(text) <= 6 else 40


def _level_mismatch(text: str, field: Field) -> int:
    word = text_to_level(text)
    if split_levels(text) != ("", ""):
        return 5
    mine, other = word.level1, word.level2
    if field is Field.LEVEL2:
        mine, other = other, mine
    if mine:
        return 0
    if other:
        return 25
    return 10 if looks_like_level(text) else 50


def _number_mismatch(text: str) -> int:
    kind = text_to_quantity(text, _NOWHERE).kind
    if kind is CellKind.NUMBER:
        return 0
    return 5 if kind is CellKind.NOT_APPLICABLE else 45


def _is_nature(text: str) -> bool:
    return label_key(text) in {row["word"] for row in table("natures")}


_MISMATCHES: dict[Field, Callable[[str], int]] = {
    Field.GROUP: _group_mismatch,
    Field.NAME: _name_mismatch,
    Field.NATURE: _nature_mismatch,
    Field.MEASURE: _measure_mismatch,
    Field.WEIGHT: _number_mismatch,
    Field.SCORE: _number_mismatch,
}


def _levels(
    row: GridRow, placed: dict[Field, Slot], columns: Sequence[FieldColumn]
) -> tuple[Slot | None, Slot | None]:
    """The level cells of a row: its own, or those that a span covers it with."""
    found: list[Slot | None] = []
    for field in (Field.LEVEL1, Field.LEVEL2):
        slot = placed.get(field)
        if slot is None:
            slot = _from_span(row, field, columns)
        found.append(slot)
    one, two = found
    return _sorted_levels(one, two)


def _from_span(row: GridRow, field: Field, columns: Sequence[FieldColumn]) -> Slot | None:
    for column in columns:
        slot = row.at(column.first) if column.field is field else None
        if slot is not None and not slot.own and slot.text:
            return slot
    return None


def _sorted_levels(one: Slot | None, two: Slot | None) -> tuple[Slot | None, Slot | None]:
    """Puts a level into its place by its word where only one of the two cells is printed."""
    for slot in (one, two):
        if slot is not None:
            first, second = split_levels(slot.text)
            if first:
                return _reworded(slot, first), _reworded(slot, second)
    if one is not None and two is None:
        word = text_to_level(one.text)
        return (None, one) if word.level2 and not word.level1 else (one, None)
    if two is not None and one is None:
        word = text_to_level(two.text)
        return (two, None) if word.level1 and not word.level2 else (None, two)
    return one, two


def _reworded(slot: Slot, text: str) -> Slot:
    return Slot(slot.column, text, slot.ref, slot.own, slot.down)


def _levels_only(
    row: GridRow, columns: Sequence[FieldColumn], pending: tuple[Slot | None, Slot | None]
) -> tuple[Slot | None, Slot | None]:
    """A row without an indicator still prints levels for the rows below it."""
    cells = row.filled
    _, alignment = _lay(cells, columns)
    placed = {
        columns[index].field: cell
        for cell, index in zip(cells, alignment.fields, strict=True)
        if index is not None and looks_like_level(cell.text)
    }
    one, two = _sorted_levels(placed.get(Field.LEVEL1), placed.get(Field.LEVEL2))
    return one or pending[0], two or (None if one else pending[1])


def _with_pending(draft: Draft, pending: tuple[Slot | None, Slot | None]) -> Draft:
    one = draft.level1 or pending[0]
    two = draft.level2 or (pending[1] if draft.level1 is None else None)
    return replace(draft, level1=one, level2=two)


def _lost_cell(slot: Slot) -> Finding:
    return Finding(
        "cell-unplaced",
        Severity.WARNING,
        f"The cell {slot.text!r} fits no column of the indicators and was not read.",
        Cause.EXTRACTION,
        printed=slot.text,
        ref=slot.ref,
    )
