"""What a row's place says: tables list units in the order of their codes, mostly."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import comb

import numpy as np
from numpy.typing import NDArray

NONE = -1
# The share of a row's chances that is spread over all columns, whatever the order says.
EVENLY = 0.04
# How many rows the habits of the table's other groups count for, and each habit at the least.
HABIT_WEIGHT = 8.0
LEAST_WEIGHT = 0.25
# Steps of the expectation maximisation.
ROUNDS = 6
# The chance left to a column that another row of the run names.
TAKEN = 0.05
# A row off the run keeps its named column where its neighbours give it at least this chance.
SETTLED = 0.2
# What a step of the run loses for each row that has no column left to stand in.
CROWDED = 1.5
TINY = 1e-300


def rising(ranks: Sequence[int], counts: Sequence[bool], columns: int) -> set[int]:
    """The places of a longest rising run among ranks; NONE never belongs to it.

    A step of the run that leaves fewer unnamed columns between its ends than rows without a rank
    costs more than a place: then one of its ends is likely to bear another's name. (Dynamic
    programme over the places; C. Schensted, "Longest increasing and decreasing subsequences",
    Canadian Journal of Mathematics 13, 1961.)

    >>> sorted(rising([5, 1, 2, 9, 3, 4], [True] * 6, 10))
    [1, 2, 4, 5]
    >>> sorted(rising([0, 2, -1, 3], [True] * 4, 4))
    [0, 3]
    """
    ranked = [place for place, rank in enumerate(ranks) if rank != NONE]
    if not ranked:
        return set()
    places = np.array([-1, *ranked, len(ranks)], dtype=np.int64)
    values = np.array([-1, *(ranks[place] for place in ranked), columns], dtype=np.int64)
    unnamed = np.ones(columns + 1, dtype=np.int64)
    unnamed[values[1:]] = 0
    free = np.cumsum([0, *unnamed])[values + 1]
    nameless = [rank == NONE and bool(c) for rank, c in zip(ranks, counts, strict=True)]
    loose = np.cumsum([0, *nameless, False])[places + 1]
    best = np.zeros(len(places))
    before = np.zeros(len(places), dtype=np.int64)
    for k in range(1, len(places)):
        short = np.maximum((loose[k] - loose[:k]) - (free[k] - free[:k]), 0)
        gains = np.where(values[:k] < values[k], best[:k] - CROWDED * short, -np.inf)
        before[k] = gains.argmax()
        best[k] = gains[before[k]] + 1
    found = set()
    k = int(before[-1])
    while k > 0:
        found.add(int(places[k]))
        k = int(before[k])
    return found


def gaps(sure: Sequence[int], run: set[int], columns: int) -> Iterator[tuple[int, int, int, int]]:
    """For each row the places and ranks of the rows before and after it that stand in the `run`:
    (place before, place after, rank before, rank after), with -1 and the ends where none does."""
    anchors = sorted(run)
    for place in range(len(sure)):
        at = bisect_left(anchors, place)
        after = at + (at < len(anchors) and anchors[at] == place)
        yield (
            anchors[at - 1] if at else -1,
            anchors[after] if after < len(anchors) else len(sure),
            sure[anchors[at - 1]] if at else -1,
            sure[anchors[after]] if after < len(anchors) else columns,
        )


def order_costs(
    sure: Sequence[int],
    counts: Sequence[bool],
    likely: NDArray[np.float64],
    habit: float,
) -> NDArray[np.float64]:
    """Costs of rows by columns from their places in the table.

    `sure[r]` is the column that row r names exactly, or NONE; `counts[r]` says whether the row
    can be a unit at all; `likely[c]` how likely columns are before
    order is looked at; `habit` how far other groups of the table keep the order, 0 to 1.
    Three habits are weighed by how well they foretell the sure rows (expectation maximisation,
    Dempster, Laird and Rubin 1977): rows rise through the whole group; rows follow their nearest
    neighbours; rows stand anywhere.
    """
    columns = len(likely)
    if not columns:
        return np.zeros((len(sure), 0))
    run = rising(sure, counts, columns)
    tables = _chances(sure, run, counts, columns)
    held = tuple(
        column if place in run or column == NONE or tables[1, place, column] >= SETTLED else NONE
        for place, column in enumerate(sure)
    )
    if held != tuple(sure):
        tables = _chances(held, run, counts, columns)
    places = np.array(sorted(run), dtype=np.int64)
    taken = np.array(sure, dtype=np.int64)[places]
    tables[2] = 1.0
    tables[2][:, taken] = TAKEN
    tables[2][places, taken] = 1.0
    tables *= likely
    tables /= np.maximum(tables.sum(axis=2, keepdims=True), TINY)
    known = [place for place, column in enumerate(sure) if column != NONE]
    met = tables[:, known, [sure[place] for place in known]]
    met[2] = likely[[sure[place] for place in known]] / likely.sum()
    loose = (1 - habit) ** 2
    prior = HABIT_WEIGHT * np.array([0.6 * (1 - loose), 0.4 * (1 - loose), loose]) + LEAST_WEIGHT
    weights = np.tile(prior / prior.sum(), (len(sure), 1))
    for _ in range(ROUNDS):
        share = weights[known] * met.T
        share /= share.sum(axis=1, keepdims=True)
        weights[:] = prior + share.sum(axis=0)
        weights[known] -= share  # a row is judged by the others
        weights /= weights.sum(axis=1, keepdims=True)
    # Any sequence has some long rising run: no more order than neighbours show in general.
    ordered = weights[:, :2].sum(axis=1)
    kept = np.minimum(ordered, 1 - loose) / ordered
    weights[:, :2] *= kept[:, None]
    weights[:, 2] += ordered * (1 - kept)
    return np.asarray(-np.log(np.einsum("rk,krc->rc", weights, tables)))


def _chances(
    held: Sequence[int], run: set[int], counts: Sequence[bool], columns: int
) -> NDArray[np.float64]:
    """Chances through the run and beside the neighbours, with an empty third table. `held[r]` is
    the column of a row that stands where its neighbours or the run put it: no other row's then."""
    tables = np.zeros((3, len(held), columns))
    for place, gap in enumerate(gaps(held, run, columns)):
        tables[0, place] = _through(held, counts, columns, place, gap)
        tables[1, place] = _beside(held, counts, columns, place)
    return tables


