"""Shares of a whole: columns that print what part of the total a row is, or that follow from it.

`占比 = 100 × 人数 / 合计人数` and `分配额 = 占比 × 合计金额 / 100` tie a row to the total's row,
which no relation between columns can.
"""

from fractions import Fraction
from itertools import permutations
from typing import Final

import numpy as np
import numpy.typing as npt

from audit.equations import Equation, Law
from audit.figures import Figures
from audit.forms import rational_to_form
from audit.rational import constant, quantity
from audit.relations import Relation, sample_rows
from schemas.proofs import Structure
from schemas.tables import Role

Floats = npt.NDArray[np.float64]

# Different values that must bear a share out, and the share of rows.
_LEAST: Final = 5
_MOST: Final = 0.6
# Columns that are tried.
_MAX_COLUMNS: Final = 14
_PER_CENT: Final = quantity("0") * constant(Fraction(100)) / quantity("1")
_OF_WHOLE: Final = quantity("0") * quantity("1") / constant(Fraction(100))


def _places(figures: Figures) -> list[int]:
    """Columns that print different figures in enough rows."""
    found = []
    for column in range(len(figures.scales)):
        values = {line[column] for line in figures.values} - {None, 0}
        if len(values) >= _LEAST:
            found.append(column)
    return found[:_MAX_COLUMNS]


def _numbers(figures: Figures, rows: list[int], columns: list[int]) -> dict[int, Floats]:
    """The columns as numbers, NaN where none stands."""
    return {
        c: np.array(
            [
                np.nan if (v := figures.values[r][c]) is None else v / 10 ** figures.scales[c]
                for r in rows
            ]
        )
        for c in columns
    }


def _holds(out: Floats, made: Floats, scale: int) -> bool:
    """Whether most rows hold to the last digit, with figures that could be otherwise."""
    ulp = 10.0**-scale
    told = np.isfinite(out) & np.isfinite(made) & (out != 0)
    with np.errstate(invalid="ignore"):
        held = told & (np.abs(out - made) <= 0.5 * ulp + 1e-9) & (np.abs(out) > 9 * ulp)
    return len(np.unique(out[held])) >= _LEAST and int(held.sum()) >= _MOST * int(told.sum())


def share_equations(
    figures: Figures, structure: Structure, known: list[Relation]
) -> list[tuple[Equation, ...]]:
    """Groups of equations that tie rows to the one total, each of one kind; none without a total.

    Columns that a formula or a found relation gives already are left alone.
    """
    totals = [r for r, role in enumerate(structure.roles) if role is Role.TOTAL]
    if len(totals) != 1:
        return []
    total = totals[0]
    rows = [r for r in range(len(figures.values)) if r != total]
    places = _places(figures)
    sample = _numbers(figures, [r for r in sample_rows(len(figures.values)) if r != total], places)
    whole = {c: n[0] for c, n in _numbers(figures, [total], places).items()}
    taken = {r.out for r in known}
    groups: list[tuple[Equation, ...]] = []
    for out, part in permutations(places, 2):
        options = (
            (_PER_CENT, (total, part), 100 / whole[part] if whole[part] else np.nan),
            (_OF_WHOLE, (total, out), whole[out] / 100),
        )
        for rational, cell, factor in options:
            made = sample[part] * factor
            if out in taken or not _holds(sample[out], made, figures.scales[out]):
                continue
            scales = [figures.scales[part], figures.scales[cell[1]]]
            form = rational_to_form(rational, ("0", "1"), scales, figures.scales[out])
            groups.append(
                tuple(
                    Equation((row, out), ((row, part), cell), form, Law(), 1, (), "")
                    for row in rows
                    if None not in (figures.values[row][out], figures.values[row][part])
                )
            )
            taken.add(out)
    return groups
