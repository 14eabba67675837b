"""Raw tables to one grid: spans opened, markup gone, pages joined, blank rows dropped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalize.performance.words import clean
from schemas.source import Cell, RawTable, Ref


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the grid. `own` is False where a span of another place covers it: `down` then
    says that the span comes from a row above, and `text` is the text that covers."""

    column: int
    text: str
    ref: Ref
    own: bool = True
    down: bool = False

    @property
    def filled(self) -> bool:
        """Whether this very place prints something."""
        return self.own and bool(self.text)


def first_place(refs: Iterable[Ref]) -> Ref:
    """The smallest of some references; where a Word file names lines and the pictures in it boxes,
    the smallest of the kind that comes first.

    >>> from schemas.source import BoxRef, LineRef
    >>> str(first_place([LineRef(9, 2), LineRef(9, 1), BoxRef(2, 10, 20, 60, 32)]))
    'L9:C1'
    """
    first, *others = refs
    return min((first, *(ref for ref in others if type(ref) is type(first))))


@dataclass(frozen=True, slots=True)
class Doubt:
    """A cell that may stand under one of several headers, so that it was put under none; `kept`
    says that it was put under the likeliest all the same. Without headers it fits none."""

    slot: Slot
    headers: tuple[str, ...]
    kept: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of the grid, columns counted from 0. `doubts` belong to the row and have no column."""

    slots: tuple[Slot, ...]
    page: int
    doubts: tuple[Doubt, ...] = ()

    @property
    def filled(self) -> tuple[Slot, ...]:
        """The places that print something themselves."""
        return tuple(slot for slot in self.slots if slot.filled)

    @property
    def ref(self) -> Ref:
        """Where the row begins: its first printed place, else its first place."""
        return (self.filled or self.slots)[0].ref

    def at(self, column: int) -> Slot | None:
        """The place in a column, None where the row is shorter."""
        return self.slots[column] if column < len(self.slots) else None


def tables_to_grid(tables: Sequence[RawTable]) -> tuple[GridRow, ...]:
    """The rows of a form that may go on over several pages, in print order.

    Cells without spans keep their index as column, so a row whose blank cells collapsed is still
    shifted here: aligning it needs to know what the columns mean.
    """
    rows: list[GridRow] = []
    for table in tables:
        rows += [row for row in _open_spans(table) if row.filled]
    return tuple(rows)


def _open_spans(table: RawTable) -> list[GridRow]:
    below: dict[int, tuple[int, Slot]] = {}
    rows = []
    for cells in table.rows:
        slots: list[Slot] = []
        below = _cover(slots, below)
        for cell in cells:
            for slot in _cell_to_slots(cell, len(slots)):
                slots.append(slot)
                if cell.rowspan > 1:
                    below[slot.column] = (cell.rowspan - 1, _covered(slot))
            below = _cover(slots, below)
        rows.append(GridRow(tuple(slots), table.page))
    return [row for row in rows if row.slots]


def _cover(slots: list[Slot], below: dict[int, tuple[int, Slot]]) -> dict[int, tuple[int, Slot]]:
    """Fills the next places that spans from above cover; returns the spans that remain."""
    remaining = dict(below)
    while len(slots) in remaining and remaining[len(slots)][1].down:
        column = len(slots)
        count, slot = remaining[column]
        slots.append(slot)
        if count > 1:
            remaining[column] = (count - 1, slot)
        else:
            del remaining[column]
    return remaining


def _cell_to_slots(cell: Cell, column: int) -> list[Slot]:
    text = clean(cell.text)
    first = Slot(column, text, cell.ref)
    rest = range(column + 1, column + max(1, cell.colspan))
    return [first, *(Slot(at, text, cell.ref, own=False) for at in rest)]


def _covered(slot: Slot) -> Slot:
    return Slot(slot.column, slot.text, slot.ref, own=False, down=True)
