"""Checks that are certain from the print alone. All share one signature and stand in a tuple.

None of them accuses a cell: a finding says which figures do not agree, and by how much.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from audit.sentences import cell_words
from audit.sums import additive_columns, column_sums, half_unit, is_figure
from audit.told import told_findings
from audit.words import column_words, rate_names
from schemas.findings import Cause, Finding, Severity
from schemas.notice import Allocation, Performance
from schemas.performance import PerformanceTable
from schemas.source import Ref
from schemas.tables import Column, Quantity, TableKind

_WEIGHTS: Final = (Decimal(100), Decimal(90))
_LIKE_FORMULA: Final = re.compile(r"(?<![0-9A-Za-z.%])(?:[0-9]{1,2}|[A-Z])[=＝]")


@dataclass(frozen=True, slots=True)
class CheckedNotice:
    """What the checks look at: the tables of one notice with their structure and units, and
    whether their digits are those that the author typed."""

    allocations: tuple[Allocation, ...] = ()
    performances: tuple[Performance, ...] = ()
    born_digital: bool = False

    @property
    def cause(self) -> Cause:
        """Whose fault figures are that do not agree."""
        return Cause.SOURCE if self.born_digital else Cause.UNKNOWN


Check = Callable[[CheckedNotice], tuple[Finding, ...]]


def _figure(cell: Quantity | None) -> tuple[Quantity, Decimal] | None:
    if cell is None or not is_figure(cell) or cell.value is None:
        return None
    return cell, cell.value


def _budget_sum(table: PerformanceTable, cause: Cause) -> tuple[Finding, ...]:
    total, fiscal = _figure(table.budget.total), _figure(table.budget.fiscal)
    if total is None or fiscal is None:
        return ()
    other = _figure(table.budget.other)
    recomputed = fiscal[1] + (other[1] if other else Decimal(0))
    # The three are typed side by side: 707.4 and 0 beside 91.59 are as precise as that.
    printed = [total[0], fiscal[0], *([other[0]] if other else [])]
    tolerance = len(printed) * min(half_unit(cell) for cell in printed)
    difference = total[1] - recomputed
    if abs(difference) <= tolerance:
        return ()
    if difference > 0 and table.kind is TableKind.SELF_EVALUATION:
        return ()  # 上年结转 may make up the rest
    return (
        Finding(
            "budget-sum",
            Severity.ERROR if difference < 0 else Severity.WARNING,
            f"年度资金总额 prints {total[0].printed}, its parts add up to {recomputed}.",
            cause,
            table.number,
            printed=total[0].printed,
            recomputed=recomputed,
            difference=difference,
            tolerance=tolerance,
            ref=total[0].ref,
        ),
    )


def check_budget_sums(notice: CheckedNotice) -> tuple[Finding, ...]:
    """年度资金总额 = 财政拨款 + 其他资金, rule `budget-sum`.

    In a self-evaluation the parts may fall short, for 上年结转 may make up the rest; they may not
    exceed the whole.
    """
    return tuple(f for p in notice.performances for f in _budget_sum(p.table, notice.cause))


def check_weights(notice: CheckedNotice) -> tuple[Finding, ...]:
    """The weights of a form sum to 100, or to 90 beside 10 for 执行率; rule `weight-sum`.

    Forms in which an indicator prints no weight are left alone.
    """
    findings: list[Finding] = []
    for performance in notice.performances:
        table = performance.table
        weights = [_figure(i.weight) for i in table.indicators]
        if len(weights) < 2 or any(w is None for w in weights):
            continue
        total = sum((w[1] for w in weights if w), Decimal(0))
        if total not in _WEIGHTS:
            findings.append(
                Finding(
                    "weight-sum",
                    Severity.WARNING,
                    f"The weights of {len(weights)} indicators add up to {total}, not to 100.",
                    notice.cause,
                    table.number,
                    recomputed=total,
                    difference=total - 100,
                    tolerance=Decimal(0),
                    ref=table.ref,
                )
            )
    return tuple(findings)


def check_scores(notice: CheckedNotice) -> tuple[Finding, ...]:
    """No score exceeds its weight, rule `score-above-weight`."""
    findings: list[Finding] = []
    for performance in notice.performances:
        for indicator in performance.table.indicators:
            weight, score = _figure(indicator.weight), _figure(indicator.score)
            if weight is None or score is None or score[1] <= weight[1]:
                continue
            findings.append(
                Finding(
                    "score-above-weight",
                    Severity.WARNING,
                    f"{indicator.name}: the score {score[1]} exceeds the weight {weight[1]}.",
                    notice.cause,
                    performance.table.number,
                    indicator.number,
                    printed=score[0].printed,
                    recomputed=weight[1],
                    difference=score[1] - weight[1],
                    tolerance=Decimal(0),
                    ref=score[0].ref,
                )
            )
    return tuple(findings)


def _rate(table: PerformanceTable) -> tuple[str, Decimal, Decimal, Ref | None] | None:
    """The 执行率 of a form as (printed, value, tolerance, ref), where it is an indicator."""
    for indicator in table.indicators:
        actual = indicator.actual
        if actual is None or actual.low is None or actual.measure != "%":
            continue
        exponent = actual.low.as_tuple().exponent
        if indicator.name.strip() in rate_names() and isinstance(exponent, int):
            return actual.printed, actual.low, Decimal(5).scaleb(exponent - 1), actual.ref
    return None


def check_execution_rates(notice: CheckedNotice) -> tuple[Finding, ...]:
    """执行数 / 预算数 against the printed 执行率, rule `execution-rate`."""
    findings: list[Finding] = []
    for performance in notice.performances:
        table = performance.table
        budget, executed = _figure(table.budget.budget), _figure(table.budget.executed)
        rate = _rate(table)
        if budget is None or executed is None or rate is None or budget[1] <= 0:
            continue
        printed, value, tolerance, ref = rate
        recomputed = (100 * executed[1] / budget[1]).quantize(Decimal("0.0001"))
        if abs(recomputed - value) > tolerance + Decimal("0.0001"):
            findings.append(
                Finding(
                    "execution-rate",
                    Severity.WARNING,
                    f"执行率 prints {printed}, {executed[1]} / {budget[1]} is {recomputed} %.",
                    notice.cause,
                    table.number,
                    printed=printed,
                    recomputed=recomputed,
                    difference=value - recomputed,
                    tolerance=tolerance,
                    ref=ref,
                )
            )
    return tuple(findings)


def check_block_sums(notice: CheckedNotice) -> tuple[Finding, ...]:
    """Sums over rows that fail in a column that otherwise adds up, rule `sum-mismatch`.

    `row_no` and `col_no` are the place of the sum; whether it or a part is wrong is left open.
    """
    findings: list[Finding] = []
    for table, structure in ((a.table, a.structure) for a in notice.allocations):
        additive = additive_columns(table, structure)
        for found in column_sums(table, structure):
            if found.holds or found.column not in additive:
                continue
            row = table.rows[found.block.head]
            column = table.columns[found.column]
            findings.append(
                Finding(
                    "sum-mismatch",
                    Severity.WARNING,
                    f"{cell_words(row, column)}: prints {found.printed.printed}, "
                    f"its {len(found.block.parts)} rows add up to {found.parts}.",
                    Cause.SOURCE if table.reader.typed else notice.cause,
                    table.number,
                    row.number,
                    column.number,
                    found.printed.printed,
                    found.parts,
                    found.head - found.parts,
                    found.tolerance,
                    ref=found.printed.ref,
                )
            )
    return tuple(findings)


def check_told_laws(notice: CheckedNotice) -> tuple[Finding, ...]:
    """What headers tell in words (按每人每月52元) and no figures bear out, rule `words-fail`."""
    return tuple(f for a in notice.allocations for f in told_findings(a.table))


def check_header_formulas(notice: CheckedNotice) -> tuple[Finding, ...]:
    """What looks like a formula and is none (4=2^9), or stands over words; `formula-unreadable`."""
    return tuple(
        Finding(
            "formula-unreadable",
            Severity.NOTE,
            f"{column_words(column)}: {problem}",
            Cause.UNKNOWN,
            allocation.table.number,
            col_no=column.number,
            printed=(column.formula or column.item)[:200],
            ref=allocation.table.ref,
        )
        for allocation in notice.allocations
        for column in allocation.table.columns
        for problem in _formula_problems(column)
    )


def _formula_problems(column: Column) -> list[str]:
    if column.formula.strip():
        return ["its formula stands over a column of words."] if column.is_text else []
    looks = any(_LIKE_FORMULA.search("".join(part.split())) for part in column.path)
    return ["no formula can be read"] if looks else []


CHECKS: Final[tuple[Check, ...]] = (
    check_block_sums,
    check_told_laws,
    check_header_formulas,
    check_budget_sums,
    check_weights,
    check_scores,
    check_execution_rates,
)


def check_notice(notice: CheckedNotice) -> tuple[Finding, ...]:
    """All findings of all checks, in the order of `CHECKS`."""
    return tuple(finding for check in CHECKS for finding in check(notice))
