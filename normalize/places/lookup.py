"""Candidates for a printed name, for people who ask: `xiada lookup`."""

from dataclasses import replace
from decimal import Decimal

from rapidfuzz import fuzz, process

from normalize.places.gazetteer import Gazetteer
from normalize.places.names import clean, fold
from normalize.places.single import place_name
from schemas.places import Candidate, UnitStatus

LIMIT = 10


def lookup(
    name: str, within: str | None, as_of: int | None, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    """Units that a printed name may mean, the likeliest first, with scores and reasons.

    `within` is the code of the whole to look in, `as_of` the year. Exactly one clear answer is
    there when the first candidate's status is not UNRESOLVED and no second has one either.
    Raises KeyError where no unit has the code `within`.
    """
    home = None
    if within is not None:
        home = gazetteer.get(within, as_of)
        if home is None:
            raise KeyError(within)
    placement = place_name(name, home, as_of, gazetteer)
    if placement.unit is not None:
        reason = "; ".join(placement.evidence)
        return (Candidate(placement.unit, placement.status, placement.score, reason),)
    text = fold(clean(name))
    found = {
        c.unit: c
        if home is None or gazetteer.contains(home.code, c.unit)
        else replace(c, status=UnitStatus.UNRESOLVED, reason=f"{c.reason}, but not in {home.name}")
        for c in placement.candidates
    }
    for form, ratio, _ in process.extract(
        text, gazetteer.index.keys(), scorer=fuzz.ratio, limit=60
    ):
        for unit, _form in gazetteer.index[form]:
            now = gazetteer.at(unit, as_of)
            if now is None or now in found or (home and not gazetteer.contains(home.code, now)):
                continue
            score = Decimal(int(ratio)) / 200
            found[now] = Candidate(now, UnitStatus.UNRESOLVED, score, f"looks like {form}")
    return tuple(sorted(found.values(), key=lambda c: (-c.score, c.unit.code)))[:LIMIT]
