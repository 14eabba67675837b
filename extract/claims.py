"""What a reader says of a run of lines, and which readers are believed.

Each reader looks at all lines and claims the runs that it can read as a table. Claims overlap:
the set of claims that do not overlap and make most sense together is taken (weighted interval
scheduling, Kleinberg and Tardos, Algorithm Design, section 6.1).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from schemas.source import Block, Cell, Line, RawTable

ReadLines = Callable[[Sequence[Line]], "list[Claim]"]

_HAN = r"一-鿿㐀-䶿"
_SHORT_WORD = regex.compile(rf"[{_HAN}]|(?![XxＸOo])\p{{L}}")
_NO_FIGURE = regex.compile(r"[^\d⁰¹²³⁴-⁹.,，%％‰\-－−—+()（） ×X/■�?？▲]")
_HAS_DIGIT = regex.compile(r"\d")
_HAN_FIRST = regex.compile(rf"[{_HAN}]")
_TELEPHONE = regex.compile(r"[(（]?0\d{2,3}[)）]?[-－—]\d{7,8}")
_PLAIN_FIGURE = regex.compile(r"-?[0-9][0-9.,]*+(?:%|[千百万萬亿億]{0,2}元)?")
# Sums of weights that differ by less are one; a rival with this share of a claim's weight is close.
_SAME = 1e-9
_CLOSE = 0.9


@dataclass(frozen=True, slots=True)
class Claim:
    """Lines `first` to `last` (indices, inclusive) read as `blocks`, which say all that these
    lines print, in print order. `sense` is from 0 to 1."""

    first: int
    last: int
    blocks: tuple[Block, ...]
    sense: float

    @property
    def weight(self) -> float:
        """Cells that make sense: more of them in one claim beat fewer in another."""
        return self.sense * sum(
            bool(cell.text)
            for block in self.blocks
            if isinstance(block, RawTable)
            for row in block.rows
            for cell in row
        )


def best_claims(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without overlap whose weights add up to most, in print order.

    Between equals the claim that comes first in `claims` is taken, so the order of the readers
    is an order of preference. A claim of no weight is never taken.
    """
    ordered = sorted(claims, key=lambda claim: claim.last)
    ends = [claim.last for claim in ordered]
    best = [0.0] * (len(ordered) + 1)
    take = [False] * len(ordered)
    for i, claim in enumerate(ordered):
        before = bisect_right(ends, claim.first - 1, 0, i)
        taken = best[before] + claim.weight
        take[i] = taken > best[i] + _SAME
        best[i + 1] = max(taken, best[i])
    chosen: list[Claim] = []
    i = len(ordered)
    while i > 0:
        i -= 1
        if take[i]:
            chosen.append(ordered[i])
            i = bisect_right(ends, ordered[i].first - 1, 0, i)
    return chosen[::-1]


def contested(claims: Sequence[Claim], chosen: Sequence[Claim]) -> list[Claim]:
    """The chosen claims that another reading of the same lines nearly outweighs.

    A rival that reads the same cells in the same rows is no other reading.
    """
    return [
        claim
        for claim in chosen
        if any(
            rival is not claim
            and rival.first <= claim.last
            and claim.first <= rival.last
            and rival.weight >= _CLOSE * claim.weight
            and _texts(rival) != _texts(claim)
            for rival in claims
        )
    ]


def _texts(claim: Claim) -> list[list[str]]:
    tables = [block for block in claim.blocks if isinstance(block, RawTable)]
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def sense_of(rows: Sequence[Sequence[Cell]]) -> float:
    """How much sense rows make as a table: rectangular, and numbers under numbers. 0 to 1.

    The first half is the share of rows of the commonest length, the second the share of cells
    that are of their column's commoner kind, figure or words, blanks aside.
    """
    filled = [row for row in rows if sum(1 for cell in row if cell.text) > 1]
    if not filled:
        return 0.0
    usual = usual_length(filled)
    regular = [row for row in filled if len(row) == usual]
    agreeing = total = 0
    for column in range(usual):
        kinds = [looks_like_figure(row[column].text) for row in regular if row[column].text]
        figures = sum(kinds)
        agreeing += max(figures, len(kinds) - figures)
        total += len(kinds)
    return 0.5 * len(regular) / len(filled) + 0.5 * agreeing / max(total, 1)


def usual_length(rows: Sequence[Sequence[object]]) -> int:
    """The commonest length of the rows, the longest of several; 0 without rows."""
    lengths = Counter(map(len, rows))
    return max(lengths, key=lambda length: (lengths[length], length), default=0)


def looks_like_figure(text: str) -> bool:
    """Whether a cell is filled with figures rather than words: 1,234.5, 60%, ×, —, 12人.

    >>> [looks_like_figure(t) for t in ("96272", "60%", "×", "12人", "-4,360")]
    [True, True, True, True, True]
    >>> [looks_like_figure(t) for t in ("伊宁县", "2020年2季度", "市123456", "0991-1234567")]
    [False, False, False, False]
    """
    text = text.strip()
    if not text or _PLAIN_FIGURE.fullmatch(text):
        return bool(text)
    if len(text) <= 2 and not _SHORT_WORD.search(text):
        return True
    if not _HAS_DIGIT.search(text) or text[-1] == "年" or _HAN_FIRST.match(text):
        return False
    words = len(_NO_FIGURE.findall(text))
    return words * 3 <= len(text) and (len(text) < 11 or not _TELEPHONE.fullmatch(text))
