"""All rows of a table together: who stands in each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

import numpy as np

from normalize.places.costs import Costs, costs_of
from normalize.places.doubts import doubtful_rows
from normalize.places.explain import Case, explain, name_words, status_of
from normalize.places.gazetteer import Gazetteer
from normalize.places.habits import habits_of
from normalize.places.joint import NONE, ROOT, Choice, solve, table_of
from normalize.places.national import place_provinces
from normalize.places.readings import (
    Reading,
    ReadingKind,
    names_repeat,
    read_rows,
    strangers,
)
from normalize.places.scores import ACCEPTED, score_of, sharpness_of
from normalize.places.single import place_name, place_within, unresolved
from normalize.places.totals import (
    Around,
    as_subtotals,
    common_unit,
    holds_all_of,
    is_sum,
    never_corrected,
    organ_of_whole,
    place_total,
    whole_of,
)
from normalize.places.universe import Universe, universe_of
from schemas.places import Candidate, Placement, RowClue, Unit, UnitStatus

NO_AMOUNTS: Mapping[str, Decimal] = MappingProxyType({})
# Rows placed with this probability at the first look teach the second.
SURE_ENOUGH = 0.97
MOST_CANDIDATES = 4
# The score of a row that may bear another row's name (`doubts.py`): below what is accepted.
DOUBTED = Decimal("0.85")


def place_rows(
    rows: Sequence[RowClue],
    home: Unit | None,
    year: int | None,
    gazetteer: Gazetteer,
    known_amounts: Mapping[str, Decimal] = NO_AMOUNTS,
) -> tuple[Placement, ...]:
    """One placement for each row, in the order of the rows. Never raises, never drops a row.

    `home` is the whole that the notice belongs to (see `home_of`), `year` the year of its date,
    `known_amounts` what other tables of the same notice print for a unit, by its printed name.

    >>> from normalize.places.gazetteer import load_gazetteer
    >>> from schemas.tables import Role
    >>> g = load_gazetteer()
    >>> names = ("塔城市", "额敏县", "乌苏市", "沙湾市", "托里县", "袷民县", "和丰县")
    >>> clues = [RowClue(name, Role.UNIT) for name in names]
    >>> [p.unit.code for p in place_rows(clues, g.get("654200", 2023), 2023, g)]
    ['654201', '654221', '654202', '654203', '654224', '654225', '654226']
    """
    whole = whole_of(rows, home, year, gazetteer)
    if whole is None:
        return place_provinces(rows, year, gazetteer) or tuple(
            _homeless(row, year, gazetteer) for row in rows
        )
    clues = as_subtotals(rows, whole, year, gazetteer)
    around = Around(whole, home or whole, year, gazetteer)
    placed = _place_units(clues, around, _known(known_amounts, around))
    found = tuple(
        place_total(clues, index, placed, around) if is_sum(row) else placed[index]
        for index, row in enumerate(clues)
    )
    return tuple(map(never_corrected, rows, found))


def _place_units(
    rows: Sequence[RowClue], around: Around, known: Mapping[Unit, tuple[str, Decimal]]
) -> tuple[Placement, ...]:
    """Placements of all rows; those of sums say nothing yet."""
    gazetteer = around.gazetteer
    universe = universe_of(gazetteer, around.whole, gazetteer.year(around.year))
    readings = read_rows(rows, universe, gazetteer)
    foreign = strangers(readings)
    readings = tuple(
        replace(reading, kind=ReadingKind.OTHER) if index in foreign else reading
        for index, reading in enumerate(readings)
    )
    if not universe.units or names_repeat(readings):
        return tuple(_alone(row, around.whole, around) for row in rows)
    case = _solved(rows, readings, universe, gazetteer, known)
    doubtful = doubtful_rows(case, _accepted(case))
    placed = [_place(case, index, index in doubtful) for index in range(len(rows))]
    for index, reading in enumerate(readings):
        if reading.kind is ReadingKind.APART:
            placed[index] = _place_apart(case, index, placed, around)
    return _each_once(placed, readings)


def _homeless(row: RowClue, year: int | None, gazetteer: Gazetteer) -> Placement:
    alone = place_name(row.printed, None, year, gazetteer)
    candidates = alone.candidates
    if alone.unit is not None and alone.unit.code:
        reason = "; ".join(alone.evidence)
        candidates = (Candidate(alone.unit, alone.status, alone.score / 2, reason),)
    return unresolved(row.printed, "the notice does not say which whole it belongs to", candidates)


def _alone(row: RowClue, inner: Unit, around: Around) -> Placement:
    """A row that cannot be weighed against others: by its name only, within `inner`."""
    gazetteer = around.gazetteer
    found = place_within(row.printed, inner, around.year, gazetteer, stems=True)
    above = found.unit is not None and not gazetteer.contains(inner.code, found.unit)
    if above and found.unit != around.home:
        return unresolved(row.printed, f"{found.printed} holds {inner.name}")
    return organ_of_whole(found, inner, around) or found


def _known(amounts: Mapping[str, Decimal], around: Around) -> dict[Unit, tuple[str, Decimal]]:
    """Known amounts by unit; none for a unit that has several."""
    found: dict[Unit, list[tuple[str, Decimal]]] = {}
    for name, amount in amounts.items():
        unit = place_within(name, around.whole, around.year, around.gazetteer, stems=True).unit
        if unit is not None and unit != around.whole:
            found.setdefault(unit, []).append((name, amount))
    return {unit: values[0] for unit, values in found.items() if len(values) == 1}


def _solved(
    rows: Sequence[RowClue],
    readings: Sequence[Reading],
    universe: Universe,
    gazetteer: Gazetteer,
    known: Mapping[Unit, tuple[str, Decimal]],
) -> Case:
    """Solve twice: what the first look is sure of teaches the second the table's habits."""
    by_index = {universe.position[u]: v for u, v in known.items() if u in universe.position}
    habits = habits_of(rows, readings, universe)
    amounts = {index: amount for index, (_, amount) in by_index.items()}
    costs = costs_of(rows, readings, universe, habits, amounts)
    sharpness = sharpness_of(habits.harm)
    first = solve(table_of(universe, costs, habits), sharpness)
    sure = tuple(
        _named(readings[r], costs, r, first[r], sharpness) if r in first else NONE
        for r in range(len(rows))
    )
    if sure == habits.sure:
        return Case(rows, readings, table_of(universe, costs, habits), first, by_index, gazetteer)
    table = table_of(universe, costs, habits_of(rows, readings, universe, sure))
    return Case(rows, readings, table, solve(table, sharpness), by_index, gazetteer)


