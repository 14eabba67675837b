"""Whose fault a contradiction is, as far as can be known.

What was born digital its author typed. Of a text nobody knows whether some OCR made it; but what no
single misreading can have made of the number that is due is the author's, and so is a digit lost or
a word of a measure changed in a notice that shows no other damage. Where one digit differs, either
may be.
"""

from collections.abc import Iterator
from decimal import Decimal
from enum import IntEnum
from typing import Final

from audit.cross.facts import ReadFacts
from audit.damage import misreading
from schemas.findings import Cause
from schemas.notice import Allocation
from schemas.places import Placement, UnitStatus
from schemas.proofs import Status
from schemas.tables import CellKind

_GARBLED: Final = frozenset({UnitStatus.CORRECTED, UnitStatus.REASSIGNED})
_DAMAGED: Final = frozenset({Status.REPAIRED, Status.SUSPECT, Status.UNREADABLE})
# A notice with fewer figures cannot show that it is without damage.
_ENOUGH: Final = 30
# Longer numbers are not compared digit by digit.
_MOST_DIGITS: Final = 15


class Misreading(IntEnum):
    """Whether a misreading explains what is printed: hardly, by a rarer fault, by one digit."""

    NONE = 0
    RARE = 1
    ONE_DIGIT = 2


def misread_as(printed: Decimal, due: Decimal) -> Misreading:
    """Whether a number may be a misreading of another, to the places that it prints.

    >>> misread_as(Decimal("5.56"), Decimal("5.76")), misread_as(Decimal(1), Decimal(12))
    (<Misreading.ONE_DIGIT: 2>, <Misreading.RARE: 1>)
    >>> misread_as(Decimal(104), Decimal("26.6983"))
    <Misreading.NONE: 0>
    """
    places = _places(printed)
    if max(printed.adjusted(), due.adjusted()) + places >= _MOST_DIGITS:
        return Misreading.NONE
    here, there = (int(value.scaleb(places).to_integral_value()) for value in (printed, due))
    if here == there:
        return Misreading.ONE_DIGIT
    one, other = str(abs(here)), str(abs(there))
    if len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return Misreading.ONE_DIGIT
    return Misreading.NONE if misreading(there, here) is None else Misreading.RARE


def is_one_slip(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers of equal length differ by one digit, or by two that changed places.

    >>> is_one_slip(Decimal("2614"), Decimal("2641")), is_one_slip(Decimal("91.5"), Decimal("93.5"))
    (True, True)
    >>> is_one_slip(Decimal("2614"), Decimal("2531")), is_one_slip(Decimal("2614"), Decimal("614"))
    (False, False)
    """
    places = max(_places(one), _places(other))
    left, right = f"{one:.{places}f}", f"{other:.{places}f}"
    if len(left) != len(right):
        return False
    wrong = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(wrong) == 1 or (len(wrong) == 2 and wrong[0] == wrong[1][::-1])


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def cause_of(facts: ReadFacts, misread: Misreading) -> Cause:
    """Whose fault it is that what is printed contradicts what is due."""
    if facts.born_digital or misread is Misreading.NONE:
        return Cause.SOURCE
    if misread is Misreading.RARE and _is_clean(facts):
        return Cause.SOURCE
    return Cause.UNKNOWN


def _is_clean(facts: ReadFacts) -> bool:
    """Whether a notice says enough to show damage, and shows none."""
    if any(finding.cause is Cause.OCR for finding in facts.head.findings):
        return False
    if any(placement.status in _GARBLED for placement in _placements(facts)):
        return False
    proofs = [p.status for table in facts.proofs for row in table.proofs for p in row]
    if any(status in _DAMAGED for status in proofs):
        return False
    cells = [q.kind for a in facts.allocations for row in a.table.rows for q in row.cells]
    if CellKind.UNREADABLE in cells:
        return False
    indicators = sum(len(one.table.indicators) for one in facts.performances)
    return cells.count(CellKind.NUMBER) + indicators >= _ENOUGH


def _placements(facts: ReadFacts) -> Iterator[Placement]:
    tables: list[Allocation] = [*facts.allocations]
    for performance in facts.performances:
        yield performance.placement
        tables += [performance.amounts] if performance.amounts else []
    for allocation in tables:
        yield from allocation.placements
