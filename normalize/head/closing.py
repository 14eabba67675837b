"""The end of a notice: signature and its date, 抄送, and the line that says when it was printed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from normalize.head.dates import PrintedDate, is_like_a_date, text_to_date
from normalize.head.organs import is_organ, letterhead_names, list_to_names, without_notes
from normalize.head.text import HeadLine, fold, tidy
from normalize.head.vocabulary import ATTACHMENTS, COPY_MARKS, ISSUED_LABELS, PRINTED_WORDS

_LABELLED = re.compile(rf"(?:{'|'.join(ISSUED_LABELS)})\s?:?\s?")
_COPIES = re.compile(rf"(?:{'|'.join(' ?'.join(mark) for mark in COPY_MARKS)})\s?(?::\s?|$)")
# 共印120份 may follow.
_COUNT = r"(?:\s{0,3}[(]?共?印?\s?[0-9]{1,5}\s?份[)]?)?"
_PRINTED_WORD = re.compile(
    rf"(?:{'|'.join(' ?'.join(word) for word in PRINTED_WORDS)}){_COUNT}\s?[。.]?\Z"
)
_NAME_ONLY = re.compile("[\u3400-\u9fff()、· ]{0,60}")
_NUMBERED = re.compile(r"\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[.、)]")
_BLOCK_LINES = 14
_COPY_LINES = 12


@dataclass(frozen=True, slots=True)
class Signature:
    """The date below the signature with its line, and the lines of the names above it."""

    day: PrintedDate
    place: int
    names: tuple[HeadLine, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """The line 2020年12月25日印发, and the line with its body where that is another one."""

    day: PrintedDate
    first: int
    last: int


def lines_to_signature(lines: Sequence[HeadLine], first: int, last: int) -> Signature | None:
    """The first date between two lines that stands alone or after a body's name, with the lines
    above it that can be names of bodies; a date below a name goes before one below a sentence.
    None where there is no such date.

    >>> from normalize.head.text import lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> texts = ["按规定执行。", "塔城地区人力资源", "和社会保障局", "二〇二三年十二月二十七日"]
    >>> lines = lines_to_head_lines([Line(t, LineRef(1)) for t in texts])
    >>> signature = lines_to_signature(lines, 0, 4)
    >>> signature.day.day, [line.text for line in signature.names]
    (datetime.date(2023, 12, 27), ['塔城地区人力资源', '和社会保障局'])
    """
    found: list[Signature] = []
    for place in range(first, min(last, len(lines))):
        if _COPIES.match(lines[place].folded[:200]):
            break
        day, name = _standing_date(lines, place)
        if day is None or _is_imprint(lines, place):
            continue
        above = _names_above(lines, first, place)
        found.append(Signature(day, place, (*above, name) if name else above))
        if letterhead_names(found[-1].names):
            return found[-1]
    return found[0] if found else None


def _names_above(lines: Sequence[HeadLine], first: int, place: int) -> tuple[HeadLine, ...]:
    """The lines right above a date that hold nothing but characters of names."""
    names: list[HeadLine] = []
    for line in reversed(lines[max(first, place - _BLOCK_LINES) : place]):
        cleaned = _without_notes(line)
        if (
            not _NAME_ONLY.fullmatch(cleaned.folded)
            or _NUMBERED.match(cleaned.folded)
            or cleaned.folded.startswith(ATTACHMENTS.marks)
        ):
            break
        if cleaned.text:
            names.insert(0, cleaned)
    return tuple(names)


def lines_to_labelled_date(lines: Sequence[HeadLine]) -> date | None:
    """The day beside 成文日期 in the table that some sites print above a notice."""
    for line in lines:
        label = _LABELLED.match(line.folded)
        day = text_to_date(line.folded[label.end() :][:40]) if label else None
        if day:
            return day.day
    return None


def unreadable_date(lines: Sequence[HeadLine], first: int, last: int) -> HeadLine | None:
    """A line that wants to be the date of signing and cannot be read: 2020年12 25日."""
    return next((line for line in lines[first:last] if is_like_a_date(line.folded)), None)


def lines_to_imprint(lines: Sequence[HeadLine]) -> Imprint | None:
    """The last line that says when the notice was printed; None where there is none.

    >>> from normalize.head.text import lines_to_head_lines
    >>> from schemas.source import Line, LineRef
    >>> texts = ["塔城地区财政局办公室", "2023年12月27日印发"]
    >>> imprint = lines_to_imprint(lines_to_head_lines([Line(t, LineRef(1)) for t in texts]))
    >>> imprint.day.day, imprint.first
    (datetime.date(2023, 12, 27), 0)
    """
    for place in range(len(lines) - 1, -1, -1):
        if not _is_imprint(lines, place):
            continue
        day = text_to_date(lines[place].folded)
        if day is None:
            continue
        has_name = tidy(lines[place].folded[: day.start]) != ""
        above = place > 0 and not has_name and is_organ(lines[place - 1].folded)
        return Imprint(day, place - 1 if above else place, place)
    return None


def lines_to_copies(
    lines: Sequence[HeadLine], imprint: Imprint | None, issuers: Sequence[str]
) -> tuple[str, ...]:
    """The bodies after 抄送： and 抄报：, as `list_to_names` parts them."""
    names: list[str] = []
    for first, line in enumerate(lines):
        mark = _COPIES.match(line.folded[:200])
        if mark is None:
            continue
        text = line.text[mark.end() :]
        for place in range(first + 1, min(first + _COPY_LINES, len(lines))):
            more = lines[place]
            if text.endswith("。") or _ends_copies(more, place, imprint, issuers):
                break
            text += more.text
        imprinted = text_to_date(fold(text))
        text, _, _ = (text[: imprinted.start] if imprinted else text).partition("。")
        names.extend(name for name in list_to_names(text) if len(name) <= 80)
    return tuple(dict.fromkeys(names))


def _ends_copies(
    line: HeadLine, place: int, imprint: Imprint | None, issuers: Sequence[str]
) -> bool:
    name = tidy(line.text)
    return (
        len(line.folded) > 120
        or (imprint is not None and imprint.first <= place <= imprint.last)
        or text_to_date(line.folded) is not None
        or any(name in (issuer, issuer + "办公室") for issuer in map(tidy, issuers))
        or line.folded.startswith(ATTACHMENTS.marks)
        or _COPIES.match(line.folded) is not None
        or ":" in line.folded
    )


def _standing_date(
    lines: Sequence[HeadLine], place: int
) -> tuple[PrintedDate | None, HeadLine | None]:
    """A date that is all of a line, or of this line and the next, or follows a body's name."""
    line = lines[place]
    if len(line.folded) > 80:
        return None, None
    folded = line.folded.strip("() ")
    day = text_to_date(folded)
    if day is None and place + 1 < len(lines) and is_start_of_date(folded):
        folded += lines[place + 1].folded
        day = text_to_date(folded)
    if day is None or without_notes(folded[day.end :]).strip("() "):
        return None, None
    before = folded[: day.start].strip()
    if not before:
        return day, None
    if not is_organ(before):
        return None, None
    return day, HeadLine(line.text.strip("()（） ")[: day.start].strip(), before, line.ref)


def is_start_of_date(folded: str) -> bool:
    """A line that breaks off within a date: 2020年12月."""
    return re.fullmatch(r"[^\s。,]{4}\s?年.{0,8}", folded) is not None


def _is_imprint(lines: Sequence[HeadLine], place: int) -> bool:
    """A short line with a name or nothing before its date, and 印发 behind it or on the next."""
    line = lines[place]
    if len(line.folded) > 200:
        return False
    day = text_to_date(line.folded)
    if day is None:
        return False
    # 抄送：省审计厅。某省财政厅办公室2021年3月9日印发, all on one line
    before = line.folded[: day.start]
    if not _COPIES.match(before) and not _NAME_ONLY.fullmatch(before):
        return False
    rest = line.folded[day.end :].strip()
    if _PRINTED_WORD.fullmatch(rest):
        return True
    follows = lines[place + 1].folded if place + 1 < len(lines) else ""
    return not rest and _PRINTED_WORD.fullmatch(follows) is not None


def _without_notes(line: HeadLine) -> HeadLine:
    text = without_notes(line.text)
    return line if text == line.text else HeadLine(text, fold(text), line.ref)
