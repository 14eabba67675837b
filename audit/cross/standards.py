"""Standards told per person and period that contradict: 52元/人/年 beside 按每人每月52元标准."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

import regex

from audit.cross.causes import Misreading, cause_of
from audit.cross.facts import ReadFacts
from audit.cross.measures import claim_number, parse_measure, plain, words_of
from audit.cross.texts import fold, name_key, pairs_of
from schemas.findings import Finding, Severity
from schemas.performance import Indicator

_HEADER = regex.compile(
    r"每(?P<head>\p{Han}{1,2}?)(?:次)?每(?P<period>年|个月|月|季度|季|天|日)"
    r"\p{Han}{0,6}?(?P<amount>[0-9]{1,9}(?:\.[0-9]{1,4})?)元"
)
# In characters: a shorter name is part of too many others.
_LEAST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Standard:
    """So much for each head and period. `words` are the name or header that says so."""

    amount: Decimal
    heads: tuple[str, ...]
    period: str
    words: str


@dataclass(frozen=True, slots=True)
class _Claimed:
    """A standard that an indicator claims."""

    standard: _Standard
    unit: str
    table_no: int
    indicator: Indicator


def _periods() -> frozenset[str]:
    return frozenset(line["base"] for line in words_of("bases.csv") if line["kind"] == "period")


def _claimed(facts: ReadFacts) -> list[_Claimed]:
    found: list[_Claimed] = []
    for performance in facts.performances:
        table = performance.table
        for indicator in table.indicators:
            number = claim_number(indicator.target)
            if number is None or number.measure.kind != "money":
                continue
            periods = [p for p in number.measure.per if p in _periods()]
            heads = tuple(p for p in number.measure.per if p not in _periods())
            if len(periods) == 1 and heads:
                standard = _Standard(number.value, heads, periods[0], indicator.name)
                found.append(_Claimed(standard, table.budget_unit, table.number, indicator))
    return found


def _headers(facts: ReadFacts) -> list[_Standard]:
    found: list[_Standard] = []
    for allocation in facts.allocations:
        for column in allocation.table.columns:
            for match in _HEADER.finditer(fold(column.item)):
                head, period = parse_measure(match["head"]), parse_measure(match["period"])
                if head is not None and period is not None:
                    amount = Decimal(match["amount"])
                    found.append(_Standard(amount, (head.base,), period.base, column.item))
    return found


_Periods = dict[tuple[Decimal, tuple[str, ...]], dict[str, Counter[str]]]


def _by_name(claimed: list[_Claimed]) -> _Periods:
    """How many forms claim an amount for a head under a name, by its period."""
    found: _Periods = defaultdict(lambda: defaultdict(Counter))
    for one in claimed:
        standard = one.standard
        found[standard.amount, standard.heads][name_key(standard.words)][standard.period] += 1
    return found


def _votes(one: _Standard, known: _Periods) -> Counter[str]:
    """The periods under which forms claim the same, one name being the other or part of it."""
    votes: Counter[str] = Counter()
    name = name_key(one.words)
    for other, periods in known[one.amount, one.heads].items():
        short, long = sorted((name, other), key=len)
        if len(short) >= _LEAST_NAME and short in long:
            votes += periods
    return votes


def _alike(one: _Standard, other: _Standard) -> bool:
    return one.amount == other.amount and one.heads == other.heads


def check_standards(facts: ReadFacts) -> tuple[Finding, ...]:
    """A standard whose period contradicts the other forms, or the allocation table's header.

    Rule `measure-contradiction`. The amount and the head must be the same, and the names too (or
    the header must share words with the name); a header that says the same acquits.
    """
    claimed, headers = _claimed(facts), _headers(facts)
    known, findings = _by_name(claimed), list[Finding]()
    for one in claimed:
        found = _judge(facts, one, known, headers)
        findings += [found] if found is not None else []
    return tuple(findings)


def _judge(
    facts: ReadFacts, one: _Claimed, known: _Periods, headers: list[_Standard]
) -> Finding | None:
    told = [h for h in headers if _alike(h, one.standard)]
    if any(h.period == one.standard.period for h in told):
        return None
    pairs = pairs_of(one.indicator.name)
    linked = [h for h in told if pairs & pairs_of(h.words)]
    votes = _votes(one.standard, known)
    alike = votes.pop(one.standard.period, 0)
    outvoted = votes.total() > alike
    periods = {s.period for s in linked} | (set(votes) if outvoted else set())
    against = votes.total() if outvoted else 0
    return _finding(facts, one, linked, against, periods.pop()) if len(periods) == 1 else None


def _finding(
    facts: ReadFacts,
    one: _Claimed,
    linked: list[_Standard],
    against: int,
    period: str,
) -> Finding:
    amount, head = plain(one.standard.amount), "/".join(one.standard.heads)
    said = f"{amount}元/{head}/{period}"
    reasons: list[str] = []
    if against:
        reasons.append(f"{against} other forms print {said}")
    if linked:
        reasons.append(f"the allocation table's header says {linked[0].words.split(' / ')[0]}")
    target = one.indicator.target
    return Finding(
        "measure-contradiction",
        Severity.WARNING,
        f"{one.unit}: {one.indicator.name} prints {target.printed}, but {' and '.join(reasons)}.",
        cause_of(facts, Misreading.RARE),
        one.table_no,
        one.indicator.number,
        printed=target.printed,
        proposal=said,
        ref=target.ref or one.indicator.ref,
    )
