"""Numbers that no published column can hold.

Glued cells and binary noise can make a "number" of forty digits. Parquet has room for 38 digits and
a spreadsheet for 15; such a number is no figure of a budget anyway. It becomes `unreadable`,
with its print and a finding, instead of being cut or stopping the whole run.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Context, Decimal

from schemas.findings import Cause, Finding, Severity
from schemas.notice import Allocation, Performance, ReadNotice
from schemas.performance import Budget, Claim, Indicator
from schemas.source import Ref

WHOLE_DIGITS = 20
PLACES = 18
_FIFTEEN_DIGITS = Context(prec=15)


def fits(value: Decimal) -> bool:
    """Whether a number has at most 20 digits before the point and 18 after it.

    >>> fits(Decimal("0.240000152587891")), fits(Decimal("60113486011348117563211873"))
    (True, False)
    """
    if not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -PLACES and value.adjusted() < WHOLE_DIGITS


def shortened(value: Decimal | None) -> Decimal | None:
    """A computed number to 15 significant digits, which every format holds exactly.

    A third becomes 0.333333333333333. Only for what was recomputed; a printed number is never
    rounded.
    """
    if value is None:
        return None
    rounded = _FIFTEEN_DIGITS.plus(value)
    return rounded if fits(rounded) else None


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed number with its place."""

    value: Decimal | None
    printed: str
    ref: Ref | None
    table_no: int
    row_no: int | None = None
    col_no: int | None = None


def misfit_findings(notice: ReadNotice) -> tuple[Finding, ...]:
    """A finding for each printed number of the notice that does not fit."""
    return tuple(
        Finding(
            rule="number-too-long",
            severity=Severity.WARNING,
            cause=Cause.EXTRACTION,
            message=f"A number of more than {WHOLE_DIGITS} digits, or {PLACES} decimals, is no"
            " figure: cells were probably glued together. It is kept as printed, without a value.",
            table_no=number.table_no,
            row_no=number.row_no,
            col_no=number.col_no,
            printed=number.printed,
            ref=number.ref,
        )
        for number in _printed_numbers(notice)
        if number.value is not None and not fits(number.value)
    )


def _printed_numbers(notice: ReadNotice) -> Iterator[_Printed]:
    for table in notice.tables:
        if isinstance(table, Allocation):
            yield from _allocation_numbers(table)
        elif isinstance(table, Performance):
            if table.amounts is not None:
                yield from _allocation_numbers(table.amounts)
            yield from _budget_numbers(table.table.budget, table.table.number)
            for indicator in table.table.indicators:
                yield from _indicator_numbers(indicator, table.table.number)


def _allocation_numbers(allocation: Allocation) -> Iterator[_Printed]:
    table = allocation.table
    for row in table.rows:
        for column, cell in zip(table.columns, row.cells, strict=True):
            place = (table.number, row.number, column.number)
            yield _Printed(cell.value, cell.printed, cell.ref, *place)


def _budget_numbers(budget: Budget, table_no: int) -> Iterator[_Printed]:
    amounts = (budget.total, budget.fiscal, budget.other, budget.budget, budget.executed)
    for amount in amounts:
        if amount is not None:
            yield _Printed(amount.value, amount.printed, amount.ref, table_no)


def _indicator_numbers(indicator: Indicator, table_no: int) -> Iterator[_Printed]:
    claims: tuple[Claim | None, ...] = (indicator.target, indicator.actual)
    for claim in claims:
        if claim is not None:
            for value in (claim.low, claim.high):
                yield _Printed(value, claim.printed, claim.ref, table_no, indicator.number)
    for quantity in (indicator.weight, indicator.score):
        if quantity is not None:
            place = (table_no, indicator.number)
            yield _Printed(quantity.value, quantity.printed, quantity.ref, *place)