def _through(
    sure: Sequence[int],
    counts: Sequence[bool],
    columns: int,
    place: int,
    gap: tuple[int, int, int, int],
) -> NDArray[np.float64]:
    """Chances of a row that stands in a run rising through the group: between two rows of the
    run, the i-th of k rows has the j-th of m columns as in a random rising choice of k among m."""
    start, end, lower, upper = gap
    taken = {*sure[: start + 1], *sure[end:]} - {sure[place], NONE}
    rows = [r for r in range(start + 1, end) if counts[r] or r == place]
    inside = [column for column in range(lower + 1, upper) if column not in taken]
    return _between(rows.index(place), len(rows), inside, columns)


def _between(index: int, rows: int, inside: Sequence[int], columns: int) -> NDArray[np.float64]:
    """The row at `index` of so many rows has one of the columns `inside`."""
    chances = np.zeros(columns)
    chances[list(inside)] = _rising_chances(index, rows, len(inside))
    return chances


def _beside(
    sure: Sequence[int], counts: Sequence[bool], columns: int, place: int
) -> NDArray[np.float64]:
    """Chances of a row that follows the nearest sure rows above and below it, which may themselves
    lie far apart: it has one of the next free columns after the one, or before the other."""
    start = next((r for r in range(place - 1, -1, -1) if sure[r] != NONE), -1)
    end = next((r for r in range(place + 1, len(sure)) if sure[r] != NONE), len(sure))
    lower = sure[start] if start >= 0 else -1
    upper = sure[end] if end < len(sure) else columns
    taken = set(sure) - {sure[place], NONE}
    rows = [r for r in range(start + 1, end) if counts[r] or r == place]
    at = rows.index(place)
    if lower < upper:
        inside = [column for column in range(lower + 1, upper) if column not in taken]
        return _between(at, len(rows), inside, columns)
    chances = np.zeros(columns)
    after = [c for c in range(lower + 1, columns) if c not in taken][: len(rows)]
    before = [c for c in range(upper) if c not in taken][-len(rows) :]
    for near, exact in ((after, at), (before, at - len(rows) + len(before))):
        for position, column in enumerate(near):
            chances[column] += 0.4 * (position == exact) + 0.1 / len(near)
    return chances


def _rising_chances(index: int, rows: int, columns: int) -> list[float]:
    """The chance of each column for the row at `index` among rows in rising order.

    >>> _rising_chances(0, 2, 2)
    [0.98, 0.02]
    """
    if rows > columns:
        return [1 / max(1, columns)] * columns
    ways = comb(columns, rows)
    return [
        EVENLY / columns
        + (1 - EVENLY) * comb(j, index) * comb(columns - 1 - j, rows - 1 - index) / ways
        for j in range(columns)
    ]
