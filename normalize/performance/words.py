"""The vocabulary of performance tables: data files read once, and how labels are compared."""

import csv
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import regex

from normalize.text import label_key

MEMORY = 4096
"""How many texts of documents a function remembers; forms of one notice repeat theirs."""

_TAG = regex.compile(r"</?[A-Za-z][^<>]{0,80}>|\*\*|&nbsp;?")
_BREAK = regex.compile(r"<br ?/?>|\n", regex.IGNORECASE)
_BRACKETED = regex.compile(r"[(\[【〔][^()\[\]【】〔〕]{0,24}[)\]】〕]")
_NUMBERING = regex.compile(r"^(?:\(?[0-9一二三四五六七八九十]{1,2}[).、:]|[①-⑳])")
_TRAILING = ":;,。、-—"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/<name>.csv` as they stand there."""
    path = files("normalize").joinpath(f"performance/data/{name}.csv")
    with path.open(encoding="utf-8") as lines:
        return tuple(csv.DictReader(lines))


@cache
def lookup(name: str, key: str, value: str) -> dict[str, str]:
    """Two columns of a data file as a dictionary."""
    return {row[key]: row[value] for row in table(name)}


@lru_cache(maxsize=MEMORY)
def clean(text: str) -> str:
    """The text of a cell without markup (`<b>`, `**`, `<br>`), trimmed; its signs are left alone.

    >>> clean("<b>项目资金 (万元)</b> ")
    '项目资金 (万元)'
    """
    return _TAG.sub("", _BREAK.sub(" ", text)).strip()


@lru_cache(maxsize=MEMORY)
def bare(text: str) -> str:
    """A label's key without brackets, numbering and trailing signs.

    >>> bare("1.项目资金 (万元)："), bare("產出指標（50分）")
    ('项目资金', '产出指标')
    """
    key = _BRACKETED.sub("", label_key(clean(text)))
    return _NUMBERING.sub("", key).strip(_TRAILING)


def nearest(key: str, known: Sequence[str]) -> tuple[str, ...]:
    """The known words of the same length that differ from `key` in exactly one glyph.

    >>> nearest("时效指祘", ("时效指标", "成本指标"))
    ('时效指标',)
    """
    if len(key) < 4:
        return ()
    return tuple(
        word
        for word in known
        if len(word) == len(key) and sum(a != b for a, b in zip(word, key, strict=True)) == 1
    )
