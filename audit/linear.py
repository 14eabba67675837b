"""Columns that are sums or differences of others, though no header says so."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np

from audit.figures import Figures
from audit.rational import quantity
from audit.relations import Relation, make_relation
from audit.sampled import DECADES, LEAST_ROWS, Columns, weigh


def _sums(data: Columns) -> Iterator[tuple[int, dict[int, int], float, float]]:
    """Every column as a sum of up to four others, or of a run of neighbours."""
    count = len(data.indices)
    sets: dict[tuple[int, ...], None] = {}
    for size in (1, 2, 3, 4):
        if size > 2 and count > 10 + (size == 3) * 2:
            break
        sets.update(dict.fromkeys(combinations(range(count), size)))
    for start in range(count):
        for end in range(start + 3, count + 1):
            sets[tuple(range(start, end))] = None
    for parts in sets:
        made = data.parts[list(parts)].sum(axis=0)
        ulp = float(data.ulps[list(parts)].min())
        with np.errstate(invalid="ignore"):
            near = np.abs(data.values - made) <= 0.5 * np.maximum(ulp, data.ulps)[:, None] + 1e-9
        for out in np.flatnonzero(near.sum(axis=1) >= LEAST_ROWS):
            if int(out) in parts or (len(parts) == 1 and out < parts[0]):
                continue
            evidence, held = weigh(data.values[out], made, float(data.ulps[out]), False)
            if evidence:
                yield int(out), dict.fromkeys(parts, 1), evidence, held


def _independent(vectors: list[list[int]], more: list[int]) -> bool:
    rank = np.linalg.matrix_rank
    return bool(rank(np.array([*vectors, more])) > len(vectors))


def linear_relations(figures: Figures, data: Columns, known: list[Relation]) -> list[Relation]:
    """The sums that the columns show and that do not follow from those known, the most exact and
    shortest first: `拨付资金 = 合计 + 结算资金` in nine rows of ten."""
    place = {c: i for i, c in enumerate(data.indices)}
    vectors: list[list[int]] = []

    def vector(out: int, parts: dict[int, int]) -> list[int]:
        line = [0] * len(data.indices)
        line[out] = -1
        for part, factor in parts.items():
            line[part] += factor
        return line

    for r in known:
        if r.is_linear and all(i in place for i in (r.out, *r.inputs)):
            factors = {place[int(m[0])]: int(f) for m, f in r.rational.over}
            vectors.append(vector(place[r.out], factors))
    trials = np.log10(1 + len(data.indices) ** 3)
    found = sorted(
        (f for f in _sums(data) if f[2] > DECADES + trials),
        key=lambda f: (-round(f[3], 2), len(f[1]), -f[2], f[0]),
    )
    made: list[Relation] = []
    for out, parts, _, _ in found:
        line = vector(out, parts)
        if not _independent(vectors, line):
            continue
        vectors.append(line)
        names = [str(data.indices[p]) for p in parts]
        rational = quantity(names[0])
        for name in names[1:]:
            rational = rational + quantity(name)
        made.append(make_relation(figures, data.indices[out], rational, ""))
    return made