def _named(reading: Reading, costs: Costs, row: int, choice: Choice, sharpness: float) -> int:
    """The unit of a row that can teach the others: one that its name says or resembles, for a
    unit that was found by leaving out all others would only prove what it was found by."""
    if choice.unit == NONE or choice.probability(sharpness) <= SURE_ENOUGH:
        return NONE
    named = choice.unit in dict(reading.exact)
    return choice.unit if named or costs.resembled[row] == choice.unit else NONE


def _accepted(case: Case) -> dict[int, int]:
    """The unit of each row whose score suffices."""
    sharpness = sharpness_of(case.table.habits.harm)
    return {
        row: choice.unit
        for row, choice in case.choices.items()
        if choice.unit != NONE and score_of(choice.probability(sharpness)) >= ACCEPTED
    }


def _place(case: Case, index: int, doubtful: bool) -> Placement:
    row, reading = case.rows[index], case.readings[index]
    choice = case.choices.get(index)
    reasons = {
        ReadingKind.TOTAL: "a sum",
        ReadingKind.APART: "read after the rows beside it",
        ReadingKind.NUMBER: "the name cell holds no name",
        ReadingKind.REPEAT: f"the same row as row {reading.repeats + 1}",
        ReadingKind.OTHER: f"no unit of {case.universe.whole.name} is called so",
    }
    if choice is None or reading.kind in reasons:
        return unresolved(row.printed, reasons.get(reading.kind, "the row belongs to no block"))
    return _by_choice(case, index, choice, doubtful)


def _place_apart(case: Case, index: int, placed: Sequence[Placement], around: Around) -> Placement:
    """An organisation, 本级 or an area: by its words, within the unit of its block."""
    row, choice = case.rows[index], case.choices.get(index)
    if choice is None or choice.certain < float(ACCEPTED):
        return unresolved(row.printed, "the unit of its block is not sure")
    if choice.whole != ROOT:
        return _alone(row, case.universe.units[choice.whole], around)
    group = next(g for g in case.table.habits.heads.values() if index in g)
    beside = [placed[r] for r in group if case.readings[r].kind is not ReadingKind.APART]
    inner = common_unit(beside, around.year, case.gazetteer)
    if inner is None or not case.gazetteer.contains(around.whole.code, inner):
        return _alone(row, around.whole, around)
    listed = holds_all_of(beside, inner, around.year, case.gazetteer)
    return _alone(row, inner if listed else around.whole, around)


def _by_choice(case: Case, index: int, choice: Choice, doubtful: bool) -> Placement:
    printed = case.rows[index].printed
    score = score_of(choice.probability(sharpness_of(case.table.habits.harm)))
    if choice.unit != NONE and score >= ACCEPTED:
        unit = case.universe.units[choice.unit]
        evidence = explain(case, index, choice.unit)
        if doubtful:
            score = min(score, DOUBTED)
            evidence += ("so many rows of the table are lost that it may be another's name",)
        return Placement(printed, unit, status_of(case, index, choice.unit), score, evidence)
    candidates = _candidates(case, index, choice)
    if choice.unit == NONE:
        return unresolved(printed, "the other rows leave no unit of this name", candidates)
    names = "、".join(c.unit.name for c in candidates)
    return unresolved(printed, f"the evidence does not decide ({names})", candidates)


def _candidates(case: Case, index: int, choice: Choice) -> tuple[Candidate, ...]:
    weights = np.exp(-sharpness_of(case.table.habits.harm) * choice.extra)
    shares = choice.certain * weights / max(weights.sum(), 1.0)
    found = []
    for place in np.argsort(-shares[:-1], kind="stable")[:MOST_CANDIDATES]:
        unit = int(choice.units[place])
        score = score_of(float(shares[place]))
        if score > Decimal("0.005"):
            status = status_of(case, index, unit)
            reason = name_words(case, index, unit)
            found.append(Candidate(case.universe.units[unit], status, score, reason))
    return tuple(found)


def _each_once(placed: Sequence[Placement], readings: Sequence[Reading]) -> tuple[Placement, ...]:
    """A unit stands once among the rows that are not sums over the whole; two rows that both
    claim it both lose it."""
    alone = {ReadingKind.TOTAL, ReadingKind.APART}
    claims = Counter(
        p.unit for p, r in zip(placed, readings, strict=True) if p.unit and r.kind not in alone
    )
    return tuple(
        unresolved(
            p.printed,
            f"{p.unit.name} stands in several rows",
            (Candidate(p.unit, UnitStatus.UNRESOLVED, Decimal("0.5"), "; ".join(p.evidence)),),
        )
        if p.unit is not None and r.kind not in alone and claims[p.unit] > 1
        else p
        for p, r in zip(placed, readings, strict=True)
    )
