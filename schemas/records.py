"""The public records: one pydantic model for each of the five tables of the contract.

Field order is column order. Names and meanings do not change; new columns come after these.
Numbers are `Decimal` and are written as plain decimals; None is an empty cell.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from schemas.findings import Cause, Severity
from schemas.head import AccountKind
from schemas.performance import Attained, Comparator
from schemas.places import UnitStatus
from schemas.proofs import Status
from schemas.source import Media, Reader
from schemas.tables import Role, TableKind

NoticeId = Field(pattern=r"^[0-9a-f]{64}$", description="sha256 of the file's bytes")
UnitCode = Field(
    default=None, pattern=r"^[0-9]{6}$", description="division code valid at the notice's date"
)


class Record(BaseModel):
    """Common to all records: validated, immutable, no column that the contract does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    notice_id: str = NoticeId
    source: str = Field(description="path as given")


class AccountRecord(BaseModel):
    """One entry of `accounts`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: AccountKind
    code: str
    name: str


class NoticeRecord(Record):
    """One row a document: its head, and how many figures of each status it has."""

    media: Media
    doc_no: str | None = None
    title: str | None = None
    issuers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    issued_on: date | None = None
    printed_on: date | None = None
    fiscal_year: int | None = None
    programme: str | None = None
    measure: str | None = None
    accounts: tuple[AccountRecord, ...] = ()
    direct_fund_mark: str | None = None
    cites: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    tables: int = 0
    figures: int = 0
    proved: int = 0
    repaired: int = 0
    suspect: int = 0
    unproved: int = 0
    indicators: int = 0
    outcome: Literal["accepted", "needs_review", "rejected"]


class FigureRecord(Record):
    """One row a cell of an allocation table, or of the amounts by unit of an across form."""

    table_no: int = Field(ge=1)
    table_title: str | None = None
    page: int = Field(ge=1)
    row_no: int = Field(ge=1)
    role: Role
    unit_printed: str
    unit_code: str | None = UnitCode
    unit_name: str | None = None
    unit_status: UnitStatus
    unit_score: Decimal = Field(ge=0, le=1)
    col_no: int = Field(ge=1)
    item: str
    formula: str | None = None
    measure: str | None = None
    printed: str
    value: Decimal | None = None
    status: Status
    proposal: str | None = None
    proofs: int = 0
    ref: str


class IndicatorRecord(Record):
    """One row an indicator of a performance table."""

    table_no: int = Field(ge=1)
    kind: Literal["target", "self_evaluation"]
    budget_unit: str | None = None
    unit_code: str | None = UnitCode
    project: str | None = None
    amount_total: Decimal | None = None
    amount_fiscal: Decimal | None = None
    amount_other: Decimal | None = None
    budget: Decimal | None = None
    executed: Decimal | None = None
    row_no: int = Field(ge=1)
    level1: str | None = None
    level2: str | None = None
    level2_printed: str | None = None
    indicator: str
    target_printed: str
    comparator: Comparator
    target_low: Decimal | None = None
    target_high: Decimal | None = None
    target_measure: str | None = None
    actual_printed: str | None = None
    actual_value: Decimal | None = None
    actual_measure: str | None = None
    attained: Attained | None = None
    weight: Decimal | None = None
    score: Decimal | None = None
    status: Status
    ref: str


class TableRecord(Record):
    """One row a table of any kind."""

    table_no: int = Field(ge=1)
    kind: TableKind
    title: str | None = None
    pages: str = Field(description="first and last page, or the only one: 1-4, 2")
    rows: int
    columns: int
    measure: str | None = None
    reader: Reader
    ref: str


class FindingRecord(Record):
    """One row a finding: one plain sentence about one place."""

    rule: str
    severity: Severity
    cause: Cause
    table_no: int | None = None
    row_no: int | None = None
    col_no: int | None = None
    printed: str | None = None
    recomputed: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    message: str
    proposal: str | None = None
    ref: str | None = None


RECORD_TYPES: dict[str, type[Record]] = {
    "notices": NoticeRecord,
    "figures": FigureRecord,
    "indicators": IndicatorRecord,
    "tables": TableRecord,
    "findings": FindingRecord,
}
