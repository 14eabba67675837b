"""Targets and results that follow each other in a scrambled form, joined line by line.

A run of free tokens is cut by dynamic programming into pairs (a target, then its result, each of
one or more broken lines) and into the labels that stand among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import regex

from normalize.performance.claims import is_claim_like, text_to_claim
from normalize.performance.tokens import Token, width
from normalize.quantities import measures
from schemas.performance import Claim, Comparator

_MOST_TARGET, _MOST_ACTUAL = 3, 4
_LABEL = 15
_WORDED_TARGET = 80
_WORDED_BENEFIT, _LIKENESS = 40, 30
_BROKEN_TARGET = 10
_WORDLESS_ACTUAL = 30
_SAME_LINE = 40
_SHORT_LINE = 40
_TOLERANCE = 6
_MEASURE_AGREES, _MEASURE_DIFFERS, _NUMBER_MISSING = -10, 15, 7
_FEWEST_HAN = 4
_HAN = regex.compile(r"\p{Han}")


@dataclass(frozen=True, slots=True)
class Pair:
    """A target and its result, each glued from its tokens. `level` is the inline level word above.

    `sure` is False where nothing but the order speaks for their belonging together.
    """

    target: str
    actual: str
    first: Token
    second: Token | None
    level: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Cut:
    """A run cut into pairs, into tokens that are labels, and values that belong to no pair."""

    pairs: tuple[Pair, ...]
    labels: tuple[Token, ...]
    lost: tuple[Token, ...] = ()


def run_to_cut(run: Sequence[Token], line_width: int, benefit: bool, level: str = "") -> Cut:
    """Cuts a run of free tokens. `line_width` is how wide the lines of the results are at most;
    `benefit` says that the run stands below a level whose targets are words."""
    best: list[tuple[int, tuple[Pair, ...], tuple[Token, ...]]] = [(0, (), ())]
    for end in range(1, len(run) + 1):
        before = best[end - 1]
        options = [(before[0] + _LABEL, before[1], (*before[2], run[end - 1]))]
        for start in range(max(0, end - _MOST_TARGET - _MOST_ACTUAL), end - 1):
            for middle in range(start + 1, end):
                if middle - start > _MOST_TARGET or end - middle > _MOST_ACTUAL:
                    continue
                target, actual = run[start:middle], run[middle:end]
                cost = _pair_cost(target, actual, line_width, benefit)
                pair = _to_pair(target, actual, level)
                earlier = best[start]
                options.append((earlier[0] + cost, (*earlier[1], pair), earlier[2]))
        best.append(min(options, key=lambda option: option[0]))
    cut = Cut(best[-1][1], best[-1][2])
    alone = sum(is_value(token.text) for token in cut.labels)
    return columns_to_cut(run, level) if alone > 1 or (alone and not cut.pairs) else cut


def _to_pair(target: Sequence[Token], actual: Sequence[Token], level: str) -> Pair:
    worded = len(_HAN.findall(_glue(actual))) >= _FEWEST_HAN
    sure = worded or target[-1].last == actual[0].line
    return Pair(_glue(target), _glue(actual), target[0], actual[0], level, sure)


def columns_to_cut(run: Sequence[Token], level: str) -> Cut:
    """A run in which the targets stand together, and the results stand together after them.

    The n-th target belongs to the n-th result where there are as many, and that is sure only where
    every one has the measure of the other; else the targets stay without results.
    """
    targets = [token for token in run if is_value(token.text)]
    results = [token for token in run if not is_value(token.text) and _has_value(token.text)]
    labels = tuple(token for token in run if token not in targets and token not in results)
    if len(targets) != len(results):
        alone = tuple(Pair(t.text, "", t, None, level) for t in targets)
        return Cut(alone, labels, tuple(results))
    both = list(zip(targets, results, strict=True))
    agree = all(
        _measure_cost(text_to_claim(t.text, None), text_to_claim(r.text, None)) < 0 for t, r in both
    )
    return Cut(tuple(Pair(t.text, r.text, t, r, level, agree) for t, r in both), labels)


def _has_value(text: str) -> bool:
    claim = text_to_claim(text, None)
    return claim.low is not None or claim.high is not None


def results_width(runs: Sequence[Sequence[Token]]) -> int:
    """How wide the lines of the results are: the widest free token that is no mere value."""
    widths = [width(t.text) for run in runs for t in run if not is_value(t.text)]
    return max(widths, default=0)


def is_value(text: str) -> bool:
    """Whether a text is a value without words."""
    return is_claim_like(text) and not text_to_claim(text, None).words


def _glue(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens)


def _pair_cost(
    target: Sequence[Token], actual: Sequence[Token], line_width: int, benefit: bool
) -> int:
    one, two = _glue(target), _glue(actual)
    cost = _target_cost(one, two, len(target), benefit)
    cost += _lines_cost(target, max(width(t.text) for t in target), 4)
    cost += _lines_cost(actual, line_width, _TOLERANCE)
    if len(_HAN.findall(two)) < _FEWEST_HAN:
        cost += _WORDLESS_ACTUAL
    return cost + _measure_cost(text_to_claim(one, None), text_to_claim(two, None))


def _target_cost(one: str, two: str, pieces: int, benefit: bool) -> int:
    if is_claim_like(one) and _begins_with_value(one):
        return 0 if pieces == 1 else _BROKEN_TARGET
    likeness = SequenceMatcher(None, one, two, autojunk=False).ratio()
    if benefit:
        return _WORDED_BENEFIT - int(_LIKENESS * likeness)
    return _BROKEN_TARGET * pieces if is_claim_like(one) else _WORDED_TARGET


def _begins_with_value(text: str) -> bool:
    claim = text_to_claim(text, None)
    return claim.comparator is Comparator.BY or not _HAN.match(text)


def _lines_cost(tokens: Sequence[Token], full: int, tolerance: int) -> int:
    """A line that goes on below is full, and pieces of one line are not pieces of one cell."""
    cost = 0
    for one, two in pairwise(tokens):
        if width(one.text) < full - tolerance:
            cost += _SHORT_LINE
        if one.last == two.line:
            cost += _SAME_LINE
    return cost


def _measure_cost(one: Claim, two: Claim) -> int:
    if one.low is None and one.high is None:
        return 0
    if two.low is None and two.high is None:
        return _NUMBER_MISSING
    same = _base(one.measure) == _base(two.measure)
    return _MEASURE_AGREES if same else _MEASURE_DIFFERS


def _base(word: str) -> str:
    known = measures().get(word)
    return known.base if known else word
