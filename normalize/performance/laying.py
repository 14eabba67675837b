"""A row of cells laid on the columns of its form: by place where its grid is whole, else by what
its cells are, and then a figure that may stand in another column too is not taken at all."""

from collections.abc import Sequence
from dataclasses import dataclass

from normalize.performance.align import Alignment, align
from normalize.performance.claims import is_claim_like
from normalize.performance.fields import Field, FieldColumn, Header, is_header
from normalize.performance.footers import is_footer
from normalize.performance.grid import Doubt, GridRow, Slot
from normalize.performance.lattice import cells_to_rivals
from normalize.performance.mismatch import FIGURES, VALUES, mismatch

_SHIFTS = (0, -1, 1, -2, 2)
_SHIFT_COST = 10
_STEP_COST = 6
_FAR_COST = 20
_SKIP_CELL = 80
_CONTRADICTION = 30
# Rows that kept a blank, or that are filled throughout, before a form counts as trimmed.
_FEWEST_KEPT, _FEWEST_FILLED = 2, 3
_BEFORE_REASON = frozenset({Field.ACTUAL, Field.WEIGHT, Field.SCORE})
_REASONS = (Field.REASON, Field.NOTE)
_OFTEN_BLANK = frozenset({Field.REASON, Field.NOTE, Field.MEASURE})


@dataclass(frozen=True, slots=True)
class Laid:
    """Cells by the index of their column, cells that fit none, and cells that fit several.

    `filled` are the fields that the row fills for all that is known, the doubtful cells too.
    """

    placed: dict[int, Slot]
    lost: tuple[Slot, ...]
    doubts: tuple[Doubt, ...]
    filled: frozenset[Field]
    shifted: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """The columns of a form and how wide its whole rows are: `widths` are the counts of places
    that the header has. `spans` says that its spans are known, so that every row is whole;
    `longest` is the count of the longest row of indicators. `trimmed` says that rows lost blanks
    at their ends and nowhere else, for every cell of every row fits the column it stands under."""

    columns: tuple[FieldColumn, ...]
    widths: frozenset[int]
    longest: int
    spans: bool
    trimmed: bool = False

    def is_whole(self, row: GridRow) -> bool:
        """Whether a row has kept all its places, blank ones too: it has as many as the header, or
        as many as any other row and a blank one among them. A row that only lost the blanks at
        its end is not told from one that lost others."""
        count = len(row.slots)
        if self.spans or count in self.widths:
            return True
        last = row.filled[-1].column if row.filled else 0
        if self.trimmed and self._only_words_lost(row, last):
            return True
        return count == self.longest and any(not slot.text for slot in row.slots[:last])

    def _only_words_lost(self, row: GridRow, last: int) -> bool:
        """Whether the columns behind the last cell are such as forms leave blank, and the result
        is of the kind of its target: words beside a number may be the reason for a lost result."""
        behind = {column.field for column in self.columns if column.first > last}
        at = {c.field: slot.text for c in self.columns if (slot := row.at(c.first)) is not None}
        target, actual = at.get(Field.TARGET, ""), at.get(Field.ACTUAL, "")
        unlike = bool(actual) and is_claim_like(target) and not any(map(str.isdigit, actual))
        return behind <= _OFTEN_BLANK and bool(target) and not unlike


def header_to_frame(rows: Sequence[GridRow], header: Header) -> Frame:
    """The frame of a form; a form whose header is missing has none of its widths."""
    heads = rows[header.row : header.last + 1] if header.row >= 0 else ()
    below = [row for row in rows[header.last + 1 :] if row.filled]
    indicators = [row for row in below if not (is_header(row) or is_footer(row))]
    return Frame(
        header.columns,
        frozenset(len(row.slots) for row in heads),
        max((len(row.slots) for row in below), default=0),
        any(not slot.own for row in rows for slot in row.slots),
        _is_trimmed(indicators, header.columns),
    )


