"""Relations that headers tell in words: `按1%增长率测算领取待遇人数` is another column × 1.01."""

import re
from fractions import Fraction
from typing import Final

from audit.figures import Figures
from audit.rational import constant, quantity
from audit.relations import Relation, make_relation, sample_rows, support
from audit.words import table_of
from schemas.tables import AllocationTable

_MOST: Final = 0.6
_LEAST: Final = 3
_MAX_COLUMNS: Final = 40


def growth_told(header: str) -> tuple[Fraction, str] | None:
    """The growth that a header tells, as a factor, and its words; None where it tells none.

    >>> growth_told("2020年按1%增长率测算领取待遇人数")
    (Fraction(101, 100), '按1%增长率')
    """
    text = "".join(header.split())
    for line in table_of("growth_words.csv"):
        found = re.search(line["pattern"], text)
        if found is not None:
            return 1 + Fraction(found["rate"]) / 100, found[0]
    return None


def told_relations(
    table: AllocationTable, figures: Figures, known: list[Relation]
) -> list[Relation]:
    """Relations that the words of headers give, where the figures of most rows bear them out.

    The words do not say of which column: the one is taken that fits most rows, and none where two
    fit as well.
    """
    rows = sample_rows(len(table.rows))
    linked = {frozenset((r.out, *r.inputs)) for r in known}
    made: list[Relation] = []
    for out, head in enumerate(table.columns[:_MAX_COLUMNS]):
        told = growth_told(head.item)
        if told is None or head.is_text or head.formula.strip():
            continue
        factor, words = told
        ranked = []
        for column, other in enumerate(table.columns[:_MAX_COLUMNS]):
            if column == out or other.is_text or frozenset((out, column)) in linked:
                continue
            rational = quantity(str(column)) * constant(factor)
            relation = make_relation(figures, out, rational, words, True)
            held, asked = support(figures, relation, rows)
            if held >= max(_LEAST, _MOST * asked):
                ranked.append((held, relation))
        best = max((held for held, _ in ranked), default=0)
        fitting = [relation for held, relation in ranked if held == best]
        if len(fitting) == 1:
            made.append(fitting[0])
    return made
