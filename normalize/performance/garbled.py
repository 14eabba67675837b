"""Values whose signs or digits OCR read as something else: proposed, never changed."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cache

import regex

from normalize.performance.words import bare, table
from normalize.text import fold
from schemas.findings import Cause, Finding, Severity
from schemas.performance import Claim, Comparator, Indicator

_PERCENT = regex.compile(r"(?<=[0-9])(?:0/[0oO]|/[0oO]|[oO°º](?![0-9A-Za-z]))")
_PERCENT_AS_DIGITS = regex.compile(r"(?P<value>\D*(?P<digits>[0-9]{2,3}|[0-9]{1,3}\.[0-9]+))96")
_LETTERS = regex.compile(r"(?<=[0-9])[OolI](?=[0-9])")
_AS_DIGITS = str.maketrans("OolI", "0011")
# In percent: 9696 may be 96%, 1096 is no usual target.
_LEAST_SHARE, _FULL = Decimal(50), Decimal(100)
_MOST_DIGITS = 15
# Targets with a sign, before one without is remarkable.
_FEWEST_SIGNED = 3


def garbled_values(indicators: Sequence[Indicator], table_no: int) -> tuple[Finding, ...]:
    """What is to be said about targets and results that print signs as digits or letters."""
    found: list[Finding] = []
    all_signed = _all_others_signed(indicators)
    for indicator in indicators:
        target, actual = indicator.target, indicator.actual
        proposal = (
            lost_sign_proposal(indicator.name, target)
            or lost_percent_proposal(indicator.name, target)
            or _sign_that_misses(target, actual)
            or (_sign_among_signed(target) if indicator.number in all_signed else "")
        )
        if proposal:
            found.append(_as_digit(indicator, target, proposal, table_no))
        of_share = indicator.name if target.measure != "%" else f"{indicator.name}率"
        said = lost_percent_proposal(of_share, actual) if actual else ""
        if actual and said:
            found.append(_as_digit(indicator, actual, said, table_no))
        found += [
            _unreadable(indicator, claim, table_no)
            for claim in (target, actual)
            if claim is not None and _LETTERS.search(fold(claim.printed))
        ]
    return tuple(found)


def _as_digit(indicator: Indicator, claim: Claim, proposal: str, table_no: int) -> Finding:
    return Finding(
        "sign-as-digit",
        Severity.WARNING,
        f"{indicator.name!r}: {claim.printed} may be {proposal}, its sign read as a digit.",
        Cause.OCR,
        table_no,
        indicator.number,
        printed=claim.printed,
        proposal=proposal,
        ref=indicator.ref,
    )


def _unreadable(indicator: Indicator, claim: Claim, table_no: int) -> Finding:
    return Finding(
        "cell-unreadable",
        Severity.WARNING,
        f"The figure {claim.printed!r} of {indicator.name} is unreadable.",
        Cause.OCR,
        table_no,
        indicator.number,
        printed=claim.printed,
        proposal=_LETTERS.sub(lambda m: m.group().translate(_AS_DIGITS), claim.printed),
        ref=claim.ref or indicator.ref,
    )


def lost_sign_proposal(name: str, target: Claim) -> str:
    """What a share above 200 % may have been before ≥ was read as 2; "" where it is no such share.

    >>> from normalize.performance.claims import text_to_claim
    >>> [lost_sign_proposal("满意度", text_to_claim(text, None)) for text in ("290%", "90%", "285")]
    ['≥90%', '', '≥85']
    """
    if target.comparator is not Comparator.EQ or target.words or not _is_share(name, target):
        return ""
    digits = fold(target.printed)
    rest = digits[1:]
    value = target.low
    if value is None or not digits.startswith(("2", "3")) or not 200 <= value <= 399:
        return ""
    return f"≥{rest}" if rest[:1] in "56789" or rest.startswith("100") else ""


def _is_share(name: str, target: Claim) -> bool:
    return target.measure == "%" or (not target.measure and bare(name).endswith(_shares()))


def _sign_that_misses(target: Claim, actual: Claim | None) -> str:
    """`23000元` beside a result of 3,120元 may be `≥3000元`: the result is far below the one and
    reaches the other closely."""
    rest = _without_first(target)
    if rest is None or actual is None or actual.low is None or actual.measure != target.measure:
        return ""
    reached = rest <= actual.low <= 2 * rest and target.low is not None
    return f"≥{fold(target.printed)[1:]}" if reached else ""


def _sign_among_signed(target: Claim) -> str:
    """The one target without a sign, where all others have one, and it begins with a 2."""
    return f"≥{fold(target.printed)[1:]}" if _without_first(target) is not None else ""


def _without_first(target: Claim) -> Decimal | None:
    """A number that begins with 2 without it: 3000 for `23000元`; None for any other claim."""
    text = fold(target.printed)
    plain = target.comparator is Comparator.EQ and target.low is not None and not target.words
    if not plain or target.measure == "%" or not regex.match("2[1-9][0-9.]", text):
        return None
    digits = regex.match(r"2(?P<rest>[0-9]+(?:\.[0-9]+)?)", text.replace(",", ""))
    return Decimal(digits["rest"]) if digits and len(digits["rest"]) < _MOST_DIGITS else None


def _all_others_signed(indicators: Sequence[Indicator]) -> frozenset[int]:
    """The indicators that print an amount without a sign among such with one; none where any of
    them cannot have lost it so."""
    amounts = [
        i
        for i in indicators
        if (i.target.low is not None or i.target.high is not None)
        and not _is_share(i.name, i.target)
    ]
    bare_ones = [
        i
        for i in amounts
        if i.target.comparator is Comparator.EQ and not fold(i.target.printed).startswith("=")
    ]
    enough = len(amounts) - len(bare_ones) >= _FEWEST_SIGNED
    alike = all(_without_first(i.target) is not None for i in bare_ones)
    return frozenset(i.number for i in bare_ones) if enough and alike else frozenset()


def lost_percent_proposal(name: str, claim: Claim) -> str:
    """What a share may have been before its % was read as digits or an o; "" where it is no such.

    >>> from normalize.performance.claims import text_to_claim
    >>> [lost_percent_proposal("发放率", text_to_claim(t, None)) for t in ("10096", "≥95o", "96")]
    ['100%', '≥95%', '']
    """
    if claim.measure or not bare(name).endswith(_shares()):
        return ""
    text = fold(claim.printed).replace(" ", "")
    if _PERCENT.search(text):
        return _PERCENT.sub("%", text)
    match = _PERCENT_AS_DIGITS.fullmatch(text)
    if match is None:
        return ""
    small = "." in match["digits"] or Decimal(match["digits"]) >= _LEAST_SHARE
    return f"{match['value']}%" if small and Decimal(match["digits"]) <= _FULL else ""


@cache
def _shares() -> tuple[str, ...]:
    return tuple(row["word"] for row in table("type_words") if row["kind"] == "share")
