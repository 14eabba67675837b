"""Rows of an upright form (a row an indicator) to drafts: each cell in its field.

How a row is laid on the columns, and what is in doubt there, is told by `laying`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import regex

from normalize.performance.claims import split_value
from normalize.performance.fields import Field, FieldColumn, Header, is_header
from normalize.performance.footers import is_footer, prints_level
from normalize.performance.grid import Doubt, GridRow, Slot
from normalize.performance.laying import Frame, header_to_frame, row_to_laid
from normalize.performance.taxonomy import (
    looks_like_level,
    split_glued,
    split_levels,
    text_to_level,
)
from normalize.performance.words import bare, table
from schemas.findings import Cause, Finding, Severity
from schemas.source import Ref

_EMPTY_NAME = regex.compile(r"[.…。·]+|(?:指标|目标)[0-9一二三四五六七八九十]+[:：]?|[-—/]+")


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
    frame = header_to_frame(rows, header)
    for row in rows[header.last + 1 :]:
        if is_header(row):
            continue
        if is_footer(row) or (header.row == -1 and not drafts and not prints_level(row)):
            others.append(row)
            continue
        draft = _row_to_draft(row, frame)
        if draft is None:
            pending = _levels_only(row, frame, pending)
            continue
        drafts.append(_with_pending(draft, pending))
        pending = (None, None)
    return tuple(drafts), tuple(others)


def _row_to_draft(row: GridRow, frame: Frame) -> Draft | None:
    columns = frame.columns
    laid = row_to_laid(row, frame)
    placed = _with_value_split({columns[at].field: slot for at, slot in laid.placed.items()})
    by_column = {columns[at].first: slot for at, slot in laid.placed.items()}
    one, two = _levels(row, placed, columns)
    name = placed[Field.NAME].text if Field.NAME in placed else ""
    glued, name = split_glued(name) if two is None or not two.own else ("", name)
    if glued:
        two = Slot(placed[Field.NAME].column, glued, placed[Field.NAME].ref)
    blank = not (laid.filled | set(placed)) & {Field.TARGET, Field.ACTUAL}
    if blank and (not name or _EMPTY_NAME.fullmatch(name)):
        return None
    target = placed.get(Field.TARGET)
    if target is not None and _says_nothing(name) and _says_nothing(target.text):
        return None
    doubts = (*laid.doubts, *row.doubts)
    findings = (*map(_lost_cell, laid.lost), *map(_doubtful_cell, doubts))
    return Draft(row.ref, one, two, name, placed, by_column, laid.shifted, findings)


def _with_value_split(placed: dict[Field, Slot]) -> dict[Field, Slot]:
    """A name with its value in one cell as two, where nothing stands in the other's column."""
    only = [placed[f] for f in (Field.NAME, Field.TARGET) if f in placed]
    if len(only) != 1 or Field.ACTUAL in placed:
        return placed
    name, value = split_value(only[0].text)
    if not value:
        return placed
    return {
        **placed,
        Field.NAME: replace(only[0], text=name),
        Field.TARGET: replace(only[0], text=value),
    }


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(entry["word"] for entry in table("placeholders"))


def _says_nothing(text: str) -> bool:
    """Whether a cell prints a sign or word for nothing: `—`, `/`, `不适用`."""
    return _EMPTY_NAME.fullmatch(text) is not None or bare(text) in _placeholders()


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
    row: GridRow, frame: Frame, pending: tuple[Slot | None, Slot | None]
) -> tuple[Slot | None, Slot | None]:
    """A row without an indicator still prints levels for the rows below it."""
    placed = {
        frame.columns[at].field: cell
        for at, cell in row_to_laid(row, frame).placed.items()
        if looks_like_level(cell.text)
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


def _doubtful_cell(doubt: Doubt) -> Finding:
    if not doubt.headers:
        return _lost_cell(doubt.slot)
    fields = "、".join(doubt.headers)
    end = "it is not sure where it belongs" if doubt.kept else "it was read under none"
    return Finding(
        "cell-doubtful",
        Severity.WARNING,
        f"The cell {doubt.slot.text!r} may stand under {fields}: blank cells of its row are lost, "
        f"and {end}.",
        Cause.EXTRACTION,
        printed=doubt.slot.text,
        ref=doubt.slot.ref,
    )
