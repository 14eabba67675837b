"""Tables that were understood: what kind they are, and the allocation table as typed cells."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from schemas.findings import Finding
from schemas.source import Cell, Line, RawTable, Reader, Ref


class TableKind(StrEnum):
    """The kinds of tables that notices carry (the `kind` column of the table `tables`)."""

    ALLOCATION = "allocation"
    PERFORMANCE_TARGET = "performance_target"
    SELF_EVALUATION = "self_evaluation"
    PROJECT_LIST = "project_list"
    TRACKING_FORM = "tracking_form"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a notice before it is understood, with the lines that belong to it.

    A table continued over pages is one part with several `tables`. `lead` are the lines above it
    (title, 单位 line, 附件 mark), `tail` those below it that belong to it (说明), in print order.
    `body` holds the lines of a table that is told in lines rather than laid out in cells: prose,
    or a form whose text came out in scrambled order; then `tables` is empty.
    """

    kind: TableKind
    title: str
    tables: tuple[RawTable, ...]
    lead: tuple[Line, ...] = ()
    tail: tuple[Line, ...] = ()
    body: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """A notice taken apart: the lines of its head and body text, and its tables in print order."""

    text: tuple[Line, ...]
    parts: tuple[Part, ...]


class CellKind(StrEnum):
    """Blank, zero, not applicable and unreadable are different things; zero is a NUMBER."""

    NUMBER = "number"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    TEXT = "text"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A cell of figures: what was printed, and the number that it says.

    `value` is present exactly when `kind` is NUMBER; a percentage is its printed number (60% is
    60) with `measure` "%". `decimals` counts the printed places after the point and gives the
    rounding that the print allows. `measure` is the measure printed in the cell itself, else "".
    `readings` are the numbers that other readings of the same picture gave, unlike `value`.
    """

    printed: str
    kind: CellKind
    value: Decimal | None
    decimals: int
    measure: str
    ref: Ref
    readings: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A data column. `number` counts data columns from 1; `path` is the header from the top down.

    `label` is the printed column number or letter that formulas refer to (`4` of `4=2×3…`, `L`
    of `L=J*100-K`), "" where none is printed; `formula` is kept as printed. `measure` is 人,
    万元, %, … or "" when the table does not say it. `is_text` marks a column of words (备注,
    直达资金标识).
    """

    number: int
    path: tuple[str, ...]
    label: str
    formula: str
    measure: str
    is_text: bool

    @property
    def item(self) -> str:
        """The header path as it is published."""
        return " / ".join(self.path)


class Role(StrEnum):
    """What a row is in the sums of its table."""

    TOTAL = "total"
    SUBTOTAL = "subtotal"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Row:
    """A data row: one Quantity for each column of its table, in the order of the columns.

    `shift_uncertain` says that cells were lost or added and more than one way to put the rest
    into columns makes sense: its figures must not be trusted without a look.
    """

    number: int
    unit_printed: str
    cells: tuple[Quantity, ...]
    page: int
    ref: Ref
    shift_uncertain: bool = False


@dataclass(frozen=True, slots=True)
class AllocationTable:
    """An allocation table, aligned: every row has exactly as many cells as there are columns.

    `number` is the table's number within its document; `measure` the 单位 line as printed
    (人、万元); `dropped` keeps cells that fit no column, so that nothing is lost: each has a
    finding too.
    """

    number: int
    title: str
    measure: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    reader: Reader
    pages: tuple[int, ...]
    ref: Ref
    dropped: tuple[Cell, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table whose cells are kept but not interpreted: lists, tracking forms, anything else.

    `rows` counts the rows of data (a blank form has some that print only their number).
    """

    number: int
    kind: TableKind
    title: str
    measure: str
    rows: int
    columns: int
    reader: Reader
    pages: tuple[int, ...]
    ref: Ref
    findings: tuple[Finding, ...] = ()
