"""Rows that close a form: totals of weights, conclusions, notes, signatures."""

from functools import cache

import regex

from normalize.performance.grid import GridRow
from normalize.performance.taxonomy import looks_like_level
from normalize.performance.words import bare, table
from normalize.quantities import text_to_quantity
from normalize.text import label_key

_SCORES = ("", "分")


def prints_level(row: GridRow) -> bool:
    """Whether any cell of a row is a level of the indicators."""
    return any(looks_like_level(slot.text) for slot in row.filled)


def is_footer(row: GridRow) -> bool:
    """Whether a row closes the form: totals of weights, conclusions, notes, signatures; or is that
    of the weight and the score for 执行率, without a target of its own."""
    if not row.filled:
        return False  # its cells are all in doubt
    if is_rate_row(row):
        return True
    first = row.filled[0].text
    key = bare(first) or label_key(first)
    if prints_level(row):
        return False
    return key in _words("whole", "start") or _footer_opening().match(label_key(first)) is not None


def is_rate_row(row: GridRow) -> bool:
    """Whether a row prints a weight and a score for 执行率 and nothing else."""
    first, *rest = row.filled
    quantities = [text_to_quantity(slot.text, slot.ref) for slot in rest]
    plain = all(q.value is not None and q.measure in _SCORES for q in quantities)
    return bare(first.text) in _words("rate") and 0 < len(rest) <= 2 and plain


@cache
def _words(*places: str) -> frozenset[str]:
    return frozenset(entry["word"] for entry in table("footers") if entry["place"] in places)


@cache
def _footer_opening() -> regex.Pattern[str]:
    words = "|".join(regex.escape(e["word"]) for e in table("footers") if e["place"] == "start")
    return regex.compile(rf"(?:{words})\s*[:：]")
