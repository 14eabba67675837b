"""What a column of figures measures: said in its own header, else by the 单位 line of its table."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

import regex

from normalize.allocation.folding import header_use
from normalize.allocation.profiles import Profile
from normalize.quantities import Measure, MeasureKind, measures
from normalize.text import label_key
from normalize.vocabulary import read_rows, words_for

_BRACKETED = regex.compile(r"[(（](?:单位[:：])?(?P<word>[^()（）]{1,12})[)）]")
_LAST_BRACKETED = regex.compile(r"\((?:单位:)?(?P<word>[^()]{2,3})\)$")
_REMARK = regex.compile(r"\([^()]*\)")
# 元/生, 万元/公里: money for each of anything.
_RATE = regex.compile(r"(?P<money>\p{Han}{0,2}元)/\p{Han}[\p{Han}/·.]{0,7}")
_LISTED = regex.compile(r"[、,;和 ]")
# 人数, 人次, 数量 count; 伤残人员 may as well be those for whom an amount is meant.
_COUNTS = regex.compile(r"[数次量]$")
_COUNTED = (MeasureKind.PERSONS, MeasureKind.COUNT)
_MOSTLY = 0.9
_SOME = 0.1


def column_measure(
    path: Sequence[str], table_measure: str, profile: Profile, *, beside_rates: bool = False
) -> str:
    """The measure of a column: in its own header in brackets, else from the 单位 line by kind.

    `table_measure` is the 单位 line as printed (人、万元). "" where the table does not say it, or
    says two that fit: then `beside_rates`, a column of standards beside this one, tells which of
    元、万元 is the standards'.
    """
    printed = next(_bracketed(path), "")
    if printed or is_words(path, profile) or any(map(_garbles_money, path)):
        return printed
    if profile.percents > 0.5 or (profile.percents > 0 and not profile.numbers):
        return "%"
    offered = offered_measures(table_measure)
    if path and is_rate_header(path[-1]):
        return _rate_measure(offered)
    counted = _counted(path[-1], offered) if path and not profile.fractions > _SOME else ""
    kind, sure = _kind(path, offered, profile)
    if counted or not sure:
        return counted
    return _amount_measure(kind, offered, beside_rates)


def _garbles_money(text: str) -> bool:
    """Whether a header says an amount of money that cannot be read: （万币）, （刀元）."""
    match = _LAST_BRACKETED.search(label_key(text))
    word = match["word"] if match else ""
    return any(
        len(m.word) == len(word) > 1
        and m.word != word
        and any(a == b for a, b in zip(m.word, word, strict=True))
        for m in measures().values()
        if m.kind is MeasureKind.MONEY and word not in measures()
    )


def _kind(
    path: Sequence[str], offered: Sequence[Measure], profile: Profile
) -> tuple[MeasureKind | None, bool]:
    """What a header says of its column, the innermost text first, and whether nothing speaks
    against it. No column of persons has decimals, unless thousands of them are the measure; 人员
    below an amount, or where no persons are listed, are those for whom it is meant."""
    kinds = [(text, k) for text in reversed(path) if (k := kind_of_text(text)) is not None]
    if profile.fractions > _SOME and all(m.factor == 1 for m in offered if m.kind in _COUNTED):
        others = [(text, kind) for text, kind in kinds if kind not in _COUNTED]
        return (others[0][1], True) if others else (None, not kinds)
    if not kinds:
        return None, True
    text, kind = kinds[0]
    if kind is not MeasureKind.PERSONS or _COUNTS.search(label_key(text)):
        return kind, True
    listed = not offered or any(m.kind is MeasureKind.PERSONS for m in offered)
    return kind, listed and all(k is not MeasureKind.MONEY for _, k in kinds[1:])


def _counted(text: str, offered: Sequence[Measure]) -> str:
    """The measure that a header counts in so many words: 套 of 套数, 公里 of 公里数. One that
    the 单位 line lists goes before; 万户 there is what 户数 are told in."""
    key = label_key(text)
    for m in sorted(offered, key=lambda m: -len(m.word)):
        said = m.kind in _COUNTED and len(m.word) > 1 and key.endswith(m.word)
        if said or key.endswith(f"{m.word}数"):
            return m.word
    word = key[-2:-1] if key.endswith("数") else ""
    known = measures().get(word)
    if known is None or known.kind is not MeasureKind.COUNT:
        return ""
    return "" if any(m.base == known.base for m in offered) else word


def _bracketed(path: Sequence[str]) -> Iterator[str]:
    """Measures in brackets, the innermost header's first."""
    for text in reversed(path):
        for match in _BRACKETED.finditer(label_key(text)):
            if is_measure_word(match["word"]):
                yield _in_money(match["word"])


def _amount_measure(
    kind: MeasureKind | None, offered: Sequence[Measure], beside_rates: bool
) -> str:
    """The measure that fits a kind; a sole measure fits all that says no other."""
    fitting = [m for m in offered if m.kind is kind]
    if len(fitting) > 1 and kind is MeasureKind.COUNT:
        return ""  # 个、户、套: which of them, the header does not say
    if len(fitting) > 1 and kind is MeasureKind.MONEY:
        return max(fitting, key=lambda m: m.factor).word if beside_rates else ""
    if not fitting and kind is None and len(offered) == 1:
        fitting = list(offered)
    if fitting:
        return fitting[0].word
    return "人" if kind is MeasureKind.PERSONS else ""


