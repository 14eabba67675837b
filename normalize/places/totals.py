"""Total rows: which whole a table is about, and which unit its totals stand for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from normalize.places.gazetteer import Gazetteer
from normalize.places.likeness import damage_cost
from normalize.places.names import clean, fold
from normalize.places.printed import Tail, read_chains, tail_of, total_words
from normalize.places.single import common_whole, own_level, place_within, unresolved
from normalize.places.vocabulary import load_vocabulary
from schemas.places import Level, Placement, RowClue, Unit, UnitStatus
from schemas.tables import Role

# A total's words further than this from a name of the whole, in nats, are not that name.
MOST_DAMAGE = 12.0
# Rows list a unit's children where so many of them are there.
NEARLY_ALL = 0.8
_SCORE = Decimal("0.99")
_AS_PRINTED = (UnitStatus.EXACT, UnitStatus.ALIAS, UnitStatus.CONVERTED)


@dataclass(frozen=True, slots=True)
class Around:
    """What a table stands in: the unit that it is about, the notice's home, its year."""

    whole: Unit
    home: Unit
    year: int | None
    gazetteer: Gazetteer


def is_sum(row: RowClue) -> bool:
    """Whether a row is a total by its role, or prints nothing but a word for one (合计, 小计)."""
    return row.role is Role.TOTAL or bool(total_words(fold(clean(row.printed))))


def rows_below(rows: Sequence[RowClue], index: int) -> list[int]:
    """All rows that add up to a row, directly or through others."""
    found = []
    for start, row in enumerate(rows):
        head, seen = row.head, {start}
        while head is not None and 0 <= head < len(rows) and head not in seen and head != index:
            seen.add(head)
            head = rows[head].head
        if head == index and start != index:
            found.append(start)
    return found


def named_total(row: RowClue, home: Unit | None, year: int | None, g: Gazetteer) -> Unit | None:
    """The coded unit that a total row names (塔城地区合计), or None."""
    chain = read_chains(row.printed, g, stems=False)[0]
    if chain.last is None or chain.tail not in {Tail.TOTAL, Tail.NOTHING}:
        return None
    unit = place_within(row.printed, home, year, g, stems=False).unit
    return unit if unit is not None and unit.code else None


def whole_of(
    rows: Sequence[RowClue], home: Unit | None, year: int | None, gazetteer: Gazetteer
) -> Unit | None:
    """The unit that a table is about: the one that its only outermost total names and all other
    rows add up to (塔城地区合计), where that lies within the notice's home or the notice does not
    say its home; else the home."""
    totals = [i for i, row in enumerate(rows) if row.role is Role.TOTAL and row.head is None]
    named = {u for i in totals if (u := named_total(rows[i], home, year, gazetteer)) is not None}
    if len(named) != 1:
        return home
    unit = named.pop()
    holders = [i for i in totals if named_total(rows[i], home, year, gazetteer) == unit]
    below = {r for i in holders for r in rows_below(rows, i)}
    beside = set(range(len(rows))) - below - set(holders)
    if beside and (below or any(rows[r].role is Role.TOTAL for r in beside)):
        return home
    return unit if home is None or gazetteer.contains(home.code, unit) else home


def as_subtotals(
    rows: Sequence[RowClue], whole: Unit, year: int | None, gazetteer: Gazetteer
) -> list[RowClue]:
    """Totals that name a part of the whole and have rows below them are heads of blocks."""
    found = []
    for index, row in enumerate(rows):
        part = row.role is Role.TOTAL and named_total(row, whole, year, gazetteer)
        inside = part and part != whole and gazetteer.contains(whole.code, part)
        head = inside and rows_below(rows, index)
        found.append(replace(row, role=Role.SUBTOTAL) if head else row)
    return found


def common_unit(placed: Iterable[Placement], year: int | None, gazetteer: Gazetteer) -> Unit | None:
    """The smallest unit that holds the coded units of some rows; None where none has one."""
    whole: Unit | None = None
    for unit in {p.unit for p in placed if p.unit is not None and p.unit.code}:
        whole = unit if whole is None else common_whole(whole, unit, year, gazetteer)
        if whole is None:
            return None
    return whole


def holds_all_of(
    placed: Sequence[Placement], unit: Unit, year: int | None, gazetteer: Gazetteer
) -> bool:
    """Whether rows are the parts of a unit: the unit itself, or nearly all of its children with no
    more rows of an unknown unit than children are missing."""
    coded = {p.unit for p in placed if p.unit is not None and p.unit.code}
    loose = sum(1 for p in placed if p.unit is None or not _within(p.unit, unit, gazetteer))
    children = [u for u in gazetteer.children(unit.code, year) if u.parent == unit.code]
    there = sum(1 for u in children if u in coded)
    if unit in coded and not there:
        return loose == 0
    if there < 2:
        return False
    return there >= NEARLY_ALL * len(children) and loose <= len(children) - there


def _within(part: Unit, whole: Unit, gazetteer: Gazetteer) -> bool:
    return part.parent == whole.code or gazetteer.contains(whole.code, part)


