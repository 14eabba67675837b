"""Tables of the central government: a row a province, with the five cities that the central budget
plans by themselves and the Corps."""

from collections import Counter
from collections.abc import Sequence
from functools import cache

from normalize.places.gazetteer import Form, Gazetteer, NameKind
from normalize.places.names import clean, fold
from normalize.places.printed import Tail, read_chains
from normalize.places.single import as_candidate, unresolved
from normalize.places.totals import is_sum
from normalize.places.vocabulary import read_csv
from schemas.places import Candidate, Level, Placement, RowClue

# A table is one of provinces where so many rows, and this share of the named ones, are provinces.
LEAST_ROWS = 5
MOSTLY = 0.8


def place_provinces(
    rows: Sequence[RowClue], year: int | None, gazetteer: Gazetteer
) -> tuple[Placement, ...] | None:
    """Placements of a table whose rows are nearly all provinces, each once; None for every other
    table. Without a home a single 朝阳区 may lie anywhere, but five provinces and more say that the
    whole is the country: 吉林 is then the province. Garbled rows and sums stay open.

    >>> from normalize.places.gazetteer import load_gazetteer
    >>> from schemas.tables import Role
    >>> rows = [RowClue(n, Role.UNIT) for n in ("北  京", "河北", "吉林", "大连", "新疆")]
    >>> found = place_provinces(rows, 2021, load_gazetteer())
    >>> [p.unit.code for p in found]
    ['110000', '130000', '220000', '210200', '650000']
    """
    named = [i for i, row in enumerate(rows) if not is_sum(row) and clean(row.printed)]
    found = {i: _province(rows[i].printed, year, gazetteer) for i in named}
    times = Counter(c.unit for c in found.values() if c is not None)
    once = {i: c for i, c in found.items() if c is not None and times[c.unit] == 1}
    if len(once) < max(LEAST_ROWS, MOSTLY * len(named)):
        return None
    return tuple(
        Placement(row.printed, c.unit, c.status, c.score, (c.reason,))
        if (c := once.get(i)) is not None
        else unresolved(row.printed, "a table of provinces, and this is the name of none")
        for i, row in enumerate(rows)
    )


def _province(printed: str, year: int | None, gazetteer: Gazetteer) -> Candidate | None:
    """The province, the planned city or the Corps that a name says exactly, or None."""
    for chain in read_chains(printed, gazetteer, stems=True):
        unit, form = chain.last, chain.form
        if unit is None or form is None or chain.tail is not Tail.NOTHING:
            continue
        whole = len(chain.units) == 1 and gazetteer.get(unit.code, year) == unit
        if whole and (unit.level is Level.PROVINCE or unit.code in _planned()):
            return as_candidate(unit, form, printed, chain)
    text = fold(clean(printed)).removeprefix("新疆")
    corps = [
        u for u, form in gazetteer.index.get(text, ()) if not u.code and _is_corps(u.name, form)
    ]
    if corps:
        chain = read_chains(text, gazetteer, stems=False)[0]
        return as_candidate(corps[0], Form(text, NameKind.CUSTOMARY, ""), printed, chain)
    return None


def _is_corps(name: str, form: Form) -> bool:
    return name.endswith("兵团") and form.kind is not NameKind.STEM


@cache
def _planned() -> frozenset[str]:
    return frozenset(row["code"] for _, row in read_csv("plan_cities.csv"))
