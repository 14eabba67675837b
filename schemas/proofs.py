"""Which rows and columns follow from which, and what that proves."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from schemas.findings import Finding
from schemas.tables import Role


class Status(StrEnum):
    """The state of a published value; the meanings are those of the contract."""

    PROVED = "proved"
    REPAIRED = "repaired"
    SUSPECT = "suspect"
    UNPROVED = "unproved"
    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    TEXT = "text"
    UNREADABLE = "unreadable"
    DECIDED = "decided"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Block:
    """A row that is the sum of others. Rows are indices into the table's rows, from 0.

    `holds` and `fails` count the columns in which the sum holds and fails within rounding.
    """

    head: int
    parts: tuple[int, ...]
    holds: int
    fails: int


@dataclass(frozen=True, slots=True)
class Structure:
    """The sums of a table: a role for each row, and the blocks from the outermost to the inner."""

    roles: tuple[Role, ...]
    blocks: tuple[Block, ...]


class Holding(StrEnum):
    """How an equation stands with the accepted values: `loose` is off by no more than rounding may
    explain where most of its kind are exact, which proves nothing and accuses nobody."""

    HOLDS = "holds"
    LOOSE = "loose"
    FAILS = "fails"


@dataclass(frozen=True, slots=True)
class ProofEquation:
    """An equation between cells of a table, each (row, column) from 0, with its numbers put in.

    `out` is the left side, `recomputed` what the right side gives to the places of `out`,
    `difference` the accepted value less that. `source` is the printed formula, "" for a sum over
    rows and for what was found in the figures; `terms` is the right side with `{0}`, `{1}`, … for
    the inputs, "" for their plain sum.
    """

    out: tuple[int, int]
    inputs: tuple[tuple[int, int], ...]
    terms: str
    source: str
    holding: Holding
    recomputed: Decimal | None
    difference: Decimal | None
    tolerance: Decimal


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of one cell. `value` is the accepted number, None where there is none.

    `proposals` are better values that are not certain enough; `equations` are indices into the
    table's equations, of all in which the cell takes part, and `proofs` counts those that hold.
    `confirmed` says that another reading of the same picture gave the value that was put in.
    """

    status: Status
    value: Decimal | None
    proposals: tuple[Decimal, ...]
    equations: tuple[int, ...]
    proofs: int
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class TableProof:
    """The proofs of a table: one for each row and column, the equations, and what was found."""

    proofs: tuple[tuple[Proof, ...], ...]
    equations: tuple[ProofEquation, ...]
    findings: tuple[Finding, ...]
