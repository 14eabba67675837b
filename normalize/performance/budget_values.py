"""The values of a row of a budget table under its columns."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from normalize.performance.grid import Slot
from normalize.quantities import text_to_quantity
from schemas.tables import CellKind, Quantity

_AMOUNTS = ("initial", "adjusted", "executed")
_MOST_COLUMNS = 12
_FULL = Decimal(100)
_SCORE_MEASURES = ("", "分")
_MONEY = ("", "元", "千元", "万元", "百万元", "亿元")


def values_to_columns(
    values: Sequence[Slot], columns: Mapping[int, str], whole: bool
) -> dict[str, Slot]:
    """Meaning of a column to the value of the row there, blank ones too; {} where it is not sure.

    In a `whole` row (with as many places as its header, blank ones too) values stay where they lie,
    if their kinds do not contradict. Else every way to put them in order under the columns is
    weighed: kinds must fit, a rate must be what was spent of what was planned, and exactly one way
    may be left. `1350.50 1320.00 10 97.74% 9.77` lacks one of three amounts; 97.74 % is the share
    of 1320.00 in 1350.50, so the first column is the blank one.
    """
    printed = [slot for slot in values if slot.text]
    if whole and all(s.column in columns and _fits(s, columns[s.column]) for s in printed):
        by_column = {slot.column: slot for slot in values}
        return {word: by_column[at] for at, word in columns.items() if at in by_column}
    # A word that stands twice is first the header above the labels (年度预算数 | 年初预算 | …).
    last = {word: column for column, word in columns.items()}
    words = sorted(last, key=last.__getitem__)
    if len(words) > _MOST_COLUMNS or len(printed) > len(words):
        return {}
    ways = list(_ways(printed, words))
    proved = [way for way in ways if _rate_holds(way, _planned(words))]
    sure = proved or ways
    return sure[0] if len(sure) == 1 else {}


def _ways(printed: Sequence[Slot], words: Sequence[str]) -> Iterator[dict[str, Slot]]:
    for chosen in combinations(words, len(printed)):
        if all(_fits(slot, word) for slot, word in zip(printed, chosen, strict=True)):
            yield dict(zip(chosen, printed, strict=True))


def _fits(slot: Slot, word: str) -> bool:
    """Whether a printed value can be of a kind: amounts have no %, scores are at most 100."""
    quantity = text_to_quantity(slot.text, slot.ref)
    if quantity.kind is CellKind.NOT_APPLICABLE:
        return word != "reason"
    value = quantity.value
    if word == "reason":
        return value is None
    if value is None:
        return False
    if word in _AMOUNTS:
        return quantity.measure in _MONEY
    if word == "rate":
        return quantity.measure in ("", "%")
    plain = quantity.measure in _SCORE_MEASURES and 0 <= value <= _FULL
    return plain and (word != "weight" or value > 0)


def _planned(words: Sequence[str]) -> str:
    """The column that rates are shares of: the adjusted budget where the table has one."""
    return "adjusted" if "adjusted" in words else "initial"


def _rate_holds(way: Mapping[str, Slot], base: str) -> bool:
    """Whether the printed rate is the share of what was spent in what was planned, as closely as
    its places say (half a unit of the last one, and as much for rounded amounts)."""
    quantities = {word: text_to_quantity(slot.text, slot.ref) for word, slot in way.items()}
    rate, executed = _value(quantities, "rate"), _value(quantities, "executed")
    planned = _value(quantities, base)
    if rate is None or executed is None or not planned or not executed:
        return False
    tolerance = Decimal(1).scaleb(-quantities["rate"].decimals)
    return abs(executed / planned * 100 - rate) <= tolerance


def _value(quantities: Mapping[str, Quantity], word: str) -> Decimal | None:
    return quantities[word].value if word in quantities else None
