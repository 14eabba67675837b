"""In which measure two columns meet: as they tell it, else as their figures show it.

A spreadsheet often prints 元 where the notice prints 万元, and 0.6 where it prints 60%, and tells
neither. Such a factor is taken only where no figure agrees without it and most do with it; whoever
compares is told.
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from audit.diff.sides import SideCell, SideColumn, SideTable, rows_by_key

_ONE: Final = Decimal(1)
_PERCENT: Final = "%"
_PERCENT_FACTORS: Final = (Decimal(100), Decimal("0.01"))
_MONEY_FACTORS: Final = tuple(
    Decimal(f) for f in ("0.0001", "10000", "0.001", "1000", "0.00000001", "100000000")
)
# The share of figures, and the figures, that must agree in a scale that only they show.
_ENOUGH: Final = Fraction(1, 2)
_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Scale:
    """What the right figures are multiplied by; `told` says that headers tell it."""

    factor: Decimal
    told: bool


def scale_between(left: SideTable, right: SideTable, columns: tuple[int, int]) -> Scale:
    """The factor from a right column to a left one, by index."""
    one, other = left.columns[columns[0]], right.columns[columns[1]]
    if one.base and other.base:
        return Scale(one.scale(other), told=True)
    values = _common(left, right, columns)
    if any(_near(ours, theirs) for ours, theirs in values):
        return Scale(_ONE, told=True)
    for factor in _possible(one, other):
        agreeing = sum(_near(ours, theirs, factor) for ours, theirs in values)
        if agreeing >= _LEAST and agreeing >= _ENOUGH * len(values):
            return Scale(factor, told=False)
    return Scale(_ONE, told=True)


def _possible(one: SideColumn, other: SideColumn) -> tuple[Decimal, ...]:
    bases = {one.base, other.base} - {""}
    if bases == {_PERCENT}:
        return _PERCENT_FACTORS
    return (*_MONEY_FACTORS, *_PERCENT_FACTORS) if not bases else _MONEY_FACTORS


def _common(
    left: SideTable, right: SideTable, columns: tuple[int, int]
) -> list[tuple[SideCell, SideCell]]:
    """The figures that both sides have, but zeros, which agree in every measure."""
    rows = rows_by_key(right.rows)
    pairs = [
        (row.cells[columns[0]], rows[row.key].cells[columns[1]])
        for row in rows_by_key(left.rows).values()
        if row.key in rows
    ]
    return [(one, other) for one, other in pairs if one.value and other.value]


def _near(one: SideCell, other: SideCell, factor: Decimal = _ONE) -> bool:
    """Whether two figures are the same as far as the coarser of them is printed."""
    assert one.value is not None
    assert other.value is not None
    theirs = other.value * factor
    return abs(one.value - theirs) <= max(_half(one.value), _half(other.value) * factor)


def _half(value: Decimal) -> Decimal:
    """Half a unit of the last place; none of a whole number, whose zeros may be exact."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(5).scaleb(exponent - 1)
