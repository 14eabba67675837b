"""Shapes of tables put in order before rows are read: names first, one table beside another below.

Wide sheets of paper print a long list of counties in two or three columns side by side; some tables
name the project before the unit.
"""

from collections.abc import Sequence
from functools import cache

from normalize.text import label_key
from normalize.vocabulary import read_rows
from schemas.source import Cell

Grid = Sequence[Sequence[Cell]]


@cache
def _uses() -> dict[str, str]:
    return {row["word"]: row["use"] for row in read_rows("name_headers.csv")}


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """Words that end a header, written with a star: *日期."""
    return tuple((word[1:], use) for word, use in _uses().items() if word.startswith("*"))


def header_use(text: str) -> str:
    """What a header text says of its column: "serial", "name", "text" (words), "code" (numbers that
    count nothing), or "" for none of these.

    >>> header_use("县（市）"), header_use("项目名称"), header_use("拨付日期"), header_use("合计")
    ('name', 'text', 'code', '')
    """
    key = label_key(text)
    return _uses().get(key) or next((use for end, use in _endings() if key.endswith(end)), "")


def is_known_label(text: str) -> bool:
    """Whether the vocabulary has a header text as it stands, and not by its ending alone."""
    return label_key(text) in _uses()


def unfolded(rows: Grid) -> list[tuple[Cell, ...]]:
    """A table printed side by side with itself, its header repeated, as one below the other.

    `单位 金额 单位 金额` over `甲县 10 丁县 11` becomes `单位 金额` over `甲县 10` and `丁县 11`.
    """
    header = rows[0] if rows else ()
    width = _period([label_key(cell.text) for cell in header])
    if width == len(header) or any(len(row) > len(header) for row in rows):
        return [tuple(row) for row in rows]
    parts = [
        [tuple(row[at : at + width]) for row in rows[1:]] for at in range(0, len(header), width)
    ]
    below = [row for part in parts for row in part if any(cell.text for cell in row)]
    return [tuple(header[:width]), *below]


def _period(texts: Sequence[str]) -> int:
    """The number of columns after which a header that begins with a name repeats itself."""
    for width in range(2, len(texts) // 2 + 1):
        repeats = len(texts) % width == 0 and all(
            texts[i] == texts[i % width] for i in range(len(texts))
        )
        if repeats and header_use(texts[0]) in ("name", "serial"):
            return width
    return len(texts)


def names_first(rows: Grid) -> list[tuple[Cell, ...]]:
    """Rows with the column that names the unit moved before columns of words (项目名称)."""
    uses = [header_use(cell.text) for cell in rows[0]] if rows else []
    serials = 1 if uses[:1] == ["serial"] else 0
    at = next((i for i, use in enumerate(uses) if use == "name"), serials)
    before = uses[serials:at]
    if (
        not before
        or any(use not in ("text", "code") for use in before)
        or any(len(row) <= at for row in rows)
    ):
        return [tuple(row) for row in rows]
    return [(*row[:serials], row[at], *row[serials:at], *row[at + 1 :]) for row in map(tuple, rows)]
