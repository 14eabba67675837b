"""Columns of a table as arrays, and the evidence that one of them is made of others."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from audit.figures import Figures

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# Columns that are searched: the work grows with their third power.
_MAX_COLUMNS: Final = 14
# The share of rows, and the rows, in which a relation must hold.
MOST: Final = 0.6
LEAST_ROWS: Final = 3
# Decades of evidence that a relation needs beyond the number of trials, the most that one row
# gives, and what a fitted constant takes off.
DECADES: Final = 6.0
_PER_ROW: Final = 4.0
_FITTED: Final = 3.0


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that may be related, as numbers: shape (columns, rows), NaN where none stands;
    in `parts`, what a sum would add up, 0 where nothing is printed."""

    indices: tuple[int, ...]
    values: Floats
    parts: Floats
    ulps: Floats


def figures_to_columns(figures: Figures, rows: list[int]) -> Columns:
    """The columns of some rows that hold at least a few figures other than zero."""
    indices: list[int] = []
    values: list[list[float]] = []
    for c, scale in enumerate(figures.scales):
        line = [figures.values[r][c] for r in rows]
        if sum(v not in (None, 0) for v in line) >= LEAST_ROWS and len(indices) < _MAX_COLUMNS:
            indices.append(c)
            values.append([np.nan if v is None else v / 10**scale for v in line])
    shaped = np.array(values, np.float64).reshape(len(indices), len(rows))
    empty = np.array([[(r, c) in figures.empty for r in rows] for c in indices], np.bool_)
    parts = np.where(empty.reshape(shaped.shape), 0.0, shaped)
    ulps = np.array([10.0 ** -figures.scales[i] for i in indices])
    return Columns(tuple(indices), shaped, parts, ulps)


def _holds(out: Floats, made: Floats, ulp: float) -> tuple[Flags, Flags]:
    """(rows that hold to the last digit, rows that say something)."""
    told = np.isfinite(out) & np.isfinite(made) & ((out != 0) | (np.abs(made) > ulp))
    with np.errstate(invalid="ignore"):
        off = np.abs(out - made)
    return told & (off <= 0.5 * ulp + 1e-9 * np.abs(out)), told


def weigh(out: Floats, made: Floats, ulp: float, fitted: bool) -> tuple[float, float]:
    """(decades of evidence, share of rows that hold); nothing where too few rows hold."""
    held, told = _holds(out, made, ulp)
    count, all_ = int(held.sum()), int(told.sum())
    if count < LEAST_ROWS + (2 if fitted else 0) or count < MOST * all_:
        return 0.0, 0.0
    distinct = np.unique(out[held])  # 60 % in fifty rows is one coincidence, not fifty
    if fitted and len(distinct) < LEAST_ROWS + 2:
        return 0.0, 0.0
    decades = np.minimum(np.log10(1 + np.abs(distinct) / ulp), _PER_ROW)
    return float(decades.sum()) - (_FITTED if fitted else 0.0), count / all_
