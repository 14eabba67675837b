"""The amounts of a form against each other: parts and whole, what was spent of what was planned,
the score for it; and amounts that nobody can read.

Parts may be nested (其中：中央 below 财政拨款), so a whole is wrong only where no usual choice of
parts makes it up.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.performance.budgets import BudgetRow, slot_to_quantity, whole_row
from normalize.performance.labels import AMOUNTS, Fact, Label
from normalize.quantities import text_to_quantity
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Budget
from schemas.tables import CellKind, Quantity

_AMOUNTS = ("initial", "adjusted", "executed")
_FULL = Decimal(100)
_RATE = "执行率"
_COLON = ":： "
_PERCENT = frozenset({"%", ""})
_READ = AMOUNTS | {Label.BUDGET, Label.EXECUTED}


def facts_to_findings(facts: Sequence[Fact], budget: Budget) -> tuple[Finding, ...]:
    """Amounts beside their labels that are no figures (`86,5O2`), and a stated 执行率 that is not
    what the form says was spent of what it planned."""
    found = [
        _unreadable(fact.printed, quantity)
        for fact in facts
        if fact.meaning.label in _READ
        and fact.text
        and (quantity := text_to_quantity(fact.text, fact.ref)).kind is CellKind.UNREADABLE
    ]
    rates = [f for f in facts if f.meaning.label is Label.RATE and f.text]
    if len(rates) == 1:
        rate = text_to_quantity(rates[0].text, rates[0].ref)
        found += _rate(rate, budget.executed, budget.budget)
    return tuple(found)


def rows_to_findings(rows: Sequence[BudgetRow], budget: Budget) -> tuple[Finding, ...]:
    """The rows of a budget table: each rate, the sum of each column, the score for the rate.

    Parts of the published amounts that exceed their whole are told where all forms are checked.
    """
    found: list[Finding] = []
    for row in rows:
        cells = {word: slot_to_quantity(slot) for word, slot in row.cells.items()}
        found += [
            _unreadable(row.label.text, q)
            for q in cells.values()
            if q is not None and q.kind is CellKind.UNREADABLE
        ]
        planned = cells.get("adjusted") or cells.get("initial")
        found += _rate(cells.get("rate"), cells.get("executed"), planned)
    for word in _AMOUNTS:
        found += (f for f in _sum(rows, word) if not _is_published_excess(f, budget))
    return (*found, *_score(rows))


def _unreadable(label: str, quantity: Quantity) -> Finding:
    return Finding(
        "cell-unreadable",
        Severity.WARNING,
        f"The figure {quantity.printed!r} of {label.rstrip(_COLON)} is unreadable.",
        Cause.OCR,
        printed=quantity.printed,
        ref=quantity.ref,
    )


def _value(quantity: Quantity | None) -> Decimal | None:
    return quantity.value if quantity is not None else None


def _half(quantity: Quantity) -> Decimal:
    return Decimal(5).scaleb(-quantity.decimals - 1)


def _rate(
    rate: Quantity | None, executed: Quantity | None, planned: Quantity | None
) -> Iterator[Finding]:
    """A rate is the share of what was spent, as closely as all three are printed; a rate printed
    without % may be a fraction of one."""
    stated, spent, whole = _value(rate), _value(executed), _value(planned)
    if rate is None or executed is None or planned is None or rate.measure not in _PERCENT:
        return
    if stated is None or spent is None or not whole or executed.measure != planned.measure:
        return
    share = _FULL * spent / whole
    least = _FULL * (spent - _half(executed)) / (whole + _half(planned))
    slack = (share - least) + 2 * _half(rate)
    scales = (1,) if rate.measure else (1, 100)
    if any(abs(stated * scale - share) <= slack * scale for scale in scales):
        return
    recomputed = share.quantize(Decimal("0.01"))
    yield _off(
        "execution-rate",
        f"执行率 prints {rate.printed}, {spent} / {whole} is {recomputed} %.",
        rate,
        recomputed,
    )


def _off(rule: str, message: str, printed: Quantity, recomputed: Decimal) -> Finding:
    value = printed.value or Decimal(0)
    return Finding(
        rule,
        Severity.WARNING,
        message,
        Cause.UNKNOWN,
        printed=printed.printed,
        recomputed=recomputed,
        difference=value - recomputed,
        tolerance=_half(printed),
        ref=printed.ref,
    )


def _sum(rows: Sequence[BudgetRow], word: str) -> Iterator[Finding]:
    """A column whose whole no choice of parts makes up: all parts, those that are not parts of
    parts, or all but what is carried over."""
    whole = whole_row(rows)
    total = slot_to_quantity(whole.cells.get(word)) if whole else None
    parts = [
        (row, quantity)
        for row in rows
        if row is not whole and (quantity := slot_to_quantity(row.cells.get(word))) is not None
    ]
    values = [(row.meaning, q.value) for row, q in parts if q.value is not None]
    if total is None or total.value is None or len(values) < 2 or _has_gap(parts):
        return
    tops = [m.rank for m, _ in values if m.label is Label.FISCAL]
    top = max(tops, default=0)
    outer = [(m, v) for m, v in values if m.label is not Label.FISCAL or m.rank == top]
    choices = (
        values,
        outer,
        [(m, v) for m, v in values if m.label is not Label.CARRIED],
        [(m, v) for m, v in outer if m.label is not Label.LOCAL],
        [(m, v) for m, v in outer if m.label is not Label.CARRIED],
    )
    sums = [sum((v for _, v in choice), Decimal(0)) for choice in choices]
    slack = _half(total) + sum((_half(q) for _, q in parts), Decimal(0))
    exact = all(q.decimals == total.decimals for _, q in parts if q.value)
    if any(abs(total.value - found) <= (0 if exact else slack) for found in sums):
        return
    yield _off(
        "budget-sum",
        f"年度资金总额 prints {total.printed}, its parts add up to {sums[0]}.",
        total,
        sums[0],
    )


def _is_published_excess(finding: Finding, budget: Budget) -> bool:
    total, fiscal, other = (_value(q) for q in (budget.total, budget.fiscal, budget.other))
    published = budget.total is not None and budget.total.ref == finding.ref
    if not published or total is None or fiscal is None:
        return False
    return fiscal + (other or Decimal(0)) > total


def _has_gap(parts: Sequence[tuple[BudgetRow, Quantity]]) -> bool:
    """Whether a part is printed and cannot be read."""
    return any(q.kind in (CellKind.UNREADABLE, CellKind.TEXT) for _, q in parts)


def _score(rows: Sequence[BudgetRow]) -> Iterator[Finding]:
    """The score for 执行率 above its weight."""
    whole = whole_row(rows)
    if whole is None:
        return
    weight = slot_to_quantity(whole.cells.get("weight"))
    score = slot_to_quantity(whole.cells.get("score"))
    if weight is None or score is None or weight.value is None or score.value is None:
        return
    if score.value > weight.value:
        yield _off(
            "score-above-weight",
            f"{_RATE!r} scores {score.value} of {weight.value}.",
            score,
            weight.value,
        )
