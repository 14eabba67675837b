"""Numbers told in the words of a goal or a result, among themselves and beside the indicators."""

from dataclasses import dataclass

import regex

from audit.cross.facts import ReadFacts
from audit.cross.measures import Number, claim_number
from audit.cross.telling import Place, gap_between, words_finding
from audit.cross.texts import Told, core, pairs_of, same_thing, told_numbers, years_in
from schemas.findings import Finding
from schemas.performance import Claim, Comparator, Indicator, PerformanceTable
from schemas.tables import TableKind

# A number of fewer digits stands in a text for anything.
_TELLING_DIGITS = 3
# In characters: what must follow two numbers alike for them to count the same thing.
_LEAST_NOUN = 4
_YEARS = regex.compile(r"20[0-9]{2}年? ?[-—–~～至到]")


def _contradicts(told: Number, claim: Claim, number: Number) -> bool:
    tolerance = told.slack + number.slack
    if claim.comparator is Comparator.GE:
        return told.value < number.value - tolerance
    if claim.comparator is Comparator.LE:
        return told.value > number.value + tolerance
    return abs(told.value - number.value) > tolerance


def _of_now(facts: ReadFacts, told: Told, text: str) -> bool:
    """Whether a number is told of the year that the form is about, as far as the words say."""
    named, latest = years_in(told.before), max(years_in(text), default=None)
    known = facts.head.fiscal_year or latest
    return not named or (named == {known} and _YEARS.search(told.before) is None)


@dataclass(frozen=True, slots=True)
class _Side:
    """Which words stand beside which claims: the goal beside targets, the result beside actuals."""

    rule: str
    words: str
    actual: bool


_SIDES = (
    _Side("goal-mismatch", "goal", actual=False),
    _Side("result-mismatch", "result", actual=True),
)


def check_told_values(facts: ReadFacts) -> tuple[Finding, ...]:
    """A number in a goal's words that contradicts the indicator of the same name and measure
    (`goal-mismatch`), or in the words of a result (`result-mismatch`)."""
    findings: list[Finding] = []
    for performance in facts.performances:
        for side in _SIDES:
            findings += _told_against(facts, performance.table, side)
    return tuple(findings)


def _told_against(facts: ReadFacts, table: PerformanceTable, side: _Side) -> list[Finding]:
    text = table.result if side.actual else table.goal
    findings: list[Finding] = []
    for indicator in table.indicators:
        claim = indicator.actual if side.actual else indicator.target
        number = claim_number(claim)
        if claim is None or number is None:
            continue
        alike = [
            t
            for t in told_numbers(text)
            if t.number.measure.base == number.measure.base
            and not t.bounded
            and _of_now(facts, t, text)
        ]
        linked = [t for t in alike if same_thing(t.before, indicator.name)]
        linked = linked or _nearly_same(alike, indicator, number, table)
        if any(_same_number(t.number, number) for t in told_numbers(text)):
            continue  # the text says it too, in other words
        if len(linked) != 1 or not _contradicts(linked[0].number, claim, number):
            continue
        told = linked[0]
        findings.append(
            words_finding(
                facts,
                side.rule,
                f"{indicator.name}: the {side.words} says {told.printed}, the indicator prints "
                f"{claim.printed}.",
                Place(table, indicator, claim.printed),
                gap_between(number, told.number, told.number.slack + number.slack),
            )
        )
    return findings


def _nearly_same(
    told: list[Told], indicator: Indicator, number: Number, table: PerformanceTable
) -> list[Told]:
    """The number one digit apart whose words begin or end the indicator's name, and no other's:
    `90岁以上1,500人` beside 90岁以上高龄津贴发放人数 1400人."""
    if len(_digits(number).replace(".", "")) < _TELLING_DIGITS:
        return []

    def named(words: str, name: str) -> bool:
        short, long = sorted((core(words), core(name)), key=len)
        return len(short) >= _LEAST_NOUN and long.startswith(short) | long.endswith(short)

    alike = [
        i.name
        for i in table.indicators
        if (n := claim_number(i.target)) is not None
        and n.measure.base == number.measure.base
        and n.measure.per == number.measure.per
    ]
    return [
        t
        for t in told
        if _one_digit_apart(t.number, number)
        and named(t.before, indicator.name)
        and sum(named(t.before, name) for name in alike) == 1
    ]


