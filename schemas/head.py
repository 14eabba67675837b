"""The head of a notice: everything that its text says outside the tables."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schemas.findings import Finding


class AccountKind(StrEnum):
    """Which part of the 政府收支分类科目 an account code belongs to.

    Functional expenditure is 类款项 in 3 + 2 + 2 digits; transfer income begins with 110; the
    economic classification has five digits, 5… for the government's budget and 3… for a
    department's.
    """

    INCOME = "income"
    FUNCTION = "function"
    GOVERNMENT_ECONOMIC = "government_economic"
    DEPARTMENT_ECONOMIC = "department_economic"


@dataclass(frozen=True, slots=True)
class Account:
    """A code of the 政府收支分类科目 with its name as printed."""

    kind: AccountKind
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class NoticeHead:
    """What a notice says of itself. Empty strings and empty tuples mean that it does not say."""

    doc_no: str = ""
    title: str = ""
    issuers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    issued_on: date | None = None
    printed_on: date | None = None
    fiscal_year: int | None = None
    programme: str = ""
    accounts: tuple[Account, ...] = ()
    direct_fund_mark: str = ""
    cites: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
