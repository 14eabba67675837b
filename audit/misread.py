"""How likely it is that a cell of a table was misread: its digits as printed, and what other
readings of the same picture gave."""

import math
from collections.abc import Iterator
from typing import Final

from audit.damage import garbling, misreading, readings, spelling
from audit.figures import Cell, Figures

_READ_SO: Final = -math.log(0.5)
"""The cost of a number that another reading of the same picture gave: one of the two is right."""


def misread(figures: Figures, cell: Cell, value: int) -> float | None:
    """The cost of reading a count as what is printed in a cell, by a single fault; None without
    one. `0456` is a 2456 whose first digit was misread, which 456 would not tell.

    Damage itself has been paid for, as in `audit.damage.misreading`.
    """
    if value in figures.others.get(cell, ()):
        return _READ_SO
    now, digits = figures.value(cell), figures.digits.get(cell)
    if now is None:
        return None
    if digits is None or (value < 0) != (now < 0):
        return misreading(value, now)
    true = str(abs(value)).zfill(figures.scales[cell[1]] + 1)
    if cell in figures.odd and true != digits and len(true) + 1 != len(digits):
        # 110.392 in a column of two places is 1103.92, or has a digit too many; as 1103.82 it would
        # have both its point and a digit wrong.
        return None
    spelled = spelling(true, digits)
    return misreading(value, now) if spelled is None and value != now else spelled


def garbled(figures: Figures, cell: Cell, value: int) -> float:
    """The cost of reading a count as what is printed in a cell by whatever fault."""
    single, now = misread(figures, cell, value), figures.value(cell)
    anything = garbling(value, 0 if now is None else now)
    return anything if single is None else min(single, anything)


def likely_values(figures: Figures, cell: Cell) -> Iterator[int]:
    """All counts of which a single fault makes what is printed in a cell."""
    now = figures.value(cell)
    others = figures.others.get(cell, ())
    yield from others
    if now is not None:
        yield from (v for v in readings(now) if v not in others)
