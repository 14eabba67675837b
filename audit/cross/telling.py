"""Findings about numbers that are told in words: where they belong, and how far off they are."""

from dataclasses import dataclass
from decimal import Decimal

from audit.cross.causes import Misreading, cause_of, misread_as
from audit.cross.facts import ReadFacts
from audit.cross.measures import Number
from schemas.findings import Finding, Severity
from schemas.performance import Indicator, PerformanceTable


@dataclass(frozen=True, slots=True)
class Gap:
    """What the other place says, the difference from it, and what rounding allows, all three in
    the scale of what is printed."""

    recomputed: Decimal
    difference: Decimal
    tolerance: Decimal


def gap_between(value: Number, other: Number | Decimal, tolerance: Decimal) -> Gap:
    """The gap between a number and what is due, in the scale of the number."""
    scale = value.measure.factor
    base = other if isinstance(other, Decimal) else other.value
    return Gap(base / scale, (value.value - base) / scale, tolerance / scale)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding belongs: a form, and one of its indicators where it is about one."""

    table: PerformanceTable
    indicator: Indicator | None
    printed: str


def misread_gap(gap: Gap | None) -> Misreading:
    """Of two measures that differ one word may have been misread."""
    if gap is None:
        return Misreading.RARE
    return misread_as(gap.recomputed + gap.difference, gap.recomputed)


def words_finding(
    facts: ReadFacts, rule: str, message: str, place: Place, gap: Gap | None = None
) -> Finding:
    """A finding about a form, an error where words contradict themselves."""
    return Finding(
        rule,
        Severity.ERROR if rule == "told-sum-mismatch" else Severity.WARNING,
        message,
        cause_of(facts, misread_gap(gap)),
        place.table.number,
        place.indicator.number if place.indicator else None,
        printed=place.printed,
        recomputed=gap.recomputed if gap else None,
        difference=gap.difference if gap else None,
        tolerance=gap.tolerance if gap else None,
        ref=place.indicator.ref if place.indicator else place.table.ref,
    )
