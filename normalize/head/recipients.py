"""Who a notice is addressed to: the lines between its title and its first sentence."""

import re
from collections.abc import Sequence

from normalize.head.dates import text_to_date
from normalize.head.doc_no import text_to_own_doc_no
from normalize.head.organs import is_addressee, list_to_names
from normalize.head.text import SHORT, HeadLine, fold
from normalize.head.vocabulary import BODY

_MAX_LENGTH = 600
_MAX_LINES = 12
_FURNITURE = re.compile(rf"[\[【(]?(?:{'|'.join(BODY.web_furniture)})")

_LABELLED = re.compile(rf"[\[【(]?(?:{'|'.join(BODY.web_furniture)})[\]】)]?\s?:.")
_ADDRESSED = re.compile(rf"(?:{'|'.join(BODY.addressed_labels)})\s?:\s?")


def lines_to_recipients(lines: Sequence[HeadLine]) -> tuple[tuple[str, ...], int]:
    """The bodies addressed in the first of these lines, which follow the title, and how many lines
    they take (those passed over before them counted). `list_to_names` says what an entry is.

    >>> from normalize.head.text import lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> texts = ["各市、县（区）财政局，", "有关单位：根据预算安排，现下达资金。"]
    >>> lines_to_recipients(lines_to_head_lines([Line(t, LineRef(1)) for t in texts]))
    (('各市、县（区）财政局', '有关单位'), 2)
    """
    first = _passed_over(lines)
    text = folded = ""
    for count, line in enumerate(lines[first : first + _MAX_LINES], start=first + 1):
        label = _ADDRESSED.match(line.folded) if not text else None
        skip = label.end() if label else 0
        colon = line.folded[:SHORT].find(":", skip)
        part = line.folded[skip:] if colon < 0 else line.folded[skip:colon]
        begins_body = line.folded.startswith(BODY.begins)
        if text and begins_body and ("。" in part or colon < 0):
            # The colon is lost; the list is sure only if what stood there ends as one does.
            return _names(text, folded, count - 1, first, strict=True)
        if "。" in part or len(folded) + len(part) > _MAX_LENGTH:
            break
        if not text and begins_body and not is_addressee(part):
            break
        text += line.text[skip : skip + len(part)]
        folded += part
        if colon >= 0:
            return _names(text, folded, count, first, strict=False)
    return (), first


def _passed_over(lines: Sequence[HeadLine]) -> int:
    """How many lines stand between title and recipients: the number, a date, page furniture."""
    first = 0
    for line in lines[:8]:
        date = text_to_date(line.folded)
        is_date = date is not None and len(line.folded) - (date.end - date.start) <= 4
        if not (
            is_date
            or text_to_own_doc_no(line.text) is not None
            or _LABELLED.match(line.folded)
            or (_FURNITURE.match(line.folded) and not is_addressee(line.folded.rstrip(":")))
        ):
            break
        first += 1
    return first


def _names(
    text: str, folded: str, count: int, first: int, strict: bool
) -> tuple[tuple[str, ...], int]:
    names = list_to_names(text)
    leads_in = any(word in folded for word in BODY.leads_in) or folded.startswith(BODY.begins)
    if any(fold(name) in BODY.not_recipients for name in names):
        return (), first
    sure = names and all(is_addressee(name) for name in names)
    if strict:
        return (names, count) if sure and not leads_in else ((), first)
    # Right after the title a short line with a colon addresses somebody, whatever it calls him.
    if sure or (names and not leads_in and len(folded) <= 60):
        return names, count
    return (), first
