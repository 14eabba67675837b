"""Self-evaluations: stated rates beside the amounts, and actual values far from their targets."""

from dataclasses import dataclass
from decimal import Decimal

from audit.cross.causes import cause_of, misread_as
from audit.cross.facts import ReadFacts
from audit.cross.measures import Number, claim_number, plain, words_for, words_of
from audit.sums import is_figure
from audit.words import rate_names
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Attained, Claim, Comparator, Indicator, PerformanceTable
from schemas.tables import TableKind

# A result below a third of its target is far off; one of a thousand times it is of another measure.
_FAR = Decimal(3)
_OUT_OF_SCALE = Decimal(1000)
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class _Rate:
    """A stated rate of spending beside executed / budget of its form."""

    table: PerformanceTable
    indicator: Indicator
    claim: Claim
    number: Number
    recomputed: Decimal

    @property
    def holds(self) -> bool:
        """Whether the two agree within the rounding of the stated one."""
        return abs(self.number.value - self.recomputed) <= self.number.half + _PLACES


def _is_spending_rate(indicator: Indicator) -> bool:
    name = indicator.name
    if name.strip() in rate_names():
        return False  # those that are called 执行率 and nothing else are checked elsewhere
    return all(
        any(word in name for word in words_for("rate_words.csv", use))
        for use in ("rate", "spending")
    ) and not any(word in name for word in words_for("rate_words.csv", "other"))


def _rates(facts: ReadFacts) -> list[_Rate]:
    found: list[_Rate] = []
    for performance in facts.performances:
        table = performance.table
        budget, executed = table.budget.budget, table.budget.executed
        stated = [i for i in table.indicators if _is_spending_rate(i)]
        if budget is None or executed is None or len(stated) != 1:
            continue
        if not is_figure(budget) or not is_figure(executed) or not budget.value:
            continue
        claim, number = stated[0].actual, claim_number(stated[0].actual)
        if claim is None or number is None or claim.comparator is not Comparator.EQ:
            continue
        if number.measure.base == "%" and executed.value is not None and budget.value > 0:
            recomputed = (100 * executed.value / budget.value).quantize(_PLACES)
            found.append(_Rate(table, stated[0], claim, number, recomputed))
    return found


def check_spending_rates(facts: ReadFacts) -> tuple[Finding, ...]:
    """支出预算执行率 that is not 执行数 / 预算数: rule `spending-rate`.

    Told where the form's project is such spending, or another form of the notice bears the link
    out. A rate that is merely rounded the wrong way (84% for 83.3) is a note.
    """
    rates = _rates(facts)
    borne_out = sum(rate.holds for rate in rates)
    spending = words_for("rate_words.csv", "spending")
    return tuple(
        _rate_finding(facts, rate)
        for rate in rates
        if not rate.holds and (borne_out or any(w in rate.table.project for w in spending))
    )


def _rate_finding(facts: ReadFacts, rate: _Rate) -> Finding:
    rounded = abs(rate.number.value - rate.recomputed) < rate.number.unit
    budget, executed = rate.table.budget.budget, rate.table.budget.executed
    amounts = f"{executed.printed if executed else ''} / {budget.printed if budget else ''}"
    cause = cause_of(facts, misread_as(rate.number.value, rate.recomputed))
    return Finding(
        "spending-rate",
        Severity.NOTE if rounded else Severity.WARNING,
        f"{rate.table.project}: {rate.claim.printed}, but {amounts} is {plain(rate.recomputed)}%.",
        Cause.ROUNDING if rounded else cause,
        rate.table.number,
        rate.indicator.number,
        printed=rate.claim.printed,
        recomputed=rate.recomputed,
        difference=rate.number.value - rate.recomputed,
        tolerance=rate.number.half,
        ref=rate.claim.ref or rate.indicator.ref,
    )


def _comparable(indicator: Indicator) -> tuple[Number, Number] | None:
    """Target and actual of an indicator that counts something of which more is better."""
    if any(line["word"] in indicator.name for line in words_of("bad_words.csv")):
        return None
    target, actual = claim_number(indicator.target), claim_number(indicator.actual)
    if target is None or actual is None or indicator.actual is None:
        return None
    wanted = indicator.target.comparator in (Comparator.EQ, Comparator.GE)
    exact = indicator.actual.comparator is Comparator.EQ
    same = target.measure.base == actual.measure.base != ""
    counted = target.measure.kind in ("count", "times")
    positive = target.value > 0 and actual.value > 0
    return (target, actual) if wanted and exact and same and counted and positive else None


def check_far_targets(facts: ReadFacts) -> tuple[Finding, ...]:
    """Actual values below a third of their target (`target-missed-by-far`: 745人 for 0.37万人) or
    a thousand times above (`actual-out-of-scale`). Both are printed so; which is meant is open."""
    findings: list[Finding] = []
    for performance in facts.performances:
        if performance.table.kind is not TableKind.SELF_EVALUATION:
            continue
        for indicator in performance.table.indicators:
            pair = _comparable(indicator)
            if pair is None:
                continue
            target, actual = pair
            if actual.value * _FAR < target.value and indicator.attained is not Attained.YES:
                found = _far_finding("target-missed-by-far", performance.table, indicator, pair)
                findings.append(found)
            elif actual.value >= target.value * _OUT_OF_SCALE:
                found = _far_finding("actual-out-of-scale", performance.table, indicator, pair)
                findings.append(found)
    return tuple(findings)


def _far_finding(
    rule: str, table: PerformanceTable, indicator: Indicator, pair: tuple[Number, Number]
) -> Finding:
    target, actual = pair
    share = (100 * actual.value / target.value).quantize(Decimal("0.1"))
    printed = indicator.actual.printed if indicator.actual else ""
    return Finding(
        rule,
        Severity.WARNING,
        f"{indicator.name}: the target is {indicator.target.printed}, the actual value {printed} "
        f"is {plain(share)}% of it.",
        Cause.SOURCE,
        table.number,
        indicator.number,
        printed=printed,
        recomputed=target.value / actual.measure.factor,
        difference=(actual.value - target.value) / actual.measure.factor,
        tolerance=(target.slack + actual.slack) / actual.measure.factor,
        ref=(indicator.actual.ref if indicator.actual else None) or indicator.ref,
    )
