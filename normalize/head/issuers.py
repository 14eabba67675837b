"""Who issued a notice: letterhead and signature, each mended by what is intact in the other."""

import re
from collections.abc import Sequence

from normalize.head.organs import (
    is_full_name,
    is_organ,
    is_tail,
    list_to_names,
    one_gap,
    one_sign_off,
)
from normalize.head.text import HeadLine, fold
from normalize.head.vocabulary import ORGAN, TITLE
from schemas.findings import Cause, Finding, Severity
from schemas.source import Ref

_LABEL = re.compile(rf"(?:{'|'.join(ORGAN.labels)})\s?:\s?")


def names_to_issuers(
    letterhead: Sequence[str], signature: Sequence[str], elsewhere: str, ref: Ref | None
) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The issuers in the order of the letterhead, then those that only signed.

    A name that lacks a run of characters of another is the same body under a seal, and the whole
    name is kept. Where two names differ in one character of the place, the one that stands
    elsewhere in the text too is kept; where that does not decide, the letterhead's, with a finding.

    >>> names_to_issuers(["塔城地区财政局"], ["城地区财政局"], "", None)[0]
    ('塔城地区财政局',)
    """
    issuers = list(dict.fromkeys(letterhead))
    findings: list[Finding] = []
    for name in dict.fromkeys(signature):
        if name in issuers:
            continue
        place = _same_body(issuers, name, signature)
        if place is None:
            issuers.append(name)
            continue
        kept, finding = _better(issuers[place], name, elsewhere, ref)
        issuers[place] = kept
        findings.append(finding)
    return tuple(dict.fromkeys(issuers)), tuple(findings)


def _same_body(issuers: Sequence[str], name: str, signature: Sequence[str]) -> int | None:
    """The only issuer that `name` can be a damaged form of (or the other way round)."""
    places = [
        place
        for place, issuer in enumerate(issuers)
        if issuer not in signature
        and (
            one_gap(name, issuer)
            or one_gap(issuer, name)
            or is_tail(name, issuer)
            or is_tail(issuer, name)
            or one_sign_off(issuer, name)
        )
    ]
    return places[0] if len(places) == 1 else None


def _better(first: str, second: str, elsewhere: str, ref: Ref | None) -> tuple[str, Finding]:
    if len(first) != len(second):
        kept, damaged = (first, second) if len(first) > len(second) else (second, first)
        return kept, _finding("issuer-mended", Severity.NOTE, kept, damaged, ref)
    counts = elsewhere.count(first), elsewhere.count(second)
    kept, damaged = (second, first) if counts[1] > counts[0] == 0 else (first, second)
    sure = min(counts) == 0 < max(counts)
    if sure:
        return kept, _finding("issuer-mended", Severity.NOTE, kept, damaged, ref)
    return kept, _finding("issuer-differs", Severity.WARNING, kept, damaged, ref)


def _finding(rule: str, severity: Severity, kept: str, damaged: str, ref: Ref | None) -> Finding:
    message = (
        f"The issuer is printed as {damaged} in one place and as {kept} in another; {kept} is kept"
        + (" because it is whole." if severity is Severity.NOTE else ", but nothing decides it.")
    )
    return Finding(rule, severity, message, Cause.OCR, printed=damaged, proposal=kept, ref=ref)


def labelled_issuers(lines: Sequence[HeadLine]) -> tuple[str, ...]:
    """The bodies beside 发文机关 in the table that some sites print above a notice."""
    for line in lines:
        label = _LABEL.match(line.folded)
        if label:
            return tuple(n for n in list_to_names(line.text[label.end() :]) if is_organ(fold(n)))
    return ()


def title_to_issuers(title: str) -> tuple[str, ...]:
    """The bodies that a title begins with.

    >>> title_to_issuers("湖南省财政厅湖南省民政厅关于下达2021年困难群众救助补助资金的通知")
    ('湖南省财政厅', '湖南省民政厅')
    """
    folded = fold(title)
    about = min((at for word in TITLE.about if (at := folded.find(word)) >= 0), default=0)
    start, names = 0, []
    for end in range(3, about + 1):
        rest = folded[end:about]
        if is_organ(folded[start:end]) and (not rest or (is_full_name(rest) and is_organ(rest))):
            names.append(title[start:end])
            start = end
    return tuple(names) if start == about else ()
