"""The forms of a place name: folded for comparison, cut short by rule, without its designator."""

import unicodedata
from functools import cache

import opencc
import regex

from normalize.places.vocabulary import Vocabulary, load_vocabulary, read_csv

__all__ = ["Vocabulary", "clean", "fold", "load_vocabulary", "short_forms", "stem"]

_NOISE = regex.compile(r"[\p{Z}\p{C}\s]+|</?\w+>")
_LEAD = regex.compile(
    r"^(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.、．:：]+|其中[:：]?|[-·•*○●]+)"
)
# What a row counts in or leaves out is no part of its name: 成都市(不含简阳市).
_REMARK = regex.compile(r"\((?:不?含|不?包[括含]|除|扣除|剔除)[^()]*\)$")
_TAIL = regex.compile(r"[:：;；,，、。.*※]+$")


@cache
def _radicals() -> dict[int, str]:
    return {ord(row["radical"]): row["ideograph"] for _, row in read_csv("radicals.csv")}


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@cache
def _simplified(character: str) -> str:
    return str(_converter().convert(character))


def clean(printed: str) -> str:
    """A printed name without spaces, invisible characters, numbering and trailing marks.

    Full-width and compatibility forms and CJK radicals become ordinary characters; the script
    stays.

    >>> clean("  1、伊 宁县："), clean("⻓沙市"), clean("其中：奎屯市")
    ('伊宁县', '长沙市', '奎屯市')
    >>> clean("成都市（不含简阳市）")
    '成都市'
    """
    text = _NOISE.sub("", unicodedata.normalize("NFKC", printed).translate(_radicals()))
    return _REMARK.sub("", _TAIL.sub("", _LEAD.sub("", text)))


def fold(name: str) -> str:
    """The form under which names are compared: simplified, character by character.

    One simplified character stands for several traditional ones, and a few simplified names keep
    a character that OpenCC takes for a traditional one (乾县): both sides are folded the same way,
    so that they meet. Phrases are not looked at, because a name is no phrase.

    >>> fold("溫泉縣"), fold("乾縣") == fold("乾县")
    ('温泉县', True)
    """
    return "".join(map(_simplified, name))


def _without_ethnic(body: str, vocabulary: Vocabulary) -> str:
    """Drop the names of peoples at the end, as long as something is left.

    >>> _without_ethnic("积石山保安族东乡族撒拉族", load_vocabulary())
    '积石山'
    >>> _without_ethnic("东乡族", load_vocabulary())
    '东乡'
    """
    while True:
        for people in vocabulary.ethnic:
            ending = f"{people}族" if body.endswith("族") else people
            left = len(body) - len(ending)
            least = 1 if ending.endswith("族") else 2
            if len(ending) > 1 and body.endswith(ending) and left >= least:
                body = body[: -len(ending)]
                break
        else:
            whole = body.removesuffix("族")
            return whole if whole in vocabulary.ethnic else body


def short_forms(official: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The short forms that rules make of an official name; none where it is short already.

    >>> short_forms("巴音郭楞蒙古自治州", load_vocabulary())
    ('巴音郭楞州',)
    >>> short_forms("沙湾县", load_vocabulary())
    ()
    """
    for word in vocabulary.designators:
        if not official.endswith(word.official):
            continue
        if not word.official.startswith("自治") and word.official != "特别行政区":
            return ()
        body = _without_ethnic(official.removesuffix(word.official), vocabulary)
        return (body + word.short,)
    return ()


@cache
def stem(name: str) -> str:
    """A name without its designator and peoples; the name itself where nothing can be cut.

    >>> stem("察布查尔锡伯自治县"), stem("塔城地区")
    ('察布查尔', '塔城')
    """
    vocabulary = load_vocabulary()
    short = next(iter(short_forms(name, vocabulary)), name)
    for word in vocabulary.designators:
        if word.official and short.endswith(word.official) and len(short) > len(word.official):
            return short.removesuffix(word.official)
    return short
