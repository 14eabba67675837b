"""Performance targets (绩效目标表) and self-evaluations (绩效自评表) as typed values."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from schemas.findings import Finding
from schemas.source import Reader, Ref
from schemas.tables import AllocationTable, Quantity, TableKind


class Comparator(StrEnum):
    """How a target binds: `≥95%` is GE, `105%≤≥95%` BETWEEN, `12月底前` BY, `持续推动` TEXT."""

    GE = ">="
    LE = "<="
    EQ = "="
    BETWEEN = "between"
    BY = "by"
    TEXT = "text"


class Attained(StrEnum):
    """Whether the actual value reaches the target."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Claim:
    """A value of an indicator taken apart.

    `≥74.05万人` is GE, low 74.05, measure 万人; `105%≤≥95%` is BETWEEN, low 95, high 105,
    measure %; `每月25日前` is BY, without numbers. A single number stands in `low` for GE and EQ
    and in `high` for LE. `words` is what the print says beside them (`12次, 按月发放` leaves
    按月发放).
    """

    printed: str
    comparator: Comparator
    low: Decimal | None
    high: Decimal | None
    measure: str
    words: str
    ref: Ref | None


@dataclass(frozen=True, slots=True)
class UnitTarget:
    """The target that a form in across form sets for one unit: the head of its column."""

    unit: str
    target: Claim


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of a performance table. `number` counts from 1 within the table.

    `by_unit` holds a target for each unit, in the order of the rows of the table's `amounts`,
    where the form sets one for each; `target` is then the first. `level1` and `level2` are
    canonical names; `level2_printed` is what stood at that place, filled down from a merged cell.
    `moved` says that the printed level was wrong and `level2` is right.
    """

    number: int
    level1: str
    level2: str
    level2_printed: str
    moved: bool
    name: str
    target: Claim
    actual: Claim | None
    attained: Attained | None
    weight: Quantity | None
    score: Quantity | None
    reason: str
    ref: Ref
    by_unit: tuple[UnitTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """The amounts that a performance table prints for its project; None where it prints none."""

    total: Quantity | None = None
    fiscal: Quantity | None = None
    other: Quantity | None = None
    budget: Quantity | None = None
    executed: Quantity | None = None


@dataclass(frozen=True, slots=True)
class PerformanceTable:
    """A performance table. `kind` is PERFORMANCE_TARGET or SELF_EVALUATION.

    `goal` and `result` are the words of 年度总体目标 and of its completion. `amounts` holds the
    amounts by unit of a table in across form (a column a county), as an allocation table with
    a row a unit.
    """

    number: int
    kind: TableKind
    title: str
    measure: str
    budget_unit: str
    project: str
    budget: Budget
    goal: str
    result: str
    indicators: tuple[Indicator, ...]
    amounts: AllocationTable | None
    rows: int
    columns: int
    reader: Reader
    pages: tuple[int, ...]
    ref: Ref
    findings: tuple[Finding, ...] = ()
