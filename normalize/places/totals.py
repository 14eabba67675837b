"""Total rows: which whole a table is about, and which unit its totals stand for."""

from collections.abc import Sequence
from decimal import Decimal

from normalize.places.gazetteer import Gazetteer
from normalize.places.likeness import damage_cost
from normalize.places.names import clean, fold
from normalize.places.printed import Tail, read_chains, total_words
from normalize.places.single import place_within, unresolved
from normalize.places.vocabulary import load_vocabulary
from schemas.places import Placement, RowClue, Unit, UnitStatus
from schemas.tables import Role

MOST_DAMAGE = 12.0


def whole_of(
    rows: Sequence[RowClue], home: Unit | None, year: int | None, gazetteer: Gazetteer
) -> Unit | None:
    """The unit that a table is about: the one that its only named total sums (塔城地区合计), where
    that lies within the notice's home or the notice does not say its home; else the home."""
    named = set()
    for row in rows:
        if row.role is Role.TOTAL and row.head is None:
            chain = read_chains(row.printed, gazetteer, stems=False)[0]
            if chain.last is not None and chain.tail in {Tail.TOTAL, Tail.NOTHING}:
                unit = place_within(row.printed, home, year, gazetteer, stems=False).unit
                if unit is not None and unit.code:
                    named.add(unit)
    if len(named) != 1:
        return home
    unit = named.pop()
    return unit if home is None or gazetteer.contains(home.code, unit) else home


def place_total(
    rows: Sequence[RowClue],
    index: int,
    whole: Unit,
    year: int | None,
    gazetteer: Gazetteer,
) -> Placement:
    """The unit that a total row sums: the one that it names, or the table's whole where it is the
    outermost sum and its words (全区合计, a damaged 塔城地区合计) agree."""
    row = rows[index]
    found = place_within(row.printed, whole, year, gazetteer, stems=False)
    outermost = [r for r in rows if r.role is Role.TOTAL and r.head is None]
    text = fold(clean(row.printed))
    if found.unit is not None:
        if found.unit == whole and total_words(text) and row not in outermost:
            return unresolved(row.printed, f"{text} is a part of another total")
        different = {r.amounts for r in outermost if total_words(fold(clean(r.printed)))}
        if total_words(text) and len(outermost) > 1 and len(different) > 1:
            return unresolved(row.printed, "the table has several totals that differ")
        return found
    if row not in outermost or len(outermost) > 1:
        return found
    likeness = min(damage_cost(text, form) for form in _total_forms(whole))
    if text and likeness <= MOST_DAMAGE:
        reason = f"{text} resembles the total of {whole.name}, and all other rows add up to it"
        return Placement(row.printed, whole, UnitStatus.CORRECTED, Decimal("0.99"), (reason,))
    return found


def _total_forms(whole: Unit) -> list[str]:
    words = [w.word for w in load_vocabulary().totals if w.level in {None, whole.level}]
    suffixes = ("合计", "总计")
    return [whole.name, *words] + [
        name + suffix for name in (whole.name, *words) for suffix in suffixes if suffix not in name
    ]
