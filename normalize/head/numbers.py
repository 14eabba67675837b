"""Which document number is the notice's own, and which it cites."""

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.head.doc_no import DocNo, is_damaged, text_to_doc_nos, text_to_own_doc_no
from normalize.head.text import Flow, HeadLine, flow_ref
from normalize.head.title import TitleSpan
from schemas.findings import Cause, Finding, Severity
from schemas.source import Ref

_SEARCHED_WITHOUT_TITLE = 15
_SEARCHED_AFTER_TITLE = 5


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """The notice's own number ("" where there is none or it cannot be read), and its lines."""

    number: str
    places: tuple[int, ...]
    findings: tuple[Finding, ...]


def lines_to_own_number(lines: Sequence[HeadLine], title: TitleSpan | None) -> OwnNumber:
    """The number that stands alone above the title, or between it and the body. Two different ones
    give none, and a finding.

    >>> from normalize.head.text import lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> lines = lines_to_head_lines([Line("新财社﹝2020﹞ 287 号", LineRef(9))])
    >>> lines_to_own_number(lines, None).number
    '新财社〔2020〕287号'
    """
    found: list[tuple[int, DocNo]] = []
    taken: set[int] = set()
    for place in _places(lines, title):
        if place in taken:
            continue
        own = text_to_own_doc_no(lines[place].text)
        if own is None:
            own = _over_two_lines(lines, place)
            taken |= {place + 1} if own else set()
        if own is not None:
            taken.add(place)
            found.append((place, own))
    numbers = tuple(dict.fromkeys(own.number for _, own in found if own.number))
    findings = tuple(
        _normalised(own, lines[place].ref) if own.number else _unreadable(own, lines[place].ref)
        for place, own in found
        if is_damaged(own) and (own.number or not numbers)
    )
    if len(numbers) > 1:
        findings = (*findings, _ambiguous(numbers, lines[found[0][0]].ref))
    return OwnNumber(numbers[0] if len(numbers) == 1 else "", tuple(sorted(taken)), findings)


def _over_two_lines(lines: Sequence[HeadLine], place: int) -> DocNo | None:
    """A number broken after its code or its year: 新财社〔2020〕 / 287号."""
    if place + 1 >= len(lines) or len(lines[place].text) > 30:
        return None
    if text_to_own_doc_no(lines[place + 1].text) is not None:
        return None
    own = text_to_own_doc_no(lines[place].text + lines[place + 1].text)
    return own if own is not None and own.number else None


def _places(lines: Sequence[HeadLine], title: TitleSpan | None) -> list[int]:
    if title is None:
        return list(range(min(_SEARCHED_WITHOUT_TITLE, len(lines))))
    above = list(range(title.first))
    below = []
    for place in range(title.after, min(title.after + _SEARCHED_AFTER_TITLE, len(lines))):
        if "。" in lines[place].folded or lines[place].folded.endswith(":"):
            break
        below.append(place)
    return above + below


def flow_to_cites(flow: Flow, own: str) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    """The numbers that the text cites, in order of appearance, each once, without its own."""
    found = text_to_doc_nos(flow.text)
    cites = tuple(dict.fromkeys(cite.number for cite in found if cite.number not in ("", own)))
    findings = tuple(
        _normalised(cite, ref) if cite.number else _unreadable(cite, ref)
        for cite in found
        if is_damaged(cite)
        for ref in (flow_ref(flow, cite.start),)
    )
    return cites, findings


def _normalised(found: DocNo, ref: Ref | None) -> Finding:
    return Finding(
        "doc-no-normalised",
        Severity.NOTE,
        f"The document number is printed as {found.printed} and was read as {found.number}.",
        Cause.UNKNOWN,
        printed=found.printed,
        proposal=found.number,
        ref=ref,
    )


def _unreadable(found: DocNo, ref: Ref | None) -> Finding:
    return Finding(
        "doc-no-unreadable",
        Severity.WARNING,
        f"The document number {found.printed} is too damaged to be read for sure.",
        Cause.UNKNOWN,
        printed=found.printed,
        proposal=found.proposal,
        ref=ref,
    )


def _ambiguous(numbers: Sequence[str], ref: Ref) -> Finding:
    return Finding(
        "doc-no-ambiguous",
        Severity.WARNING,
        f"Several document numbers stand in the head: {'、'.join(numbers)}; none was taken.",
        Cause.UNKNOWN,
        printed="、".join(numbers),
        ref=ref,
    )
