"""How unlikely a printed name is as a damaged form of a true one, in nats (minus log probability).

The distance is the weighted edit distance with adjacent swaps (optimal string alignment, Damerau
1964, Wagner and Fischer 1974) over characters, with a cost for each kind of damage that recognition
does: a look-alike is cheap, a lost character less so, any other character dear.
"""

from functools import cache

from normalize.places.vocabulary import GazetteerError, read_csv

# Costs of a character of a name, in nats: lost, lost at either end, added, printed twice, swapped
# with its neighbour, read as one that does not look like it.
LOST = 4.5
LOST_AT_EDGE = 4.0
ADDED = 9.0
DOUBLED = 5.5
SWAPPED = 6.0
OTHER = 10.0
# 县 for 区 is commoner than one character for any other.
DESIGNATOR = 8.0
# Any damage at all, on top.
DAMAGED = 1.0
_DESIGNATORS = frozenset("省市县区州旗盟")


@cache
def look_alikes() -> dict[tuple[str, str], float]:
    """Cost of reading the first character of a pair as the second, both folded."""
    costs = {}
    for line, row in read_csv("glyphs.csv"):
        try:
            likeness = float(row["likeness"])
        except ValueError as error:
            raise GazetteerError(f"glyphs.csv, line {line}: {error}") from error
        costs[row["character"], row["looks_like"]] = 3.5 + 18 * (1 - likeness)
    return costs


@cache
def alike(character: str) -> frozenset[str]:
    """The characters of names that may have been printed as this one."""
    return _printed_for().get(character, frozenset())


@cache
def _printed_for() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for true, printed in look_alikes():
        found.setdefault(printed, set()).add(true)
    return {printed: frozenset(names) for printed, names in found.items()}


def substitution(true: str, printed: str) -> float:
    """The cost of one character read as another.

    >>> substitution("末", "未") < substitution("末", "洋")
    True
    """
    if true == printed:
        return 0.0
    cost = look_alikes().get((true, printed), OTHER)
    if true in _DESIGNATORS and printed in _DESIGNATORS:
        return min(cost, DESIGNATOR)
    return cost


def damage_cost(printed: str, true: str) -> float:
    """The cost of a folded name being printed as another string; 0 when they are equal.

    >>> damage_cost("城地区", "塔城地区") < damage_cost("运城地区", "塔城地区")
    True
    """
    if printed == true:
        return 0.0
    width = len(printed) + 1
    before: list[float] = []
    last = [ADDED * j for j in range(width)]
    for i, wanted in enumerate(true, start=1):
        lost = LOST_AT_EDGE if i in {1, len(true)} else LOST
        row = [last[0] + lost]
        for j in range(1, width):
            got = printed[j - 1]
            added = DOUBLED if j > 1 and got == printed[j - 2] else ADDED
            best = min(last[j - 1] + substitution(wanted, got), last[j] + lost, row[j - 1] + added)
            if i > 1 and j > 1 and wanted == printed[j - 2] and true[i - 2] == got != wanted:
                best = min(best, before[j - 2] + SWAPPED)
            row.append(best)
        before, last = last, row
    return last[-1] + DAMAGED
