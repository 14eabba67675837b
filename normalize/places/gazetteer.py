"""The gazetteer: all units with their years, names, parents and successors, loaded and checked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache

from normalize.places.names import fold, stem
from normalize.places.vocabulary import GazetteerError, read_csv
from schemas.places import Level, Unit

_CODE = re.compile(r"[1-9][0-9]{5}")


class NameKind(IntEnum):
    """How a form of a name is made, from the surest to the least sure."""

    OFFICIAL = 0
    SHORT = 1
    CUSTOMARY = 2
    STEM = 3


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a unit's name. `evidence` says where a form that no rule makes is used."""

    text: str
    kind: NameKind
    evidence: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """All units. Made by `load_gazetteer`; the mappings are read, never written.

    `index` gives for a folded name the units that bear it in some year, with the form matched;
    stems are among them, and a reader has to ask for them. `after` and `before` follow a unit
    through renamings. `under` holds codes that also count as part of another unit than the parent.
    """

    units: tuple[Unit, ...]
    uncoded: tuple[Unit, ...]
    first_year: int
    last_year: int
    by_code: Mapping[str, tuple[Unit, ...]] = field(repr=False)
    forms: Mapping[Unit, tuple[Form, ...]] = field(repr=False)
    index: Mapping[str, tuple[tuple[Unit, Form], ...]] = field(repr=False)
    after: Mapping[Unit, Unit] = field(repr=False)
    before: Mapping[Unit, tuple[Unit, ...]] = field(repr=False)
    under: Mapping[str, str] = field(repr=False)
    parts: Mapping[str, tuple[Unit, ...]] = field(repr=False)
    longest: int

    def year(self, year: int | None) -> int:
        """The year of the gazetteer that stands for a notice's year: the nearest that it holds."""
        if year is None:
            return self.last_year
        return min(max(year, self.first_year), self.last_year)

    def get(self, code: str, year: int | None) -> Unit | None:
        """The unit that bears a code in a year, or None.

        >>> load_gazetteer().get("654223", 2020).name
        '沙湾县'
        """
        wanted = self.year(year)
        return next((u for u in self.by_code.get(code, ()) if stands(u, wanted)), None)

    def at(self, unit: Unit, year: int | None) -> Unit | None:
        """What a unit is in a year, through renamings and upgrades; None where no link is known.

        >>> g = load_gazetteer(); g.at(g.get("654223", 2020), 2023).name
        '沙湾市'
        """
        wanted = self.year(year)
        while unit.last_year < wanted:
            following = self.after.get(unit)
            if following is None:
                return None
            unit = following
        while unit.first_year > wanted:
            earlier = self.before.get(unit, ())
            if len(earlier) != 1:
                return None
            unit = earlier[0]
        return unit

    def children(self, code: str, year: int | None) -> tuple[Unit, ...]:
        """The units directly below a code in a year, in the order of codes: for a province its
        prefectures and the counties that it administers itself."""
        wanted = self.year(year)
        return tuple(u for u in self.parts.get(code, ()) if stands(u, wanted))

    def contains(self, whole: str, unit: Unit) -> bool:
        """Whether a unit lies within the unit of a code (or is that unit)."""
        if whole in {unit.code, unit.parent} or self.under.get(unit.code) == whole:
            return True
        return any(
            parent.code != unit.code and self.contains(whole, parent)
            for parent in self.by_code.get(unit.parent, ())[:1]
        )


def stands(unit: Unit, year: int) -> bool:
    """Whether a unit stands in a year."""
    return unit.first_year <= year <= unit.last_year


def _read_units() -> list[tuple[int, Unit]]:
    units = []
    for line, row in read_csv("units.csv"):
        try:
            unit = Unit(
                row["code"],
                row["name"],
                Level(row["level"]),
                row["parent"],
                int(row["first_year"]),
                int(row["last_year"]),
            )
        except ValueError as error:
            raise GazetteerError(f"units.csv, line {line}: {error}") from error
        units.append((line, unit))
    return units


def check_units(numbered: Iterable[tuple[int, Unit]]) -> None:
    """Codes well formed, levels as codes say, spans in order and without overlap, parents there.

    Raises GazetteerError with the line of `units.csv` and the fault."""
    by_code: defaultdict[str, list[Unit]] = defaultdict(list)
    numbered = list(numbered)
    for line, unit in numbered:
        where = f"units.csv, line {line} ({unit.code} {unit.name})"
        if not _CODE.fullmatch(unit.code) or not unit.name:
            raise GazetteerError(
                f"{where}: a code has six digits and a name at least one character"
            )
        if unit.first_year > unit.last_year:
            raise GazetteerError(f"{where}: ends in {unit.last_year}, before it begins")
        for other in by_code[unit.code]:
            if other.first_year <= unit.last_year and unit.first_year <= other.last_year:
                raise GazetteerError(f"{where}: overlaps with {other.name} of the same code")
        by_code[unit.code].append(unit)
    for line, unit in numbered:
        if unit.level is Level.PROVINCE:
            continue
        years = {
            year
            for above in by_code.get(unit.parent, ())
            for year in range(above.first_year, above.last_year + 1)
        }
        missing = set(range(unit.first_year, unit.last_year + 1)) - years
        if missing:
            raise GazetteerError(
                f"units.csv, line {line} ({unit.code} {unit.name}): "
                f"its parent {unit.parent or '(none)'} does not stand in {min(missing)}"
            )