def _is_trimmed(rows: Sequence[GridRow], columns: Sequence[FieldColumn]) -> bool:
    """Whether rows of different length differ by blanks at their ends alone: every cell stands
    under a column that it fits, and blanks before other cells were kept (merged levels), or most
    rows print figures as far as forms leave nothing blank."""
    kept = filled = 0
    needed = [c for c in columns if c.field in (Field.NAME, *VALUES)]
    for row in rows:
        own = _by_place(row.filled, columns)
        if own is None or _kinds(row.filled, columns, own) >= _CONTRADICTION:
            return False
        kept += any(not slot.text for slot in row.slots[: row.filled[-1].column])
        texts = [slot.text if (slot := row.at(c.first)) is not None else "" for c in needed]
        filled += all(texts) and all(map(is_claim_like, texts[1:]))
    return kept >= _FEWEST_KEPT or filled >= max(_FEWEST_FILLED, len(rows) // 2)


def row_to_laid(row: GridRow, frame: Frame) -> Laid:
    """Lays a row on its columns.

    In a whole row every cell stays in its place, unless another reading fits the kinds of the
    cells far better. Else a figure has a column only where no other reading comes near.
    """
    cells, columns = row.filled, frame.columns
    aligned, shifted = _lay(cells, columns)
    if frame.is_whole(row):
        own = _by_place(cells, columns)
        if own is not None and _kinds(cells, columns, own) < (
            _kinds(cells, columns, aligned) + _CONTRADICTION
        ):
            return _to_laid(cells, columns, own, [() for _ in cells], shifted=False)
    rivals = cells_to_rivals([c.text for c in cells], [c.field for c in columns], aligned)
    return _to_laid(cells, columns, aligned, rivals, shifted)


def _by_place(
    cells: Sequence[Slot], columns: Sequence[FieldColumn]
) -> tuple[int | None, ...] | None:
    """The column over each cell; None where a cell stands under none, or two under one."""
    found = [
        next((i for i, c in enumerate(columns) if c.first <= cell.column < c.end), None)
        for cell in cells
    ]
    if None in found or len(set(found)) < len(found):
        return None
    return tuple(found)


def _kinds(
    cells: Sequence[Slot], columns: Sequence[FieldColumn], chosen: Sequence[int | None]
) -> int:
    fields = {columns[at].field for at in chosen if at is not None}
    # A figure for a reason, where a figure is missing before it: the row slid by a place.
    missing = {c.field for c in columns} & _BEFORE_REASON - fields
    cost = 0
    for cell, at in zip(cells, chosen, strict=True):
        cost += _SKIP_CELL if at is None else mismatch(cell.text, columns[at].field)
        if missing and at is not None and columns[at].field in _REASONS:
            cost += _CONTRADICTION if is_claim_like(cell.text) else 0
    return cost


def _to_laid(
    cells: Sequence[Slot],
    columns: Sequence[FieldColumn],
    chosen: Sequence[int | None],
    rivals: Sequence[Sequence[int]],
    shifted: bool,
) -> Laid:
    placed: dict[int, Slot] = {}
    lost: list[Slot] = []
    doubts: list[Doubt] = []
    for cell, at, others in zip(cells, chosen, rivals, strict=True):
        if at is None:
            lost.append(cell)
        elif others and (columns[at].field in FIGURES or is_claim_like(cell.text)):
            doubts.append(Doubt(cell, tuple(_header(columns[i]) for i in sorted((at, *others)))))
        else:
            placed[at] = cell
    filled = frozenset(columns[at].field for at in chosen if at is not None)
    return Laid(placed, tuple(lost), tuple(doubts), filled, shifted)


def _header(column: FieldColumn) -> str:
    return column.printed or column.field.value


def _lay(
    cells: Sequence[Slot], columns: Sequence[FieldColumn]
) -> tuple[tuple[int | None, ...], bool]:
    """The alignment of a row that is cheapest over all small shifts, and whether it shifted."""
    options: list[tuple[int, int, Alignment]] = []
    for shift in _SHIFTS:
        if options and min(options, key=_first)[0] <= _SHIFT_COST * abs(shift):
            break

        def cost(cell: int, field: int, shift: int = shift) -> int:
            slot, column = cells[cell], columns[field]
            return _distance(slot.column - shift, column) + mismatch(slot.text, column.field)

        found = align(len(cells), len(columns), cost, _SKIP_CELL, lambda f: _absence(columns[f]))
        options.append((found.cost + _SHIFT_COST * abs(shift), shift, found))
    _, shift, found = min(options, key=_first)
    return found.fields, shift != 0


def _first(option: tuple[int, int, Alignment]) -> int:
    return option[0]


def _distance(column: int, target: FieldColumn) -> int:
    off = max(target.first - column, column - target.end + 1, 0)
    return min(_STEP_COST * off, _FAR_COST)


def _absence(column: FieldColumn) -> int:
    return {Field.NAME: 40, Field.TARGET: 15, Field.ACTUAL: 10}.get(column.field, 0)
