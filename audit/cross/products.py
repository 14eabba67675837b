"""Amounts that follow from a form's own indicators: so much each time, so much for each person."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from difflib import SequenceMatcher

from audit.cross.causes import cause_of, misread_as
from audit.cross.facts import ReadFacts
from audit.cross.measures import (
    Measure,
    Number,
    Range,
    claim_number,
    claim_range,
    parse_measure,
    plain,
    to_number,
    words_for,
)
from audit.cross.texts import core
from audit.sums import is_figure
from schemas.findings import Finding, Severity
from schemas.performance import Comparator, Indicator, PerformanceTable
from schemas.tables import Quantity, TableKind

# A payment comes once a day at most.
_MOST_TIMES = 366
_NARROW = Decimal("0.1")
_NEAR = Decimal("0.005")
# In characters: what names of persons and of their standard must share.
_LEAST_COMMON = 3
# Forms of more terms are not paired.
_MOST_TERMS = 20
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class FormAgreement:
    """A form's 年度资金总额 that its indicators (by number) bear out, with the numbers put in."""

    table_no: int
    indicators: tuple[int, ...]
    equation: str


@dataclass(frozen=True, slots=True)
class _Priced:
    """An indicator with its number."""

    indicator: Indicator
    number: Number


@dataclass(frozen=True, slots=True)
class _Sum:
    """Σ persons × standard × times, in 元, with what the rounding of its terms allows. `effects`
    say by how much the sum changes with one unit of the last place of each indicator."""

    value: Decimal
    slack: Decimal
    effects: Mapping[int, Decimal]
    words: str
    terms: int


def _total(table: PerformanceTable) -> Number | None:
    cell: Quantity | None = table.budget.total
    if cell is None or not is_figure(cell) or cell.value is None:
        return None
    measure = parse_measure(cell.measure or table.measure)
    if measure is None or measure.kind != "money" or measure.per or cell.value <= 0:
        return None
    return to_number(cell.value, measure)


def _numbers(table: PerformanceTable) -> list[_Priced]:
    found = [(i, claim_number(i.target)) for i in table.indicators]
    return [_Priced(i, n) for i, n in found if n is not None and n.value > 0]


def _has(name: str, use: str) -> bool:
    return any(word in name for word in words_for("cost_words.csv", use))


def _times(numbers: list[_Priced]) -> _Priced | None:
    """The one indicator that says how often the fund is paid; None where none or several do."""
    found = [
        p
        for p in numbers
        if p.number.measure.kind == "count"
        and p.indicator.name.strip().endswith(words_for("cost_words.csv", "times"))
    ]
    return found[0] if len(found) == 1 else None


def _each_time(numbers: list[_Priced]) -> _Priced | None:
    """The one indicator that says what is paid each time, for all together."""
    found = [
        p
        for p in numbers
        if p.number.measure.kind == "money"
        and not p.number.measure.per
        and _has(p.indicator.name, "time")
        and not _has(p.indicator.name, "head")
    ]
    return found[0] if len(found) == 1 and _has(found[0].indicator.name, "fund") else None


def _reaches(each: Range, times: Range, total: Number) -> bool:
    low = each.low * times.low
    high = None if each.high is None or times.high is None else each.high * times.high
    return low <= total.value + total.half and (high is None or total.value - total.half <= high)


def _fitting_times(each: Number, total: Number) -> int | None:
    """How many times an amount goes into a total, where rounding leaves one answer only."""
    low = (total.value - total.half) / (each.value + each.half)
    high = (total.value + total.half) / (each.value - each.half)
    times = low.to_integral_value(ROUND_CEILING)
    once = times == high.to_integral_value(ROUND_FLOOR) and high - low < _NARROW
    return int(times) if once and 1 <= times <= _MOST_TIMES else None


def check_each_time(facts: ReadFacts) -> tuple[Finding, ...]:
    """每次发放资金数 × 发放次数 that cannot be 年度资金总额: rule `times-mismatch`.

    `≤7.63万元` paid `=1次` beside a total of 91.59: told only where another number of times
    (here 12) gives the total exactly within rounding.
    """
    findings: list[Finding] = []
    for performance in facts.performances:
        table = performance.table
        numbers, total = _numbers(table), _total(table)
        each, times = _each_time(numbers), _times(numbers)
        if each is None or times is None or total is None:
            continue
        claim, often = each.indicator.target, times.indicator.target
        spans = claim_range(claim, each.number), claim_range(often, times.number)
        fitting = _fitting_times(each.number, total)
        if fitting is None or fitting == times.number.value or _reaches(*spans, total):
            continue
        findings.append(_times_finding(facts, table, each, times, fitting))
    return tuple(findings)


def _times_finding(
    facts: ReadFacts, table: PerformanceTable, each: _Priced, times: _Priced, fitting: int
) -> Finding:
    amount, often = each.number.printed, times.number.printed
    claim, total = times.indicator.target, table.budget.total
    return Finding(
        "times-mismatch",
        Severity.ERROR,
        f"{table.project}: {each.indicator.name} {each.indicator.target.printed} × "
        f"{times.indicator.name} {claim.printed} is {plain(amount * often)}, 年度资金总额 prints "
        f"{total.printed if total else ''}; {plain(amount)} × {fitting} = "
        f"{plain(amount * fitting)} would fit.",
        cause_of(facts, misread_as(often, Decimal(fitting))),
        table.number,
        times.indicator.number,
        printed=claim.printed,
        recomputed=Decimal(fitting),
        difference=often - fitting,
        tolerance=Decimal(0),
        proposal=f"{fitting}{claim.measure}",
        ref=claim.ref or times.indicator.ref,
    )


