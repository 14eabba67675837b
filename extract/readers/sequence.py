"""Cells whose rows were lost, cut into rows again.

What is left is a sequence of cells. A row begins at words that figures follow; the distance from
one such place to the next is the width of the table.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise

import regex

from extract.claims import looks_like_figure
from extract.landmarks import is_measure, is_title
from extract.tables import Row
from schemas.source import Cell

_LEAST_ROWS = 3
# Shares: of rows that must be of one width, of cells of a body that must be figures.
_LEAST_REGULAR = 0.7
_LEAST_FIGURES = 0.45
# In characters: a row's name, a serial number.
_LONGEST_NAME = 24
_LONGEST_SERIAL = 4
_MOST_HEADER_LEVELS = 3
# Every second or third start is tried; it must make so much larger a share of the rows even, and a
# header must have texts for this share of the columns.
_STEPS = (2, 3)
_CLEARLY_MORE = 0.2
_LEAST_HEADED = 0.7
_PLACE = regex.compile(r"[县縣市区區旗州盟]$")
_SUM = regex.compile(r"[小合总共]\s*计")


class _Kind(Enum):
    WORDS = auto()
    FIGURE = auto()
    BLANK = auto()


@dataclass(frozen=True, slots=True)
class CutRows:
    """Cells cut into the header's cells, in one row, and the rows of the body."""

    head: Row
    body: tuple[Row, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The header, where there is one, and the body."""
        return ((self.head,) if self.head else ()) + self.body


def cells_to_rows(cells: Sequence[Cell]) -> CutRows | None:
    """Cut a sequence of cells into a header and rows, or None where no width shows itself.

    `县市 人数 金额 塔城市 30 243 额敏县 68 244 乌苏市 80 484` has width 3.
    """
    kinds = [_kind_of(cell.text) for cell in cells]
    whole = _with_whole_names(cells, kinds)
    if len(whole) < len(cells):
        cells, kinds = whole, [_kind_of(cell.text) for cell in whole]
    starts = [
        i
        for i in range(len(cells) - 1)
        if kinds[i] is _Kind.WORDS
        and kinds[i + 1] is not _Kind.WORDS
        and len(cells[i].text) <= _LONGEST_NAME
    ]
    starts = _rows_of_figures(cells, kinds, _regular_starts(cells, starts))
    if len(starts) < _LEAST_ROWS:
        return None
    starts = _with_names_of_sums(cells, kinds, starts)
    starts = _with_places(cells, kinds, starts)
    starts = _without_column_numbers(cells, _with_serial_numbers(cells, starts))
    lengths = Counter(b - a for a, b in pairwise(starts))
    width, count = lengths.most_common(1)[0] if lengths else (0, 0)
    if width < 2 or count < _LEAST_REGULAR * (len(starts) - 1):
        return None
    body = [tuple(cells[a:b]) for a, b in pairwise(starts)]
    body.append(_last_row(cells[starts[-1] : starts[-1] + width], body))
    if not _is_body(body, width):
        return None
    return CutRows(_head(cells[: starts[0]], width), tuple(body))


def _kind_of(text: str) -> _Kind:
    if not text:
        return _Kind.BLANK
    return _Kind.FIGURE if looks_like_figure(text) else _Kind.WORDS


def _with_whole_names(cells: Sequence[Cell], kinds: Sequence[_Kind]) -> list[Cell]:
    """`呼图壁 县 28972` among rows of one name: words between figures are one cell, where nearly
    all other names between figures are."""
    groups = list(_words_between_figures(kinds))
    single = sum(b - a == 1 for a, b in groups)
    if single == len(groups) or single < _LEAST_REGULAR * len(groups):
        return list(cells)
    whole: list[Cell] = []
    at = 0
    for a, b in groups:
        text = " ".join(cell.text for cell in cells[a:b])
        if b - a > 1 and len(text) <= _LONGEST_NAME / 2:
            whole.extend(cells[at:a])
            whole.append(replace(cells[a], text=text))
            at = b
    return [*whole, *cells[at:]]


def _words_between_figures(kinds: Sequence[_Kind]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    seen_figure = False
    for i, kind in enumerate(kinds):
        if kind is _Kind.WORDS:
            first = i if first is None else first
            continue
        if first is not None and seen_figure and kind is _Kind.FIGURE:
            yield first, i
        seen_figure = kind is _Kind.FIGURE
        first = None


def _regular_starts(cells: Sequence[Cell], starts: list[int]) -> list[int]:
    """Drop the starts that columns of words in the middle of a row feign: of every 1, 2 or 3
    starts one is real; the choice that makes the most equal widths is right. A header with fewer
    texts than such rows have cells says that they are several rows."""
    best, best_share = starts, _share_of_commonest(starts)
    for step in _STEPS:
        for offset in range(step):
            chosen = starts[offset::step]
            share = _share_of_commonest(chosen)
            if len(chosen) < _LEAST_ROWS or share <= best_share + _CLEARLY_MORE:
                continue
            width = Counter(b - a for a, b in pairwise(chosen)).most_common(1)[0][0]
            head = _head(cells[: chosen[0]], width)
            words = sum(_kind_of(cell.text) is _Kind.WORDS for cell in head)
            if not head or words >= _LEAST_HEADED * width:
                best, best_share = chosen, share
    return best


def _with_names_of_sums(
    cells: Sequence[Cell], kinds: Sequence[_Kind], starts: Sequence[int]
) -> list[int]:
    """`玉溪市 小计 41503`: the name before a 小计 begins its row, it does not end the one above;
    where other rows end with words too, these are remarks."""
    behind_words = {
        i for i in starts[1:] if kinds[i - 1] is _Kind.WORDS and kinds[i - 2] is not _Kind.WORDS
    }
    named = {i for i in behind_words if _SUM.fullmatch(cells[i].text)}
    if not named or len(behind_words) > len(named):
        return list(starts)
    return [i - 1 if i in named else i for i in starts]


def _share_of_commonest(starts: Sequence[int]) -> float:
    lengths = [b - a for a, b in pairwise(starts)]
    return Counter(lengths).most_common(1)[0][1] / len(lengths) if lengths else 0.0


def _with_places(cells: Sequence[Cell], kinds: Sequence[_Kind], starts: Sequence[int]) -> list[int]:
    """`浈江区 水库除险加固工程 3006`: where (nearly) all starts that do not end as places do have a
    cell before them that does, rows begin there, and words after a figure end no row."""
    other = [
        i for i in starts if not _PLACE.search(cells[i].text) and not _SUM.fullmatch(cells[i].text)
    ]
    placed = {
        i for i in other if i and kinds[i - 1] is _Kind.WORDS and _PLACE.search(cells[i - 1].text)
    }
    if len(placed) < max(_LEAST_ROWS, _LEAST_REGULAR * len(other) - 1):
        return list(starts)
    return [i - 1 if i in placed else i for i in starts]


def _rows_of_figures(cells: Sequence[Cell], kinds: Sequence[_Kind], starts: list[int]) -> list[int]:
    """The starts without those at either end whose rows are of another width and mostly words; a
    total is a row however short."""
    lengths = Counter(b - a for a, b in pairwise(starts))
    usual = lengths.most_common(1)[0][0] if lengths else 0

    def is_row(at: int) -> bool:
        row = kinds[starts[at] : starts[at + 1]]
        if at == 0 and _SUM.fullmatch(cells[starts[at]].text):
            return True
        return len(row) == usual or row.count(_Kind.FIGURE) > row.count(_Kind.WORDS)

    first, last = 0, len(starts) - 1
    while first < last and not is_row(first):
        first += 1
    while first < last and (
        _Kind.FIGURE not in kinds[starts[last] : starts[last] + usual] or not is_row(last - 1)
    ):
        last -= 1
    return starts[first : last + 1]


def _with_serial_numbers(cells: Sequence[Cell], starts: list[int]) -> list[int]:
    """Where 1, 2, 3… stand before the names, rows begin at these numbers."""
    before = [cells[i - 1].text if i else "" for i in starts]
    serials = [_serial(text) for text in before]
    counted = _counted_from_one(serials)
    numbered = sum(a is not None and b == a + 1 for a, b in pairwise(serials))
    if numbered < max(2, _LEAST_REGULAR * (len(starts) - 2) - 1):
        if len(counted) * 2 <= len(starts) or len(counted) < _LEAST_ROWS:
            return starts
        return [i - 1 if at in counted else i for at, i in enumerate(starts)]
    unnumbered = _without_number(starts, serials)
    shifted = [
        i - 1 if (serial is not None and i not in unnumbered) or (i and not text) else i
        for i, text, serial in zip(starts, before, serials, strict=True)
    ]
    # The last text of the header stands before the number 1: it begins no row.
    return shifted[1:] if shifted[1:2] == [shifted[0] + 1] else shifted


def _without_number(starts: Sequence[int], serials: Sequence[int | None]) -> set[int]:
    """The starts before which the last figure of the row above stands, and no serial number: it
    does not count on, and without it that row would be a cell short."""
    usual = Counter(b - a for a, b in pairwise(starts)).most_common(1)[0][0]
    return {
        start
        for (above, start), (last, serial) in zip(pairwise(starts), pairwise(serials), strict=True)
        if start - above == usual - 1 and serial is not None and serial != (last or 0) + 1
    }


def _counted_from_one(serials: Sequence[int | None]) -> set[int]:
    """The places of 1, 2, 3… in their order, whatever stands between: totals have no number."""
    found: list[int] = []
    for at, serial in enumerate(serials):
        if serial == len(found) + 1:
            found.append(at)
    return set(found)


def _serial(text: str) -> int | None:
    plain = text.isascii() and text.isdecimal() and len(text) <= _LONGEST_SERIAL
    return int(text) if plain else None


def _without_column_numbers(cells: Sequence[Cell], starts: list[int]) -> list[int]:
    """A row of column numbers under the header (1 2 3…) looks like a row: it is none."""
    if len(starts) < 2:
        return starts
    figures = [cell.text for cell in cells[starts[0] + 1 : starts[1]]]
    counted = [text for i, text in enumerate(figures, start=1) if text == str(i)]
    return starts[1:] if len(counted) >= 2 and len(counted) * 2 > len(figures) else starts


def _last_row(row: Sequence[Cell], body: Sequence[Row]) -> Row:
    """The last row ends before words that stand where all other rows have figures: they are the
    text after the table. A name where the others have serial numbers is the row's own."""
    for column, cell in enumerate(row):
        if (
            column
            and _kind_of(cell.text) is _Kind.WORDS
            and not any(
                _kind_of(one[column].text) is _Kind.WORDS for one in body if len(one) > column
            )
        ):
            return tuple(row[:column])
    return tuple(row)


def _is_body(body: Sequence[Row], width: int) -> bool:
    kinds = [_kind_of(cell.text) for row in body for cell in row]
    figures = sum(kind is _Kind.FIGURE for kind in kinds)
    least = _LEAST_ROWS if width > 2 else _LEAST_ROWS + 2
    return len(body) >= least and figures >= _LEAST_FIGURES * len(kinds)


def _head(before: Sequence[Cell], width: int) -> Row:
    """The header's cells: those after the 单位 line or the title, three levels at most."""
    head: list[Cell] = []
    for cell in reversed(before):
        if is_measure(cell.text) or len(head) >= _MOST_HEADER_LEVELS * width:
            break
        if is_title(cell.text) and (len(head) >= width - 1 or len(cell.text) > _LONGEST_NAME / 2):
            break
        head.append(cell)
    return tuple(reversed(head))
