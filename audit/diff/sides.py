"""What is compared: a side's tables, or the figures of a run, and what a comparison says."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from schemas.tables import CellKind

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class SideColumn:
    """A column of figures of one side.

    `name` is the header as it stands, `spellings` the forms in which headers are compared, the
    fullest first (`缴费补助/补助比例`, `补助比例`), each folded in the same way on both sides.
    `bare` are those without remarks in brackets, where there are such. One of its figures is
    `factor` times one `base` (万元 is 10000 元); `base` is "" where no measure is told.
    """

    name: str
    spellings: tuple[str, ...]
    base: str = ""
    factor: Decimal = Decimal(1)
    bare: tuple[str, ...] = ()

    def scale(self, other: "SideColumn") -> Decimal:
        """What the figures of another column are multiplied by to be in this one's measure.

        >>> wan, yuan = (SideColumn("合计", ("合计",), "元", Decimal(f)) for f in (10000, 1))
        >>> wan.scale(yuan)
        Decimal('0.0001')
        """
        return other.factor / self.factor if self.base and self.base == other.base else Decimal(1)


@dataclass(frozen=True, slots=True)
class SideCell:
    """A figure of one side. `value` is present exactly when `kind` is NUMBER; `place` says where it
    stands (`L53:C2`, `Sheet1!C7`), `status` what was proved of it, "" where nobody said."""

    kind: CellKind
    value: Decimal | None
    text: str
    place: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row: `key` is what both sides call the same (`654201`; `=开发区` where there is no code),
    `name` what is printed, `note` how the key was found where that is worth a word."""

    key: str
    name: str
    cells: tuple[SideCell, ...]
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SideTable:
    """A table of one side: every row has a cell for every column."""

    title: str
    columns: tuple[SideColumn, ...]
    rows: tuple[SideRow, ...]


@dataclass(frozen=True, slots=True)
class RunFigure:
    """A figure of a run of `xiada extract`, with the key that finds it in another run.

    `RunFigure(("0cc…", "1", "3", "2"), "notice.txt", "伊犁州", "缴费", …, "740496", "proved", …)`.
    """

    key: tuple[str, ...]
    source: str
    name: str
    column: str
    value: Decimal | None
    printed: str
    status: str
    unit_code: str
    place: str


@dataclass(frozen=True, slots=True)
class Tolerances:
    """How far two figures may lie apart and still count as the same; `by_column` has the folded
    headers that have a tolerance of their own."""

    general: Decimal = ZERO
    by_column: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, spellings: Iterable[str]) -> Decimal:
        """The tolerance of a column, by any of its spellings.

        >>> Tolerances(Decimal(0), {"补助比例": Decimal("0.5")}).of(["缴费/补助比例", "补助比例"])
        Decimal('0.5')
        """
        return next((self.by_column[s] for s in spellings if s in self.by_column), self.general)


def rows_by_key(rows: Iterable[SideRow]) -> dict[str, SideRow]:
    """The rows whose key stands once."""
    listed = tuple(rows)
    count = Counter(row.key for row in listed)
    return {row.key: row for row in listed if count[row.key] == 1}


class DifferenceKind(StrEnum):
    """How two sets of figures differ."""

    VALUE = "value"
    KIND = "kind"
    STATUS = "status"
    UNIT = "unit"
    LEFT_ROW = "left_row"
    RIGHT_ROW = "right_row"
    LEFT_REPEATED = "left_repeated"
    RIGHT_REPEATED = "right_repeated"
    LEFT_COLUMN = "left_column"
    RIGHT_COLUMN = "right_column"
    LEFT_TABLE = "left_table"
    RIGHT_TABLE = "right_table"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `left` and `right` are the texts of both sides, "" where a side has none;
    `difference` is left less right, where both are numbers. One that is `aside` does not make the
    sets differ: a spreadsheet of an auditor need not hold all columns of a notice."""

    kind: DifferenceKind
    table: str
    key: str = ""
    name: str = ""
    column: str = ""
    left: str = ""
    right: str = ""
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    left_place: str = ""
    right_place: str = ""
    note: str = ""
    aside: bool = False

    @property
    def counts(self) -> bool:
        """Whether it makes the two sets differ."""
        return not self.aside


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """A figure that both sides have. `difference` is None where one of them is no number."""

    row: int
    column: int
    left: SideCell
    right: SideCell
    difference: Decimal | None
    tolerance: Decimal
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two tables, or two runs, side by side.

    `rows` are (key, name) of the rows that both have and `columns` their common columns as (left
    header, right header); `cells` counts into these two. A comparison of runs has no `cells`.
    """

    left: str
    right: str
    compared: int
    differences: tuple[Difference, ...]
    rows: tuple[tuple[str, str], ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    cells: tuple[ComparedCell, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything makes the two sides differ."""
        return any(difference.counts for difference in self.differences)

    @property
    def equal(self) -> int:
        """How many of the compared figures are the same."""
        kinds = (DifferenceKind.VALUE, DifferenceKind.KIND)
        return self.compared - sum(difference.kind in kinds for difference in self.differences)
