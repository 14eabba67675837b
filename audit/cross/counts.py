"""Counts of persons in an allocation table beside the indicators of the same units.

No name links an indicator to a column: the units vote. Where for most units the indicator's value
is the column's count (or so many times it as there are payments in a year) rounded or cut off to
the places printed, the units that deviate are reported.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import log10

from audit.cross.causes import cause_of, misread_as
from audit.cross.facts import Figure, ReadFacts, figure_at, rows_by_code
from audit.cross.measures import Number, claim_number, parse_measure, plain, words_of
from audit.cross.texts import name_key
from schemas.findings import Finding, Severity
from schemas.performance import Comparator, Indicator
from schemas.tables import Role

# Forms that must bear a column out.
_FEWEST = 3
_LEAST_SURPRISE = 5.0
"""Decimal digits that agree beyond chance, over all units together; hypotheses are about 100."""
_NEAR = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class _Told:
    """What one unit's form says under one indicator name, and the unit's row."""

    unit: str
    code: str
    table_no: int
    indicator: Indicator
    number: Number


@dataclass(frozen=True, slots=True)
class _Link:
    """An indicator and the column that it repeats `times` over, with the units that bear it out."""

    allocation: int
    column: int
    times: int
    agreeing: tuple[_Told, ...]
    other: tuple[_Told, ...]


def _told(facts: ReadFacts) -> dict[str, list[_Told]]:
    """What the forms say, by the indicator's name; a unit that says it twice is left out."""
    groups: dict[str, list[_Told]] = defaultdict(list)
    for performance in facts.performances:
        unit, table = performance.placement.unit, performance.table
        if unit is None or not unit.code:
            continue
        for indicator in table.indicators:
            number = claim_number(indicator.target)
            if number is not None and number.measure.kind in ("count", "times") and number.value:
                told = _Told(unit.name, unit.code, table.number, indicator, number)
                groups[name_key(indicator.name)].append(told)
    kept: dict[str, list[_Told]] = {}
    for name, group in groups.items():
        codes = [told.code for told in group]
        kept[name] = [told for told in group if codes.count(told.code) == 1]
    return kept


def _cut(value: Decimal, unit: Decimal, rounding: str) -> Decimal:
    return (value / unit).to_integral_value(rounding) * unit


def _matches(number: Number, expected: Decimal, unit: Decimal) -> bool:
    cuts = (_cut(expected, unit, ROUND_FLOOR), _cut(expected, unit, ROUND_HALF_UP))
    return number.value in cuts


def _coarse_unit(number: Number) -> Decimal:
    """A unit of the last place that is not an idle zero: 100 for 600, 0.01 for 74.05."""
    exponent = number.printed.normalize().as_tuple().exponent
    return Decimal(1).scaleb(int(exponent)) * number.measure.factor


def _expected(facts: ReadFacts, link: tuple[int, int, int], row: int) -> Decimal | None:
    figure = figure_at(facts, link[0], row, link[1])
    return None if figure is None else figure.value * _factor(facts, link[0], link[1]) * link[2]


def _factor(facts: ReadFacts, allocation: int, column: int) -> Decimal:
    measure = parse_measure(facts.allocations[allocation].table.columns[column].measure)
    return Decimal(1) if measure is None else measure.factor


def _surprise(agreeing: list[_Told]) -> float:
    values = {t.number.value: float(t.number.value / t.number.unit) for t in agreeing}
    return sum(log10(max(1.0, v)) for v in values.values())


def _link(
    facts: ReadFacts, rows: dict[str, int], told: list[_Told], hypothesis: tuple[int, int, int]
) -> _Link | None:
    allocation, column, times = hypothesis
    roles = facts.allocations[allocation].structure.roles
    agreeing, other, voters = list[_Told](), list[_Told](), list[bool]()
    for one in told:
        row = rows.get(one.code)
        expected = None if row is None else _expected(facts, hypothesis, row)
        if row is None or not expected:
            continue
        fits = _matches(one.number, expected, one.number.unit)
        (agreeing if fits else other).append(one)
        if roles[row] is not Role.TOTAL:
            voters.append(fits)
    enough = sum(voters) >= _FEWEST and 3 * sum(voters) >= 2 * len(voters)
    if not enough or _surprise(agreeing) < _LEAST_SURPRISE:
        return None
    return _Link(allocation, column, times, tuple(agreeing), tuple(other))


