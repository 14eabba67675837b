"""What the cross-checks look at, and what they say of cells that two places agree on."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from audit.sums import half_unit, is_figure
from schemas.head import NoticeHead
from schemas.notice import Allocation, Performance
from schemas.proofs import Status, TableProof
from schemas.source import Line
from schemas.tables import Quantity

_DOUBTFUL = frozenset({Status.SUSPECT, Status.UNREADABLE})


@dataclass(frozen=True, slots=True)
class ReadFacts:
    """One notice as far as it was read.

    `body` holds its running lines. `proofs` stand beside `allocations`, one each, or are left out:
    then the printed values count. `born_digital` says that the digits are those that the author
    typed, so that a contradiction is the source's own.
    """

    allocations: tuple[Allocation, ...] = ()
    performances: tuple[Performance, ...] = ()
    body: tuple[Line, ...] = ()
    head: NoticeHead = field(default_factory=NoticeHead)
    proofs: tuple[TableProof, ...] = ()
    born_digital: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """A cell of an allocation table that another table of the notice repeats.

    `allocation` is the index in `ReadFacts.allocations`, `row` and `column` are indices into that
    table (all from 0, as in `TableProof`); `table_no` is the number of the table that repeats it.
    `value` is what it prints there, in the column's measure.
    """

    allocation: int
    row: int
    column: int
    table_no: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell with its accepted number. `half` is what its rounding allows; `sure` is False where
    the table's own arithmetic doubts it, or its place in the row, so that it may accuse nobody."""

    cell: Quantity
    value: Decimal
    half: Decimal
    sure: bool


def figure_at(facts: ReadFacts, allocation: int, row: int, column: int) -> Figure | None:
    """The figure in a cell, with its value as the proofs accept it; None where there is none."""
    line = facts.allocations[allocation].table.rows[row]
    cell = line.cells[column]
    if not is_figure(cell) or cell.value is None:
        return None
    value, sure = cell.value, not line.shift_uncertain
    if facts.proofs:
        proof = facts.proofs[allocation].proofs[row][column]
        value = proof.value if proof.value is not None else value
        sure = sure and proof.status not in _DOUBTFUL
    return Figure(cell, value, half_unit(cell), sure)


def rows_by_code(allocation: Allocation) -> dict[str, int]:
    """The row of each unit that stands in exactly one row; units without a code are left out."""
    codes = [p.unit.code if p.unit else "" for p in allocation.placements]
    times = Counter(codes)
    return {code: i for i, code in enumerate(codes) if code and times[code] == 1}
