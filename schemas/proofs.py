"""Which rows and columns follow from which, and what that proves."""

from dataclasses import dataclass
from enum import StrEnum

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
