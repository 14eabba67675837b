"""Which table of a run an auditor's table is about: the one whose figures it clearly repeats."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from audit.diff.columns import ColumnMatch, match_columns
from audit.diff.compare import agreement_of, compare_tables
from audit.diff.sides import Comparison, SideTable, Tolerances

# So many times the equal figures of any other table.
_CLEARLY: Final = 2

Given = Callable[[SideTable, SideTable], dict[int, int]]
"""Pairs of columns (right to left) that a person told, for two tables."""

Reading = Callable[[SideTable], SideTable]
"""A right table with the keys that its rows have beside a left one: what a name means depends on
the place and the year that the other side is about."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """The comparisons of right tables with their left ones. `unclear` are right tables that fit
    several left ones about as well, with these, by title; `alone` those that fit none."""

    comparisons: tuple[Comparison, ...]
    unclear: tuple[tuple[str, tuple[str, ...]], ...]
    alone: tuple[SideTable, ...]


def pair_tables(
    lefts: Sequence[SideTable], rights: Sequence[Reading], tolerances: Tolerances, given: Given
) -> Pairing:
    """Compare each right table with the left table that it is about.

    That is the one with which it has twice as many equal figures as with any other. Where a table
    agrees with none in any figure, the only one that has any in common is taken.
    """
    comparisons: list[Comparison] = []
    unclear: list[tuple[str, tuple[str, ...]]] = []
    alone: list[SideTable] = []
    for reading in rights:
        found = [_compare(left, reading, tolerances, given) for left in lefts]
        some = sorted((f for f in found if f.compared), key=lambda f: -f.equal)
        if not some:
            alone.append(reading(lefts[0]))
        elif len(some) == 1 or some[0].equal > _CLEARLY * some[1].equal:
            comparisons.append(some[0])
        else:
            unclear.append((some[0].right, tuple(f.left for f in some)))
    return Pairing(tuple(comparisons), tuple(unclear), tuple(alone))


def likely_pairs(left: SideTable, right: SideTable) -> tuple[tuple[str, str], ...]:
    """(left, right) headers of columns that are not surely the same but may be."""
    match = match_columns(
        left.columns, right.columns, lambda i, r: agreement_of(left, right, (i, r))
    )
    return tuple(
        (left.columns[i].name, right.columns[one.right].name)
        for one in match.unmatched
        for i in one.candidates[:1]
    )


def _compare(left: SideTable, reading: Reading, tolerances: Tolerances, given: Given) -> Comparison:
    right = reading(left)
    match: ColumnMatch = match_columns(
        left.columns,
        right.columns,
        lambda i, r: agreement_of(left, right, (i, r)),
        given(left, right),
    )
    return compare_tables(left, right, match, tolerances)