def _rate_measure(offered: Sequence[Measure]) -> str:
    """What standards are told in: 元/人 of 人、元/人、万元; 元 of 元、万元. 万元 alone says nothing
    of them: 补助标准 640 under 单位：万元 are 元."""
    rates = [m for m in offered if m.kind is MeasureKind.RATE]
    if rates:
        return rates[0].word if len(rates) == 1 else ""
    money = [m for m in offered if m.kind is MeasureKind.MONEY]
    least = min(money, key=lambda m: m.factor, default=None)
    return least.word if least and (len(money) > 1 or least.factor == 1) else ""


def is_measure_word(word: str) -> bool:
    """Whether a text is a measure: 万元, or money for each of anything.

    >>> is_measure_word("万元"), is_measure_word("元/生"), is_measure_word("元/人·月")
    (True, True, True)
    >>> is_measure_word("市、县")
    False
    """
    match = _RATE.fullmatch(word)
    return _in_money(word) in measures() or (match is not None and match["money"] in measures())


def _in_money(word: str) -> str:
    """A measure without the name of the currency: 人民币万元 is 万元."""
    word = word.strip("()")
    for name in words_for("currency"):
        word = word.removeprefix(name).removesuffix(name).strip("()")
    return word


def offered_measures(table_measure: str) -> tuple[Measure, ...]:
    """The measures that a 单位 line lists. A stroke parts two of them, or makes a rate where more
    stand beside it.

    >>> [m.word for m in offered_measures("人、元/人、万元")], [m.word for m in
    ...  offered_measures("人/万元")]
    (['人', '元/人', '万元'], ['人', '万元'])
    """
    known = measures()
    tokens = [_in_money(token) for token in _LISTED.split(label_key(table_measure)) if token]
    found: list[Measure] = []
    for token in tokens:
        parts = [known[part] for part in token.split("/") if part in known]
        if token in known and (len(tokens) > 1 or "/" not in token):
            found.append(known[token])
        elif len(tokens) > 1 and is_measure_word(token):
            found.append(Measure(token, token, known["元"].factor, MeasureKind.RATE))
        else:
            found.extend(parts)
    return tuple(dict.fromkeys(found))


def says_measure(text: str) -> str:
    """The measure that a header text says in brackets, "" where it says none."""
    return next(_bracketed((text,)), "")


def says_other(text: str, table_measure: str) -> bool:
    """Whether a header text names a measure that is not the table's, or counts no money.

    >>> says_other("增减幅度（%）", "万元"), says_other("中央资金", "万元")
    (True, False)
    """
    printed = says_measure(text) or table_measure
    counts = kind_of_text(text) not in (None, MeasureKind.MONEY)
    return printed != table_measure or counts or is_rate_header(text)


def has_rates(paths: Iterable[Sequence[str]]) -> bool:
    """Whether a header of a table is one of standards or of amounts for each."""
    return any(path and is_rate_header(path[-1]) for path in paths)


def is_rate_header(text: str) -> bool:
    """Whether a header says an amount for each: 补助标准, 人均财力, and not 按标准测算资金.

    >>> [is_rate_header(t) for t in ("补助标准（元/人）", "生均经费", "按标准测算资金")]
    [True, True, False]
    """
    key = _REMARK.sub("", label_key(text))
    return key.endswith(_rate_words("ending")) or key.startswith(_rate_words("beginning"))


@cache
def _rate_words(place: str) -> tuple[str, ...]:
    return tuple(r["word"] for r in read_rows("rate_headers.csv") if r["place"] == place)


@cache
def _kind_words() -> tuple[tuple[str, MeasureKind], ...]:
    return tuple((r["word"], MeasureKind(r["kind"])) for r in read_rows("header_measures.csv"))


def kind_of_text(text: str) -> MeasureKind | None:
    """What a header text says its column measures: the word that ends last has the say, of two that
    end there the longer. A word of one character counts at the very end only (取暖费, 免费教材数).

    >>> kind_of_text("养老金领取人数").value, kind_of_text("草畜平衡奖励").value
    ('persons', 'money')
    """
    key = label_key(text)
    found = [
        (key.rfind(word) + len(word), len(word), kind)
        for word, kind in _kind_words()
        if word in key and (len(word) > 1 or key.endswith(word))
    ]
    return max(found)[2] if found else None


def is_words(path: Sequence[str], profile: Profile) -> bool:
    """Whether a column holds words, or numbers that count nothing: codes, dates, telephones. A
    remark may be a number; a column of numbers only is none of remarks, whatever stands over it."""
    use = header_use(path[-1]) if path else ""
    figures = profile.numbers + profile.percents
    remarks = use == "text" and (figures < _MOSTLY or profile.blanks > 1 - _MOSTLY)
    codes = use == "code" and (profile.codes >= _MOSTLY or not profile.numbers)
    return profile.words > 0.5 or codes or remarks
