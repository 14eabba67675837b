"""An organisation whose place has lost or changed a character: a seal ate it, or the scan did."""

from decimal import Decimal

from normalize.places.gazetteer import Gazetteer, NameKind
from normalize.places.likeness import DAMAGED, LOST, damage_cost
from normalize.places.names import clean, fold
from normalize.places.printed import Tail, tail_of
from normalize.places.universe import universe_of
from schemas.places import Placement, Unit, UnitStatus

# One lost character, and no other unit within this many nats.
MOST = DAMAGED + LOST
AHEAD = 4.0
_SCORE = Decimal("0.97")


def mend_organ(
    printed: str, home: Unit, year: int | None, gazetteer: Gazetteer
) -> Placement | None:
    """The unit of an organisation when one character of its place is lost or looks alike, and no
    other unit of the notice's home comes near; None where that is not so.

    >>> from normalize.places.gazetteer import load_gazetteer
    >>> g = load_gazetteer()
    >>> mend_organ("城地区人力资源和社会保障局", g.get("654200", 2023), 2023, g).unit.name
    '塔城地区'
    """
    text = fold(clean(printed))
    if tail_of(text) is not Tail.ORGAN:
        return None
    costs: dict[Unit, float] = {}
    for unit in (home, *universe_of(gazetteer, home, gazetteer.year(year)).units):
        for form in gazetteer.forms[unit]:
            if form.kind is NameKind.STEM or len(form.text) < 3:
                continue
            cost = _least(text, fold(form.text))
            costs[unit] = min(cost, costs.get(unit, cost))
    ranked = sorted(costs.items(), key=lambda item: item[1])
    best, cost = ranked[0]
    if cost > MOST or (len(ranked) > 1 and ranked[1][1] < cost + AHEAD):
        return None
    reason = f"the organisation's place resembles {best.name} and no other unit of {home.name}"
    return Placement(printed, best, UnitStatus.CORRECTED, _SCORE, (reason,))


def _least(text: str, name: str) -> float:
    """The least damage that makes a beginning of the text out of a name, before an organ."""
    lengths = [n for n in (len(name) - 1, len(name)) if tail_of(text[n:]) is Tail.ORGAN]
    return min((damage_cost(text[:n], name) for n in lengths), default=float("inf"))
