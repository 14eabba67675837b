"""Weights and scores of a self-evaluation: do they add up to what is printed, or to 100?"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from normalize.performance.footers import is_rate_row
from normalize.performance.grid import GridRow
from normalize.performance.heads import Head
from normalize.performance.words import bare
from normalize.quantities import text_to_quantity
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Indicator
from schemas.tables import Quantity

_FULL, _WITHOUT_RATE = Decimal(100), Decimal(90)
_TOTALS = frozenset({"总分", "合计", "总计", "自评总分", "总得分", "综合得分", "合计得分"})


def scores_to_findings(
    indicators: Sequence[Indicator], head: Head, others: Sequence[GridRow], table_no: int
) -> tuple[Finding, ...]:
    """Sums of weights (with the weight of the execution rate) that are not 100, scores above
    their weights, and a printed total that is not the sum of the scores."""
    rate = _rate_row(others) if head.weight is None else ()
    weights = _values([head.weight, *rate[:1], *(i.weight for i in indicators)])
    scores = _values([head.score, *rate[1:], *(i.score for i in indicators)])
    found: list[Finding] = []
    weight, score = sum(weights, Decimal(0)), sum(scores, Decimal(0))
    # Where no weight of 执行率 is printed, its usual 10 are not among these.
    due = (_FULL,) if head.weight or rate else (_FULL, _WITHOUT_RATE)
    if len(weights) > 1 and weight not in due:
        found.append(_wrong_sum("weights-sum", table_no, weight, _FULL, indicators[0]))
    printed = _printed_totals(others)
    if len(scores) == len(weights) > 1 and printed and score not in printed:
        closest = min(printed, key=lambda total: abs(total - score))
        found.append(_wrong_sum("scores-sum", table_no, closest, score, indicators[0]))
    found += [f for i in indicators for f in _above_weight(i, table_no)]
    return tuple(found)


def _rate_row(rows: Sequence[GridRow]) -> tuple[Quantity, ...]:
    """Weight and score of 执行率 where they stand in a row among the indicators."""
    found = [row.filled[1:] for row in rows if is_rate_row(row)]
    return tuple(text_to_quantity(s.text, s.ref) for s in found[0]) if len(found) == 1 else ()


def _values(quantities: Iterable[Quantity | None]) -> list[Decimal]:
    return [q.value for q in quantities if q is not None and q.value is not None]


def _printed_totals(rows: Sequence[GridRow]) -> list[Decimal]:
    totals: list[Decimal] = []
    for row in rows:
        if bare(row.filled[0].text) in _TOTALS:
            totals += _values(text_to_quantity(slot.text, slot.ref) for slot in row.filled[1:])
    return totals


def _wrong_sum(
    rule: str, table_no: int, printed: Decimal, computed: Decimal, first: Indicator
) -> Finding:
    what = "The weights add up to" if rule == "weights-sum" else "The printed total score is"
    return Finding(
        rule,
        Severity.WARNING,
        f"{what} {printed}, where {computed} is due.",
        Cause.UNKNOWN,
        table_no,
        printed=str(printed),
        recomputed=computed,
        difference=printed - computed,
        ref=first.ref,
    )


def _above_weight(indicator: Indicator, table_no: int) -> list[Finding]:
    weight, score = indicator.weight, indicator.score
    if weight is None or score is None or weight.value is None or score.value is None:
        return []
    if score.value <= weight.value:
        return []
    return [
        Finding(
            "score-above-weight",
            Severity.WARNING,
            f"{indicator.name!r} scores {score.value} of {weight.value}.",
            Cause.UNKNOWN,
            table_no,
            indicator.number,
            printed=score.printed,
            ref=score.ref,
        )
    ]
