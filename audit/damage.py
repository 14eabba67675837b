"""How likely it is that a number was read as another one.

A model of OCR damage to figures: a digit taken for a look-alike, any other digit, a digit dropped,
inserted or swapped with its neighbour, the sign or the decimal point lost or moved, ≥ taken for a
2, and, far behind, anything at all. Costs are natural logarithms of probabilities, so that those of
several changes add up. The look-alikes are data (`audit/data/digit_confusions.csv`).
"""

import math
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from audit.words import table_of

DAMAGED: Final = -math.log(0.01)
"""The cost of a cell being damaged at all: about one in a hundred."""

SURE: Final = math.log(10_000)
"""So much likelier than all others together must an explanation be."""

_LOOK_ALIKE: Final = -math.log(0.55)
_OTHER_DIGIT: Final = -math.log(0.12)
_DROPPED: Final = -math.log(0.08)
_INSERTED: Final = -math.log(0.06)
_SWAPPED: Final = -math.log(0.04)
_SIGN: Final = -math.log(0.04)
_POINT: Final = -math.log(0.04)
_TWO_DIGITS: Final = -math.log(0.03)
_GARBLED: Final = -math.log(0.01)
_DIGITS: Final = "0123456789"
_LEAST_FOR_TWO: Final = 3


@cache
def _confusions() -> dict[tuple[str, str], float]:
    lines = table_of("digit_confusions.csv")
    total: dict[str, float] = {}
    for line in lines:
        total[line["true"]] = total.get(line["true"], 0.0) + float(line["weight"])
    return {
        (line["true"], line["printed"]): -math.log(float(line["weight"]) / total[line["true"]])
        for line in lines
    }


def _substitution(true: str, printed: str) -> float:
    """The cost of one digit read as another, given that one digit was."""
    other = _OTHER_DIGIT + math.log(9)
    alike = _confusions().get((true, printed))
    return other if alike is None else min(other, _LOOK_ALIKE + alike)


def _same_length_cost(true: str, printed: str) -> float | None:
    wrong = [i for i, (a, b) in enumerate(zip(true, printed, strict=True)) if a != b]
    if len(wrong) == 1:
        return _substitution(true[wrong[0]], printed[wrong[0]]) + math.log(len(true))
    if len(wrong) != 2:
        return None
    first, second = wrong
    if second == first + 1 and true[first] + true[second] == printed[second] + printed[first]:
        return _SWAPPED + math.log(len(true))
    if len(true) < _LEAST_FOR_TWO:
        return None
    return _TWO_DIGITS + math.log(81 * len(true) * (len(true) - 1) / 2)


def _digits_cost(true: str, printed: str) -> float | None:
    """The cost of one string of digits read as another by a single fault, or None."""
    if len(true) == len(printed):
        return _same_length_cost(true, printed)
    longer, shorter = (true, printed) if len(true) > len(printed) else (printed, true)
    if len(longer) - len(shorter) != 1:
        return None
    i = next(
        (k for k, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter)
    )
    if longer[i + 1 :] != shorter[i:]:
        return None
    if longer is true:
        return _DROPPED + math.log(len(true))
    return _INSERTED + math.log(10 * len(printed))


def spelling(true: str, printed: str) -> float | None:
    """The cost of one string of digits read as another, the point aside; None without a fault of
    the model. `spelling("2456", "0456")` is small: the first digit is wrong, and none is lost."""
    return _POINT if true == printed else _digits_cost(true, printed)


@lru_cache(maxsize=200_000)
def misreading(true: int, printed: int) -> float | None:
    """The cost of reading one number as another by a fault of the model, None without one.

    Both count units of the last place of their column (91.59 is 9159). Damage itself has been paid
    for with `DAMAGED`. `misreading(32846, 32346)` is small (8 read as 3), that of two wrong
    digits large, `misreading(156429, 156130)` is None: three digits would have to be wrong.
    """
    if true == printed:
        return 0.0
    if (true < 0) != (printed < 0):
        return _SIGN if true == -printed else None
    a, b = str(abs(true)), str(abs(printed))
    best = _digits_cost(a, b)
    stripped = a.rstrip("0") == b.rstrip("0") and abs(len(a) - len(b)) <= 3
    if stripped and (best is None or best > _POINT):
        best = _POINT
    return best


def garbling(true: int, printed: int) -> float:
    """The cost of reading one number as another by whatever fault, explained or not."""
    single = misreading(true, printed)
    anything = _GARBLED + math.log(10) * max(len(str(abs(true))), len(str(abs(printed))))
    return anything if single is None else min(single, anything)


def readings(printed: int) -> Iterator[int]:
    """All numbers that a single substitution, drop, insertion, swap or sign turns into this one.

    About 20 for each digit; the costs are those of `misreading`.
    """
    sign, text = (-1 if printed < 0 else 1), str(abs(printed))
    seen = {text}
    for i in range(len(text) + 1):
        for d in _DIGITS:
            made = [text[:i] + d + text[i:]]
            if i < len(text):
                made.append(text[:i] + d + text[i + 1 :])
            seen.update(made)
        if i < len(text):
            seen.add(text[:i] + text[i + 1 :])
            seen.add(text[:i] + text[i : i + 2][::-1] + text[i + 2 :])
    values = {sign * int(t) for t in seen if t and (t == "0" or t[0] != "0")} | {-printed}
    yield from sorted(v for v in values - {printed} if misreading(v, printed) is not None)