def place_total(
    rows: Sequence[RowClue], index: int, placed: Sequence[Placement], around: Around
) -> Placement:
    """The unit that a total row sums: the one that it names, or the one whose parts are the rows
    that add up to it. `placed` holds the placements of all rows that are no sums. A sum over some
    rows of one prefecture in a notice of the province stays open."""
    row = rows[index]
    text = fold(clean(row.printed))
    if text and not total_words(text):
        found = place_within(row.printed, around.whole, around.year, around.gazetteer, stems=False)
        if found.unit is not None or found.candidates:
            return found
    parts = _parts(rows, index)
    if parts is None:
        return unresolved(row.printed, "the table has several totals that differ")
    summed = [placed[r] for r in parts if not is_sum(rows[r])]
    unit, reason = _summed(text, summed, around)
    if unit is None:
        return unresolved(row.printed, reason)
    # The amount that a sentence tells before its parts has no name (现下达1530万元，其中：…).
    if text and not total_words(text):
        likeness = min(damage_cost(text, form) for form in _total_forms(unit))
        if likeness > MOST_DAMAGE:
            return unresolved(row.printed, f"{text} is no word for a total of {unit.name}")
    return Placement(row.printed, unit, UnitStatus.ALIAS, _SCORE, (reason,))


def _parts(rows: Sequence[RowClue], index: int) -> list[int] | None:
    """The rows that a total sums: those below it; all rows where no total of the table has any.
    None where another total of another amount leaves it open which of them do."""
    below = {i: rows_below(rows, i) for i in range(len(rows)) if is_sum(rows[i])}
    outer = [i for i in below if rows[i].role is Role.TOTAL and rows[i].head is None]
    bare = [i for i in outer if not below[i] and total_words(fold(clean(rows[i].printed)))]
    differ = len({rows[i].amounts for i in outer}) > 1
    if index in outer and bare and differ:
        return None
    if below[index]:
        return below[index]
    same = [below[i] for i in outer if i != index and rows[i].amounts == rows[index].amounts]
    if same and same[0]:
        return same[0]
    if any(below.values()) or rows[index].head is not None:
        return []
    return [r for r in range(len(rows)) if r not in below]


def _summed(text: str, parts: Sequence[Placement], around: Around) -> tuple[Unit | None, str]:
    """The unit that rows make up, with the reason; None, with the reason why it is not sure."""
    whole, gazetteer = around.whole, around.gazetteer
    said = {word.level for word in total_words(text) if word.level is not None}
    unit = common_unit(parts, around.year, gazetteer)
    if whole.level in said and (unit is None or unit.level not in said):
        return whole, f"{text} is the word for all of {whole.name}"
    if unit is None:
        return _unnamed(parts, whole, bool(said))
    if said and unit.level not in said:
        return None, f"its rows lie in {unit.name}, which {text} does not mean"
    if gazetteer.contains(unit.code, whole):
        return whole, f"its rows are units of {whole.name}"
    if holds_all_of(parts, unit, around.year, gazetteer):
        return unit, f"its rows are those of {unit.name}"
    here = unit.level is Level.PREFECTURE and unit.level in said
    return (unit if here else None), f"its rows are a part of {unit.name}'s"


def _unnamed(parts: Sequence[Placement], whole: Unit, said: bool) -> tuple[Unit | None, str]:
    """The whole of rows that are no coded units: a county where they are its towns."""
    if whole.level is Level.COUNTY and parts and not said and not any(p.candidates for p in parts):
        return whole, f"all rows lie within {whole.name}"
    return None, "the units of the rows that add up to it are not known"


def organ_of_whole(found: Placement, inner: Unit, around: Around) -> Placement | None:
    """陕西省监狱管理局 is no part of 陕西省 as 西安市 is, but one of its own offices. A company
    or a school is not even that. None for every other row."""
    unit, text = found.unit, fold(clean(found.printed))
    if unit not in (inner, around.whole, around.home) or unit is None or not unit.code:
        return None
    chain = read_chains(found.printed, around.gazetteer, stems=True)[0]
    if chain.tail is not Tail.ORGAN or not around.gazetteer.children(unit.code, around.year):
        return None
    if tail_of(chain.rest, stem=True) is not Tail.ORGAN:
        return unresolved(found.printed, f"{text} is a body of its own, no unit of {unit.name}")
    reason = f"one of {unit.name}'s own offices, which have no code"
    return Placement(found.printed, own_level(unit), UnitStatus.ALIAS, found.score, (reason,))


def never_corrected(row: RowClue, found: Placement) -> Placement:
    """A total whose printed name is not its unit's stays open."""
    if row.role is not Role.TOTAL or found.unit is None or found.status in _AS_PRINTED:
        return found
    reason = f"a total that prints another name than {found.unit.name}"
    return unresolved(row.printed, reason, found.candidates)


def _total_forms(whole: Unit) -> list[str]:
    words = [w.word for w in load_vocabulary().totals if w.level in {None, whole.level}]
    suffixes = ("合计", "总计")
    return [whole.name, *words] + [
        name + suffix for name in (whole.name, *words) for suffix in suffixes if suffix not in name
    ]