def _digits(number: Number) -> str:
    return f"{number.printed:f}"


def _same_number(one: Number, other: Number) -> bool:
    """The same digits with the same scale word: 11.88万 and 11.88万."""
    return _digits(one) == _digits(other) and one.measure.factor == other.measure.factor


def check_result_measures(facts: ReadFacts) -> tuple[Finding, ...]:
    """A number that a result tells in another measure than the indicator that prints it:
    `稳岗补贴11.88万人次` beside 11.88万人; rule `measure-contradiction`.

    The number must have three digits or more, be that of one indicator only, and both wordings
    must share words.
    """
    findings: list[Finding] = []
    for performance in facts.performances:
        table = performance.table
        if table.kind is not TableKind.SELF_EVALUATION:
            continue
        for told in told_numbers(table.result):
            same = [
                (i, n)
                for i in table.indicators
                if (n := claim_number(i.actual)) is not None and _same_number(n, told.number)
            ]
            if len(same) != 1 or len(_digits(told.number).replace(".", "")) < _TELLING_DIGITS:
                continue
            indicator, number = same[0]
            here, there = number.measure, told.number.measure
            times = here.base == there.of or there.base == here.of
            shared = pairs_of(told.before + told.after) & pairs_of(indicator.name)
            if not here.base or not times or not shared or indicator.actual is None:
                continue
            findings.append(
                words_finding(
                    facts,
                    "measure-contradiction",
                    f"{indicator.name}: the indicator prints {indicator.actual.printed}, "
                    f"the result says {told.before}{told.printed}.",
                    Place(table, indicator, indicator.actual.printed),
                )
            )
    return tuple(findings)


def _one_digit_apart(one: Number, other: Number) -> bool:
    left, right = _digits(one), _digits(other)
    apart = sum(a != b for a, b in zip(left, right, strict=False))
    return len(left) == len(right) and apart == 1 and one.measure.factor == other.measure.factor


def _same_noun(one: Told, other: Told) -> bool:
    """Whether the words right after two numbers begin alike: 离退休人员…"""
    return (
        len(one.after) >= _LEAST_NOUN
        and one.after[:_LEAST_NOUN] == other.after[:_LEAST_NOUN]
        and len({one.number.measure.base, other.number.measure.base} - {""}) <= 1
    )


def check_result_words(facts: ReadFacts) -> tuple[Finding, ...]:
    """A result that tells two numbers of the same people: rule `result-contradiction`.

    `保障5.56万离退休人员…调增5.76万名离退休人员…`: told only where the two are one digit apart, one
    of them is what an indicator prints, and the other is what none does.
    """
    findings: list[Finding] = []
    for performance in facts.performances:
        table = performance.table
        told = told_numbers(table.result)
        known = [
            (i, n)
            for i in table.indicators
            for n in (claim_number(i.actual), claim_number(i.target))
            if n is not None
        ]
        for one in told:
            if any(_same_number(n, one.number) for _, n in known):
                continue
            for other in told:
                if not _same_noun(one, other) or not _one_digit_apart(one.number, other.number):
                    continue
                backed = [i for i, n in known if _same_number(n, other.number)]
                if not backed:
                    continue
                findings.append(_two_numbers(facts, table, one, other, backed[0]))
                break
    return tuple(findings)


def _two_numbers(
    facts: ReadFacts, table: PerformanceTable, one: Told, other: Told, indicator: Indicator
) -> Finding:
    return words_finding(
        facts,
        "result-contradiction",
        f"The result says {one.before}{one.printed} and {other.before}{other.printed} of the same "
        f"{other.after[:_LEAST_NOUN]}…; {indicator.name} prints "
        f"{indicator.actual.printed if indicator.actual else indicator.target.printed}.",
        Place(table, indicator, one.printed),
        gap_between(one.number, other.number, one.number.slack + other.number.slack),
    )
