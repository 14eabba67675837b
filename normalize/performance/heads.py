"""The head of a form: unit, project, amounts, goal and result, above the indicators."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from normalize.performance.budget_checks import facts_to_findings, rows_to_findings
from normalize.performance.budget_lists import of_the_year, row_to_list_header, row_to_listed
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
from normalize.performance.labels import (
    Fact,
    Label,
    Meaning,
    best,
    exact_meaning,
    lines_to_facts,
    row_to_facts,
    text_to_meaning,
)
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
    listed: tuple[Fact, ...] = ()
    for row in _with_values_joined(rows):
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
        found_amounts = row_to_listed(row, listed)
        if found_amounts:
            facts += found_amounts
            continue
        listed = row_to_list_header(row) or listed
        facts += _with_more_words(row, facts)
    facts = list(of_the_year(facts))
    known = {fact.meaning.label for fact in facts if fact.text}
    facts += (f for f in lines_to_facts(lead) if f.meaning.label not in known)
    return _to_head(facts, budget_rows, goals, rows, lead)


def _with_values_joined(rows: Sequence[GridRow]) -> Iterator[GridRow]:
    """The rows with values that a line break cut: `项目名称 | 基本公共卫` above `生服务项目 |
    预算单位 | 某某局`, whose first cell is no label and stands before one."""
    rows = list(rows)
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else None
        if below is not None and _is_cut(row, below):
            *before, last = row.slots
            first, *after = below.slots
            rest = (replace(s, column=last.column + i) for i, s in enumerate(after, start=1))
            rows[at + 1] = replace(
                row, slots=(*before, replace(last, text=last.text + first.text), *rest)
            )
            continue
        yield row


def _is_cut(row: GridRow, below: GridRow) -> bool:
    meanings = [exact_meaning(slot.text) for slot in (*row.slots[-2:], *below.slots[:2])]
    if len(row.slots) < 2 or len(below.slots) < 3 or not row.slots[-1].filled:
        return False
    label, value, first, second = meanings
    names = (Label.UNIT, Label.PROJECT)
    named = label is not None and label.label in names
    followed = second is not None and second.label in names
    words = below.slots[0].text
    plain = bool(words) and not any(map(str.isdigit, words))
    own = all(slot.own for slot in (*row.slots, *below.slots))
    return named and followed and value is None and first is None and plain and own


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
    findings += rows_to_findings(budget_rows, budget) if budget_rows else ()
    findings += facts_to_findings(facts, budget)
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
