"""Cells in order to fields where their places say nothing: blanks were lost, or rows run on.

A hidden chain over the columns (Viterbi 1967): a cell costs what speaks against it in a column, a
column passed over costs what a blank there costs. The cheapest whole reading that puts a cell into
another column (its min-marginal, forward and backward) says how sure the place of that cell is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from normalize.performance.claims import is_claim_like, text_to_claim
from normalize.performance.fields import Field
from normalize.performance.mismatch import LEVELS, is_plain_number, is_signed, mismatch
from normalize.performance.taxonomy import level_words
from normalize.performance.words import MEMORY, bare
from normalize.quantities import text_to_quantity
from schemas.source import LineRef
from schemas.tables import CellKind

MARGIN = 40
"""How much worse every other reading must be before the place of a figure is sure."""

# All below are costs on the scale of `mismatch`: a text that is what it should be costs 0, one that
# cannot be 60.
_NEVER = 10**6
# A cell that belongs to no column: of one row, of rows that run on, of a word of a level.
_SKIP, _SKIP_IN_FLOW, _SKIP_LEVEL = 80, 150, 250
# A column without a cell; others are left blank for nothing.
_BLANK = {
    Field.NAME: 60,
    Field.TARGET: 40,
    Field.LONG_TARGET: 30,
    Field.ACTUAL: 30,
    Field.WEIGHT: 30,
    Field.SCORE: 30,
    Field.UNIT: 30,
    Field.NATURE: 20,
    Field.MEASURE: 20,
}
# Results rarely bear ≥; a figure or a claim is no name.
_SIGNED_RESULT = 30
_NO_NAME = 60
# Reasons: what is no reason there, a blank one in a row of its own, one that is given, and given
# though the score is full.
_NO_REASON = 45
_NO_WORDS_OF_REASON = 30
_REASON = 5
_REASON_AT_FULL_SCORE = 15
# A target and a result that do not go together (`_unlike`).
_VALUE_FOR_WORDS = 80
_WORDS_FOR_VALUE = 70
# A name cut in two, in rows that run on; and what counts there as impossible.
_BROKEN_NAME = 45
_CANNOT = 40
# A word of a level, or a numbered text (指标1：), that is no level and no name; a name without a
# number where the others have one.
_LEVEL_ELSEWHERE = 120
_MARKED_ELSEWHERE = 40
_UNMARKED_NAME = 20
_MARK = regex.compile(r"^(?:指标|目标)?\s*[0-9０-９]{1,2}\s*[:：.、．](?![0-9])|^[①-⑳]")
_FEWEST_MARKS = 3
_NOWHERE = LineRef(1)


@dataclass(frozen=True, slots=True)
class Reading:
    """`columns[i]` is the column of cell i by index, None where it fits none; `rivals[i]` are the
    other columns that it may stand in for all that the cells say; `starts[i]` tells that cell i
    begins a row."""

    columns: tuple[int | None, ...]
    rivals: tuple[tuple[int, ...], ...]
    starts: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class _Chain:
    """The costs of one sequence: `cells[i][j]` of cell i in column j and
    `skips[i]` in none, `steps[a][b]` from column a
    to column b, `opens[b]` of a beginning at b, `closes[a]` of an end at a, `renews[a][b]` whether
    the step from a to b begins a row. `mixed[i]` speaks against cell i as the result of the cell
    before it as its target; `jump` are the columns of these two."""

    cells: list[list[int]]
    skips: list[int]
    steps: list[list[int]]
    opens: list[int]
    closes: list[int]
    renews: list[list[bool]]
    jump: tuple[int, int]
    mixed: Mapping[int, int]

    def step(self, at: int, one: int, two: int) -> int:
        """The step to cell `at` from column one to column two."""
        return self.steps[one][two] + (self.mixed.get(at, 0) if (one, two) == self.jump else 0)


def texts_to_reading(texts: Sequence[str], fields: Sequence[Field], several: bool) -> Reading:
    """Reads the printed cells of one row, or of `several` rows that run on.

    >>> fields = (Field.NAME, Field.TARGET, Field.ACTUAL, Field.WEIGHT, Field.SCORE)
    >>> texts_to_reading(("里程", "≥75公里", "72公里", "10", "9.6"), fields, several=False).columns
    (0, 1, 2, 3, 4)
    >>> texts_to_reading(("里程", "≥75公里", "10", "9.6"), fields, several=False).rivals[2]
    (3,)
    """
    chain = _chain(texts, fields, several)
    ahead = _forward(chain)
    columns, starts = _trace(chain, ahead)
    return Reading(columns, _rivals(chain, ahead, columns), starts)


def cells_to_rivals(
    texts: Sequence[str], fields: Sequence[Field], chosen: Sequence[int | None]
) -> tuple[tuple[int, ...], ...]:
    """For the cells of one row laid on columns: the other columns that each may stand in."""
    chain = _chain(texts, fields, several=False)
    return _rivals(chain, _forward(chain), chosen)


def _rivals(
    chain: _Chain, ahead: Sequence[tuple[list[int], list[int]]], chosen: Sequence[int | None]
) -> tuple[tuple[int, ...], ...]:
    found: list[tuple[int, ...]] = []
    for (own, _), behind, column in zip(ahead, _backward(chain), chosen, strict=False):
        through = [a + b for a, b in zip(own, behind, strict=True)]
        most = _NEVER if column is None else min(through[column] + MARGIN, _NEVER)
        found.append(tuple(j for j, cost in enumerate(through) if cost < most and j != column))
    return tuple(found)


def _chain(texts: Sequence[str], fields: Sequence[Field], several: bool) -> _Chain:
    width = range(len(fields))
    blanks = [_BLANK.get(field, 0) for field in fields]
    if not several and Field.REASON in fields:
        blanks[fields.index(Field.REASON)] = _NO_WORDS_OF_REASON
    opens = [sum(blanks[:b]) for b in width]
    closes = [sum(blanks[a + 1 :]) for a in width]
    steps = [[_NEVER for _ in width] for _ in width]
    renews = [[False for _ in width] for _ in width]
    for a in width:
        for b in width:
            if b > a:
                steps[a][b] = sum(blanks[a + 1 : b])
            elif b == a and fields[a] is Field.REASON:
                steps[a][b] = 0
            elif b == a and fields[a] is Field.NAME and several:
                steps[a][b] = _BROKEN_NAME
            if several and closes[a] + opens[b] < steps[a][b]:
                steps[a][b], renews[a][b] = closes[a] + opens[b], True
    marked = several and sum(_MARK.match(text) is not None for text in texts) >= _FEWEST_MARKS
    cells = [[_cost(texts, i, field, marked) for field in fields] for i in range(len(texts))]
    if several:
        # Rows that run on are told apart by kinds alone, so what cannot be must not be a way out.
        cells = [[c if c < _CANNOT else c + _SKIP_IN_FLOW for c in costs] for costs in cells]
    jump = (
        (fields.index(Field.TARGET), fields.index(Field.ACTUAL))
        if Field.TARGET in fields and Field.ACTUAL in fields
        else (-1, -1)
    )
    mixed = {i: _unlike(texts[i - 1], texts[i]) for i in range(1, len(texts))}
    skip = _SKIP_IN_FLOW if several else _SKIP
    skips = [_SKIP_LEVEL if _is_level_word(text) else skip for text in texts]
    return _Chain(cells, skips, steps, opens, closes, renews, jump, mixed)


def _unlike(target: str, actual: str) -> int:
    """What speaks against a target and a result side by side: words that a value is to reach, or a
    number that words without any are to reach. A deadline may be met by words (已完成)."""
    if _has_number(target):
        return 0 if any(char.isdigit() for char in actual) else _WORDS_FOR_VALUE
    return _VALUE_FOR_WORDS if is_claim_like(actual) and not is_claim_like(target) else 0


@lru_cache(maxsize=MEMORY)
def _has_number(text: str) -> bool:
    claim = text_to_claim(text, None)
    return claim.low is not None or claim.high is not None


def _cost(texts: Sequence[str], at: int, field: Field, marked: bool) -> int:
    text = texts[at]
    cost = _BY_FIELD[field](texts, at) if field in _BY_FIELD else mismatch(text, field)
    if field not in LEVELS and field is not Field.GROUP and _is_level_word(text):
        cost = _LEVEL_ELSEWHERE
    is_marked = _MARK.match(text) is not None
    if is_marked and field not in (Field.NAME, *LEVELS, Field.REASON, Field.NOTE):
        cost += _MARKED_ELSEWHERE
    if marked and is_marked and field is not Field.NAME:
        cost += _MARKED_ELSEWHERE
    if marked and not is_marked and field is Field.NAME:
        cost += _UNMARKED_NAME
    return cost


def _is_level_word(text: str) -> bool:
    return bare(text).endswith("指标") and bare(text) in level_words()


def _name_cost(texts: Sequence[str], at: int) -> int:
    text = texts[at]
    is_words = text_to_quantity(text, _NOWHERE).kind is CellKind.TEXT
    return mismatch(text, Field.NAME) if is_words and not is_claim_like(text) else _NO_NAME


def _actual_cost(texts: Sequence[str], at: int) -> int:
    return mismatch(texts[at], Field.ACTUAL) + (_SIGNED_RESULT if is_signed(texts[at]) else 0)


def _reason_cost(texts: Sequence[str], at: int) -> int:
    text = texts[at]
    if is_plain_number(text) or is_claim_like(text) or bare(text).endswith("指标"):
        return _NO_REASON
    full = at >= 2 and texts[at - 1] == texts[at - 2] and is_plain_number(texts[at - 1])
    return _REASON + (_REASON_AT_FULL_SCORE if full else 0)


_BY_FIELD = {
    Field.NAME: _name_cost,
    Field.ACTUAL: _actual_cost,
    Field.REASON: _reason_cost,
}


def _forward(chain: _Chain) -> list[tuple[list[int], list[int]]]:
    """For each cell: the cost up to it with the cell in column b, and with column b as the last
    that took a cell (this one or, the cells since being skipped, one before)."""
    width = range(len(chain.opens))
    found: list[tuple[list[int], list[int]]] = []
    skipped = 0
    for i, costs in enumerate(chain.cells):
        own = []
        for b in width:
            cost = chain.opens[b] + skipped
            if found:
                before = found[-1][1]
                cost = min(cost, *(before[a] + chain.step(i, a, b) for a in width))
            own.append(cost + costs[b])
        kept = own
        if found:
            kept = [min(o, before[a] + chain.skips[i]) for a, o in enumerate(own)]
        found.append((own, kept))
        skipped += chain.skips[i]
    return found


def _backward(chain: _Chain) -> list[list[int]]:
    """For each cell and column: the cost of all that follows where that column takes the cell."""
    width = range(len(chain.opens))
    behind = [list(chain.closes)]
    for i in range(len(chain.cells) - 1, 0, -1):
        after, costs = behind[-1], chain.cells[i]
        behind.append(
            [
                min(
                    after[a] + chain.skips[i],
                    *(chain.step(i, a, b) + costs[b] + after[b] for b in width),
                )
                for a in width
            ]
        )
    return behind[::-1]


def _trace(
    chain: _Chain, ahead: Sequence[tuple[list[int], list[int]]]
) -> tuple[tuple[int | None, ...], tuple[bool, ...]]:
    """The cheapest reading, from its end to its beginning."""
    count = len(ahead)
    columns: list[int | None] = [None] * count
    starts = [False] * count
    width = range(len(chain.opens))
    if not count:
        return (), ()
    at = count - 1
    column = min(width, key=lambda a: ahead[at][1][a] + chain.closes[a])
    while at >= 0:
        own, kept = ahead[at]
        if kept[column] < own[column]:
            at -= 1
            continue
        columns[at] = column
        rest = own[column] - chain.cells[at][column]
        before = ahead[at - 1][1] if at else []
        last = [a for a, b in enumerate(before) if b + chain.step(at, a, column) == rest]
        starts[at] = not last or chain.renews[last[0]][column]
        if not last:
            break
        at, column = at - 1, last[0]
    return tuple(columns), tuple(starts)
