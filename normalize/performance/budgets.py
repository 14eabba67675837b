"""The amounts of a form: labels with amounts beside them, or a budget table of rows and columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from normalize.performance.budget_values import values_to_columns
from normalize.performance.grid import GridRow, Slot
from normalize.performance.labels import (
    AMOUNTS,
    Fact,
    Label,
    Meaning,
    best,
    split_label,
    text_to_meaning,
)
from normalize.performance.words import MEMORY, bare, lookup
from normalize.quantities import text_to_quantity
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Budget
from schemas.source import Ref
from schemas.tables import CellKind, Quantity


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A row of the budget table of a self-evaluation, its cells by the meaning of their columns.

    `cells` is empty where the printed values could not be laid under the columns.
    """

    meaning: Meaning
    cells: dict[str, Slot]
    label: Slot
    values: tuple[Slot, ...]


@lru_cache(maxsize=MEMORY)
def column_word(text: str) -> str:
    """The meaning of a column header of the budget table (`全年预算数` is adjusted), else ""."""
    return lookup("budget_columns", "printed", "meaning").get(bare(text), "")


@dataclass(frozen=True, slots=True)
class BudgetHeader:
    """The header of a budget table: column to meaning, and how many places its row has."""

    columns: dict[int, str]
    width: int


def row_to_budget_header(row: GridRow) -> BudgetHeader | None:
    """The header of a budget table where a row is one."""
    columns = budget_columns(row)
    return BudgetHeader(columns, len(row.slots)) if columns else None


def budget_columns(row: GridRow) -> dict[int, str]:
    """Column to meaning where a row is the header of a budget table, else nothing."""
    words = {slot.column: column_word(slot.text) for slot in row.filled}
    named = {column: word for column, word in words.items() if word}
    amounts = {word for word in named.values() if word in ("initial", "adjusted", "executed")}
    numbers = any(_is_number(slot.text) for slot in row.filled)
    return named if len(amounts) >= 2 and not numbers else {}


def _is_number(text: str) -> bool:
    return (
        bool(regex.search(r"[0-9０-９]", text))
        and split_label(text) is None
        and (regex.fullmatch(r"[-0-9０-９,，.．%％ ]+(?:万元|元)?", text) is not None)
    )


def row_to_budget_row(row: GridRow, header: BudgetHeader) -> BudgetRow | None:
    """A row of the budget table, None where a row begins with no label of an amount."""
    labels = [(slot, text_to_meaning(slot.text)) for slot in row.filled]
    amounts = [(slot, m) for slot, m in labels if m is not None and m.label in AMOUNTS]
    if not amounts:
        return None
    slot, meaning = amounts[-1]
    values = tuple(s for s in row.slots if s.own and s.column > slot.column)
    whole = len(row.slots) == header.width or any(not s.own for s in row.slots)
    return BudgetRow(meaning, values_to_columns(values, header.columns, whole), slot, values)


def slot_to_quantity(slot: Slot | None) -> Quantity | None:
    """A cell as a quantity, None where the form has no such cell."""
    return None if slot is None else text_to_quantity(slot.text, slot.ref)


def facts_to_budget(facts: Sequence[Fact]) -> tuple[Budget, tuple[Finding, ...]]:
    """The amounts of a form that prints them beside their labels.

    Several fiscal amounts (中央, 省级) without one that is their whole give none, and a finding.
    """

    def amount(label: Label) -> Quantity | None:
        fact = best(facts, label)
        return text_to_quantity(fact.text, fact.ref) if fact else None

    fiscal = [f for f in facts if f.meaning.label is Label.FISCAL and f.text]
    several = len({f.text for f in fiscal}) > 1 and not any(f.meaning.rank for f in fiscal)
    budgeted = amount(Label.BUDGET) is not None
    local, other = amount(Label.LOCAL), amount(Label.OTHER)
    if local is not None and local.value and (other is None or not other.value):
        other = local  # 其他资金 0 beside 地方资金 500
    budget = Budget(
        total=amount(Label.TOTAL),
        fiscal=None if several and not budgeted else amount(Label.FISCAL),
        other=other or local,
        budget=amount(Label.BUDGET),
        executed=amount(Label.EXECUTED),
    )
    return budget, (_several([f.printed for f in fiscal], fiscal[0].ref),) if (
        several and not budgeted
    ) else ()


def rows_to_budget(rows: Sequence[BudgetRow]) -> tuple[Budget, tuple[Finding, ...]]:
    """The amounts of a budget table; see `heads.rows_to_head` for which is which."""

    def planned(row: BudgetRow) -> Quantity | None:
        return slot_to_quantity(row.cells.get("adjusted") or row.cells.get("initial"))

    def of(label: Label) -> Quantity | None:
        found = [row for row in rows if row.meaning.label is label]
        found.sort(key=lambda row: -row.meaning.rank)
        return planned(found[0]) if found else None

    findings = [_unread(row) for row in rows if not row.cells and _has_number(row)]
    fiscal = [row for row in rows if row.meaning.label is Label.FISCAL]
    several = len(fiscal) > 1 and not any(row.meaning.rank for row in fiscal)
    if several:
        findings.append(_several([row.label.text for row in fiscal], fiscal[0].label.ref))
    whole = whole_row(rows)
    budget = Budget(
        total=of(Label.TOTAL),
        fiscal=None if several else of(Label.FISCAL),
        other=of(Label.OTHER) or of(Label.LOCAL),
        budget=planned(whole) if whole else None,
        executed=slot_to_quantity(whole.cells.get("executed")) if whole else None,
    )
    return budget, tuple(findings)


def whole_row(rows: Sequence[BudgetRow]) -> BudgetRow | None:
    """The row of 年度资金总额."""
    return next((row for row in rows if row.meaning.label is Label.TOTAL), None)


def _has_number(row: BudgetRow) -> bool:
    return any(_is_number(slot.text) for slot in row.values)


def _unread(row: BudgetRow) -> Finding:
    return Finding(
        "budget-row-unread",
        Severity.WARNING,
        f"The amounts beside {row.label.text!r} lie under no columns for certain.",
        Cause.EXTRACTION,
        printed=" ".join(slot.text for slot in row.values if slot.text),
        ref=row.label.ref,
    )


def _several(names: Sequence[str], ref: Ref) -> Finding:
    return Finding(
        "fiscal-several",
        Severity.NOTE,
        f"The form prints several fiscal amounts ({'、'.join(names)}) and no sum of them: none is "
        "published as the fiscal amount.",
        ref=ref,
    )


def amounts_missing(budget: Budget) -> bool:
    """Whether a form prints no amount at all."""
    amounts = (budget.total, budget.fiscal, budget.budget, budget.executed)
    return not any(a is not None and a.kind is CellKind.NUMBER for a in amounts)
