"""Names that only their group tells: one of two 鼓楼区, by the city whose rows it stands among."""

from collections.abc import Sequence

from ingest.comparing.named import NamedRow
from normalize.places import Gazetteer, place_name
from normalize.places.single import place_within
from schemas.places import Level, Placement, Unit, UnitStatus

_PLAIN = (UnitStatus.EXACT, UnitStatus.ALIAS, UnitStatus.CONVERTED)


def place_in_groups(
    rows: Sequence[NamedRow],
    placed: Sequence[Placement],
    home: Unit | None,
    year: int | None,
    gazetteer: Gazetteer,
) -> list[Placement]:
    """The placements, with those of rows whose group tells who they are.

    A group is what a column beside the names prints; else the row of a prefecture, above or below,
    if all counties that are sure between it and the next such row are its own.
    """
    found = [
        _by_column(row, one, home, year, gazetteer) for row, one in zip(rows, placed, strict=True)
    ]
    units = [one.unit for one in found]
    for i, row in enumerate(rows):
        if found[i].unit is None and not row.group:
            told = {
                inner.unit: inner
                for whole in _wholes_beside(i, units, gazetteer)
                if (inner := place_name(row.name, whole, year, gazetteer)).unit is not None
                and _is_within(inner, whole, gazetteer)
            }
            if len(told) == 1:
                found[i] = next(iter(told.values()))
        if found[i].unit is None and home is not None:
            stem = place_within(row.name, home, year, gazetteer, stems=True)
            found[i] = stem if _is_within(stem, home, gazetteer) else found[i]
    return found


def _by_column(
    row: NamedRow, alone: Placement, home: Unit | None, year: int | None, gazetteer: Gazetteer
) -> Placement:
    if not row.group:
        return alone
    whole = place_name(row.group, home, year, gazetteer).unit
    if whole is None or not whole.code:
        return alone
    inner = place_within(row.name, whole, year, gazetteer, stems=True)
    return inner if _is_within(inner, whole, gazetteer) else alone


def _is_within(placement: Placement, whole: Unit, gazetteer: Gazetteer) -> bool:
    unit = placement.unit
    if unit is None or not unit.code or placement.status not in _PLAIN:
        return False
    return gazetteer.contains(whole.code, unit)


def _wholes_beside(at: int, units: Sequence[Unit | None], gazetteer: Gazetteer) -> list[Unit]:
    """The prefectures whose rows surely lie around a row: the one above it where its own counties
    follow it, the one below where they precede it."""
    heads = [i for i, unit in enumerate(units) if unit and unit.level is Level.PREFECTURE]
    before = max((i for i in heads if i < at), default=-1)
    after = min((i for i in heads if i > at), default=len(units))
    between = [unit for unit in units[before + 1 : after] if unit and unit.level is Level.COUNTY]
    ends = [units[i] for i in (before, after) if 0 <= i < len(units)]
    return [
        whole
        for whole in ends
        if whole and between and all(gazetteer.contains(whole.code, unit) for unit in between)
    ]
