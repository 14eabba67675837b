"""The head of a notice from its running text: the recipe, part after part."""

from collections.abc import Sequence
from datetime import date

from normalize.head.accounts import flow_to_accounts
from normalize.head.closing import lines_to_copies, lines_to_labelled_date, unreadable_date
from normalize.head.direct_fund import flow_to_direct_fund_mark
from normalize.head.issuers import labelled_issuers, names_to_issuers, title_to_issuers
from normalize.head.money import title_to_programme
from normalize.head.numbers import flow_to_cites
from normalize.head.organs import letterhead_names
from normalize.head.text import (
    MAX_LINE,
    MAX_TEXT,
    HeadLine,
    fold,
    lines_to_flow,
    lines_to_head_lines,
    searched,
    tidy,
    unflattened,
)
from normalize.head.title import lines_to_table_title
from normalize.head.years import texts_to_fiscal_year
from normalize.head.zones import Zones, lines_to_zones
from schemas.findings import Cause, Finding, Severity
from schemas.head import NoticeHead
from schemas.source import Line, Ref


def lines_to_head(lines: Sequence[Line], tables_lead: Sequence[Line]) -> NoticeHead:
    """What a notice says of itself, from its running text outside of tables and the lines above
    its tables, both in print order, layout marks still on.

    Texts are kept as printed but for spaces beside Chinese characters; numbers of documents are
    normalised to GB/T 9704-2012. What cannot be read for sure stays empty and has a finding. A text
    of tables only has the title of its first table and the year that it names.

    >>> from schemas.source import LineRef
    >>> texts = ["# 某某县财政局", "## 文件", "某财社[2021] 5 号"]
    >>> texts += ["关于下达2021年就业补助资金的通知", "各乡镇："]
    >>> head = lines_to_head([Line(t, LineRef(n)) for n, t in enumerate(texts, 1)], [])
    >>> head.doc_no, head.issuers, head.recipients, head.fiscal_year, head.programme
    ('某财社〔2021〕5号', ('某某县财政局',), ('各乡镇',), 2021, '就业补助资金')
    """
    read, left_out = searched(lines)
    read = unflattened(read)
    text = lines_to_head_lines(read)
    lead = lines_to_head_lines(searched(tables_lead)[0])
    zones = lines_to_zones(text)
    flow = lines_to_flow(line for at, line in enumerate(text) if at not in zones.own.places)
    title = _title(zones, text, lead)
    issuers, of_issuers = _issuers(zones, text)
    issued_on, of_date = _issued_on(zones, text)
    printed_on = zones.imprint.day.day if zones.imprint else None
    year, of_year = texts_to_fiscal_year(fold(title), flow, lead, text, _ref(zones, text))
    accounts, of_accounts = flow_to_accounts(flow)
    cites, of_cites = flow_to_cites(flow, zones.own.number)
    findings = (
        *_of_length(left_out),
        *zones.own.findings,
        *_of_title(zones, title, text),
        *of_issuers,
        *of_date,
        *_of_order(issued_on, printed_on, zones, text),
        *of_year,
        *of_accounts,
        *of_cites,
    )
    return NoticeHead(
        doc_no=zones.own.number,
        title=title,
        issuers=issuers,
        recipients=zones.recipients,
        issued_on=issued_on,
        printed_on=printed_on,
        fiscal_year=year,
        programme=title_to_programme(title),
        accounts=accounts,
        direct_fund_mark=flow_to_direct_fund_mark(flow),
        cites=cites,
        attachments=zones.attachments.names if zones.attachments else (),
        copies_to=lines_to_copies(text, zones.imprint, issuers),
        findings=findings,
    )


def _title(zones: Zones, text: Sequence[HeadLine], lead: Sequence[HeadLine]) -> str:
    if zones.title is not None:
        return zones.title.text
    if zones.is_notice:
        # A notice whose own title is lost is not called after one of its tables.
        return ""
    return lines_to_table_title(lead) or lines_to_table_title(text, only_single=True)


def _issuers(zones: Zones, text: Sequence[HeadLine]) -> tuple[tuple[str, ...], tuple[Finding, ...]]:
    letterhead = letterhead_names(zones.letterhead)
    signature = zones.signature
    signed = letterhead_names(signature.names) if signature else ()
    of_signature = {line.ref for line in signature.names} if signature else set()
    elsewhere = tidy(
        "".join(line.text for line in text[zones.body_first :] if line.ref not in of_signature)
    )
    ref = signature.names[0].ref if signature and signature.names else None
    issuers, findings = names_to_issuers(letterhead, signed, elsewhere, ref)
    if not issuers and zones.title is not None:
        issuers = labelled_issuers(zones.letterhead) or title_to_issuers(zones.title.text)
    return issuers, findings


def _issued_on(zones: Zones, text: Sequence[HeadLine]) -> tuple[date | None, tuple[Finding, ...]]:
    if zones.signature is not None and zones.signature.day.day is not None:
        return zones.signature.day.day, ()
    labelled = lines_to_labelled_date(zones.letterhead)
    if labelled is not None:
        return labelled, ()
    damaged = (
        text[zones.signature.place]
        if zones.signature
        else unreadable_date(text, zones.body_first, zones.body_last)
    )
    if damaged is None or not zones.is_notice:
        return None, ()
    message = f"The date of signing, {damaged.text}, cannot be read as a day."
    return None, (_warning("date-unreadable", message, damaged.text, damaged.ref),)


def _of_title(zones: Zones, title: str, text: Sequence[HeadLine]) -> tuple[Finding, ...]:
    if zones.is_notice and not title:
        message = "The notice has a letterhead or a number, but its title cannot be found."
        return (_warning("title-missing", message, "", _ref(zones, text)),)
    if zones.title is not None and not zones.title.whole:
        message = "The title breaks off before the word that says what kind of document it is."
        return (_warning("title-cut", message, title, _ref(zones, text)),)
    return ()


def _of_length(left_out: Line | None) -> tuple[Finding, ...]:
    if left_out is None:
        return ()
    message = (
        f"The text is too long to be all head; from here on it was not searched (lines are read up "
        f"to {MAX_LINE} characters, texts up to {MAX_TEXT}, half of it from their end)."
    )
    return (_warning("head-not-searched", message, left_out.text[:40], left_out.ref),)


def _of_order(
    issued_on: date | None, printed_on: date | None, zones: Zones, text: Sequence[HeadLine]
) -> tuple[Finding, ...]:
    if issued_on is None or printed_on is None or printed_on >= issued_on:
        return ()
    message = f"The notice was printed on {printed_on}, before it was signed on {issued_on}."
    place = zones.imprint.last if zones.imprint else 0
    return (_warning("dates-out-of-order", message, printed_on.isoformat(), text[place].ref),)


def _warning(rule: str, message: str, printed: str, ref: Ref | None) -> Finding:
    return Finding(rule, Severity.WARNING, message, Cause.UNKNOWN, printed=printed, ref=ref)


def _ref(zones: Zones, text: Sequence[HeadLine]) -> Ref | None:
    """The title's line, else the first."""
    if not text:
        return None
    return text[zones.title.first if zones.title else 0].ref
