"""What a reader says of a run of lines, and which readers are believed.

Each reader looks at all lines and claims the runs that it can read as a table. Claims overlap:
the set of claims that do not overlap and make most sense together is taken (weighted interval
scheduling, Kleinberg and Tardos, Algorithm Design, section 6.1).
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schemas.source import Cell, Line, RawTable

ReadLines = Callable[[Sequence[Line]], "list[Claim]"]


@dataclass(frozen=True, slots=True)
class Claim:
    """Lines `first` to `last` (indices, inclusive) read as one table, with lines of running text
    that the reader found before it on the same lines. `sense` is from 0 to 1."""

    first: int
    last: int
    table: RawTable
    sense: float
    before: tuple[Line, ...] = ()

    @property
    def weight(self) -> float:
        """Cells that make sense: more of them in one claim beat fewer in another."""
        return self.sense * sum(bool(cell.text) for row in self.table.rows for cell in row)


def best_claims(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without overlap whose weights add up to most, in print order.

    Between equals the claim that comes first in `claims` is taken, so the order of the readers
    is an order of preference.
    """
    ordered = sorted(claims, key=lambda claim: claim.last)
    ends = [claim.last for claim in ordered]
    best = [0.0] * (len(ordered) + 1)
    take = [False] * len(ordered)
    for i, claim in enumerate(ordered):
        before = bisect_right(ends, claim.first - 1, 0, i)
        taken = best[before] + claim.weight
        take[i] = taken > best[i] + 1e-9
        best[i + 1] = max(taken, best[i])
    chosen: list[Claim] = []
    i = len(ordered)
    while i > 0:
        i -= 1
        if take[i]:
            chosen.append(ordered[i])
            i = bisect_right(ends, ordered[i].first - 1, 0, i)
    return chosen[::-1]


def sense_of(rows: Sequence[Sequence[Cell]]) -> float:
    """How much sense rows make as a table: rectangular, and numbers under numbers. 0 to 1.

    The first half is the share of rows of the commonest length, the second the share of cells
    that are of their column's commoner kind, figure or words, blanks aside.
    """
    filled = [row for row in rows if sum(bool(cell.text) for cell in row) > 1]
    if not filled:
        return 0.0
    lengths = [len(row) for row in filled]
    usual = max(set(lengths), key=lambda length: (lengths.count(length), length))
    regular = [row for row in filled if len(row) == usual]
    agreeing = total = 0
    for column in range(usual):
        kinds = [looks_like_figure(row[column].text) for row in regular if row[column].text]
        agreeing += max(sum(kinds), len(kinds) - sum(kinds))
        total += len(kinds)
    return 0.5 * len(regular) / len(filled) + 0.5 * agreeing / max(total, 1)


def looks_like_figure(text: str) -> bool:
    """Whether a cell is filled with figures rather than words: 1,234.5, 60%, ×, —, 12人.

    >>> [looks_like_figure(t) for t in ("96272", "60%", "×", "12人", "伊宁县", "2020年2季度")]
    [True, True, True, True, False, False]
    """
    text = text.strip()
    if not text:
        return False
    if len(text) <= 2 and not any(
        "一" <= c <= "鿿" or (c.isalpha() and c not in "XxＸOo") for c in text
    ):
        return True
    figures = sum(c.isdigit() or c in ".,，%％-−－—+()（） ×X/■?？" for c in text)
    return text[-1:] != "年" and figures * 3 >= len(text) * 2 and any(c.isdigit() for c in text)
