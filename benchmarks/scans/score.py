"""What was read against the truth, cell by cell."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import regex

from benchmarks.scans.model import TrueCell
from extract.pages import Box

_SPACE = regex.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell as a program read it; rows and columns count from 0. `box` is in points of the page
    as shown, None where the program does not say it."""

    row: int
    column: int
    rowspan: int
    colspan: int
    text: str
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table as a program read it from one page (counted from 1)."""

    page: int
    cells: tuple[ReadCell, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """One cell that was read otherwise than it stands there; `got` is None where nothing was."""

    cell: TrueCell
    got: ReadCell | None

    def __str__(self) -> str:
        want = self.cell
        place = f"p{want.page} t{want.table} ({want.row},{want.column})"
        if self.got is None:
            return f"{place} want {want.text!r}, got nothing"
        spans = (self.got.rowspan, self.got.colspan)
        said = "" if spans == (want.rowspan, want.colspan) else f" spans {spans}"
        return f"{place} want {want.text!r}, got {self.got.text!r}{said}"


@dataclass(slots=True)
class Score:
    """Counts of cells: all, at the right place with the right spans, right in every way; the same
    of those that print a number; cells of boxes, and boxes that show the text that was read."""

    cells: int = 0
    placed: int = 0
    exact: int = 0
    numbers: int = 0
    numbers_exact: int = 0
    boxes: int = 0
    boxes_right: int = 0
    misses: list[Miss] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Take in the counts of another document."""
        self.cells += other.cells
        self.placed += other.placed
        self.exact += other.exact
        self.numbers += other.numbers
        self.numbers_exact += other.numbers_exact
        self.boxes += other.boxes
        self.boxes_right += other.boxes_right
        self.misses += other.misses


def plain(text: str, number: bool) -> str:
    """A text as it is compared: without white space; words without the difference between full and
    half width, which fonts do not show. A number must agree in every sign."""
    bare = _SPACE.sub("", text)
    return bare if number else unicodedata.normalize("NFKC", bare)


def score(truth: Sequence[TrueCell], tables: Sequence[ReadTable]) -> Score:
    """Compare what was read with the truth, each true table with the read table of its page that
    agrees best with it."""
    total = Score()
    free = list(tables)
    for key in sorted({(c.page, c.table) for c in truth}):
        cells = [c for c in truth if (c.page, c.table) == key]
        chosen = max(
            (t for t in free if t.page == key[0]), key=lambda t: _agreeing(cells, t), default=None
        )
        if chosen is not None:
            free.remove(chosen)
        total.add(_compare(cells, chosen.cells if chosen else ()))
    return total


def _agreeing(cells: Iterable[TrueCell], table: ReadTable) -> int:
    texts = {(c.row, c.column): plain(c.text, False) for c in table.cells}
    return sum(texts.get((c.row, c.column)) == plain(c.text, False) for c in cells)


def _compare(truth: Sequence[TrueCell], read: Sequence[ReadCell]) -> Score:
    made = Score()
    at = {(c.row, c.column): c for c in read}
    for want in truth:
        got = at.get((want.row, want.column))
        placed = got is not None and (got.rowspan, got.colspan) == (want.rowspan, want.colspan)
        said = got is not None and plain(got.text, want.number) == plain(want.text, want.number)
        exact = placed and said
        made.cells += 1
        made.placed += placed
        made.exact += exact
        made.numbers += want.number
        made.numbers_exact += exact and want.number
        if got is not None and got.box is not None and want.ink and said:
            made.boxes += 1
            made.boxes_right += shows(got.box, want, truth)
        if not exact:
            made.misses.append(Miss(want, got))
    return made


def shows(box: Box, cell: TrueCell, others: Iterable[TrueCell] = ()) -> bool:
    """Whether the box, cut out of the page, shows the words of the cell and no other's: it holds
    nearly all of their ink and less than half of the ink of any other (boxes of a skewed page
    reach into each other).
    """
    if cell.ink is None or _common(box, cell.ink) / _area(cell.ink) <= 0.75:
        return False
    return all(
        other.ink is None or other is cell or _common(box, other.ink) / _area(other.ink) < 0.5
        for other in others
    )


def _area(box: Box) -> float:
    return max(box.x1 - box.x0, 0) * max(box.y1 - box.y0, 0)


def _common(one: Box, other: Box) -> float:
    return _area(
        Box(
            max(one.x0, other.x0), max(one.y0, other.y0),
            min(one.x1, other.x1), min(one.y1, other.y1),
        )
    )  # fmt: skip
