"""The evidence for a row's unit, in words that a person can check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from normalize.places.costs import Costs
from normalize.places.gazetteer import Gazetteer
from normalize.places.joint import NONE, ROOT, Choice, Table
from normalize.places.names import clean, fold
from normalize.places.order import gaps, rising
from normalize.places.readings import Reading, ReadingKind
from normalize.places.universe import Universe
from schemas.places import Level, RowClue, Unit, UnitStatus

LISTED = 3


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Everything that is known of a table when its rows are explained. `known` says under which
    printed name another table of the notice prints the amount of a unit."""

    rows: Sequence[RowClue]
    readings: Sequence[Reading]
    table: Table
    choices: Mapping[int, Choice]
    known: Mapping[int, tuple[str, Decimal]]
    gazetteer: Gazetteer

    @property
    def universe(self) -> Universe:
        """The units that rows may mean."""
        return self.table.universe

    @property
    def costs(self) -> Costs:
        """The costs of names and figures."""
        return self.table.costs


def status_of(case: Case, row: int, unit: int) -> UnitStatus:
    """How the printed name relates to a unit."""
    reading = case.readings[row]
    official = case.universe.units[unit].name
    if unit not in dict(reading.exact):
        wrong = reading.exact or reading.elsewhere
        return UnitStatus.REASSIGNED if wrong else UnitStatus.CORRECTED
    if official in case.rows[row].printed:
        return UnitStatus.EXACT
    return UnitStatus.CONVERTED if reading.text.endswith(fold(official)) else UnitStatus.ALIAS


def explain(case: Case, row: int, unit: int) -> tuple[str, ...]:
    """Why a row is a unit: its name, its block, who is missing, the order, the figures."""
    words = [name_words(case, row, unit)]
    if unit not in dict(case.readings[row].exact):
        words += [*_part_words(case, row, unit), *_missing_words(case, row, unit)]
        words += _order_words(case, row, unit)
    if unit in case.costs.paid[row]:
        name, amount = case.known[unit]
        words.append(f"its amount {amount} is what the notice prints for {name}")
    return tuple(words)


def name_words(case: Case, row: int, unit: int) -> str:
    """What the printed name says of a unit."""
    reading = case.readings[row]
    target = case.universe.units[unit]
    printed = clean(case.rows[row].printed)
    status = status_of(case, row, unit)
    if reading.kind is ReadingKind.BLANK:
        return "no name is printed"
    if status is UnitStatus.EXACT:
        return f"the official name {target.name}"
    if status is UnitStatus.CONVERTED:
        return f"{printed} is {target.name} but for script or spacing"
    if status is UnitStatus.ALIAS:
        return f"{printed} is another name of {target.name}"
    if status is UnitStatus.REASSIGNED:
        return _wrong_name_words(case, row, printed)
    form = case.costs.near[row].get(unit)
    return f"{printed} resembles {form}" if form else f"{printed} is no name of a unit"


def _wrong_name_words(case: Case, row: int, printed: str) -> str:
    reading = case.readings[row]
    if not reading.exact:
        other = reading.elsewhere[0]
        above = case.gazetteer.by_code.get(other.code[:2] + "0000", (other,))[-1]
        return f"{printed} is a unit of {above.name}, not of {case.universe.whole.name}"
    other_unit = reading.exact[0][0]
    name = case.universe.units[other_unit].name
    holders = [r for r, c in case.choices.items() if c.unit == other_unit and r != row]
    where = f", which stands in row {holders[0] + 1}" if holders else ""
    return f"{printed} is the name of {name}{where}"


def _whole_of(case: Case, choice: Choice) -> Unit:
    return case.universe.whole if choice.whole == ROOT else case.universe.units[choice.whole]


def _part_words(case: Case, row: int, unit: int) -> list[str]:
    choice = case.choices[row]
    words = []
    parts = case.table.habits.heads.get(row, ())
    named = [r for r in parts if case.choices[r].unit in dict(case.readings[r].exact)]
    if named:
        names = "、".join(clean(case.rows[r].printed) for r in named[:LISTED])
        more = " and others" if len(named) > LISTED else ""
        words.append(
            f"{len(named)} of the {len(parts)} rows that add up to it ({names}{more}) "
            f"are {case.universe.units[unit].name}'s"
        )
    if choice.whole != ROOT:
        words.append(f"it stands among the rows that add up to {_whole_of(case, choice).name}")
    return words


def _missing_words(case: Case, row: int, unit: int) -> list[str]:
    choice = case.choices[row]
    kind, parent = case.universe.kind[unit], case.universe.parent[unit]
    taken = {c.unit for r, c in case.choices.items() if r != row}
    left = [
        case.universe.units[int(u)].name
        for u in choice.units
        if case.universe.kind[u] == kind and case.universe.parent[u] == parent and u not in taken
    ]
    above = case.universe.whole if parent == ROOT else case.universe.units[int(parent)]
    level = "prefectures" if case.universe.units[unit].level is Level.PREFECTURE else "counties"
    if len(left) == 1:
        return [f"{left[0]} is the only one of {above.name}'s {level} that no other row holds"]
    if 1 < len(left) <= LISTED:
        return [f"of {above.name}'s {level} only {'、'.join(left)} stand in no other row"]
    return []


def _order_words(case: Case, row: int, unit: int) -> list[str]:
    choice = case.choices[row]
    group = next(g for g in case.table.habits.heads.values() if row in g)
    place = {int(u): k for k, u in enumerate(choice.units)}
    sure = [place.get(case.choices[r].unit, NONE) if r in case.choices else NONE for r in group]
    counts = [case.table.habits.counts[r] for r in group]
    at = group.index(row)
    sure[at] = NONE
    columns = len(choice.units)
    start, end, lower, upper = list(gaps(sure, rising(sure, counts, columns), columns))[at]
    if not lower < place[unit] < upper or (start < 0 and end >= len(group)):
        return []
    names = [clean(case.rows[group[p]].printed) for p in (start, end) if 0 <= p < len(group)]
    if len(names) == 2:
        return [f"it stands between {names[0]} and {names[1]}, where the order of codes puts it"]
    side = "after" if start >= 0 else "before"
    return [f"it stands {side} {names[0]}, where the order of codes puts it"]
