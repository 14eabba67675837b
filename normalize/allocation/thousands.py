"""Figures grouped by a blank (`4 221`) that a reader took for two columns, put together again.

In a print that keeps its columns by blanks nothing but the header says that 4 and 221 are one
figure: it has one text over both. That they are is certain where the row of the total, too, has
three digits right of the seam: a column of three-digit figures adds up to more.
"""

from collections.abc import Sequence
from dataclasses import replace

import regex

from normalize.allocation.cells import is_data_row
from normalize.text import label_key, squeeze
from normalize.vocabulary import words_for
from schemas.source import Cell

Row = tuple[Cell, ...]
_FIRST = regex.compile(r"[1-9][0-9]{0,2}")
_GROUP = regex.compile(r"[0-9]{3}")
_LEAST_ROWS = 4


def with_whole_thousands(header: Sequence[Row], data: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """Header and data rows with the columns joined that hold the groups of one figure."""
    width = max((len(row) for row in header), default=0)
    for right in range(width - 1, 1, -1):
        if _has_one_header(header, right) and _are_groups(data, right):
            header = [_joined(row, right) for row in header]
            data = [_joined(row, right) for row in data]
    return list(header), list(data)


def _has_one_header(header: Sequence[Row], right: int) -> bool:
    """Whether no header text stands over a column, and the innermost one over the column left of it
    stands over no other."""
    left = [row[right - 1].text if len(row) >= right else "" for row in header]
    own = [row[right].text if len(row) > right else "" for row in header]
    covered = any(len(row) > right and row[right].covered for row in header)
    return any(left) and not any(own) and not covered


def _are_groups(data: Sequence[Row], right: int) -> bool:
    pairs = [
        (squeeze(row[right - 1].text), squeeze(row[right].text), label_key(row[0].text))
        for row in data
        if len(row) > right and is_data_row(row)
    ]
    both = [(a, b, name) for a, b, name in pairs if a and b]
    totals = tuple(words_for("total"))
    return (
        len(both) >= _LEAST_ROWS
        and len(both) * 5 >= len(pairs) * 4
        and all(_FIRST.fullmatch(a) and _GROUP.fullmatch(b) for a, b, _ in both)
        and any(name.endswith(totals) for _, _, name in both)
    )


def _joined(row: Row, right: int) -> Row:
    if len(row) <= right:
        return row
    text = f"{row[right - 1].text} {row[right].text}".strip()
    first = row[right - 1] if row[right - 1].text else row[right]
    return (*row[: right - 1], replace(first, text=text), *row[right + 1 :])