def _hypotheses(facts: ReadFacts, number: Number) -> list[tuple[int, int, int]]:
    """The columns that an indicator of this measure may repeat, and how many times over."""
    found: list[tuple[int, int, int]] = []
    for index, allocation in enumerate(facts.allocations):
        for column, head in enumerate(allocation.table.columns):
            measure = parse_measure(head.measure)
            if measure is None or head.is_text or measure.per:
                continue
            if measure.base == number.measure.base:
                found.append((index, column, 1))
            elif measure.base == number.measure.of:
                times = [int(line["times"]) for line in words_of("times_a_year.csv")]
                found += [(index, column, n) for n in times]
    return found


def _best(facts: ReadFacts, rows: Sequence[dict[str, int]], told: list[_Told]) -> list[_Link]:
    links: list[_Link] = []
    for hypothesis in _hypotheses(facts, told[0].number):
        link = _link(facts, rows[hypothesis[0]], told, hypothesis)
        links += [link] if link is not None else []
    most = max((len(link.agreeing) for link in links), default=0)
    return [link for link in links if len(link.agreeing) == most]


def check_counts(facts: ReadFacts) -> tuple[Finding, ...]:
    """Units whose indicator is not what it is for the others: rule `count-mismatch`.

    `≥104万人` beside 266,983 persons, where the other units print 28 beside 283,194 and 16 beside
    165,032. A warning where the target asks for more than the count or is far from it, a note
    where it stays a little below: that may be meant.
    """
    findings: list[Finding] = []
    rows = [rows_by_code(allocation) for allocation in facts.allocations]
    for told in _told(facts).values():
        best = _best(facts, rows, told) if len(told) > _FEWEST else []
        if not best:
            continue
        fits = {id(one) for link in best for one in link.agreeing}
        link = best[-1]
        of_table = rows[link.allocation]
        others = [one for one in link.other if id(one) not in fits]
        found = [_finding(facts, link, one, of_table[one.code]) for one in others]
        findings += [f for f in found if f is not None]
    return tuple(findings)


def _finding(facts: ReadFacts, link: _Link, one: _Told, row: int) -> Finding | None:
    figure = figure_at(facts, link.allocation, row, link.column)
    expected = _expected(facts, (link.allocation, link.column, link.times), row)
    if figure is None or not figure.sure or expected is None:
        return None
    if _matches(one.number, expected, _coarse_unit(one.number)):
        return None  # ≥600万人 beside 6,011,348: cut off at the hundreds
    target = one.indicator.target
    below = target.comparator is Comparator.GE and one.number.value < expected
    near = abs(one.number.value - expected) <= expected * _NEAR
    scale = one.number.measure.factor
    return Finding(
        "count-mismatch",
        _severity(link, below and near),
        _sentence(facts, link, one, figure, expected),
        cause_of(facts, misread_as(one.number.value / scale, expected / scale)),
        one.table_no,
        one.indicator.number,
        printed=target.printed,
        recomputed=expected / scale,
        difference=(one.number.value - expected) / scale,
        tolerance=one.number.unit / scale,
        ref=target.ref or one.indicator.ref,
    )


def _severity(link: _Link, cautious: bool) -> Severity:
    if cautious:
        return Severity.NOTE
    return Severity.ERROR if link.times == 1 else Severity.WARNING


def _sentence(facts: ReadFacts, link: _Link, one: _Told, figure: Figure, expected: Decimal) -> str:
    table = facts.allocations[link.allocation].table
    item = table.columns[link.column].path[-1]
    product = f"{link.times} × {figure.value}" if link.times > 1 else f"{figure.value}"
    scale = one.number.measure.factor
    fitting = _other_times(link, one, figure.value * _factor(facts, link.allocation, link.column))
    return (
        f"{one.unit}: {one.indicator.name} prints {one.indicator.target.printed}, "
        f"the allocation table's {item} gives {product} = {plain(expected / scale)} "
        f"{one.indicator.target.measure}, as it does for {len(link.agreeing)} other units{fitting}."
    )


def _other_times(link: _Link, one: _Told, count: Decimal) -> str:
    """Words for a unit that may have counted by the month where the others count by the quarter."""
    unit = _coarse_unit(one.number)
    for line in words_of("times_a_year.csv") if link.times > 1 else ():
        if _matches(one.number, count * int(line["times"]), unit):
            return f"; {line['times']} × would fit"
    return ""
