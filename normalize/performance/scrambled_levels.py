"""Levels of the pairs of a scrambled form, which stand in the order of the form."""

from collections.abc import Sequence

from normalize.performance.evidence import Evidence
from normalize.performance.levels import Level, path_costs
from normalize.performance.pairing import Pair
from normalize.performance.taxonomy import orders, parent, text_to_level
from normalize.performance.tokens import Token, TokenKind

_MARGIN = 20
_PLAIN = 30


def pairs_to_levels(
    pairs: Sequence[Pair], evidence: Sequence[Evidence], words: Sequence[Token]
) -> tuple[Level, ...]:
    """A level word printed right above a pair is its level. The others take the levels that the
    form prints somewhere, in the usual order, as the words of their labels say.

    Such a level is given only where every other costs clearly more, and where the label does not
    plainly speak for a level that the form does not print; else only the first level is given, if
    the form leaves no other.
    """
    sure = [text_to_level(pair.level).level2 or _only_child(pair.level) for pair in pairs]
    open_rows = [i for i, level in enumerate(sure) if not level]
    classes = _open_levels(sure, words)
    found: dict[int, str] = {}
    if open_rows and classes:
        found = _decide(open_rows, evidence, classes)
    first = {parent(level) for level in classes}
    outer = next(iter(first)) if len(first) == 1 else ""
    return tuple(
        Level(parent(level), level, moved=False)
        if level
        else Level(parent(found.get(i, "")) or outer, found.get(i, ""), False, i in found)
        for i, level in enumerate(sure)
    )


def _only_child(level: str) -> str:
    return "服务对象满意度指标" if text_to_level(level).level1 == "满意度指标" else ""


def _open_levels(sure: Sequence[str], words: Sequence[Token]) -> tuple[str, ...]:
    """The levels that the form prints and that no pair has yet, in the usual order."""
    printed = {text_to_level(t.text).level2 for t in words if t.kind is TokenKind.LEVEL}
    return tuple(level for level in orders()[0] if level in printed and level not in sure)


def _decide(
    rows: Sequence[int], evidence: Sequence[Evidence], classes: Sequence[str]
) -> dict[int, str]:
    costs = []
    for row in rows:
        weights = [evidence[row].get(level, 0) for level in classes]
        costs.append([max(weights) - weight for weight in weights])
    found: dict[int, str] = {}
    for row, total in zip(rows, path_costs(costs), strict=True):
        ranked = sorted(zip(total, range(len(classes)), strict=True))
        best = classes[ranked[0][1]]
        margin = ranked[1][0] - ranked[0][0] if len(ranked) > 1 else _MARGIN
        foreign = max((w for c, w in evidence[row].items() if c not in classes), default=0)
        plainly_foreign = foreign - evidence[row].get(best, 0) >= _PLAIN
        if margin >= _MARGIN and not plainly_foreign:
            found[row] = best
    return found
