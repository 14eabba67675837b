"""Which level an indicator belongs to, where the printed one may be wrong.

All rows of a form are decided together by a shortest path (Viterbi 1967) over the second levels in
the order in which forms print them: a row costs what speaks against its level there (the printed
cell, the words of its name, the measure of its target, the same indicator in the other forms of the
notice), a step back in the order costs too. A level is claimed only where the best path without it
costs clearly more; otherwise what is printed stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from normalize.performance.evidence import Evidence
from normalize.performance.printed_levels import PrintedLevels, Source
from normalize.performance.taxonomy import names_anything, orders, parent
from normalize.performance.words import bare

_BACK = 30
_MARGIN = 10
_CLEAN_OTHER_PARENT = 60
_CLEAN_SAME_PARENT = 90
_DAMAGED_OWN = 20
_DAMAGED_FILLED = 15
_LOST_MERGE = 7
_PARENT_OWN = 5
_PARENT_FILLED = 3


@dataclass(frozen=True, slots=True)
class Level:
    """The decided levels of an indicator. `sure` is False where the evidence does not decide
    against what is printed, or for any level where none is printed."""

    level1: str
    level2: str
    moved: bool
    sure: bool = True


def printed_to_levels(
    rows: Sequence[PrintedLevels], evidence: Sequence[Evidence], damaged: bool
) -> tuple[Level, ...]:
    """The levels of all indicators of a form."""
    if not any(row.level2 for row in rows):
        return tuple(_as_printed(row) for row in rows)
    classes = _order_of(rows)
    each_row = sum(row.source2 is Source.OWN for row in rows) * 5 >= len(rows) * 4
    costs = [
        _row_costs(row, speaks, classes, damaged, each_row)
        for row, speaks in zip(rows, evidence, strict=True)
    ]
    through = path_costs(costs)
    return tuple(_decide(row, total, classes) for row, total in zip(rows, through, strict=True))


def _as_printed(row: PrintedLevels) -> Level:
    level2 = row.level2 or bare(row.text2)
    return Level(row.level1 or parent(row.level2) or bare(row.text1), level2, moved=False)


def _order_of(rows: Sequence[PrintedLevels]) -> tuple[str, ...]:
    """The order of forms that knows most of the printed levels, with fewest steps back."""
    printed = [row.level2 for row in rows if row.level2 and row.source2 is Source.OWN]
    cost_first = any(row.level1 == "成本指标" for row in rows)

    def misfit(order: tuple[str, ...]) -> tuple[int, int, int]:
        places = [order.index(level) for level in printed if level in order]
        back = sum(b < a for a, b in pairwise(places))
        generation = int(cost_first and "成本指标" in order and "成本指标" not in printed)
        return (len(printed) - len(places), generation, back)

    return min(orders(), key=misfit)


def _row_costs(
    row: PrintedLevels,
    evidence: Evidence,
    classes: Sequence[str],
    damaged: bool,
    each_row: bool,
) -> list[int]:
    if row.text2 and not row.level2:
        return [0 for _ in classes]
    speaks = _by_class(evidence, classes)
    most = max(speaks.values(), default=0)
    return [
        most - speaks.get(level, 0) + _against_print(row, level, damaged, each_row)
        for level in classes
    ]


def _by_class(evidence: Evidence, classes: Sequence[str]) -> Mapping[str, int]:
    """The evidence for the classes of this form; cost of either generation is cost here."""
    if "成本指标" in classes or "成本指标" not in evidence:
        return evidence
    return {**evidence, "经济成本指标": max(evidence["成本指标"], evidence.get("经济成本指标", 0))}


def _against_print(row: PrintedLevels, level: str, damaged: bool, each_row: bool) -> int:
    cost = 0
    if row.level2 and level != row.level2:
        if row.source2 is Source.FILLED and each_row:
            cost = _LOST_MERGE
        elif row.source2 is Source.OWN and row.level2 in names_anything():
            cost = _CLEAN_SAME_PARENT
        elif damaged:
            cost = _DAMAGED_OWN if row.source2 is Source.OWN else _DAMAGED_FILLED
        else:
            same = parent(level) == parent(row.level2)
            cost = _CLEAN_SAME_PARENT if same else _CLEAN_OTHER_PARENT
    if row.level1 and parent(level) != row.level1 and (damaged or not row.level2):
        own = row.source1 is Source.OWN
        cost += _PARENT_OWN if own else _PARENT_FILLED
        if not row.level2:
            cost += _DAMAGED_OWN if damaged else _CLEAN_OTHER_PARENT
    return cost


def path_costs(costs: Sequence[Sequence[int]]) -> list[list[int]]:
    """For each row and class the cost of the cheapest whole path through it; classes are in the
    order of forms, and a step back costs."""
    width = range(len(costs[0]))

    def swept(rows: Sequence[Sequence[int]], backwards: bool) -> list[list[int]]:
        done: list[list[int]] = []
        for row in rows:
            before = done[-1] if done else [0 for _ in width]
            done.append(
                [
                    row[b]
                    + min(
                        before[a] + (_BACK if ((b > a) if backwards else (b < a)) and done else 0)
                        for a in width
                    )
                    for b in width
                ]
            )
        return done

    ahead = swept(costs, backwards=False)
    behind = swept(list(reversed(costs)), backwards=True)[::-1]
    return [
        [a + b - own for a, b, own in zip(one, two, row, strict=True)]
        for one, two, row in zip(ahead, behind, costs, strict=True)
    ]


def _decide(row: PrintedLevels, total: Sequence[int], classes: Sequence[str]) -> Level:
    if row.text2 and not row.level2:
        return _as_printed(row)
    ranked = sorted(range(len(classes)), key=lambda i: (total[i], i))
    best = classes[ranked[0]]
    margin = total[ranked[1]] - total[ranked[0]]
    if row.level2:
        return _against(row, best, margin)
    if margin < _MARGIN:
        return Level(row.level1, "", moved=False, sure=bool(row.level1) and not row.text2)
    return Level(parent(best), best, moved=bool(row.level1) and parent(best) != row.level1)


def _against(row: PrintedLevels, best: str, margin: int) -> Level:
    if best != row.level2 and margin < _MARGIN:
        level1 = parent(row.level2)
        return Level(
            level1, row.level2, moved=bool(row.level1) and level1 != row.level1, sure=False
        )
    wrong_parent = bool(row.level1) and parent(best) != row.level1
    return Level(parent(best), best, moved=best != row.level2 or wrong_parent)
