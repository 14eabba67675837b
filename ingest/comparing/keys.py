"""Who stands in a row of an auditor's file: names go through the resolver, codes are looked up.

What both sides call the same is the key of a row: the unit's code, or the name as it stands where
no code is sure.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from audit.diff import SideRow, SideTable
from ingest.comparing.groups import place_in_groups
from ingest.comparing.named import NamedRow, Sheet
from normalize.places import Gazetteer, home_of, place_name, place_rows
from normalize.places.gazetteer import stands
from normalize.places.names import clean, fold
from normalize.places.printed import total_words
from normalize.places.single import common_whole
from schemas.places import Placement, RowClue, Unit, UnitStatus
from schemas.tables import Role

_CODE = regex.compile(r"[1-9][0-9]{5}(?:000000)?")
# What somebody wrote by hand is not garbled into another unit's name; so such a reading is no key.
_TRUSTED = (UnitStatus.EXACT, UnitStatus.ALIAS, UnitStatus.CONVERTED, UnitStatus.CORRECTED)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The whole that the rows belong to and the year in which their names hold, as the other side
    tells them by its codes."""

    home: Unit | None
    year: int | None


def name_key(name: str) -> str:
    """The key of a row without a code.

    >>> name_key(" 開發區 "), name_key("开发区")
    ('=开发区', '=开发区')
    """
    return f"={fold(clean(name))}"


def whereabouts_of(codes: Iterable[str], gazetteer: Gazetteer) -> Whereabouts:
    """The latest year in which most of some codes stand, and the smallest whole of their units.

    >>> from normalize.places import load_gazetteer
    >>> where = whereabouts_of(["654201", "654223"], load_gazetteer())
    >>> where.home.name, where.year
    ('塔城地区', 2020)
    """
    known = [code for code in dict.fromkeys(codes) if code in gazetteer.by_code]
    if not known:
        return Whereabouts(None, None)
    years = range(gazetteer.first_year, gazetteer.last_year + 1)
    counts = {
        year: sum(any(stands(u, year) for u in gazetteer.by_code[code]) for code in known)
        for year in years
    }
    year = max(years, key=lambda y: (counts[y], y))
    home: Unit | None = None
    for code in known:
        unit = gazetteer.get(code, year)
        if unit is None:
            continue
        home = unit if home is None else common_whole(home, unit, year, gazetteer)
        if home is None:
            break
    return Whereabouts(home, year)


def sheet_to_side(sheet: Sheet, title: str, where: Whereabouts, gazetteer: Gazetteer) -> SideTable:
    """An auditor's table with a key for every row."""
    if sheet.plain_keys:
        keys = [(name_key(row.name), "") for row in sheet.rows]
    else:
        keys = _unit_keys(sheet.rows, where, gazetteer)
    rows = tuple(
        SideRow(key, row.name or row.code, row.cells, row.place, note)
        for row, (key, note) in zip(sheet.rows, keys, strict=True)
    )
    return SideTable(title, sheet.columns, rows)


def _unit_keys(
    rows: Sequence[NamedRow], where: Whereabouts, gazetteer: Gazetteer
) -> list[tuple[str, str]]:
    """A key and a note for each row: by its code, by its name alone, then by all rows together."""
    home = where.home or home_of([row.name for row in rows if row.name], where.year, gazetteer)
    placed = [place_name(row.name, home, where.year, gazetteer) for row in rows]
    if 2 * sum(placement.unit is not None for placement in placed) >= len(rows):
        # Most rows belong here: together they tell what a misspelt one means.
        together = place_rows([_clue(row) for row in rows], home, where.year, gazetteer)
        placed = [
            joint if alone.unit is None else alone
            for alone, joint in zip(placed, together, strict=True)
        ]
    placed = place_in_groups(rows, placed, home, where.year, gazetteer)
    found: list[tuple[str, str]] = []
    for row, placement in zip(rows, placed, strict=True):
        unit = _by_code(row.code, where.year, gazetteer)
        found.append(_key(row.name, placement) if unit is None else (unit.code, ""))
    return _sure_once(rows, found)


def _clue(row: NamedRow) -> RowClue:
    is_total = bool(total_words(fold(clean(row.name))))
    values = tuple(cell.value for cell in row.cells)
    return RowClue(row.name, Role.TOTAL if is_total else Role.UNIT, None, values)


def _by_code(code: str, year: int | None, gazetteer: Gazetteer) -> Unit | None:
    """The unit of a printed code; one of other years is followed through renamings."""
    if not _CODE.fullmatch(code):
        return None
    short = code[:6]
    now = gazetteer.get(short, year)
    if now is not None:
        return now
    heirs = {gazetteer.at(unit, year) for unit in gazetteer.by_code.get(short, ())} - {None}
    return heirs.pop() if len(heirs) == 1 else None


def _key(name: str, placement: Placement) -> tuple[str, str]:
    unit = placement.unit
    if unit is None or not unit.code or placement.status not in _TRUSTED:
        return name_key(name), ""
    note = "" if placement.status is not UnitStatus.CORRECTED else f"read as {unit.name}"
    return unit.code, note


def _sure_once(rows: Sequence[NamedRow], keys: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """A reading that was corrected gives way to a row that says the same unit plainly."""
    plain = Counter(key for key, note in keys if not note)
    return [
        (name_key(row.name), "") if note and plain[key] else (key, note)
        for row, (key, note) in zip(rows, keys, strict=True)
    ]
