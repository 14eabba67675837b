"""What a cell or a row is: a figure, a formula, a row of column numbers, a row of figures."""

import itertools
from collections import Counter
from collections.abc import Sequence

import regex

from normalize.allocation.folding import header_use
from normalize.quantities import text_to_quantity
from normalize.text import label_key, squeeze
from normalize.vocabulary import words_for
from schemas.source import Cell
from schemas.tables import CellKind

FIGURES = (CellKind.NUMBER, CellKind.NOT_APPLICABLE)
_LABEL = regex.compile(r"[(（]?(?:[0-9]{1,2}|[A-Z]|[甲乙丙丁戊己庚辛])[)）]?(?:栏|列)?")
LABEL_WORDS = ("栏次", "列次", "行次", "序号", "栏目")
_FORMULA = regex.compile(
    r"[0-9A-Z]{1,2}\s*[=＝:：-]\s*[0-9A-Z(（].*[-+×xX*/÷－＋].*|.*[=＝].*[-+×*/÷].*"
)
_BRACKETED = regex.compile(r"[(（]([0-9]{1,2}|[A-Z]{1,2})[)）]")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}年度?")
_YEAR_ALONE = regex.compile(r"20[0-4][0-9]")


def is_figure(cell: Cell) -> bool:
    """Whether a cell prints a number, × or —, or a figure that cannot be read; a year is words."""
    kind = text_to_quantity(cell.text, cell.ref).kind
    return kind in (*FIGURES, CellKind.UNREADABLE) and not _YEAR.fullmatch(squeeze(cell.text))


def without_brackets(text: str) -> str:
    """A formula without the brackets around the numbers of its columns.

    >>> without_brackets("（3）=（1）+（2）"), without_brackets("资金（1）")
    ('3=1+2', '资金（1）')
    """
    return _BRACKETED.sub(r"\1", text) if "=" in text or "＝" in text else text


def is_formula(text: str) -> bool:
    """Whether a header cell prints a formula: `4=2×3×50元/10000`, `L=J*100-K`, `9:4+8`."""
    return bool(_FORMULA.fullmatch(without_brackets(squeeze(text))))


def is_label_row(row: Sequence[Cell]) -> bool:
    """Whether a row numbers the columns: 1 2 3 4=2×3 …, A B C=A+B, 栏次 1 2 3."""
    texts = [squeeze(cell.text) for cell in row if cell.text]
    if texts and texts[0] in LABEL_WORDS:
        texts = texts[1:]
    labels = [text for text in texts if _LABEL.fullmatch(text) or is_formula(text)]
    if len(labels) < 2 or len(labels) < 0.8 * len(texts):
        return False
    numbers = [int(text) for text in labels if text.isascii() and text.isdecimal()]
    ascending = sum(b - a in (1, 2) for a, b in itertools.pairwise(numbers))
    counted = bool(numbers) and numbers[0] <= 2 and ascending + 1 >= 0.8 * len(numbers)
    return counted or (not numbers and labels[0] in ("A", "B", "甲", "a"))


def is_data_row(row: Sequence[Cell]) -> bool:
    """A row of figures: a number after its first cell, and figures at least half of what follows
    the name, or a serial number in front."""
    filled = [cell for cell in row if cell.text]
    if len(filled) < 2 or is_label_row(row) or any(is_formula(cell.text) for cell in filled):
        return False
    if header_use(filled[0].text) == "name":
        return False  # 地区 heads a column; a year after it may have lost its end
    figures = [is_figure(cell) for cell in filled]
    rest = figures[1:] if not figures[0] or not any(figures[1:]) else figures
    # Of a total whose digits all stand apart (`6 5 8 5`) no figure can be read: it is no header.
    kinds = (CellKind.NUMBER, CellKind.UNREADABLE) if _is_sum(filled[0]) else (CellKind.NUMBER,)
    numbers = any(
        figure and text_to_quantity(cell.text, cell.ref).kind in kinds
        for cell, figure in zip(filled[1:], figures[1:], strict=True)
    )
    if _heads_years(filled[1:]):
        return False
    first = squeeze(filled[0].text)
    numbered = first.isascii() and first.isdecimal() and not figures[1]
    return numbers and (numbered or sum(rest) * 2 >= len(rest))


def _is_sum(cell: Cell) -> bool:
    return label_key(cell.text).endswith(tuple(words_for("total")))


def _heads_years(cells: Sequence[Cell]) -> bool:
    """Whether cells head columns by years: 地区 2021 2022 2023 合计."""
    texts = [squeeze(cell.text) for cell in cells if is_figure(cell)]
    years = [int(text) for text in texts if _YEAR_ALONE.fullmatch(text)]
    steps = {b - a for a, b in itertools.pairwise(years)}
    return len(years) >= 2 and len(years) == len(texts) and steps in ({1}, {-1})


def usual_length(rows: Sequence[Sequence[Cell]]) -> int:
    """The commonest length of rows of figures; 0 where there are none."""
    counts = Counter(len(row) for row in rows if any(is_figure(cell) for cell in row))
    return counts.most_common(1)[0][0] if counts else 0
