"""What a printed text costs as the content of a field: 0 (it is one) to 60 (it cannot be)."""

from collections.abc import Callable
from functools import cache, lru_cache

import regex

from normalize.performance.claims import is_claim_like, text_to_claim
from normalize.performance.fields import Field
from normalize.performance.taxonomy import looks_like_level, split_levels, text_to_level
from normalize.performance.words import MEMORY, bare, table
from normalize.quantities import measures, text_to_quantity
from normalize.text import fold, label_key
from schemas.performance import Comparator
from schemas.source import LineRef
from schemas.tables import CellKind

LEVELS = (Field.LEVEL1, Field.LEVEL2)
VALUES = frozenset({Field.LONG_TARGET, Field.TARGET, Field.ACTUAL, Field.UNIT})
SCORES = frozenset({Field.WEIGHT, Field.SCORE})
FIGURES = VALUES | SCORES | {Field.NATURE, Field.MEASURE}
"""The fields that hold figures, and what belongs to them."""

_SCORE_MEASURES = ("", "分")
_LONGEST_MEASURE = 6
_PLACES = regex.compile(r"[()/·]")
_NOWHERE = LineRef(1)


@lru_cache(maxsize=MEMORY)
def mismatch(text: str, field: Field) -> int:
    """What it costs to take a text for a field, from 0 (it is one) to 60 (it cannot be).

    >>> [mismatch("≥95%", f) for f in (Field.TARGET, Field.NAME, Field.SCORE)]
    [0, 35, 45]
    >>> mismatch("台（套）", Field.MEASURE), mismatch("满意", Field.MEASURE)
    (0, 20)
    """
    if field in LEVELS:
        return _level(text, field)
    if field in VALUES:
        return _value(text)
    if field in _OTHERS:
        return _OTHERS[field](text)
    return 15 if is_claim_like(text) else 0


def _group(text: str) -> int:
    return 0 if bare(text).endswith(("指标", "情况", "目标")) else 50


def _nature(text: str) -> int:
    return 0 if is_nature(text) else 45


def is_nature(text: str) -> bool:
    """Whether a text says how a number binds: `≥`, `定性`, `正向指标`."""
    return label_key(text) in _natures()


@cache
def _natures() -> frozenset[str]:
    return frozenset(row["word"] for row in table("natures"))


def _name(text: str) -> int:
    if looks_like_level(text) and bare(text).endswith("指标"):
        return 40
    return 35 if is_claim_like(text) else 0


def _value(text: str) -> int:
    if text_to_level(text).level2 and bare(text).endswith("指标"):
        return 50
    if is_claim_like(text):
        return 0
    if is_nature(text) or is_measure(text):
        return 40
    return 5 if len(text) <= 24 else 10


def _measure(text: str) -> int:
    if is_measure(text):
        return 0
    if any(char.isdigit() for char in text):
        return 45
    return 20 if len(text) <= _LONGEST_MEASURE else 40


@lru_cache(maxsize=MEMORY)
def is_measure(text: str) -> bool:
    """Whether a text is a measure word, or is put together of such: `%`, `台（套）`, `元/人/年`."""
    known = measures()
    key = fold(text)
    pieces = [piece for piece in _PLACES.split(key) if piece]
    return key in known or (bool(pieces) and all(piece in known for piece in pieces))


def _level(text: str, field: Field) -> int:
    word = text_to_level(text)
    if split_levels(text) != ("", ""):
        return 5
    mine, other = word.level1, word.level2
    if field is Field.LEVEL2:
        mine, other = other, mine
    if mine:
        return 0
    if other:
        return 25
    return 10 if looks_like_level(text) else 50


def _score(text: str) -> int:
    """Weights and scores are plain numbers; a share (`10%`) may be one, a measure never."""
    quantity = text_to_quantity(text, _NOWHERE)
    if quantity.kind is CellKind.NUMBER:
        if quantity.measure in _SCORE_MEASURES:
            return 0
        return 25 if quantity.measure == "%" else 45
    return 5 if quantity.kind is CellKind.NOT_APPLICABLE else 45


_OTHERS: dict[Field, Callable[[str], int]] = {
    Field.GROUP: _group,
    Field.NAME: _name,
    Field.NATURE: _nature,
    Field.MEASURE: _measure,
    Field.WEIGHT: _score,
    Field.SCORE: _score,
}


def is_plain_number(text: str) -> bool:
    """Whether a text is a number without sign or measure: it may be a value or a score."""
    return text_to_quantity(text, _NOWHERE).kind is CellKind.NUMBER and _score(text) == 0


@lru_cache(maxsize=MEMORY)
def is_signed(text: str) -> bool:
    """Whether a value says how it binds (`≥95%`): so targets are printed, results hardly ever."""
    claim = text_to_claim(text, None)
    bound = (Comparator.GE, Comparator.LE, Comparator.BETWEEN)
    return claim.comparator in bound or fold(text).startswith("=")
