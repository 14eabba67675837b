"""What an indicator's name and target say about its level, and what its namesakes say."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from normalize.performance.taxonomy import parent
from normalize.performance.words import MEMORY, bare, table
from normalize.quantities import measures
from normalize.text import label_key
from schemas.performance import Claim

Evidence = Mapping[str, int]
"""Canonical second level to weight; 40 is a word that hardly any form prints elsewhere."""

# What a form that prints a level speaks for it, two and more; only where it has so many times the
# votes of all others together.
_VOTE = 20
_MOST_VOTES = 40
_MAJORITY = 3


@lru_cache(maxsize=MEMORY)
def name_to_evidence(name: str) -> Evidence:
    """The levels that the words of a name speak for, each with its weightiest word.

    >>> dict(name_to_evidence("自治区各级财政参保缴费补助标准"))
    {'成本指标': 40}
    """
    key = label_key(name)
    found: dict[str, int] = {}
    for row in table("evidence"):
        if row["word"] in key:
            level = row["level2"]
            found[level] = max(found.get(level, 0), int(row["weight"]))
    return found


def target_to_evidence(target: Claim) -> Evidence:
    """The levels that the measure of a target speaks for (`50元/人/年` for cost)."""
    measure = measures().get(target.measure)
    if measure is None:
        return {}
    return {
        row["level2"]: int(row["weight"])
        for row in table("measure_evidence")
        if row["kind"] == measure.kind.value
    }


def add(*parts: Evidence) -> Evidence:
    """Several evidences as one: weights add up."""
    total: Counter[str] = Counter()
    for part in parts:
        total.update(part)
    return dict(total)


def name_key(name: str) -> str:
    """The form in which names of indicators are compared: without `(%)` and spaces."""
    return bare(name)


Ballots = Mapping[str, Counter[str]]
"""How often the undamaged forms of a notice print an indicator (`name_key`) under each level."""


def count_votes(named: Iterable[tuple[str, str]]) -> Ballots:
    """Counts (name, printed level) pairs of undamaged forms."""
    ballots: dict[str, Counter[str]] = {}
    for name, level in named:
        ballots.setdefault(name_key(name), Counter())[level] += 1
    return ballots


def votes(ballots: Ballots, own: Ballots) -> Mapping[str, Evidence]:
    """Evidence from the other forms of the notice: all ballots without those of the form itself.

    A level counts where it has three times the votes of all others of that name together.
    """
    voted: dict[str, Evidence] = {}
    for key, found in ballots.items():
        others = found - own.get(key, Counter())
        if not others:
            continue
        level, count = others.most_common(1)[0]
        if count >= _MAJORITY * (others.total() - count):
            voted[key] = {level: min(count * _VOTE, _MOST_VOTES)}
    return voted


def evidence_of(name: str, target: Claim, voted: Mapping[str, Evidence]) -> Evidence:
    """All evidence for one indicator."""
    return add(name_to_evidence(name), target_to_evidence(target), voted.get(name_key(name), {}))


def evidences(
    named: Sequence[tuple[str, Claim]], voted: Mapping[str, Evidence]
) -> tuple[Evidence, ...]:
    """`evidence_of` for the rows of a form."""
    return tuple(evidence_of(name, target, voted) for name, target in named)


def strongest_parent(evidence: Evidence) -> tuple[str, int]:
    """The first level that most speaks for, and its lead over all others; ("", 0) for none.

    >>> strongest_parent({"时效指标": 35, "质量指标": 20})
    ('产出指标', 35)
    """
    weights: dict[str, int] = {}
    for level, weight in evidence.items():
        weights[parent(level)] = max(weight, weights.get(parent(level), 0))
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    if not ranked:
        return "", 0
    return ranked[0][0], ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0)
