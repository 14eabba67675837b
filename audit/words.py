"""Words that tell what a row or a measure is. The words themselves live in `audit/data`."""

import csv
from decimal import Decimal
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from schemas.tables import Column

_MOST_NAME: Final = 80
_SPACES: Final = {ord(c): None for c in " \t\r\n\u3000\u00a0\u200b\ufeff:："}


class RowWord(StrEnum):
    """What a row's name says of it: a sum, a sum of a lower order, or a part told apart (其中)."""

    HEAD = "head"
    SUB = "sub"
    OF_WHICH = "of_which"


def column_words(column: Column) -> str:
    """What a finding calls a column: its header, cut where it is long, else its number.

    >>> column_words(Column(3, (), "", "", "", False))
    'column 3'
    """
    item = " ".join(column.item.split()) or f"column {column.number}"
    return item if len(item) <= _MOST_NAME else f"{item[:_MOST_NAME]}…"


@cache
def table_of(name: str) -> tuple[dict[str, str], ...]:
    """The lines of a file of `audit/data`."""
    text = files("audit").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def _matches(text: str, word: str, match: str) -> bool:
    if match == "exact":
        return text == word
    if match == "prefix":
        return text.startswith(word)
    if match == "suffix":
        return text.endswith(word)
    return word in text


def row_word(name: str) -> RowWord | None:
    """What the printed name of a row says of its role, or None.

    Spaces and colons do not count, traditional characters are known.

    >>> row_word("合 計"), row_word("塔城地区合计"), row_word("其中：市本级"), row_word("伊宁市")
    (<RowWord.HEAD: 'head'>, <RowWord.HEAD: 'head'>, <RowWord.OF_WHICH: 'of_which'>, None)
    """
    text = name.translate(_SPACES)
    for line in table_of("role_words.csv"):
        if _matches(text, line["word"], line["match"]):
            return RowWord(line["kind"])
    return None


def is_ratio_measure(measure: str) -> bool:
    """Whether a measure is of a kind that does not add up: %, ‰, 元/人/年.

    >>> is_ratio_measure("元/人/月"), is_ratio_measure("万元")
    (True, False)
    """
    text = measure.translate(_SPACES)
    lines = table_of("ratio_measures.csv")
    return bool(text) and any(_matches(text, line["measure"], line["match"]) for line in lines)


def is_count_measure(measure: str) -> bool:
    """Whether a measure counts whole things, which are not rounded when they are added up.

    >>> is_count_measure("人"), is_count_measure("万人")
    (True, False)
    """
    text = measure.translate(_SPACES)
    return any(text == line["measure"] for line in table_of("count_measures.csv"))


def rate_names() -> frozenset[str]:
    """Names under which a form prints 执行数 / 预算数 as an indicator of its own."""
    return frozenset(line["name"] for line in table_of("rate_names.csv"))


def money_factor(measure: str) -> Decimal | None:
    """What a measure of money is worth in 元; None where it is none, or not one alone.

    >>> money_factor("万元"), money_factor("人、万元"), money_factor("元/人/年")
    (Decimal('10000'), Decimal('10000'), None)
    """
    if is_ratio_measure(measure):
        return None
    for line in table_of("money.csv"):
        if line["word"] in measure.translate(_SPACES):
            return Decimal(line["factor"])
    return None
