"""What each row's printed name says by itself, before the rows are looked at together."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from normalize.places.gazetteer import Gazetteer, NameKind
from normalize.places.names import clean, fold
from normalize.places.printed import Tail, read_chains
from normalize.places.universe import Universe
from normalize.places.vocabulary import load_vocabulary
from schemas.places import RowClue, Unit
from schemas.tables import Role

LONGEST = 40


class ReadingKind(StrEnum):
    """What a name cell holds."""

    TOTAL = "total"
    APART = "apart"
    OTHER = "other"
    BLANK = "blank"
    NUMBER = "number"
    REPEAT = "repeat"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Reading:
    """A row's name. `text` is folded. APART is read on its own: an organisation, 本级, an area.

    `exact` maps the units of the universe that the name says exactly to the cost of that form;
    `elsewhere` are units outside of it that bear the name; `lapsed` says that the name was a
    unit of the whole once that has no successor.
    """

    kind: ReadingKind
    text: str
    exact: tuple[tuple[int, float], ...] = ()
    elsewhere: tuple[Unit, ...] = ()
    lapsed: bool = False
    repeats: int = -1


def read_rows(
    rows: Sequence[RowClue], universe: Universe, gazetteer: Gazetteer
) -> tuple[Reading, ...]:
    """One reading for each row."""
    readings = [read_row(row, universe, gazetteer) for row in rows]
    seen: dict[tuple[object, ...], int] = {}
    for index, (row, reading) in enumerate(zip(rows, readings, strict=True)):
        if reading.kind is not ReadingKind.NAME or sum(1 for a in row.amounts if a) < 2:
            continue
        first = seen.setdefault((reading.text, row.amounts), index)
        if first != index:
            readings[index] = Reading(ReadingKind.REPEAT, reading.text, repeats=first)
    return tuple(readings)


def read_row(row: RowClue, universe: Universe, gazetteer: Gazetteer) -> Reading:
    """The reading of one row."""
    text = fold(clean(row.printed))
    if row.role is Role.TOTAL:
        return Reading(ReadingKind.TOTAL, text)
    if not text:
        return Reading(ReadingKind.BLANK, text)
    if not any("\u3400" <= c <= "\U0003ffff" for c in text):
        return Reading(ReadingKind.NUMBER, text)
    names = universe.by_text.get(text, ())
    if names:
        exact = {name.unit: name.cost for name in reversed(names)}
        return Reading(ReadingKind.NAME, text, tuple(sorted(exact.items())))
    # 二、扩权县, without any figure, stands over the rows below it.
    if len(text) > LONGEST or (row.amounts and not any(a is not None for a in row.amounts)):
        return Reading(ReadingKind.OTHER, text)
    return _read_chained(text, universe, gazetteer)


def _read_chained(text: str, universe: Universe, gazetteer: Gazetteer) -> Reading:
    chains = read_chains(text, gazetteer, stems=True)
    tail = chains[0].tail
    named = chains[0].last is not None
    if tail in {Tail.OWN_LEVEL, Tail.AREA} or (tail is Tail.TOTAL and not named):
        return Reading(ReadingKind.APART, text)
    if tail is Tail.ORGAN and named:
        return Reading(ReadingKind.APART, text)
    if tail in {Tail.NOTHING, Tail.TOTAL}:
        units = [chain.last for chain in chains if chain.last is not None]
        exact = tuple((universe.position[unit], 0.5) for unit in units if unit in universe.position)
        if exact:
            return Reading(ReadingKind.NAME, text, exact)
        official = tuple(
            c.last for c in chains if c.last and c.form and c.form.kind is not NameKind.STEM
        )
        if official:
            lapsed = any(gazetteer.contains(universe.whole.code, unit) for unit in official)
            return Reading(ReadingKind.NAME, text, (), official, lapsed)
    if text.endswith(load_vocabulary().other_endings):
        return Reading(ReadingKind.OTHER, text)
    return Reading(ReadingKind.NAME, text)


def strangers(readings: Sequence[Reading]) -> frozenset[int]:
    """Rows that print units of one other province, where so many do that they must mean it.

    A recogniser that invents names takes them from anywhere; a table about elsewhere does not.
    """
    names = sum(1 for r in readings if r.kind is ReadingKind.NAME)
    provinces: Counter[str] = Counter()
    for reading in readings:
        provinces.update({unit.code[:2] for unit in reading.elsewhere})
    if not provinces:
        return frozenset()
    province, count = provinces.most_common(1)[0]
    if count < 4 or count * 4 < names:
        return frozenset()
    return frozenset(
        index
        for index, reading in enumerate(readings)
        if any(unit.code[:2] == province for unit in reading.elsewhere)
    )


def names_repeat(readings: Sequence[Reading]) -> bool:
    """Whether the table prints units again and again on purpose (a row a project, not a unit)."""
    texts = Counter(r.text for r in readings if r.kind is ReadingKind.NAME and r.exact)
    rows = sum(texts.values())
    return rows >= 9 and 5 * sum(n for n in texts.values() if n > 1) >= 4 * rows
