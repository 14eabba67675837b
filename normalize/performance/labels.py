"""Labels of the head of a form (预算单位, 项目名称, 年度资金总额, …) and the values beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise

import regex

from normalize.performance.grid import GridRow, Slot
from normalize.performance.words import MEMORY, bare, nearest, table
from normalize.text import fold, simplify
from schemas.source import Line, Ref


class Label(StrEnum):
    """What a label of the head introduces."""

    UNIT = "unit"
    PROJECT = "project"
    TOTAL = "total"
    FISCAL = "fiscal"
    OTHER = "other"
    LOCAL = "local"
    CARRIED = "carried"
    BUDGET = "budget"
    EXECUTED = "executed"
    RATE = "rate"
    GOAL = "goal"
    RESULT = "result"
    GROUP = "group"
    IGNORED = "ignored"


AMOUNTS = frozenset({Label.TOTAL, Label.FISCAL, Label.OTHER, Label.LOCAL, Label.CARRIED})
_WHICH = regex.compile(r"^(?:其中|其 中|内)[:：]?")
_GLUED = regex.compile(
    r"(?P<label>[^:：]{2,24}?)\s*(?:[:：]\s*(?P<value>\S.*)|(?:\s|(?<=\p{Han}|[)）]))"
    r"(?P<value>[-－]?[0-9０-９][0-9０-９,，.．]*\s*(?:万元|元|亿元)?))$"
)
_COLUMNS = regex.compile(r"\t+|[ \u3000]{2,}")
_PIECES = regex.compile(
    r"\t+| {2,}|\u3000{2,}|[,，;；](?=\p{Han})|(?<=[0-9]元?) (?=\p{Han})| (?=\p{Han}{2,8}[:：])"
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """A label's meaning; among labels of the same meaning the greatest rank is the nearest one
    (实施单位 before 主管部门 before 财政部门)."""

    label: Label
    rank: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with the value printed for it; `text` is "" where the place for it is blank."""

    meaning: Meaning
    printed: str
    text: str
    ref: Ref


@cache
def _known() -> dict[str, Meaning]:
    rows = table("labels")
    return {row["printed"]: Meaning(Label(row["meaning"]), int(row["rank"])) for row in rows}


def _key(text: str) -> str:
    return _WHICH.sub("", bare(text)).strip(":")


def exact_meaning(text: str) -> Meaning | None:
    """The meaning of a label that is printed without any wrong glyph."""
    return _known().get(_key(text))


@lru_cache(maxsize=MEMORY)
def text_to_meaning(text: str) -> Meaning | None:
    """The meaning of a label, None where a text is none.

    >>> text_to_meaning("其中: 财政拨款").label, text_to_meaning("项目资金 (万元)").label
    (<Label.FISCAL: 'fiscal'>, <Label.GROUP: 'group'>)
    >>> text_to_meaning("塔城地区") is None
    True
    """
    exact = exact_meaning(text)
    key = _key(text)
    if exact is not None or not key or len(key) > 20:
        return exact
    known = _known()
    near = {known[word] for word in nearest(key, tuple(known))}
    return next(iter(near)) if len(near) == 1 else None


@lru_cache(maxsize=MEMORY)
def split_label(text: str) -> tuple[Meaning, str] | None:
    """A label with its value in the same cell: `其他资金 0`, `预算数：1410942`.

    >>> split_label("其他资金 0"), split_label("其中:财政拨款 91.5")[1], split_label("项目名称")
    ((Meaning(label=<Label.OTHER: 'other'>, rank=0), '0'), '91.5', None)
    """
    match = _GLUED.fullmatch(_WHICH.sub("", fold(text)))
    if match is None:
        return None
    meaning = text_to_meaning(simplify(match["label"]))
    return (meaning, match["value"].strip()) if meaning else None


def row_to_facts(row: GridRow) -> tuple[Fact, ...]:
    """The labels of a row, each with the next printed cell that is no label itself."""
    return slots_to_facts(row.filled)


def slots_to_facts(slots: Sequence[Slot]) -> tuple[Fact, ...]:
    """Labels and values in running order: cells of a row, or lines of a scrambled form."""
    slots = [piece for slot in slots for piece in _without_label(slot)]
    facts: list[Fact] = []
    at = 0
    while at < len(slots):
        slot = slots[at]
        glued = split_label(slot.text)
        meaning = text_to_meaning(slot.text)
        if meaning is None and glued is not None:
            facts.append(Fact(glued[0], slot.text, glued[1], slot.ref))
        elif meaning is not None:
            value = slots[at + 1] if at + 1 < len(slots) else None
            if value is not None and not _is_label(value.text):
                facts.append(Fact(meaning, slot.text, value.text, value.ref))
                at += 1
            else:
                facts.append(Fact(meaning, slot.text, "", slot.ref))
        at += 1
    return tuple(facts)


def _label_and_words(text: str) -> tuple[str, str] | None:
    """A label of a name with the name behind a blank (`主管部门 某某局`), else None."""
    label, _, words = text.partition(" ")
    meaning = exact_meaning(label) if words else None
    named = meaning is not None and meaning.label in (Label.UNIT, Label.PROJECT)
    return (label, words.strip()) if named and exact_meaning(words) is None else None


def _without_label(slot: Slot) -> tuple[Slot, ...]:
    """A cell that ran on into the label of the next line (`某某厅 资金情况`), or holds a label and
    its value, as two."""
    two = _label_and_words(slot.text)
    if two is not None:
        return (replace(slot, text=two[0]), replace(slot, text=two[1]))
    head, _, tail = slot.text.rpartition(" ")
    glued = bool(head) and text_to_meaning(slot.text) is None and text_to_meaning(head) is None
    if not glued or exact_meaning(tail) is None or split_label(slot.text) is not None:
        return (slot,)
    return (replace(slot, text=head.strip()), replace(slot, text=tail))


def _is_label(text: str) -> bool:
    return text_to_meaning(text) is not None or split_label(text) is not None


def best(facts: Iterable[Fact], label: Label) -> Fact | None:
    """The fact of a label that has a value, the highest rank first, then the last printed one of
    the units and the first of everything else."""
    found = [fact for fact in facts if fact.meaning.label is label]
    printed = [fact for fact in found if fact.text] or found
    if not printed:
        return None
    rank = max(fact.meaning.rank for fact in printed)
    top = [fact for fact in printed if fact.meaning.rank == rank]
    return top[0]


def lines_to_facts(lines: Sequence[Line]) -> tuple[Fact, ...]:
    """The labels in the lines above a form, each with its value behind a colon or beside it.

    `项目名称：退役军人优待金    填报单位：德化县退役军人事务局` is one line, and so is
    `项目资金总额（万元）：1,152.00，其中：财政资金 1,152.00`. Garbled labels do not count.
    """
    facts: list[Fact] = []
    for line in lines:
        texts = (piece.strip() for piece in _COLUMNS.split(line.text.strip()))
        columns = [piece for text in texts for piece in _label_and_words(text) or (text,)]
        for one, two in pairwise(columns):
            meaning = exact_meaning(one)
            if meaning is not None and exact_meaning(two) is None and split_label(two) is None:
                facts.append(Fact(meaning, one, two, line.ref))
        for piece in _PIECES.split(line.text):
            glued = split_label(piece.strip())
            label = _GLUED.fullmatch(_WHICH.sub("", fold(piece.strip())))
            if glued is None or label is None or exact_meaning(simplify(label["label"])) is None:
                continue
            facts.append(Fact(glued[0], label["label"], glued[1], line.ref))
    return tuple(facts)
