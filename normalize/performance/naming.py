"""Which label belongs to which pair of a scrambled form: one joint assignment.

Labels and values stand far apart there. Shared words, the type of the value and the order of both
decide together (Kuhn 1955, by scipy); how much worse the best assignment without a pairing is says
how sure that pairing is.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, islice, pairwise

import numpy as np
import regex
from scipy.optimize import linear_sum_assignment

from normalize.performance.claims import text_to_claim
from normalize.performance.pairing import Pair
from normalize.performance.tokens import Token, width
from normalize.performance.words import MEMORY, table
from normalize.quantities import MeasureKind, measures
from normalize.text import label_key
from schemas.performance import Claim, Comparator
from schemas.source import Ref

# Costs of a pair under a label: of a value that the label does not ask for, of sharing no words, of
# standing at the other end of the form (and, taken off, of a value that the label asks for).
_WRONG_TYPE = 40.0
_WORDS = 100.0
_ORDER = 10.0
_FORBIDDEN = 1e6
# Of a pair without a label, or a label without a pair: less than sharing no words.
_UNMATCHED = 95.0
# A pairing is sure if the best assignment without it costs so much more.
_MARGIN = 12.0
# So many costs are worked out in all, over the ways to glue labels.
_MOST_TRIALS = 60_000
# In widths of print: a line within this of the widest one is full; a text so short may be the end
# of a label; one so short is the end of a label and never one itself.
_FULL = 4
_SHORT = 6
_FRAGMENT = 4
# The weight of two neighbouring characters that no pair prints, where one that prints them has 1.
_UNSEEN = 0.5
# The share of a label's words that speaks for it at all, and that settles it.
_FEW_WORDS, _MANY_WORDS = 0.1, 0.25


@dataclass(frozen=True, slots=True)
class Name:
    """A label with its place, glued from its lines."""

    text: str
    ref: Ref


@dataclass(frozen=True, slots=True)
class Naming:
    """`names[i]` is the label of pair i, None where none is left; `sure[i]` says whether it is
    sure; `left` are labels of no pair."""

    names: tuple[Name | None, ...]
    sure: tuple[bool, ...]
    left: tuple[Name, ...]


def pairs_to_naming(pairs: Sequence[Pair], runs: Sequence[Sequence[Token]]) -> Naming:
    """Names every pair. Labels broken over lines are glued in the way that gives the cheapest
    assignment, with as many labels as there are pairs or one less."""
    forced = _fragments(runs)
    joints = [joint for joint in _joints(runs) if joint not in forced]
    labels = sum(map(len, runs)) - len(forced)
    surplus = max(0, min(labels - len(pairs), len(joints)))
    most = max(1, _MOST_TRIALS // (1 + len(pairs) * labels))
    trials = [
        trial
        for size in (surplus, surplus + 1)
        for trial in islice(combinations(joints, size), most)
    ]
    if not pairs or not labels or not trials:
        return Naming(tuple(None for _ in pairs), tuple(False for _ in pairs), ())
    matches = [_match(pairs, _names(runs, forced | frozenset(trial))) for trial in trials]
    best = min(matches, key=lambda match: match.total)
    rivals = [match for match in matches if match.total - best.total < _MARGIN]
    return _to_naming(pairs, best, rivals)


def _fragments(runs: Sequence[Sequence[Token]]) -> frozenset[tuple[int, int]]:
    """Places before one or two characters alone, which are the end of a label and never a label."""
    return frozenset(
        (r, i)
        for r, run in enumerate(runs)
        for i, (one, two) in enumerate(pairwise(run))
        if width(two.text) <= _FRAGMENT and one.last != two.line
    )


def _joints(runs: Sequence[Sequence[Token]]) -> list[tuple[int, int]]:
    """Places between two tokens where a label may go on, the likeliest first: the line above is
    full, or what follows is short for a label."""
    full = max((width(token.text) for run in runs for token in run), default=0)
    found: list[tuple[int, tuple[int, int]]] = []
    for r, run in enumerate(runs):
        for i, (one, two) in enumerate(pairwise(run)):
            short = width(two.text) <= _SHORT
            missing = full - width(one.text)
            if (missing <= _FULL or short) and one.last != two.line:
                found.append((missing - (_SHORT if short else 0), (r, i)))
    return [joint for _, joint in sorted(found)]


def _names(runs: Sequence[Sequence[Token]], joined: frozenset[tuple[int, int]]) -> tuple[Name, ...]:
    names: list[Name] = []
    for r, run in enumerate(runs):
        for i, token in enumerate(run):
            if i and (r, i - 1) in joined:
                names[-1] = Name(names[-1].text + token.text, names[-1].ref)
            else:
                names.append(Name(token.text, token.ref))
    return tuple(names)


@dataclass(frozen=True, slots=True)
class _Match:
    """The cheapest assignment of some labels: `chosen` is pair to label, by index."""

    total: float
    matched: float
    names: tuple[Name, ...]
    shared: list[list[float]]
    costs: np.ndarray
    chosen: dict[int, int]


def _match(pairs: Sequence[Pair], names: tuple[Name, ...]) -> _Match:
    shared = _shared([_text(pair) for pair in pairs], [name.text for name in names])
    costs = np.array(
        [
            [
                _cost(pair, name, shared[i][j], abs(i / len(pairs) - j / len(names)))
                for j, name in enumerate(names)
            ]
            for i, pair in enumerate(pairs)
        ]
    )
    rows, columns = linear_sum_assignment(costs)
    matched = float(costs[rows, columns].sum())
    chosen = dict(zip(rows.tolist(), columns.tolist(), strict=True))
    total = matched + _UNMATCHED * abs(len(pairs) - len(names))
    return _Match(total, matched, names, shared, costs, chosen)


def _to_naming(pairs: Sequence[Pair], match: _Match, rivals: Sequence[_Match]) -> Naming:
    """A pairing is sure where words or types speak for it, where the best assignment without it is
    clearly worse, and where every way of gluing the labels that costs about as much agrees."""
    chosen, names = match.chosen, match.names
    sure = tuple(
        i in chosen
        and _is_supported(i, pairs, match)
        and _margin(match.costs, i, chosen[i], match.matched) >= _MARGIN
        and all(_name_of(rival, i) == _name_of(match, i) for rival in rivals)
        for i in range(len(pairs))
    )
    found = tuple(_name_of(match, i) for i in range(len(pairs)))
    used = set(chosen.values())
    return Naming(found, sure, tuple(n for j, n in enumerate(names) if j not in used))


def _name_of(match: _Match, pair: int) -> Name | None:
    return match.names[match.chosen[pair]] if pair in match.chosen else None


def _is_supported(at: int, pairs: Sequence[Pair], match: _Match) -> bool:
    """Whether anything speaks for a pairing beside that nothing else was left: shared words and no
    wrong type, or the type alone where words settle all other pairs of that type."""
    kind = _kind_of(pairs[at])
    wanted = _kinds_of_name(match.names[match.chosen[at]].text)
    if wanted and kind and kind not in wanted:
        return False
    if match.shared[at][match.chosen[at]] >= _FEW_WORDS:
        return True
    others = [i for i, pair in enumerate(pairs) if i != at and _kind_of(pair) == kind]
    return kind in wanted and all(
        i in match.chosen and match.shared[i][match.chosen[i]] >= _MANY_WORDS for i in others
    )


def _margin(costs: np.ndarray, row: int, column: int, total: float) -> float:
    """How much worse the best assignment without this pairing is."""
    without = costs.copy()
    without[row, column] = _FORBIDDEN
    rows, columns = linear_sum_assignment(without)
    return float(without[rows, columns].sum()) - total


def _text(pair: Pair) -> str:
    return label_key(f"{pair.actual} {pair.target}")


def _cost(pair: Pair, name: Name, shared: float, distance: float) -> float:
    cost = _WORDS * (1 - shared)
    kind, wanted = _kind_of(pair), _kinds_of_name(name.text)
    if wanted and kind and kind not in wanted:
        cost += _WRONG_TYPE
    elif wanted and kind in wanted:
        cost -= _ORDER
    return cost + _ORDER * distance


def _shared(texts: Sequence[str], names: Sequence[str]) -> list[list[float]]:
    """For each pair's text and each label the share of the label that the text has as well.

    Neighbouring characters are compared; those of few texts weigh most (分析 more than 养老), after
    the inverse document frequency of Sparck Jones (1972).

    >>> _shared(["养老金按时发放", "养老金运行分析报告"], ["养老金分析"])
    [[0.4], [0.8]]
    """
    have = [_bigrams(text) for text in texts]
    counts = Counter(b for bigrams in have for b in bigrams)
    wanted = [_bigrams(label_key(name)) for name in names]

    def weight(bigrams: set[str]) -> float:
        return sum(1 / counts[b] if counts[b] else _UNSEEN for b in sorted(bigrams))

    return [
        [weight(ours & theirs) / weight(ours) if ours else 0.0 for ours in wanted]
        for theirs in have
    ]


def _bigrams(text: str) -> set[str]:
    words = regex.findall(r"\p{Han}+", text)
    return {word[i : i + 2] for word in words for i in range(len(word) - 1)}


@lru_cache(maxsize=MEMORY)
def _kind_of(pair: Pair) -> str:
    """The type of a pair's value by its target, else by its result; "" where words do not say."""
    for text in (pair.target, pair.actual):
        kind = _claim_kind(text_to_claim(text, None))
        if kind:
            return kind
    return ""


def _claim_kind(claim: Claim) -> str:
    if claim.comparator is Comparator.BY:
        return "deadline"
    if claim.measure == "%":
        return "share"
    known = measures().get(claim.measure)
    if known is None:
        return ""
    if known.base == "人次" or known.word == "人月":
        return "visits"
    if known.kind is MeasureKind.RATE:
        return "money"
    return known.kind.value


@lru_cache(maxsize=MEMORY)
def _kinds_of_name(name: str) -> frozenset[str]:
    """The types of values that the words of a label ask for; the last and longest word decides."""
    key = label_key(name)
    found = [
        (key.rfind(row["word"]) + len(row["word"]), len(row["word"]), row["kind"])
        for row in table("type_words")
        if row["word"] in key
    ]
    if not found:
        return frozenset()
    end, length, _ = max(found)
    return frozenset(kind for e, n, kind in found if (e, n) == (end, length))
