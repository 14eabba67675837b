"""A layout taken apart: the text of the notice, and its tables with the lines around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from normalize.continuation import continues, split_forms
from normalize.kinds import table_to_kind, title_to_kind
from normalize.peeling import peel
from normalize.performance import scrambled_span
from normalize.prose import prose_spans
from normalize.quantities import measures
from normalize.text import label_key, squeeze
from normalize.vocabulary import words_for
from schemas.source import Layout, Line, RawTable
from schemas.tables import Part, Parts, TableKind

_MEASURE = regex.compile(r"^[(（]?(?:金额|计量)?单位[:：][^。]{1,20}$")
_MEASURE_IN_TITLE = regex.compile(r"\((?:金额|计量)?单位:([^()]{1,20})\)$")
# 制表单位：某处　单位：万元
_MEASURE_AT_END = regex.compile(r"单位:([^:()]{1,20})$")
_LISTED = regex.compile(r"[、,/;和]")
_YEAR = regex.compile(r"^[(（]?\d{4}(?:-\d{4})?年度?[)）]?$")
_MARK = regex.compile(r"^附(?:件|表)[0-9一二三四五六七八九十]{0,3}(?:-[0-9]{1,2})?[:：]?$")
_MARK_BEFORE = regex.compile(
    r"^附(?:件|表)[0-9一二三四五六七八九十]{0,3}(?:-[0-9]{1,2})?[:：\s]\s*(?=.{3,}表)"
)
_HAS_YEAR = regex.compile(r"\d{4}\s*年")
_YEAR_AFTER = regex.compile(r"[(（]\d{4}(?:-\d{4})?年度?[)）]$|[(（]续[表)）]{1,2}$")
_FIELD = regex.compile(r"^[^。；]{2,25}[:：][^。；]{0,30}$")
_NOTE = regex.compile(r"^-?[0-9一二三四五六七八九十]{1,2}[.、．]")
_TITLE = regex.compile(r"^(?!附件)(?![0-9]{1,2}[.、．]).{0,58}表(?:[(（][^()（）]{0,20}[)）])?$")
_TITLE_PART = regex.compile(r"^[^。；，,:：!?]{4,45}$")
_NO_TITLE_PART = regex.compile(
    r"(?:厅|局|委|办公室|委员会|部|政府|年\d{1,2}月\d{1,2}日.*|印发|页|[(（]盖?章[)）]"
    r"|年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十廿卅]{1,3}日|的通知|的函|的批复)$"
)
_LEAD_LINES = 8


@dataclass(frozen=True, slots=True)
class _Slot:
    """A raw table with the indices of its lead and tail among the blocks."""

    table: RawTable
    lead: tuple[Line, ...]
    tail: tuple[Line, ...]
    title: str


def layout_to_parts(layout: Layout) -> Parts:
    """Find every table of a notice, tell its kind, and join what page breaks cut.

    Lines that belong to no table are the text of the notice: its head and body.
    """
    used: set[int] = set()
    slots: list[tuple[int, _Slot]] = []
    for i, block in enumerate(layout.blocks):
        if isinstance(block, RawTable):
            slots.extend((i, _slot(layout, i, table, used)) for table in split_forms(block))
    parts = [(i, part) for i, part in _join(slots)]
    parts.extend(_told_in_lines(layout, used))
    parts.sort(key=lambda entry: entry[0])
    text = [
        block for i, block in enumerate(layout.blocks) if isinstance(block, Line) and i not in used
    ]
    return Parts(tuple(text), tuple(part for _, part in parts))


def _slot(layout: Layout, at: int, table: RawTable, used: set[int]) -> _Slot:
    """Claim the lines above and below a raw table that belong to it."""
    lead = _lead(layout, at, used)
    tail = _tail(layout, at, used)
    used.update(lead, tail)
    above = tuple(b for i in sorted(lead) if isinstance(b := layout.blocks[i], Line))
    below = tuple(b for i in sorted(tail) if isinstance(b := layout.blocks[i], Line))
    peeled = peel(table if len(table.rows) > 1 else _flat_with_lead_cut(table))
    lines = (*above, *peeled.lead)
    return _Slot(peeled.table or table, lines, (*peeled.tail, *below), lines_to_title(lines))


def _flat_with_lead_cut(table: RawTable) -> RawTable:
    """A form on one line: its mark, title and year become rows of their own, to be peeled off."""
    (cells,) = table.rows
    count = 0
    while count < min(len(cells) - 1, _LEAD_LINES) and _is_lead(squeeze(cells[count].text)):
        count += 1
    rows = (*((cell,) for cell in cells[:count]), cells[count:])
    return replace(table, rows=rows)


def _lead(layout: Layout, at: int, used: set[int]) -> list[int]:
    found: list[int] = []
    below_title = False
    for i in range(at - 1, max(at - 4 * _LEAD_LINES, -1), -1):
        block = layout.blocks[i]
        if not isinstance(block, Line) or i in used or len(found) >= _LEAD_LINES:
            break
        text = squeeze(_MARK_BEFORE.sub("", block.text))
        if not text or block.furniture:
            below_title = below_title and not _is_blank_pair(layout, i)
            continue
        if _is_lead(text):
            found.append(i)
            below_title = bool(_TITLE.match(text))
            if _MARK.match(text):
                break  # 附件1 begins the page: what is above it belongs to the notice
        elif below_title and _continues_title(layout, i, found[-1]):
            found.append(i)
        else:
            break
    return found


def _is_lead(text: str) -> bool:
    return any(p.match(text) for p in (_MEASURE, _YEAR, _MARK, _TITLE)) or (
        bool(_FIELD.match(text)) and not any(word in text for word in words_for("outside"))
    )


def _is_blank_pair(layout: Layout, i: int) -> bool:
    above = layout.blocks[i - 1] if i else None
    return isinstance(above, Line) and not above.text.strip()


def _continues_title(layout: Layout, upper: int, lower: int) -> bool:
    """Whether the line `upper` is the first half of a title whose second half is `lower`.

    A line with a year that stands apart is a whole title, and what is above it something else.
    """
    text = squeeze(_text(layout, upper))
    whole = bool(_HAS_YEAR.search(_text(layout, lower))) and lower - upper > 1
    return (
        lower - upper <= 2
        and not whole
        and bool(_TITLE_PART.match(text))
        and not _NO_TITLE_PART.search(text)
        and not _NOTE.match(text)
    )


def _text(layout: Layout, i: int) -> str:
    block = layout.blocks[i]
    return block.text if isinstance(block, Line) else ""


def _tail(layout: Layout, at: int, used: set[int]) -> list[int]:
    """Notes under a table: from 说明 or 注 on, and the numbered lines that follow."""
    found: list[int] = []
    for i in range(at + 1, len(layout.blocks)):
        block = layout.blocks[i]
        if not isinstance(block, Line) or i in used:
            break
        text = squeeze(block.text).lstrip("-*")
        if not text or block.furniture:
            continue
        is_note = any(text.startswith(word) for word in words_for("note"))
        if not is_note and not (found and _NOTE.match(text)):
            break
        found.append(i)
    return found


def lines_to_title(lines: Sequence[Line]) -> str:
    """The title among the lines above a table: broken over lines it is joined, and a year or 续
    in brackets after it is left out.

    `提前下达2024年自治区财政城乡居民 / 基本养老保险补助资金分配表` is one title.
    """
    texts = [squeeze(_MARK_BEFORE.sub("", line.text)) for line in lines]
    last = max((i for i, text in enumerate(texts) if _TITLE.match(text)), default=None)
    if last is None:
        return ""
    first = last
    while first and _TITLE_PART.match(texts[first - 1]) and not _is_lead(texts[first - 1]):
        first -= 1
    return _YEAR_AFTER.sub("", "".join(texts[first : last + 1]))


def _join(slots: Sequence[tuple[int, _Slot]]) -> list[tuple[int, Part]]:
    """Slots to parts; a table that goes on after a page break is one part."""
    parts: list[tuple[int, Part]] = []
    for i, slot in slots:
        kind = table_to_kind(slot.title, (slot.table,))
        part = Part(kind, slot.title, (slot.table,), slot.lead, slot.tail)
        if parts and continues(parts[-1][1], part):
            before = parts[-1][1]
            joined = replace(
                before,
                tables=(*before.tables, slot.table),
                lead=(*before.lead, *slot.lead),
                tail=(*before.tail, *slot.tail),
            )
            parts[-1] = (parts[-1][0], joined)
        else:
            parts.append((i, part))
    return parts


def _told_in_lines(layout: Layout, used: set[int]) -> list[tuple[int, Part]]:
    """Tables that are not laid out in cells: scrambled forms, prose, and forms of a title alone."""
    parts: list[tuple[int, Part]] = []
    free = [i for i, block in enumerate(layout.blocks) if isinstance(block, Line) and i not in used]
    lines = [b for i in free if isinstance(b := layout.blocks[i], Line)]
    span = scrambled_span(lines)
    if span is not None:
        body = tuple(lines[span[0] : span[1]])
        parts.append((free[span[0]], Part(TableKind.SELF_EVALUATION, "", (), body=body)))
        used.update(free[span[0] : span[1]])
        return parts
    for first, end in prose_spans(lines):
        # The sentence stays part of the notice's text as well: its head may be told in it.
        body = tuple(lines[first:end])
        parts.append((free[first], Part(TableKind.ALLOCATION, "", (), body=body)))
    parts.extend(_titles_alone(layout, free, used))
    return parts


def _titles_alone(layout: Layout, free: Sequence[int], used: set[int]) -> list[tuple[int, Part]]:
    """Forms of which only the title and the notes were read, such as a blank tracking form."""
    parts: list[tuple[int, Part]] = []
    for at, i in enumerate(free):
        text = squeeze(_text(layout, i)).lstrip("-*")
        if i in used or not _TITLE.match(text):
            continue
        kind = title_to_kind(text)
        body = _form_lines(layout, free[at:])
        if kind is TableKind.OTHER or len(body) < 2:
            continue
        used.update(body)
        lines = tuple(b for j in body if isinstance(b := layout.blocks[j], Line))
        parts.append((i, Part(kind, lines_to_title(lines), (), body=lines)))
    return parts


def _form_lines(layout: Layout, after: Sequence[int]) -> list[int]:
    """The title and the lines of a form below it: fields, marks, measures and notes."""
    found = [after[0]]
    for i in after[1:]:
        block = layout.blocks[i]
        text = squeeze(block.text).lstrip("-*") if isinstance(block, Line) else ""
        if i != found[-1] + 1 and any(
            isinstance(b, RawTable) for b in layout.blocks[found[-1] : i]
        ):
            break
        if not text:
            continue
        is_note = any(text.startswith(word) for word in words_for("note")) or _NOTE.match(text)
        if not is_note and not (_is_lead(text) and not _TITLE.match(text)):
            break
        found.append(i)
    return found


def part_measure(part: Part) -> str:
    """The measure of a part's 单位 line (人、万元), "" where there is none."""
    for line in (*part.lead, *part.body):
        text = label_key(line.text).strip("()")
        if _MEASURE.match(text):
            return text.split(":", 1)[1]
    lines = [label_key(line.text) for line in (*part.lead, *part.body)]
    titled = [match for text in lines if (match := _MEASURE_IN_TITLE.search(text))]
    behind = [match for text in lines if (match := _MEASURE_AT_END.search(text))]
    said = [m[1] for m in (*titled, *behind) if all(w in measures() for w in _LISTED.split(m[1]))]
    return next(iter(said), "")
