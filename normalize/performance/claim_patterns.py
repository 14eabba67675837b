"""What dates, numbers, signs and measures look like in the values of indicators."""

from functools import cache

import regex

from normalize.performance.words import table
from normalize.quantities import measures
from schemas.performance import Comparator

_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_NUMBER = rf"(?<![0-9.,²³⁴½¼¾][ ]?|[0-9][A-Za-z])-?{_DIGITS}(?! ?[0-9]|[²³⁴½¼¾]|[A-Za-z][0-9])"
DASH = r"(?:-|–|—|~|～|〜|至|到)"
END = r"(?:[,，、;；。.]|$|\()"
_YEAR = r"(?:19|20)[0-9]{2}"
DATE = regex.compile(
    rf"(?:{_YEAR}[/.-][0-9]{{1,2}}(?:[/.-][0-9]{{1,2}})?(?![0-9])"
    r"|(?:[0-9]{2}|[0-9]{4})年(?:度|初|末|底)?(?:第?[0-9一二三四]{1,2}季度)?(?:[0-9]{1,2}月(?:份|初|末|底)?)?"
    r"(?:[0-9]{1,2}[日号])?"
    r"|(?:每|次|当|本|第)?[0-9]{0,2}月(?:份|初|末|底)?[0-9]{1,2}[日号]"
    r"|[0-9]{1,2}月(?:份|初|末|底)"
    r"|[0-9]{1,2}月?[-–—~～至到][0-9]{1,2}月(?!人))"
)
YEARS = regex.compile(r"[0-9]{2} ?年")
DEADLINE = regex.compile(
    r"(?:[日号月天年]|月底|月末|月初|年底|年末|年初|季末|工作日|小时|周)(?:底|末)?(?:之?前|以前|之?内|以内)"
    r"(?:完成|到位|拨付|支付|发放|报送|下达)?$"
    r"|(?:当年|年度|年内|年底|年末|月底|季末)(?:前|内)?(?:完成|到位|拨付|支付)?$"
)
BEFORE_DATE = regex.compile(
    rf"{DATE.pattern}(?:之?前|以前|止)(?:完成|到位|拨付|支付|发放|报送|下达)?"
)
ORDINAL = regex.compile(r"第[0-9]+|(?<![0-9])[0-9]+/[0-9]+|[0-9]+[、.](?=\p{Han})|[0-9]+号文?")
# 1:50 and 100±5 are two numbers that mean one thing together.
PROPORTION = regex.compile(r"[0-9.]+ ?[:：±] ?[0-9.]+")
FAR_SIGN = regex.compile(r"(?P<sign>不得?\p{Han}{1,2}[于过])\p{Han}{1,10}$")


@cache
def measure_pattern() -> str:
    """A measure, known ones put together too (`元/人/年`, `元/床位`)."""
    words = sorted(measures(), key=len, reverse=True)
    one = "|".join(regex.escape(word) for word in words)
    after = any_of("after")
    return rf"(?:{one})(?:[/·](?:{one}|\p{{Han}}{{1,3}}?(?=[/·)]|$|{after})))*"


@cache
def signs(place: str) -> dict[str, Comparator]:
    """The words that bind a number in one place (before, after) and how they bind."""
    return {
        row["word"]: Comparator(row["comparator"])
        for row in table("comparators")
        if row["place"] == place
    }


@cache
def any_of(place: str) -> str:
    """The words of one place as a pattern, the longest first."""
    words = [row["word"] for row in table("comparators") if row["place"] == place]
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def single_value() -> regex.Pattern[str]:
    """A number with what binds it before or after: `≥74.05万人`, `95%以上`."""
    before, after = any_of("before"), any_of("after")
    return regex.compile(
        rf"(?P<before>{before})? ?(?P<number>{_NUMBER}) ?(?P<measure>{measure_pattern()})?"
        rf" ?(?P<after>{after})?"
    )


@cache
def unknown_measure() -> regex.Pattern[str]:
    """A counting word that no list knows, before a sign or the end."""
    return regex.compile(rf" ?(?P<measure>[\p{{Han}}/]{{1,3}}?)(?P<after>{any_of('after')})?")


@cache
def value_range() -> regex.Pattern[str]:
    """Two numbers with their measures: `95%-105%`, `95%≤X<105%`."""
    measure, before = measure_pattern(), any_of("before")
    first = rf"(?P<first>{_NUMBER}) ?(?P<m1>{measure})?"
    second = rf"(?P<second>{_NUMBER}) ?(?P<m2>{measure})?"
    one, two = rf"(?P<s1>{before})", rf"(?P<s2>{before})"
    return regex.compile(
        rf"{first} ?{DASH} ?{second}(?:之?间|区间)?"
        rf"|{first} ?{one} ?(?:[A-Za-z]|\p{{Han}}{{0,8}}) ?{two} ?{second}"
        rf"|{one} ?{first} ?[,，、;；且并]? ?{two} ?{second}"
    )
