"""Numbers told in running words, and whether two wordings name the same thing."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise

import regex

from audit.cross.measures import Number, parse_measure, to_number, words_for, words_of

_MOST_TEXT = 20_000
_MOST_NUMBERS = 500
_FOLD = str.maketrans("０１２３４５６７８９．％（）", "0123456789.%()")
_GROUPED = r"[0-9]{1,3}(?:[,，][0-9]{3})+(?![0-9])"
_NUMBER = (
    rf"(?<![0-9.,，A-Za-z-])(?P<number>(?:{_GROUPED}|[0-9]{{1,15}})(?:\.[0-9]{{1,8}})?)(?![0-9])"
)
_STOPS = regex.compile(r"[,，、;；。:：!！?？()“”\"《》<>\n]|[.](?![0-9])|目标[0-9一二三四五六]?")
_DATES = regex.compile(
    r"[0-9]{4}[/.-][0-9]{1,2}(?:[/.-][0-9]{1,2})?|[0-9]{2,4}年(?:度|末|底|初)?"
    r"|[0-9]{1,2}月(?:份|底|末|初)?(?:[0-9]{1,2}[日号])?|[0-9]{1,2}[日号]|第[0-9]+"
)
_SENTENCES = regex.compile(r"[。;；\n]|目标[0-9]")
_NOT_WORDS = regex.compile(r"[^\p{Han}A-Za-z0-9%+-]")
_YEAR = regex.compile(r"(?<![0-9])(20[0-9]{2})年")


@dataclass(frozen=True, slots=True)
class Told:
    """A number in running words: `before` and `after` are the words that touch it, up to the next
    stop or number; `sentence` counts the sentences of the text from 0, `start` its characters.
    `bounded` says that the words make it a bound or a guess (约, 以上), not a number."""

    printed: str
    number: Number
    before: str
    after: str
    sentence: int
    start: int
    bounded: bool


@cache
def _measure_pattern() -> str:
    scales = "|".join(sorted({line["word"] for line in words_of("scales.csv")}, key=_longest))
    bases = "|".join(sorted({line["word"] for line in words_of("bases.csv")}, key=_longest))
    one = rf"(?:(?:{scales})?(?:{bases})|(?:{scales}))"
    return rf"(?P<measure>{one}(?:[/／](?:{bases}))*)?"


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(rf"{_NUMBER} ?{_measure_pattern()}")


def fold(text: str) -> str:
    """Full-width digits, points and brackets as plain ones; everything else as it is.

    >>> fold("１２．５万人（约）")
    '12.5万人(约)'
    """
    return text.translate(_FOLD)


def _touching(text: str, forward: bool) -> str:
    """The words up to the next stop, read away from a number."""
    stops = list(_STOPS.finditer(text))
    if forward:
        return text[: stops[0].start()] if stops else text
    return text[stops[-1].end() :] if stops else text


def _bounded(before: str, after: str) -> bool:
    leading = words_for("bound_words.csv", "before")
    return before.endswith(leading) or after.startswith(words_for("bound_words.csv", "after"))


def _within(spans: list[tuple[int, int]], at: int) -> bool:
    index = bisect_right(spans, (at, _MOST_TEXT)) - 1
    return index >= 0 and at < spans[index][1]


@lru_cache(maxsize=512)
def told_numbers(text: str) -> tuple[Told, ...]:
    """The numbers of a text that have a measure. Days, years and months are none.

    Of a long text the first 20,000 characters count, and of these the first 500 numbers.

    >>> [(t.printed, t.before, t.after) for t in told_numbers("全年保障21.81万名离退休人员。")]
    [('21.81万名', '全年保障', '离退休人员')]
    """
    text = fold(text[:_MOST_TEXT])
    dates = [m.span() for m in _DATES.finditer(text)]
    found: list[tuple[int, int, str, Number]] = []
    for match in _pattern().finditer(text):
        if _within(dates, match.start()) or not match["measure"]:
            continue
        measure = parse_measure(match["measure"])
        digits = Decimal(match["number"].replace(",", "").replace("，", ""))
        number = to_number(digits, measure) if measure is not None else None
        if number is not None and number.measure.kind != "period":
            found.append((match.start(), match.end(), match.group().strip(), number))
        if len(found) == _MOST_NUMBERS:
            break
    ends = [m.start() for m in _SENTENCES.finditer(text)]
    told: list[Told] = []
    for i, (start, end, printed, number) in enumerate(found):
        previous = found[i - 1][1] if i else 0
        following = found[i + 1][0] if i + 1 < len(found) else len(text)
        before = _touching(text[previous:start], forward=False).strip()
        after = _touching(text[end:following], forward=True).strip()
        sentence = bisect_right(ends, start)
        told.append(Told(printed, number, before, after, sentence, start, _bounded(before, after)))
    return tuple(told)


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """A name without spaces and signs, so that one printed twice compares equal.

    >>> name_key("城乡参保居民满意度 (%)")
    '城乡参保居民满意度%'
    """
    return _NOT_WORDS.sub("", fold(name))


@lru_cache(maxsize=4096)
def core(name: str) -> str:
    """What a name is about: without years, and without words that any count may carry.

    >>> core("2020年末实际参保缴费人数"), core("新建圈舍面积")
    ('参保缴费', '新建圈舍')
    """
    text = name_key(_DATES.sub("", fold(name))).replace("%", "")
    words = words_for("label_words.csv", "plain")
    changed = True
    while changed and text:
        changed = False
        for word in words:
            if text != word and (text.startswith(word) or text.endswith(word)):
                text = text.removeprefix(word).removesuffix(word)
                changed = True
    return text


def same_thing(label: str, name: str) -> bool:
    """Whether words beside a number name just what an indicator or a column counts.

    What is left of both, at least three glyphs, must be equal: 新增参保缴费人数 and 参保缴费人数
    are two things.

    >>> same_thing("我县2022年城乡养老参保人数", "预计城乡养老参保人数")
    True
    >>> same_thing("参保", "参保人数")
    False
    """
    return len(core(name)) >= 3 and core(label) == core(name)


@lru_cache(maxsize=4096)
def pairs_of(name: str) -> frozenset[str]:
    """The pairs of neighbouring glyphs of a name that say what it is about (not 补助, 标准, …)."""
    text = name_key(name)
    stop = {line["pair"] for line in words_of("stop_pairs.csv")}
    return frozenset(
        a + b for a, b in pairwise(text) if a + b not in stop and not (a + b).isascii()
    )


def years_in(text: str) -> set[int]:
    """The years that a text names."""
    return {int(match[1]) for match in _YEAR.finditer(fold(text))}
