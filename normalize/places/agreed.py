"""The province that the rows of a table agree on, where nothing else in a notice names one."""

from collections import Counter
from collections.abc import Iterable, Sequence

from normalize.places.gazetteer import Gazetteer
from normalize.places.single import named_units
from schemas.places import Level, Unit

LEAST_SURE = 3
MOSTLY = 0.9


def home_of_rows(names: Sequence[str], year: int | None, gazetteer: Gazetteer) -> Unit | None:
    """The one province that nearly all names of rows may lie in, and some can only lie in.

    A single 朝阳区 may lie anywhere, and so may ten names that several provinces know; but where
    济南市, 青岛市, 章丘市 and 即墨市 stand among them, the 市中区 beside them is one of Shandong's.
    None for tables of provinces, of towns, and of too few or too mixed names.

    >>> from normalize.places.gazetteer import load_gazetteer
    >>> names = ("合计", "济南市", "市中区", "章丘市", "青岛市", "即墨市")
    >>> home_of_rows(names, 2015, load_gazetteer()).name
    '山东省'
    """
    named = [units for name in set(names) if (units := named_units(name, year, gazetteer))]
    holders = [_provinces(units) for units in named]
    times = Counter(code for codes in holders for code in codes)
    sure = Counter(code for codes in holders for code in codes if len(codes) == 1)
    agreed = [
        code
        for code, count in times.items()
        if count >= MOSTLY * len(named) and sure[code] >= LEAST_SURE
    ]
    return gazetteer.get(f"{agreed[0]}0000", year) if len(agreed) == 1 else None


def _provinces(units: Iterable[Unit]) -> frozenset[str]:
    """The provinces, by the first two digits of their codes, that units lie in; none for a province
    itself, which may stand beside others."""
    return frozenset(u.code[:2] for u in units if u.code and u.level is not Level.PROVINCE)
