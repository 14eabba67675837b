"""The head of a form: unit, project, amounts, goal and result, above the indicators."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from normalize.performance.budgets import (
    BudgetHeader,
    BudgetRow,
    amounts_missing,
    column_word,
    facts_to_budget,
    row_to_budget_header,
    row_to_budget_row,
    rows_to_budget,
    slot_to_quantity,
    whole_row,
)
from normalize.performance.grid import GridRow
from normalize.performance.labels import Fact, Label, Meaning, best, row_to_facts, text_to_meaning
from normalize.text import fold, label_key, simplify
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Budget
from schemas.source import Line
from schemas.tables import Quantity

_MEASURE = regex.compile(r"[(单位:] ?(?:金额)?[:：]?\s*(亿元|百万元|万元|千元|元)\s*\)?")
_UNIT_LINE = regex.compile(r"单位 ?[:：]\s*(\S.*)$")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the indicators. `weight` and `score` are those of the execution rate."""

    budget_unit: str
    project: str
    budget: Budget
    goal: str
    result: str
    measure: str
    weight: Quantity | None
    score: Quantity | None
    findings: tuple[Finding, ...]


def rows_to_head(rows: Sequence[GridRow], lead: Sequence[Line]) -> Head:
    """Reads the rows above the indicators.

    Where a form has a budget table (rows 年度资金总额, 其中:财政拨款, …, columns 年初预算数,
    全年预算数, 全年执行数), `budget` is 全年预算数 (the adjusted one; 年初预算数 where there is no
    other) and `executed` is 全年执行数, both of the row 年度资金总额; `total`, `fiscal` and `other`
    are the 全年预算数 of their rows. Carried-over funds (上年结转资金) belong to none of them.
    """
    facts: list[Fact] = []
    budget_rows: list[BudgetRow] = []
    goals: list[tuple[str, str]] = []
    header: BudgetHeader | None = None
    waiting: tuple[int, int] | None = None
    for row in rows:
        found = row_to_budget_header(row)
        if found is not None:
            header, waiting = found, None
            continue
        if _goal_columns(row) is not None:
            waiting, header = _goal_columns(row), None
            continue
        budget_row = row_to_budget_row(row, header) if header else None
        if budget_row is not None:
            budget_rows.append(budget_row)
            continue
        if waiting is not None and not _labels(row):
            goals.append(_goal_and_result(row, waiting))
            continue
        header = None
        facts += _with_more_words(row, facts)
    return _to_head(facts, budget_rows, goals, rows, lead)


def _labels(row: GridRow) -> tuple[Meaning, ...]:
    """The labels of a row apart from captions of groups, which stand at the left of anything."""
    meanings = (text_to_meaning(slot.text) for slot in row.filled)
    return tuple(m for m in meanings if m is not None and m.label is not Label.GROUP)


def _goal_columns(row: GridRow) -> tuple[int, int] | None:
    """The columns of 预期目标 and 实际完成目标 where a row is the header above their words."""
    goal = result = None
    for slot in row.filled:
        meaning = text_to_meaning(slot.text)
        if meaning is None:
            return None
        if meaning.label is Label.GOAL:
            goal = slot.column
        elif meaning.label is Label.RESULT:
            result = slot.column
    return (goal, result) if goal is not None and result is not None else None


def _goal_and_result(row: GridRow, columns: tuple[int, int]) -> tuple[str, str]:
    texts = [slot for slot in row.filled if text_to_meaning(slot.text) is None]
    if len(texts) == 2:
        return texts[0].text, texts[1].text
    goal = result = ""
    for slot in texts:
        if abs(slot.column - columns[0]) <= abs(slot.column - columns[1]):
            goal += slot.text
        else:
            result += slot.text
    return goal, result


def _with_more_words(row: GridRow, before: Sequence[Fact]) -> Iterator[Fact]:
    """The facts of a row; a row of words without a label goes on with the goal above it."""
    facts = row_to_facts(row)
    if not facts and before and before[-1].meaning.label in (Label.GOAL, Label.RESULT):
        text = " ".join(slot.text for slot in row.filled)
        yield replace(before[-1], text=text, ref=row.ref)
        return
    yield from facts


def _words(facts: Sequence[Fact], label: Label) -> str:
    return " ".join(f.text for f in facts if f.meaning.label is label and f.text).strip()


def _to_head(
    facts: Sequence[Fact],
    budget_rows: Sequence[BudgetRow],
    goals: Sequence[tuple[str, str]],
    rows: Sequence[GridRow],
    lead: Sequence[Line],
) -> Head:
    unit, project = best(facts, Label.UNIT), best(facts, Label.PROJECT)
    budget, findings = rows_to_budget(budget_rows) if budget_rows else facts_to_budget(facts)
    whole = whole_row(budget_rows)
    cells = whole.cells if whole else {}
    return Head(
        unit.text if unit else "",
        project.text if project else "",
        budget,
        " ".join(goal for goal, _ in goals if goal) or _words(facts, Label.GOAL),
        " ".join(result for _, result in goals if result) or _words(facts, Label.RESULT),
        _measure(rows, lead),
        slot_to_quantity(cells.get("weight")),
        slot_to_quantity(cells.get("score")),
        findings,
    )


def _measure(rows: Sequence[GridRow], lead: Sequence[Line]) -> str:
    """The measure of the amounts: the 单位 line above the form, else brackets behind a label."""
    for line in reversed(lead):
        match = _UNIT_LINE.search(simplify(fold(line.text)))
        if match:
            return match[1].strip(" )")
    for row in rows:
        for slot in row.filled:
            match = _MEASURE.search(label_key(slot.text))
            if match and (text_to_meaning(slot.text) or column_word(slot.text)):
                return match[1]
    return ""


def head_findings(head: Head, row: GridRow) -> tuple[Finding, ...]:
    """What the head lacks."""
    if not amounts_missing(head.budget):
        return head.findings
    missing = Finding(
        "amounts-missing",
        Severity.NOTE,
        "The form prints no amount that could be read.",
        Cause.UNKNOWN,
        ref=row.ref,
    )
    return (*head.findings, missing)
