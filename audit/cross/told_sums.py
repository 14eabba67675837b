"""Sums that are told in the words of a goal or a result."""

from decimal import Decimal

from audit.cross.facts import ReadFacts
from audit.cross.measures import plain, words_for, words_of
from audit.cross.telling import Place, gap_between, misread_gap, words_finding
from audit.cross.texts import Told, core, told_numbers, years_in
from schemas.findings import Finding
from schemas.performance import PerformanceTable


def _sign(told: Told) -> int | None:
    for line in words_of("change_words.csv"):
        if told.before.endswith(line["word"]):
            return int(line["sign"])
    return None


def _follows(first: Told, change: Told, last: Told) -> bool:
    """Whether three numbers in a row say: so many then, so many more, so many now."""
    if any(t.bounded for t in (first, change, last)):
        return False
    if len({t.sentence for t in (first, change, last)}) > 1:
        return False
    if len({t.number.measure.base for t in (first, change, last)}) > 1:
        return False
    then, now, step = (years_in(t.before) for t in (first, last, change))
    in_order = not then or not now or max(then) + 1 == min(now)
    in_step = not step or not now or step == now
    heart = core(last.before)
    return in_order and in_step and len(heart) >= 3 and core(first.before) == heart


def check_told_sums(facts: ReadFacts) -> tuple[Finding, ...]:
    """`2021年实际领取待遇人员3021人, 2022年预测增加296人, 2022年预计领取待遇人员3317人` must add
    up: rule `told-sum-mismatch`."""
    findings: list[Finding] = []
    for performance in facts.performances:
        table = performance.table
        for text in (table.goal, table.result):
            told = told_numbers(text)
            findings += _listed_sums(facts, table, told)
            for first, change, last in zip(told, told[1:], told[2:], strict=False):
                sign = _sign(change)
                if sign is None or not _follows(first, change, last):
                    continue
                recomputed = first.number.value + sign * change.number.value
                tolerance = sum((t.number.slack for t in (first, change, last)), Decimal(0))
                if abs(last.number.value - recomputed) <= tolerance:
                    continue
                scale = last.number.measure.factor
                findings.append(
                    words_finding(
                        facts,
                        "told-sum-mismatch",
                        f"{first.printed} {'+' if sign > 0 else '-'} {change.printed} is "
                        f"{plain(recomputed / scale)}, the text says {last.printed}.",
                        Place(table, None, last.printed),
                        gap_between(last.number, recomputed, tolerance),
                    )
                )
    return tuple(findings)


def _listed_sums(
    facts: ReadFacts, table: PerformanceTable, told: tuple[Told, ...]
) -> list[Finding]:
    """`低保对象22,458人、特困人员1,826人，共计24,284人`: what is listed before 共计 must add up.

    Not where the list is a part of something (其中), and only where the sum is missed narrowly or
    by one misreading: people who are trained and then placed are listed one after the other too.
    """
    findings: list[Finding] = []
    for at, whole in enumerate(told):
        parts = _listed_before(told, at)
        total = sum((t.number.value for t in parts), Decimal(0))
        if len(parts) < 2 or any(t.number.value == whole.number.value for t in parts):
            continue
        tolerance = sum((t.number.slack for t in (*parts, whole)), Decimal(0))
        gap = gap_between(whole.number, total, tolerance)
        narrow = abs(whole.number.value - total) * 10 <= total or misread_gap(gap)
        if abs(whole.number.value - total) <= tolerance or not narrow:
            continue
        scale = whole.number.measure.factor
        findings.append(
            words_finding(
                facts,
                "told-sum-mismatch",
                f"{' + '.join(t.printed for t in parts)} is {plain(total / scale)}, the text says "
                f"{whole.printed}.",
                Place(table, None, whole.printed),
                gap,
            )
        )
    return findings


def _listed_before(told: tuple[Told, ...], at: int) -> list[Told]:
    """The numbers of the same measure in the sentence before one that 共计 introduces; none where
    any of them is a bound, a change, or a part of another."""
    whole = told[at]
    if not whole.before.endswith(words_for("sum_words.csv", "whole")) or whole.bounded:
        return []
    parts: list[Told] = []
    for one in reversed(told[:at]):
        if one.sentence != whole.sentence or one.number.measure.base != whole.number.measure.base:
            break
        if one.bounded or _sign(one) is not None or one.number.measure.per:
            return []
        if any(word in one.before for word in words_for("sum_words.csv", "part")):
            return []
        parts.insert(0, one)
    return parts
