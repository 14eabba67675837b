"""An indicator beside the column of its name, where too few units vote on what belongs together.

Only a single slip accuses: 7364 beside 7346, 690元/人 beside 960. What differs otherwise may well
be another year's count, or a goal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.cross.causes import cause_of, is_one_slip, misread_as
from audit.cross.facts import Figure, ReadFacts, figure_at, rows_by_code
from audit.cross.measures import Number, claim_number, parse_measure, plain
from audit.cross.texts import name_key
from schemas.findings import Finding, Severity
from schemas.performance import Indicator
from schemas.tables import Column

# With more forms the units vote; names of fewer glyphs, or numbers of fewer digits, tell nothing.
_VOTERS = 3
_LEAST_NAME = 4
_TELLING_DIGITS = 2
_KINDS = ("count", "times", "money")


@dataclass(frozen=True, slots=True)
class _Told:
    """What one unit's form says, and the unit's code."""

    unit: str
    code: str
    table_no: int
    indicator: Indicator
    number: Number


def _told(facts: ReadFacts) -> Iterator[_Told]:
    for performance in facts.performances:
        unit, table = performance.placement.unit, performance.table
        for indicator in table.indicators if unit is not None and unit.code else ():
            number = claim_number(indicator.target)
            if unit is not None and number is not None and number.measure.kind in _KINDS:
                yield _Told(unit.name, unit.code, table.number, indicator, number)


def check_namesakes(facts: ReadFacts) -> tuple[Finding, ...]:
    """A count or a standard that is one slip away from the figure of its unit in the column of the
    same name and measure: rule `count-mismatch`.

    Counts that more than three forms tell are left to the units' vote (`counts`).
    """
    told = list(_told(facts))
    names = [name_key(one.indicator.name) for one in told]
    findings: list[Finding] = []
    for one, name in zip(told, names, strict=True):
        voted = one.number.measure.kind != "money" and names.count(name) > _VOTERS
        digits = len(one.number.printed.normalize().as_tuple().digits)
        if voted or len(name) < _LEAST_NAME or digits < _TELLING_DIGITS:
            continue
        for index, allocation in enumerate(facts.allocations):
            row = rows_by_code(allocation).get(one.code)
            for at, column in enumerate(allocation.table.columns):
                figure = figure_at(facts, index, row, at) if row is not None else None
                if figure is not None and figure.sure and _is_namesake(one, column):
                    findings += _compared(facts, told, one, column, figure)
    return tuple(findings)


def _is_namesake(one: _Told, column: Column) -> bool:
    measure, mine = parse_measure(column.measure), one.number.measure
    unsaid = measure is None and mine.factor == 1 and mine.kind == "count"
    alike = measure is not None and (measure.base, measure.per) == (mine.base, mine.per)
    heads = {name_key(part.split("(")[0].split("（")[0]) for part in column.path[-1:]}
    return (alike or unsaid) and name_key(one.indicator.name) in heads


def _agrees(facts: ReadFacts, one: _Told) -> bool:
    """Whether the unit's row prints the number in a column of that name."""
    for index, allocation in enumerate(facts.allocations):
        row = rows_by_code(allocation).get(one.code)
        for at, column in enumerate(allocation.table.columns):
            figure = figure_at(facts, index, row, at) if row is not None else None
            if figure is not None and _is_namesake(one, column):
                measure = parse_measure(column.measure)
                if figure.value * (measure.factor if measure else 1) == one.number.value:
                    return True
    return False


def _compared(
    facts: ReadFacts, told: list[_Told], one: _Told, column: Column, figure: Figure
) -> list[Finding]:
    measure = parse_measure(column.measure)
    scale = one.number.measure.factor
    expected = figure.value * (measure.factor if measure else 1) / scale
    if not is_one_slip(one.number.printed, expected):
        return []
    key = name_key(one.indicator.name)
    others = sum(
        _agrees(facts, t) for t in told if t is not one and name_key(t.indicator.name) == key
    )
    target = one.indicator.target
    return [
        Finding(
            "count-mismatch",
            Severity.WARNING,
            f"{one.unit}: {one.indicator.name} prints {target.printed}, the allocation table's "
            f"{column.path[-1]} gives {plain(figure.value)} = {plain(expected)} {target.measure}"
            + (f", as it does for {others} other units." if others else "."),
            cause_of(facts, misread_as(one.number.printed, expected)),
            one.table_no,
            one.indicator.number,
            printed=target.printed,
            recomputed=expected,
            difference=one.number.printed - expected,
            tolerance=Decimal(0),
            ref=target.ref or one.indicator.ref,
        )
    ]
