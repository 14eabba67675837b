"""Units of administration, and which of them stands in a row."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from schemas.tables import Role


class Level(StrEnum):
    """The three levels that have division codes, and units that budgets use without one."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    UNCODED = "uncoded"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit during one span of years. `first_year` and `last_year` are inclusive; a unit that
    still stands has the gazetteer's last year. `parent` is the code of the next unit above that
    holds for the span ("" for provinces). `code` is "" exactly for UNCODED units: a whole's own
    offices (塔城地区本级), a division of the Corps, a development area."""

    code: str
    name: str
    level: Level
    parent: str
    first_year: int
    last_year: int


class UnitStatus(StrEnum):
    """How a printed name became a unit; the meanings are those of the contract."""

    EXACT = "exact"
    ALIAS = "alias"
    CONVERTED = "converted"
    CORRECTED = "corrected"
    REASSIGNED = "reassigned"
    UNRESOLVED = "unresolved"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that a printed name may mean, with a score from 0 to 1 and the reason in words."""

    unit: Unit
    status: UnitStatus
    score: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Placement:
    """The unit of a row, or none. `unit` is None exactly when `status` is UNRESOLVED."""

    printed: str
    unit: Unit | None
    status: UnitStatus
    score: Decimal
    evidence: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class RowClue:
    """What a row of a table says of its unit, beside the names of its neighbours.

    `head` is the index of the row that this row adds up into (the head of its block, or the total),
    counted from 0 in the same sequence; None where no sum says it. `amounts` are the row's figures
    in the order of the columns, None where a cell holds no number.
    """

    printed: str
    role: Role
    head: int | None = None
    amounts: tuple[Decimal | None, ...] = ()
