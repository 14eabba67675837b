"""The head of a form whose cells run on: labels with what follows them, and its budget table."""

from collections.abc import Sequence

from normalize.performance.budgets import budget_columns, column_word
from normalize.performance.grid import GridRow, Slot
from normalize.performance.labels import (
    AMOUNTS,
    Label,
    Meaning,
    split_label,
    text_to_meaning,
)
from schemas.findings import Cause, Finding, Severity

_WORDS = frozenset({Label.UNIT, Label.PROJECT, Label.GOAL, Label.RESULT})
_GOALS = (Label.GOAL, Label.RESULT)


def cells_to_head_rows(
    cells: Sequence[Slot], page: int
) -> tuple[tuple[GridRow, ...], tuple[Finding, ...]]:
    """The rows above the indicators: a row for each label with what follows it.

    `全年预算数 全年执行数 分值` is the header of a budget table, which the rows of amounts below it
    belong to; `预期目标 实际完成情况` is the header of two texts, and a finding where there are not
    two.
    """
    rows: list[GridRow] = []
    findings: list[Finding] = []
    at = 0
    while at < len(cells):
        end = _budget_header(cells, at)
        if end:
            rows.append(_row(cells[at:end], page, first=1))
        elif _is_goal_header(cells, at):
            end = _to_next_label(cells, at + 2)
            if end - at == 4:
                rows += [_row(cells[at : at + 2], page), _row(cells[at + 2 : end], page)]
            else:
                findings.append(_unread(cells[at:end]))
        else:
            end = _to_next_label(cells, at + 1)
            rows.append(_row(_with_words_joined(cells[at:end]), page))
        at = end
    return tuple(rows), tuple(findings)


def _meaning(cell: Slot) -> Meaning | None:
    glued = split_label(cell.text)
    return text_to_meaning(cell.text) or (glued[0] if glued else None)


def _to_next_label(cells: Sequence[Slot], at: int) -> int:
    while at < len(cells) and _meaning(cells[at]) is None and not _budget_header(cells, at):
        at += 1
    return at


def _budget_header(cells: Sequence[Slot], at: int) -> int:
    """Where the header of a budget table ends that begins here, 0 where none does."""
    end = at
    while end < len(cells) and column_word(cells[end].text):
        end += 1
    return end if budget_columns(_row(cells[at:end], 1)) else 0


def _is_goal_header(cells: Sequence[Slot], at: int) -> bool:
    found = [_meaning(cell) for cell in cells[at : at + 2]]
    return tuple(meaning.label for meaning in found if meaning is not None) == _GOALS


def _with_words_joined(cells: Sequence[Slot]) -> tuple[Slot, ...]:
    """A label whose value is words takes all that follows; amounts stay cell by cell."""
    meaning = _meaning(cells[0])
    if meaning is None or meaning.label in AMOUNTS or meaning.label not in _WORDS or not cells[1:]:
        return tuple(cells)
    text = " ".join(cell.text for cell in cells[1:])
    return (cells[0], Slot(1, text, cells[1].ref))


def _row(cells: Sequence[Slot], page: int, first: int = 0) -> GridRow:
    blank = tuple(Slot(i, "", cells[0].ref) for i in range(first)) if cells else ()
    printed = (Slot(i, cell.text, cell.ref) for i, cell in enumerate(cells, start=first))
    return GridRow((*blank, *printed), page)


def _unread(cells: Sequence[Slot]) -> Finding:
    return Finding(
        "goal-unread",
        Severity.WARNING,
        "Goal and result run together and could not be told apart.",
        Cause.EXTRACTION,
        printed=" ".join(cell.text for cell in cells[2:]),
        ref=cells[0].ref,
    )
