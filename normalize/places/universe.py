"""The units that rows of a notice may mean: everything below its whole, with all their names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from normalize.places.gazetteer import Gazetteer, NameKind
from normalize.places.names import fold
from schemas.places import Level, Unit

# In nats: how rarely a unit is called so.
_KIND_COST = {
    NameKind.OFFICIAL: 0.0,
    NameKind.SHORT: 0.0,
    NameKind.CUSTOMARY: 0.2,
    NameKind.STEM: 1.0,
}
FORMER_COST = 1.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name that a unit of the universe has or had, folded; `cost` grows with its rarity."""

    text: str
    unit: int
    cost: float
    stem: bool


@dataclass(frozen=True, slots=True, eq=False)
class Universe:
    """All units below `whole` in a year, in the order of codes; arrays run parallel to `units`.

    `parent` is the index of the unit's parent, -1 for the whole itself; `kind` tells apart what
    tables list or leave out together: 0 prefecture, 1 county or city, 2 district, 3 county that the
    province administers itself.
    """

    whole: Unit
    units: tuple[Unit, ...]
    parent: NDArray[np.int64]
    kind: NDArray[np.int64]
    children: Mapping[int, NDArray[np.int64]] = field(repr=False)
    names: tuple[Name, ...] = field(repr=False)
    by_text: Mapping[str, tuple[Name, ...]] = field(repr=False)
    by_character: Mapping[str, frozenset[int]] = field(repr=False)
    position: Mapping[Unit, int] = field(repr=False)


@lru_cache(maxsize=256)
def universe_of(gazetteer: Gazetteer, whole: Unit, year: int) -> Universe:
    """The universe of a whole in a year; it is empty for a county."""
    units = tuple(sorted(_below(gazetteer, whole, year), key=lambda u: u.code))
    position = {unit: index for index, unit in enumerate(units)}
    by_code = {unit.code: index for index, unit in enumerate(units)}
    parent = np.array([_above(gazetteer, u, whole, by_code) for u in units], dtype=np.int64)
    children: defaultdict[int, list[int]] = defaultdict(list)
    for index, unit in enumerate(units):
        children[int(parent[index])].append(index)
        also = by_code.get(gazetteer.under.get(unit.code, ""))
        if also is not None and also != parent[index]:
            children[also].append(index)
    names = tuple(
        name for index, unit in enumerate(units) for name in _names(gazetteer, unit, index)
    )
    by_text: defaultdict[str, list[Name]] = defaultdict(list)
    by_character: defaultdict[str, set[int]] = defaultdict(set)
    for number, name in enumerate(names):
        by_text[name.text].append(name)
        if not name.stem:
            for character in name.text:
                by_character[character].add(number)
    return Universe(
        whole=whole,
        units=units,
        parent=parent,
        kind=np.array([_kind(unit) for unit in units], dtype=np.int64),
        children={key: np.array(found, dtype=np.int64) for key, found in children.items()},
        names=names,
        by_text={text: tuple(found) for text, found in by_text.items()},
        by_character={key: frozenset(found) for key, found in by_character.items()},
        position=position,
    )


def _below(gazetteer: Gazetteer, whole: Unit, year: int) -> set[Unit]:
    found: set[Unit] = set()
    for unit in gazetteer.children(whole.code, year):
        if unit not in found:
            found |= {unit} | _below(gazetteer, unit, year)
    return found


def _above(gazetteer: Gazetteer, unit: Unit, whole: Unit, by_code: Mapping[str, int]) -> int:
    if whole.code in {unit.parent, gazetteer.under.get(unit.code)}:
        return -1
    return by_code[unit.parent]


def _kind(unit: Unit) -> int:
    if unit.level is Level.PREFECTURE:
        return 0
    if unit.code[2:4] == "90":
        return 3
    return 2 if unit.name.endswith("区") and unit.parent[2:] != "0000" else 1


def _names(gazetteer: Gazetteer, unit: Unit, index: int) -> list[Name]:
    found: dict[str, Name] = {}
    for form in gazetteer.forms[unit]:
        text = fold(form.text)
        found.setdefault(text, Name(text, index, _KIND_COST[form.kind], form.kind is NameKind.STEM))
    for other in _relatives(gazetteer, unit):
        for form in gazetteer.forms[other]:
            if form.kind is not NameKind.STEM:
                text = fold(form.text)
                found.setdefault(text, Name(text, index, FORMER_COST, False))
    return list(found.values())


def _relatives(gazetteer: Gazetteer, unit: Unit) -> list[Unit]:
    """What the unit was, and what it has since become."""
    found: list[Unit] = []
    waiting = [*gazetteer.before.get(unit, ())]
    while waiting:
        earlier = waiting.pop()
        found.append(earlier)
        waiting += gazetteer.before.get(earlier, ())
    later = gazetteer.after.get(unit)
    while later is not None:
        found.append(later)
        later = gazetteer.after.get(later)
    return found
