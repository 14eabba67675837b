"""Tables as notices print them, from random provinces, with known truth and known damage."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from benchmarks.names.damage import KINDS, Surroundings, damaged, look_alikes
from normalize.places import Gazetteer
from normalize.places.gazetteer import NameKind
from schemas.places import Level, RowClue, Unit
from schemas.tables import Role


@dataclass(frozen=True, slots=True)
class Truth:
    """The true unit of a row; None for a row that no unit with a code stands in."""

    unit: Unit | None
    kind: str


@dataclass(frozen=True, slots=True)
class Case:
    """A table with its truth, row by row."""

    home: Unit
    year: int
    rows: tuple[RowClue, ...]
    truths: tuple[Truth, ...]
    known: dict[str, Decimal]


@dataclass(slots=True)
class _Draft:
    name: str
    unit: Unit | None
    role: Role
    head: int | None
    amount: int
    kind: str = "none"


def provinces(gazetteer: Gazetteer) -> list[Unit]:
    """The provinces that have units below them."""
    found = [u for u in gazetteer.units if u.level is Level.PROVINCE]
    return [u for u in found if gazetteer.children(u.code, None)]


@cache
def _similar(gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    return look_alikes(tuple(sorted({c for unit in gazetteer.units for c in unit.name})))


@cache
def _county_names(gazetteer: Gazetteer) -> list[tuple[str, str]]:
    return [(u.code[:2], u.name) for u in gazetteer.units if u.level is not Level.PROVINCE]


def tables(
    gazetteer: Gazetteer, homes: list[Unit], seed: int, strength: float, rows: int
) -> Iterator[Case]:
    """Tables until there are so many rows; the same seed gives the same tables."""
    random = Random(seed)
    made = 0
    while made < rows:
        case = table(gazetteer, random.choice(homes), random, strength)
        made += len(case.rows)
        yield case


def table(gazetteer: Gazetteer, province: Unit, random: Random, strength: float) -> Case:
    """One table of a province or of one of its prefectures."""
    year = random.randint(2012, 2024)
    below = [u for u in gazetteer.children(province.code, year) if u.level is Level.PREFECTURE]
    home = province
    if below and random.random() < 0.35:
        home = random.choice([u for u in below if gazetteer.children(u.code, year)] or [province])
    drafts = _drafts(gazetteer, home, year, random)
    known = {
        d.name: Decimal(d.amount)
        for d in drafts
        if d.unit and d.unit.level is Level.PREFECTURE and d.role is not Role.TOTAL
    }
    if random.random() < 0.7:
        known = {}
    _damage(gazetteer, drafts, province, random, strength)
    hidden = random.random() < 0.1
    clues = tuple(
        RowClue(d.name, d.role, None if hidden else d.head, (Decimal(d.amount),)) for d in drafts
    )
    return Case(home, year, clues, tuple(Truth(d.unit, d.kind) for d in drafts), known)


def _printed(gazetteer: Gazetteer, unit: Unit, short: bool) -> str:
    forms = [f.text for f in gazetteer.forms[unit] if f.kind is NameKind.SHORT]
    return forms[0] if short and forms else unit.name


def _parts(gazetteer: Gazetteer, whole: Unit, year: int) -> list[Unit]:
    """A unit's children, each under one parent."""
    return [u for u in gazetteer.children(whole.code, year) if u.parent == whole.code]


def _drafts(gazetteer: Gazetteer, home: Unit, year: int, random: Random) -> list[_Draft]:
    """Rows in print order: a total, then prefectures with or without their counties."""
    short = random.random() < 0.5
    missing = random.choice((0.0, 0.0, 0.0, 0.05, 0.3))
    own_level = random.random() < 0.3
    gathered = random.random() < 0.2
    nested = random.random() < 0.7
    drafts = [_Draft(random.choice(("合计", "总计")), home, Role.TOTAL, None, 0)]
    units = [u for u in _parts(gazetteer, home, year) if random.random() >= missing]
    if random.random() < 0.3:
        random.shuffle(units)
    if own_level:
        drafts.append(_Draft("本级", None, Role.UNIT, 0, random.randint(1, 99999)))
    for unit in units:
        parts = [u for u in _parts(gazetteer, unit, year) if random.random() >= missing]
        head = len(drafts)
        drafts.append(_Draft(_printed(gazetteer, unit, short), unit, Role.UNIT, 0, 0))
        if not parts or not nested or unit.level is Level.COUNTY:
            drafts[head].amount = random.randint(1, 99999)
            continue
        drafts[head].role = Role.SUBTOTAL
        if own_level:
            drafts.append(_Draft("市本级", None, Role.UNIT, head, random.randint(1, 99999)))
        districts = [u for u in parts if u.name.endswith("区")]
        inner = head
        if gathered and 1 < len(districts) < len(parts):
            inner = len(drafts)
            drafts.append(_Draft("市辖区小计", None, Role.SUBTOTAL, head, 0))
        for part in districts + [u for u in parts if u not in districts]:
            above = inner if part in districts else head
            name = _printed(gazetteer, part, short)
            drafts.append(_Draft(name, part, Role.UNIT, above, random.randint(1, 99999)))
    for draft in reversed(drafts):
        if draft.head is not None:
            drafts[draft.head].amount += draft.amount
    return drafts


def _damage(
    gazetteer: Gazetteer, drafts: list[_Draft], province: Unit, random: Random, strength: float
) -> None:
    siblings = [d.name for d in drafts if d.unit and d.role is not Role.TOTAL]
    strangers = [name for code, name in _county_names(gazetteer) if code != province.code[:2]]
    around = Surroundings(siblings, strangers, _similar(gazetteer))
    for draft in drafts:
        if draft.role is Role.TOTAL or draft.unit is None or random.random() >= strength:
            continue
        draft.kind = random.choice(KINDS)
        draft.name = damaged(draft.name, draft.kind, random, around)
