"""Amounts below their labels, not beside them, and amounts of several years beside those of one."""

from collections.abc import Sequence

from normalize.performance.grid import GridRow
from normalize.performance.labels import AMOUNTS, Fact, Label, exact_meaning
from normalize.performance.words import bare, table
from normalize.quantities import text_to_quantity
from schemas.tables import CellKind

_FEWEST = 2
SEVERAL_YEARS = 1
"""The rank of the captions of amounts for a whole period (实施期资金总额)."""


def row_to_list_header(row: GridRow) -> tuple[Fact, ...]:
    """The labels of a row that prints nothing but labels of amounts, the whole among them: the
    header of amounts below it (`总额 | 财政拨款 | 其他资金`); else nothing."""
    found = [(slot, exact_meaning(slot.text)) for slot in row.filled]
    facts = tuple(
        Fact(meaning, slot.text, "", slot.ref)
        for slot, meaning in found
        if meaning is not None and meaning.label in AMOUNTS
    )
    labels = {fact.meaning.label for fact in facts}
    whole = len(facts) == len(found) == len(labels) and Label.TOTAL in labels
    return facts if whole and len(facts) >= _FEWEST else ()


def row_to_listed(row: GridRow, header: Sequence[Fact]) -> tuple[Fact, ...]:
    """The amounts of a row below such a header, where it is the one of 合计 or stands alone: with
    as many numbers as there are labels, and no other cell but the word for the sum."""
    numbers = [
        slot for slot in row.filled if text_to_quantity(slot.text, slot.ref).kind is CellKind.NUMBER
    ]
    words = [bare(slot.text) for slot in row.filled if slot not in numbers]
    sums = {entry["word"] for entry in table("footers") if entry["place"] in ("whole", "sum")}
    if not header or len(numbers) != len(header) or not set(words) <= sums or len(words) > 1:
        return ()
    return tuple(
        Fact(fact.meaning, fact.printed, slot.text, slot.ref)
        for fact, slot in zip(header, numbers, strict=True)
    )


def of_the_year(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts without those of a whole period: where 实施期资金总额 stands left of 年度资金总额,
    the first 财政拨款 of a row belongs to the period and the last one to the year."""
    several = any(f.meaning.label is Label.GROUP and f.meaning.rank == SEVERAL_YEARS for f in facts)
    if not several:
        return tuple(facts)
    kept: list[Fact] = []
    for fact in facts:
        twin = kept[-1] if kept else None
        if twin is not None and fact.meaning == twin.meaning and fact.meaning.label in AMOUNTS:
            kept.pop()
        kept.append(fact)
    return tuple(kept)
