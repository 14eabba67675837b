"""Where one table ends and the next begins: forms in one run of rows, tables cut by pages."""

from collections import Counter
from dataclasses import replace

import regex
from rapidfuzz import fuzz

from normalize.text import label_key, squeeze
from normalize.vocabulary import words_for
from schemas.source import Cell, RawTable
from schemas.tables import Part, TableKind

_HEADING = regex.compile(
    r"附[件表][0-9一二三四五六七八九十]{0,3}[:：]?|[(（]?(?:金额|计量)?单位[:：].{1,20}"
    r"|(?!注|备注|说明)[^。；]{4,58}表(?:[(（][^()（）]{0,20}[)）])?"
)
_SAME_TITLE = 85
_SAME_LABEL = 50
_LEAST_LABELS = 3
_HEADER_ROWS = 4
_MOSTLY = 0.6
_FORMS = (TableKind.PERFORMANCE_TARGET, TableKind.SELF_EVALUATION)


def split_forms(table: RawTable) -> tuple[RawTable, ...]:
    """Cut a run of rows that holds several forms, each beginning with 预算单位 or 项目名称.

    A form begins anew only after the one before it had its indicators. A spreadsheet may hold
    several tables one below the other, each under its mark, title or 单位 line.
    """
    cuts = [0, *_headings(table)]
    had_indicators = False
    for i, row in enumerate(table.rows):
        words = [label_key(cell.text).rstrip(":") for cell in row if cell.text][:1]
        if had_indicators and words and words[0] in words_for("restart"):
            cuts.append(i)
            had_indicators = False
        had_indicators = had_indicators or _names_indicators(row)
    cuts = sorted(set(cuts))
    ends = [*cuts[1:], len(table.rows)]
    return tuple(replace(table, rows=table.rows[a:b]) for a, b in zip(cuts, ends, strict=True))


def _headings(table: RawTable) -> list[int]:
    """Rows of a mark, title or 单位 line alone, with rows of figures above and below them, and a
    header between them and the figures."""
    rows = table.rows
    figures = [_has_figures(row) for row in rows]
    found: list[int] = []
    for i, row in enumerate(rows):
        if not _is_heading(row) or not any(figures[found[-1] if found else 0 : i]):
            continue
        below = next((j for j in range(i, len(rows)) if not _is_heading(rows[j])), len(rows))
        headed = below < len(rows) and sum(bool(cell.text) for cell in rows[below]) > 1
        if headed and not figures[below] and any(figures[below:]):
            found.append(i)
    return found


def _is_heading(row: tuple[Cell, ...]) -> bool:
    texts = [squeeze(cell.text) for cell in row if cell.text]
    return len(row) > 1 and len(texts) == 1 and bool(_HEADING.fullmatch(texts[0]))


def _has_figures(row: tuple[Cell, ...]) -> bool:
    texts = [squeeze(cell.text) for cell in row if cell.text]
    return len(texts) > 1 and any(text[-1:].isdigit() for text in texts[1:])


def _names_indicators(row: tuple[Cell, ...]) -> bool:
    return any(label_key(cell.text) in words_for("indicators") for cell in row)


def continues(before: Part, part: Part) -> bool:
    """Whether `part` is `before` going on after a page break.

    A form goes on where no new one begins. Another table goes on where its title is printed anew
    or nothing at all stands between, under no other 附件 mark, and it does not begin with a total
    of its own.
    """
    if before.body or not before.tables or (part.kind is not before.kind and part.title):
        return False
    if before.kind in _FORMS:
        return part.kind in (*_FORMS, TableKind.OTHER) and not _begins_form(part)
    if (_begins_with_total(part) and _has_total(before)) or _marks(part) - _marks(before):
        return False
    if not part.title:
        return not part.lead and (_width(part) == _width(before) or _repeats_header(before, part))
    return fuzz.ratio(squeeze(part.title), squeeze(before.title)) >= _SAME_TITLE


def _repeats_header(before: Part, part: Part) -> bool:
    """Whether the first row of `part` is one of the first of `before` printed anew, garbled or not:
    cell by cell, for the number of filled cells in a row says little where remarks are rare."""
    first = [label_key(cell.text) for cell in part.tables[0].rows[0]]
    if sum(map(bool, first)) < _LEAST_LABELS:
        return False
    filled = sum(map(bool, first))
    return any(
        len(row) == len(first)
        and sum(
            fuzz.ratio(label_key(cell.text), text) >= _SAME_LABEL
            for cell, text in zip(row, first, strict=True)
            if text
        )
        >= _MOSTLY * max(filled, sum(bool(cell.text) for cell in row))
        for row in before.tables[0].rows[:_HEADER_ROWS]
    )


def _marks(part: Part) -> set[str]:
    """The attachment marks above a table: 附件4 says that a table is another one than 附件3's."""
    texts = [squeeze(line.text).rstrip(":：") for line in part.lead]
    return {text[:4] for text in texts if text.startswith("附件") and text[2:3].isalnum()}


def _begins_form(part: Part) -> bool:
    first_words = {
        label_key(cell.text).rstrip(":")
        for table in part.tables
        for row in table.rows[:4]
        for cell in row
    }
    return bool(part.title) or any(word in first_words for word in words_for("restart"))


def _begins_with_total(part: Part) -> bool:
    """Whether the first row with figures is a total."""
    for row in part.tables[0].rows:
        words = [label_key(cell.text) for cell in row if cell.text]
        if len(words) > 1 and sum(word[-1:].isdigit() for word in words[1:]) * 2 > len(words) - 1:
            return any(total in words[0] for total in words_for("total"))
    return False


def _has_total(part: Part) -> bool:
    return any(
        any(total in label_key(cell.text) for total in words_for("total"))
        for table in part.tables
        for row in table.rows
        for cell in row[:2]
    )


def _width(part: Part) -> int:
    """The usual number of filled cells in a row."""
    filled = [sum(bool(cell.text) for cell in row) for t in part.tables for row in t.rows]
    return Counter(filled).most_common(1)[0][0]
