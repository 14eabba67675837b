"""Where one table ends and the next begins: forms in one run of rows, tables cut by pages."""

from collections import Counter
from dataclasses import replace

from rapidfuzz import fuzz

from normalize.text import label_key, squeeze
from normalize.vocabulary import words_for
from schemas.source import Cell, RawTable
from schemas.tables import Part, TableKind

_SAME_TITLE = 85
_FORMS = (TableKind.PERFORMANCE_TARGET, TableKind.SELF_EVALUATION)


def split_forms(table: RawTable) -> tuple[RawTable, ...]:
    """Cut a run of rows that holds several forms, each beginning with 预算单位 or 项目名称.

    A form begins anew only after the one before it had its indicators.
    """
    cuts = [0]
    had_indicators = False
    for i, row in enumerate(table.rows):
        words = [label_key(cell.text).rstrip(":") for cell in row if cell.text][:1]
        if had_indicators and words and words[0] in words_for("restart"):
            cuts.append(i)
            had_indicators = False
        had_indicators = had_indicators or _names_indicators(row)
    ends = [*cuts[1:], len(table.rows)]
    return tuple(replace(table, rows=table.rows[a:b]) for a, b in zip(cuts, ends, strict=True))


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
        return not part.lead and _width(part) == _width(before)
    return fuzz.ratio(squeeze(part.title), squeeze(before.title)) >= _SAME_TITLE


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