def _exact(numbers: list[_Priced], kind: str) -> list[_Priced]:
    return [
        p
        for p in numbers
        if p.number.measure.kind == kind and p.indicator.target.comparator is Comparator.EQ
    ]


def _common(one: str, other: str) -> int:
    left, right = core(one), core(other)
    return SequenceMatcher(None, left, right, autojunk=False).find_longest_match().size


def _matched(prices: list[_Priced], heads: list[_Priced]) -> list[tuple[_Priced, _Priced]] | None:
    """Each price with its persons, by the longest words in common, one to one; None where the
    numbers of both differ or a pair has nothing in common."""
    if not prices or len(prices) != len(heads) or len(prices) > _MOST_TERMS:
        return None
    ranked = sorted(
        (
            (_common(p.indicator.name, h.indicator.name), -i, -j)
            for i, p in enumerate(prices)
            for j, h in enumerate(heads)
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for common, i, j in ranked:
        if common >= _LEAST_COMMON and -i not in taken and -j not in taken.values():
            taken[-i] = -j
    if len(taken) != len(prices):
        return None
    return [(prices[i], heads[j]) for i, j in sorted(taken.items())]


def _often(price: _Priced, times: _Priced | None) -> Decimal | None:
    """How many times a year a price is paid; None where the form does not say."""
    per: Measure = price.number.measure
    if "月" in per.per:
        return Decimal(_MONTHS)
    if not _has(price.indicator.name, "time"):
        return Decimal(1)
    if times is None or times.indicator.target.comparator is not Comparator.EQ:
        return None
    return times.number.value


def _sum(table: PerformanceTable) -> _Sum | None:
    """The sum over all persons and prices of a form, where all are exact and pair off."""
    numbers = _numbers(table)
    times = _times(numbers)
    prices = [
        p
        for p in _exact(numbers, "money")
        if set(p.number.measure.per) <= {"人", "户", "月", "年", "次"}
        and (p.number.measure.per or _has(p.indicator.name, "head"))
    ]
    heads = [p for p in _exact(numbers, "count") if p.number.measure.base in ("人", "户")]
    pairs = _matched(prices, heads)
    if pairs is None:
        return None
    value = slack = Decimal(0)
    words: list[str] = []
    effects: dict[int, Decimal] = {}
    for price, head in pairs:
        often = _often(price, times)
        if often is None:
            return None
        value += head.number.value * price.number.value * often
        slack += head.number.slack * price.number.value + head.number.value * price.number.slack
        factors = [plain(head.number.value), plain(price.number.value)]
        words.append(" × ".join([*factors, *([plain(often)] if often != 1 else [])]))
        effects[head.indicator.number] = price.number.value * often * head.number.unit
        effects[price.indicator.number] = head.number.value * often * price.number.unit
        if times is not None and often == times.number.value != 1:
            each = head.number.value * price.number.value
            effects[times.indicator.number] = effects.get(times.indicator.number, 0) + each
    return _Sum(value, slack, effects, " + ".join(words), len(pairs))


def _sums(facts: ReadFacts) -> list[tuple[PerformanceTable, Number, _Sum, Decimal]]:
    """Each form with its total, its sum, and the total less the sum."""
    found: list[tuple[PerformanceTable, Number, _Sum, Decimal]] = []
    for performance in facts.performances:
        table = performance.table
        total = _total(table) if table.kind is TableKind.PERFORMANCE_TARGET else None
        whole = _sum(table) if total is not None else None
        if total is not None and whole is not None:
            found.append((table, total, whole, total.value - whole.value))
    return found


def product_agreements(facts: ReadFacts) -> tuple[FormAgreement, ...]:
    """Forms whose 年度资金总额 is Σ persons × standard × times within rounding.

    `3317 × 66.48 × 12 + 959 × 5 × 12 + 311 × 10 × 12 + 101 × 720` is 2,813,749.92 元, printed
    281.37万元. The total must print at least four digits. An indicator whose last place is too
    small to show in the total is not borne out by it.
    """
    return tuple(
        FormAgreement(
            table.number,
            _borne_out(whole, total.half + whole.slack + abs(difference)),
            f"{whole.words} = {plain(whole.value)}元",
        )
        for table, total, whole, difference in _sums(facts)
        if abs(difference) <= total.half + whole.slack and total.value >= 2000 * total.half
    )


def _borne_out(whole: _Sum, room: Decimal) -> tuple[int, ...]:
    """The indicators whose last place shows in the total: with one more, or less, it would fail."""
    return tuple(number for number, effect in sorted(whole.effects.items()) if effect > room)


def check_products(facts: ReadFacts) -> tuple[Finding, ...]:
    """A sum of at least two such products that misses the total narrowly: rule `product-mismatch`.

    Half a percent or less; what is further off may well leave out a cost, or be shared with
    another level.
    """
    findings: list[Finding] = []
    for table, total, whole, difference in _sums(facts):
        near = total.half + whole.slack < abs(difference) <= total.value * _NEAR
        cell = table.budget.total
        if not near or whole.terms < 2 or cell is None:
            continue
        scale = total.measure.factor
        findings.append(
            Finding(
                "product-mismatch",
                Severity.WARNING,
                f"{table.project}: {whole.words} is {plain(whole.value)}元, 年度资金总额 prints "
                f"{cell.printed}{total.measure.base if scale == 1 else table.measure}.",
                cause_of(facts, misread_as(total.value / scale, whole.value / scale)),
                table.number,
                printed=cell.printed,
                recomputed=whole.value / scale,
                difference=difference / scale,
                tolerance=(total.half + whole.slack) / scale,
                ref=cell.ref,
            )
        )
    return tuple(findings)
