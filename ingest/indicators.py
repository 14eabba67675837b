"""Performance tables become rows of the public table `indicators`."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audit.cross import ReadFacts, product_agreements
from ingest.figures import unit_code
from ingest.misfits import fits
from schemas.notice import Performance, ReadNotice
from schemas.performance import Budget, Claim, Comparator, Indicator
from schemas.places import Placement
from schemas.proofs import Status
from schemas.records import IndicatorRecord
from schemas.source import Document
from schemas.tables import Quantity, TableKind


@dataclass(frozen=True, slots=True)
class _Holder:
    """Whose indicator it is, and its target: the form's own unit, or that of a column of a form in
    across form."""

    name: str
    placement: Placement | None
    budget: Budget
    target: Claim


def indicator_records(notice: ReadNotice) -> Iterator[IndicatorRecord]:
    """One record an indicator of every performance table, in print order.

    A form that sets a target for each unit gives a record for each indicator and unit, with the
    same `row_no` and the unit of the column.
    """
    tables = tuple(table for table in notice.tables if isinstance(table, Performance))
    proved = frozenset(
        (agreement.table_no, number)
        for agreement in product_agreements(ReadFacts(performances=tables))
        for number in agreement.indicators
    )
    for table in tables:
        for indicator in table.table.indicators:
            is_proved = (table.table.number, indicator.number) in proved
            for holder in _holders(table, indicator):
                status = _indicator_status(indicator, holder.target, is_proved)
                yield _indicator_record(notice.document, table, indicator, holder, status)


def _holders(performance: Performance, indicator: Indicator) -> Iterator[_Holder]:
    table, amounts = performance.table, performance.amounts
    if not indicator.by_unit or amounts is None:
        yield _Holder(table.budget_unit, performance.placement, table.budget, indicator.target)
        return
    rows = zip(indicator.by_unit, amounts.table.rows, amounts.placements, strict=True)
    for one, row, placement in rows:
        # The form's amounts are those of the whole, which is the first of its columns.
        whole = (
            table.budget.total is not None
            and row.cells[:1]
            and (row.cells[0].value == table.budget.total.value)
        )
        yield _Holder(one.unit, placement, table.budget if whole else Budget(), one.target)


def _indicator_record(
    document: Document,
    performance: Performance,
    indicator: Indicator,
    holder: _Holder,
    status: Status,
) -> IndicatorRecord:
    table, actual, budget = performance.table, indicator.actual, holder.budget
    target = holder.target
    return IndicatorRecord(
        notice_id=document.sha256,
        source=document.source,
        table_no=table.number,
        kind="target" if table.kind is TableKind.PERFORMANCE_TARGET else "self_evaluation",
        budget_unit=holder.name or None,
        unit_code=unit_code(holder.placement) if holder.placement else None,
        project=table.project or None,
        amount_total=_value(budget.total),
        amount_fiscal=_value(budget.fiscal),
        amount_other=_value(budget.other),
        budget=_value(budget.budget),
        executed=_value(budget.executed),
        row_no=indicator.number,
        level1=indicator.level1 or None,
        level2=indicator.level2 or None,
        level2_printed=indicator.level2_printed or None,
        indicator=indicator.name,
        target_printed=target.printed,
        comparator=target.comparator,
        target_low=_fitting(target.low),
        target_high=_fitting(target.high),
        target_measure=target.measure or None,
        actual_printed=actual.printed if actual else None,
        actual_value=_actual_value(actual),
        actual_measure=(actual.measure or None) if actual else None,
        attained=indicator.attained,
        weight=_value(indicator.weight),
        score=_value(indicator.score),
        status=status,
        ref=str(target.ref if indicator.by_unit and target.ref else indicator.ref),
    )


def _actual_value(actual: Claim | None) -> Decimal | None:
    """The one number of an actual value; a range has two, so it has none to publish."""
    if actual is None or (actual.low is not None and actual.high is not None):
        return None
    return _fitting(actual.low if actual.low is not None else actual.high)


def _indicator_status(indicator: Indicator, target: Claim, is_proved: bool) -> Status:
    """Proved where the persons, standards and times of the form add up to its total, and would not
    with another digit here."""
    if indicator.moved:
        return Status.MOVED
    if not target.printed.strip():
        return Status.BLANK
    if target.comparator is Comparator.TEXT:
        return Status.TEXT
    return Status.PROVED if is_proved else Status.UNPROVED


def _value(quantity: Quantity | None) -> Decimal | None:
    return _fitting(quantity.value) if quantity else None


def _fitting(value: Decimal | None) -> Decimal | None:
    return value if value is not None and fits(value) else None