def _read_forms(units: Iterable[Unit]) -> dict[Unit, tuple[Form, ...]]:
    extra: defaultdict[str, list[Form]] = defaultdict(list)
    for _, row in read_csv("aliases.csv"):
        kind = NameKind.SHORT if row["kind"] == "short" else NameKind.CUSTOMARY
        extra[row["code"]].append(Form(row["alias"], kind, row["evidence"]))
    forms = {}
    for unit in units:
        found = {unit.name: Form(unit.name, NameKind.OFFICIAL)}
        for form in extra.get(unit.code, ()):
            if form.kind is NameKind.CUSTOMARY or form.evidence.endswith(unit.name):
                found.setdefault(form.text, form)
        for name in [form.text for form in found.values()]:
            bare = stem(name)
            if len(bare) > 1:
                found.setdefault(bare, Form(bare, NameKind.STEM))
        forms[unit] = tuple(found.values())
    unknown = set(extra) - {unit.code for unit in units}
    if unknown:
        raise GazetteerError(f"aliases.csv: no unit has the code {min(unknown)}")
    return forms


def _read_links(by_code: Mapping[str, tuple[Unit, ...]]) -> dict[Unit, Unit]:
    links = {}
    for line, row in read_csv("successions.csv"):
        ends = [
            next(
                (u for u in by_code.get(row[f"code_{end}"], ()) if u.name == row[f"name_{end}"]),
                None,
            )
            for end in ("from", "to")
        ]
        if ends[0] is None or ends[1] is None:
            raise GazetteerError(f"successions.csv, line {line}: names a unit that units.csv lacks")
        if ends[0].last_year >= ends[1].last_year:
            raise GazetteerError(f"successions.csv, line {line}: the successor ends no later")
        links[ends[0]] = ends[1]
    return links


def _read_uncoded(by_code: Mapping[str, tuple[Unit, ...]]) -> dict[Unit, tuple[Form, ...]]:
    """Areas with budgets and names, but no code: `code` is empty, `parent` the coded unit above."""
    forms = {}
    for line, row in read_csv("uncoded.csv"):
        above = by_code.get(row["parent"])
        if not above:
            raise GazetteerError(f"uncoded.csv, line {line}: no unit has the code {row['parent']}")
        unit = Unit(
            "", row["name"], Level.UNCODED, row["parent"], above[0].first_year, above[-1].last_year
        )
        short = tuple(
            Form(alias, NameKind.CUSTOMARY, row["evidence"])
            for alias in row["aliases"].split("|")
            if alias
        )
        forms[unit] = (Form(unit.name, NameKind.OFFICIAL), *short)
    return forms


def _grouped(units: Iterable[Unit], under: Mapping[str, str]) -> dict[str, tuple[Unit, ...]]:
    parts: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        parts[unit.parent].append(unit)
        if unit.code in under:
            parts[under[unit.code]].append(unit)
    return {code: tuple(found) for code, found in parts.items()}


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of this package, read and checked once.

    Raises GazetteerError where a data file is wrong.
    """
    numbered = _read_units()
    check_units(numbered)
    units = tuple(unit for _, unit in numbered)
    spans: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in sorted(units, key=lambda u: u.first_year):
        spans[unit.code].append(unit)
    by_code = {code: tuple(found) for code, found in spans.items()}
    under = {row["code"]: row["under"] for _, row in read_csv("also_under.csv")}
    uncoded = _read_uncoded(by_code)
    forms = _read_forms(units) | uncoded
    index: defaultdict[str, list[tuple[Unit, Form]]] = defaultdict(list)
    for unit, found in forms.items():
        for form in found:
            index[fold(form.text)].append((unit, form))
    after = _read_links(by_code)
    before: defaultdict[Unit, list[Unit]] = defaultdict(list)
    for old, new in after.items():
        before[new].append(old)
    return Gazetteer(
        units=units,
        uncoded=tuple(uncoded),
        first_year=min(unit.first_year for unit in units),
        last_year=max(unit.last_year for unit in units),
        by_code=by_code,
        forms=forms,
        index={name: tuple(found) for name, found in index.items()},
        after=after,
        before={unit: tuple(found) for unit, found in before.items()},
        under=under,
        parts=_grouped(units, under),
        longest=max(map(len, index)),
    )
