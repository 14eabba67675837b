"""What each pairing of a row with a unit costs by name and by figures, in nats."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from normalize.places.habits import Habits
from normalize.places.likeness import alike, damage_cost
from normalize.places.readings import Reading, ReadingKind
from normalize.places.universe import Universe
from schemas.places import RowClue

# Costs in nats, fitted to tables of `benchmarks/names` (`--fit`).
# A unit elsewhere printed for this one: what each character that both names share takes off.
SHARED = 1.2
# A name of no unit: what each of its first letters costs, and takes off again where it is shared.
LETTER = 4.5
MOST_LETTERS = 8
# The exact name of another unit of the table: what each shared character takes off.
SHARED_IN_SWAP = 0.4
# What a shared first character takes off besides.
SAME_START = 1.5
# What the amount known of a unit takes off a row that prints it, and adds to those that do not.
KNOWN_AMOUNT = 8.0
OTHER_AMOUNT = 3.0
# The least that it costs, before its exact name is held against it, that a row is no unit.
NO_UNIT = 8.0
# How many names are compared with a print character by character: the nearest by what they share.
CLOSEST = 24
CLOSE = 8
# A name is nearest without doubt if the next one costs so much more.
CLEARLY = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Costs:
    """`unit[r, u]` for every row and unit of the universe; `other[r]` for a row that is none.

    `near[r]` names the units that row r's name resembles, with the form that it resembles.
    `resembled[r]` is the one unit whose name is clearly nearer than all others, or -1.
    `paid[r]` names the units whose known amount stands in row r.
    """

    unit: NDArray[np.float64]
    other: NDArray[np.float64]
    near: tuple[Mapping[int, str], ...]
    resembled: tuple[int, ...]
    paid: tuple[Mapping[int, Decimal], ...]


def costs_of(
    rows: Sequence[RowClue],
    readings: Sequence[Reading],
    universe: Universe,
    habits: Habits,
    known: Mapping[int, Decimal],
) -> Costs:
    """Costs of a table. `known` are amounts of units from elsewhere in the notice."""
    unit = np.zeros((len(rows), len(universe.units)))
    other = np.full(len(rows), habits.other)
    near: list[dict[int, str]] = []
    for index, reading in enumerate(readings):
        unit[index], other[index], found = _by_name(reading, universe, habits)
        near.append(found)
    resembled = tuple(map(_nearest, unit, near))
    paid = _known_amounts(rows, known, unit)
    return Costs(unit, other, tuple(near), resembled, paid)


def _nearest(row: NDArray[np.float64], near: Mapping[int, str]) -> int:
    """The unit that a row's name resembles clearly more than any other, or -1."""
    if not near or len(row) < 2:
        return -1
    first, second = np.argsort(row, kind="stable")[:2]
    return int(first) if row[second] - row[first] >= CLEARLY and int(first) in near else -1


def _by_name(
    reading: Reading, universe: Universe, habits: Habits
) -> tuple[NDArray[np.float64], float, dict[int, str]]:
    row = np.zeros(len(universe.units))
    if reading.kind is ReadingKind.BLANK:
        return row, habits.other, {}
    if reading.kind is not ReadingKind.NAME:
        return row + 40.0, 1.0, {}
    if reading.exact:
        base, shared = habits.swapped, SHARED_IN_SWAP
        # Areas and offices in other rows say nothing of a row that names a unit.
        other = max(habits.other, NO_UNIT) + 6.0
    elif reading.elsewhere:
        base, shared = habits.foreign, SHARED
        other = habits.other + (1.0 if reading.lapsed else 14.0)
    else:
        spelled = LETTER * min(len(reading.text), MOST_LETTERS)
        base, shared, other = habits.nonsense + spelled, LETTER, habits.other + 1.0 + spelled
    row += base
    found: dict[int, str] = {}
    best = dict(reading.exact)
    whole = bool(reading.exact)
    for unit, text in _resembling(reading.text, universe, not whole):
        common = LCSseq.similarity(reading.text, text)
        ending = reading.text[-1:] == text[-1:]
        start = SAME_START * (reading.text[:1] == text[:1])
        cost = base - shared * (common - 0.6 * ending) - start
        if not whole or common >= max(len(text), len(reading.text)) - 1:
            cost = min(cost, damage_cost(reading.text, text))
        if cost < row[unit]:
            row[unit] = max(cost, 2.0)
            found[unit] = text
    for unit, cost in best.items():
        row[unit] = cost
        found[unit] = reading.text
    return row, other, found


def _resembling(text: str, universe: Universe, loosely: bool) -> list[tuple[int, str]]:
    """The names that share most characters with a text, or `loosely` also look-alikes."""
    hits: Counter[int] = Counter()
    for character in set(text):
        hits.update(universe.by_character.get(character, ()))
        for true in alike(character) if loosely else ():
            hits.update(universe.by_character.get(true, ()))
    scored = sorted(
        hits.items(), key=lambda item: (-item[1] / len(universe.names[item[0]].text), item[0])
    )
    closest = scored[: CLOSEST if loosely else CLOSE]
    return [(universe.names[i].unit, universe.names[i].text) for i, _ in closest]


def _known_amounts(
    rows: Sequence[RowClue], known: Mapping[int, Decimal], unit: NDArray[np.float64]
) -> tuple[Mapping[int, Decimal], ...]:
    """Change the costs of rows that hold, or lack, the amount that is known of a unit."""
    holders = {
        index: [r for r, row in enumerate(rows) if amount in row.amounts]
        for index, amount in known.items()
        if amount
    }
    paid: list[dict[int, Decimal]] = [{} for _ in rows]
    met = sum(1 for found in holders.values() if found)
    if 2 * met < len(holders):
        return tuple(paid)
    same = Counter(known.values())
    for index, found in holders.items():
        amount = known[index]
        digits = len(amount.as_tuple().digits)
        weight = KNOWN_AMOUNT * min(1.0, (digits - 1) / 2) / (len(found) * same[amount] or 1)
        for r, row in enumerate(rows):
            if r in found:
                unit[r, index] -= weight
                paid[r][index] = amount
            elif found and any(a is not None for a in row.amounts):
                unit[r, index] += OTHER_AMOUNT
    return tuple(paid)
