"""A table for a terminal, where a Chinese character takes two columns."""

import unicodedata
from collections.abc import Sequence

_WIDE = ("W", "F")
_GAP = "  "


def text_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows with their columns aligned; the last column runs free.

    >>> print(text_table(["name", "code"], [["和硕县", "652828"]]))
    name    code
    和硕县  652828
    """
    lines = [[_visible(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        _GAP.join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _visible(text: str) -> str:
    """What a terminal would act on, a line break or an escape, is shown instead."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in text)
