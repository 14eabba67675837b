"""Where the parts of a notice stand: letterhead, title, body, list of attachments, signature."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from normalize.head.attachments import AttachmentList, lines_to_attachments
from normalize.head.closing import Imprint, Signature, lines_to_imprint, lines_to_signature
from normalize.head.dates import is_like_a_date, text_to_date
from normalize.head.doc_no import text_to_own_doc_no
from normalize.head.numbers import OwnNumber, lines_to_own_number
from normalize.head.organs import is_addressee, is_full_name, is_organ, letterhead_names
from normalize.head.recipients import lines_to_recipients
from normalize.head.text import HeadLine, tidy
from normalize.head.title import TitleSpan, lines_to_title
from normalize.head.vocabulary import ATTACHMENTS, ORGAN

_PAGE_HEADING = re.compile(
    rf"(?:{'|'.join(ATTACHMENTS.marks)})\s?[0-9一二三四五六七八九十]{{0,3}}\s?:?"
)
_FIRST_ITEM = re.compile(r"\(?1\s?[.、):]")
_BELOW_SIGNATURE = 30
_LETTERHEAD_LINES = 15


@dataclass(frozen=True, slots=True)
class Zones:
    """The parts of a notice. `is_notice` is False for a text that has neither title, number nor
    letterhead: tables only."""

    title: TitleSpan | None
    own: OwnNumber
    letterhead: tuple[HeadLine, ...]
    recipients: tuple[str, ...]
    signature: Signature | None
    attachments: AttachmentList | None
    imprint: Imprint | None
    body_first: int
    body_last: int
    is_notice: bool


def lines_to_zones(lines: Sequence[HeadLine]) -> Zones:
    """Take the running text of a notice apart; every place is an index into `lines`."""
    title = lines_to_title(lines)
    own = lines_to_own_number(lines, title)
    if title is not None:
        title = _with_bodies_above(lines, title, own)
    letterhead = _letterhead(lines, title, own)
    is_notice = title is not None or bool(own.places) or bool(letterhead)
    recipients, first = _recipients(lines, title, own, is_notice)
    imprint = lines_to_imprint(lines)
    last = min([len(lines), *([imprint.first] if imprint and imprint.first >= first else [])])
    last = _first_page_heading(lines, first, last)
    signature = lines_to_signature(lines, first, last)
    if signature and not is_notice and not letterhead_names(signature.names):
        signature = None
    listed = lines[first : signature.place if signature else last]
    issued_by = {tidy(name) for name in letterhead_names(letterhead)}
    attachments = lines_to_attachments(listed, lambda line: _is_signature(line, issued_by))
    if attachments:
        attachments = AttachmentList(
            attachments.names, first + attachments.first, first + attachments.after
        )
        if signature:
            # The end of the list must not be taken for the beginning of a name.
            signature = lines_to_signature(lines, attachments.after, last)
    elif signature:
        attachments = _below_signature(lines, signature.place + 1, last, issued_by)
    return Zones(
        title, own, letterhead, recipients, signature, attachments, imprint, first, last, is_notice
    )


def _below_signature(
    lines: Sequence[HeadLine], first: int, last: int, issued_by: set[str]
) -> AttachmentList | None:
    """The list of attachments right below the date, where web pages print it."""
    listed = lines[first : min(last, first + _BELOW_SIGNATURE)]
    found = lines_to_attachments(listed, lambda line: _is_signature(line, issued_by))
    if found is None or found.first > 1:
        return None
    return AttachmentList(found.names, first + found.first, first + found.after)


def _with_bodies_above(lines: Sequence[HeadLine], title: TitleSpan, own: OwnNumber) -> TitleSpan:
    """By GB/T 9704 a title begins with the bodies that issue: names between number and 关于."""
    number_at = max((place for place in own.places if place < title.first), default=None)
    if number_at is None:
        return title
    first = title.first
    while (
        first - 1 > number_at
        and letterhead_names([lines[first - 1]])
        and _only_names(lines[first - 1])
    ):
        first -= 1
    if first == title.first:
        return title
    text = tidy("".join(line.text for line in lines[first : title.first]) + title.text)
    folded = tidy("".join(line.folded for line in lines[first : title.first]) + title.folded)
    return TitleSpan(text, folded, first, title.after, title.whole)


def _only_names(line: HeadLine) -> bool:
    names = letterhead_names([line])
    return "".join(names) == "".join(line.text.split())


def _letterhead(
    lines: Sequence[HeadLine], title: TitleSpan | None, own: OwnNumber
) -> tuple[HeadLine, ...]:
    """The lines above title or number, or down to the word 文件. Of the number's own line only what
    stands before the number can belong to the letterhead."""
    if title is not None:
        end = title.first
    elif own.places:
        end = own.places[0] + 1
    else:
        words = [
            place
            for place, line in enumerate(lines[:_LETTERHEAD_LINES])
            if tidy(line.folded).endswith(ORGAN.letterhead_words) and len(line.folded) <= 60
        ]
        end = words[-1] + 1 if words else 0
    start = max(0, end - _LETTERHEAD_LINES)
    return tuple(
        _before_number(line) if place in own.places else line
        for place, line in enumerate(lines[start:end], start)
    )


def _before_number(line: HeadLine) -> HeadLine:
    number = text_to_own_doc_no(line.text)
    end = number.start if number else 0
    return HeadLine(line.text[:end].strip(), line.folded[:end].strip(), line.ref)


def _recipients(
    lines: Sequence[HeadLine], title: TitleSpan | None, own: OwnNumber, is_notice: bool
) -> tuple[tuple[str, ...], int]:
    """The recipients and the place where the body begins."""
    if title is not None:
        start = title.after
    elif own.places:
        start = own.places[-1] + 1
    else:
        start = next((place for place, line in enumerate(lines[:15]) if _addresses(line)), 0)
        if not is_notice and not (lines and _addresses(lines[start])):
            return (), 0
    names, taken = lines_to_recipients(lines[start:])
    return names, start + taken


def _addresses(line: HeadLine) -> bool:
    name = line.folded.removesuffix(":")
    return name != line.folded and is_addressee(name) and is_full_name(name)


def _first_page_heading(lines: Sequence[HeadLine], first: int, last: int) -> int:
    """附件1 alone on its line heads an attachment; nothing after it is signed by the issuer."""
    for place in range(first, last):
        if _PAGE_HEADING.fullmatch(lines[place].folded[:20]):
            follows = lines[place + 1].folded if place + 1 < last else ""
            if not _FIRST_ITEM.match(follows):
                return place
    return last


def _is_signature(line: HeadLine, issued_by: set[str]) -> bool:
    name = tidy(line.text)
    day = text_to_date(line.folded[:80])
    return (
        (day is not None and day.start <= 40 and len(line.folded) - day.end <= 20)
        or is_like_a_date(line.folded)
        or is_organ(line.folded)
        or (len(name) >= 4 and any(name in issuer for issuer in issued_by))
    )
