"""What there is to say about a notice beside its figures (the table `findings`)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from schemas.source import Ref


class Severity(StrEnum):
    """How much a finding matters: an error changes an answer, a warning may, a note does not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Cause(StrEnum):
    """Whose fault a finding is, as far as can be known."""

    OCR = "ocr"
    SOURCE = "source"
    ROUNDING = "rounding"
    EXTRACTION = "extraction"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Finding:
    """One plain sentence about one place. `rule` is a stable short name: `unit-unresolved`."""

    rule: str
    severity: Severity
    message: str
    cause: Cause = Cause.UNKNOWN
    table_no: int | None = None
    row_no: int | None = None
    col_no: int | None = None
    printed: str = ""
    recomputed: Decimal | None = None
    difference: Decimal | None = None
    tolerance: Decimal | None = None
    proposal: str = ""
    ref: Ref | None = None
