"""The two generations of the indicator taxonomy, and the words that print its levels.

Until 2021 成本指标 is a second-level indicator under 产出指标; since 财预〔2021〕101号 it is one of
the first level with 经济成本, 社会成本 and 生态环境成本 below it. Both are in use side by side.
"""

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from normalize.performance.words import MEMORY, bare, lookup, nearest, table

COST = "成本指标"
"""The word of both generations: a second level of the older one, a first level of the newer."""

_JOINT = regex.compile(r"[-—:/·、]*")
_NUMBER = regex.compile(r"^(?:[0-9]{1,2}(?:[.．][0-9]{1,2})*|[ⅠⅡⅢⅣⅤⅥ])[.．、]?")
_MAX_LEVEL_LENGTH = 16


@dataclass(frozen=True, slots=True)
class LevelWord:
    """What a printed level may mean: canonical names, "" where the word is not of that level.

    `成本指标` and `满意度指标` are words of both levels.
    """

    level1: str
    level2: str


_NONE = LevelWord("", "")


@cache
def _words(level: str) -> dict[str, str]:
    return {
        row["printed"]: row["canonical"] for row in table("level_words") if row["level"] == level
    }


@cache
def level_words() -> frozenset[str]:
    """All printed words of both levels."""
    return frozenset(_words("1")) | frozenset(_words("2"))


@lru_cache(maxsize=MEMORY)
def text_to_level(text: str) -> LevelWord:
    """The levels that a cell may print; both names are "" where it prints none.

    Broken (`满意度指 标`), numbered (`1.产出指标`), scored (`产出指标（50分）`) and old forms are
    read, and one wrong glyph where only one word is that near.

    >>> text_to_level("可持续影响力指标").level2, text_to_level("项目效益 指标").level1
    ('可持续影响指标', '效益指标')
    >>> text_to_level("成本指标")
    LevelWord(level1='成本指标', level2='成本指标')
    >>> text_to_level("时效指祘").level2, text_to_level("政策知晓率").level2
    ('时效指标', '')
    """
    key = bare(text)
    if not key or len(key) > _MAX_LEVEL_LENGTH:
        return _NONE
    one, two = _words("1"), _words("2")
    for word in (key, _NUMBER.sub("", key)):
        if word in one or word in two:
            return LevelWord(one.get(word, ""), two.get(word, ""))
    return _nearest_level(key)


def _nearest_level(key: str) -> LevelWord:
    ones = {_words("1")[word] for word in nearest(key, tuple(_words("1")))}
    twos = {_words("2")[word] for word in nearest(key, tuple(_words("2")))}
    if len(ones) > 1 or len(twos) > 1:
        return _NONE
    return LevelWord(next(iter(ones), ""), next(iter(twos), ""))


def is_level(text: str) -> bool:
    """Whether a cell prints a level of the taxonomy."""
    return text_to_level(text) != _NONE


def looks_like_level(text: str) -> bool:
    """Whether a cell prints a level that the taxonomy does not have (`投入指标`)."""
    key = bare(text)
    return is_level(text) or (len(key) <= 10 and key.endswith(("指标", "目标")))


@lru_cache(maxsize=MEMORY)
def split_levels(text: str) -> tuple[str, str]:
    """A first and a second level printed in one cell, ("", "") where it is none of this.

    >>> split_levels("产出指标-数量指标"), split_levels("产出指标")
    (('产出指标', '数量指标'), ('', ''))
    """
    key = bare(text)
    for length in range(2, min(len(key), 10)):
        head, tail = key[:length], _JOINT.sub("", key[length:], count=1)
        if head in _words("1") and tail in _words("2"):
            return head, tail
    return "", ""


def split_glued(text: str) -> tuple[str, str]:
    """A second level glued to the indicator's name: (level, name), or ("", text).

    >>> split_glued("数量指标：参保人数"), split_glued("成本控制率")
    (('数量指标', '参保人数'), ('', '成本控制率'))
    """
    match = regex.match(r"(?P<level>[^:：\-—]{2,14})[:：\-—]+\s*(?P<name>\S.*)$", text)
    if match and bare(match["level"]).endswith("指标") and is_level(match["level"]):
        return match["level"].strip(), match["name"].strip()
    return "", text


def parent(level2: str) -> str:
    """The first level above a canonical second level, "" where the taxonomy has no such level.

    >>> parent("时效指标"), parent("社会成本指标")
    ('产出指标', '成本指标')
    """
    return lookup("levels", "level2", "level1").get(level2, "")


@cache
def names_anything() -> frozenset[str]:
    """The second levels of which the names of indicators say nothing: 征占耕地面积 is a count by
    its words, and a social cost where it is printed as one."""
    return frozenset(row["level2"] for row in table("levels") if row["names"] == "any")


@cache
def orders() -> tuple[tuple[str, ...], ...]:
    """The orders in which forms print the second levels, the most usual first."""
    return tuple(tuple(row["levels"].split()) for row in table("orders"))
