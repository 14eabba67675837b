"""Two runs of the nightly job side by side: what a store answered then and answers now."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from audit.diff import Comparison, Difference, RunFigure, Tolerances, compare_runs
from ingest.comparing.diffing import Wishes
from ingest.comparing.errors import NotComparableError
from ingest.comparing.result import DiffResult, LongComparison
from ingest.comparing.sheets import spelling
from ingest.export.columns import Kind, record_values, table_columns
from ingest.export.plain import value_text
from ingest.records import Records
from ingest.scratch import Scratch
from ingest.store import Store
from ingest.store.changes import Change
from schemas.records import IndicatorRecord

_FIGURE_KEY = ("table_no", "row_no", "col_no")
_NO_TOLERANCE = Tolerances()


@dataclass(slots=True)
class _Sum:
    """What was compared so far: how many, how many of them agree, and what differs."""

    differences: Scratch[Difference]
    compared: int = 0
    equal: int = 0

    def add(self, comparison: Comparison) -> None:
        self.compared += comparison.compared
        self.equal += comparison.equal
        for one in comparison.differences:
            self.differences.add(one)

    def total(self, left: str, right: str) -> LongComparison:
        return LongComparison(left, right, self.compared, self.equal, self.differences)


@contextmanager
def diff_store_runs(store: Store, left: int, right: int, wishes: Wishes) -> Iterator[DiffResult]:
    """What changed over a whole archive between the ends of two runs, figure by figure.

    The second comparison is that of the numbers and statuses of indicators and of the outcomes of
    documents. Only documents with another reading are looked at, a few at a time, and what differs
    lies in scratch files until the block ends.

    Raises NoRunError, ScratchError and, for a column that is not there, NotComparableError (exit
    status 2).
    """
    key = wishes.on or _FIGURE_KEY
    known = {column.name for column in table_columns("figures")}
    if not set(key) <= known:
        raise NotComparableError(f"figures has no column {', '.join(sorted(set(key) - known))}.")
    names = (f"run {left}", f"run {right}")
    rest = (f"{names[0]}, indicators", f"{names[1]}, indicators")
    with Scratch[Difference]() as one, Scratch[Difference]() as other:
        figures, others = _Sum(one), _Sum(other)
        figures.compared = figures.equal = store.unchanged_figures(left, right)
        _compare_changes(store.changes(left, right), names, key, wishes, (figures, others))
        comparisons = (figures.total(*names), others.total(*rest))
        yield DiffResult(*names, of_runs=True, comparisons=comparisons)


def _compare_changes(
    changes: Iterable[Change],
    names: tuple[str, str],
    key: tuple[str, ...],
    wishes: Wishes,
    sums: tuple[_Sum, _Sum],
) -> None:
    """Compare each document with what it was, and add that to the sums of figures and of others."""
    tolerances = Tolerances(
        wishes.tolerance, {spelling(name): value for name, value in wishes.tolerances.items()}
    )
    headers: set[str] = set()
    for one, other in changes:
        folded = {f.item: spelling(f.item) for r in (one, other) if r for f in r.figures}
        headers.update(folded.values())
        sides = (_figures(one, key), _figures(other, key))
        sums[0].add(compare_runs(*sides, names, tolerances, folded))
        sums[1].add(compare_runs(_others(one), _others(other), names, _NO_TOLERANCE, {}))
    unknown = [name for name in wishes.tolerances if spelling(name) not in headers]
    if headers and unknown:
        raise NotComparableError(f"--abs-tol: no changed column is headed {', '.join(unknown)}.")


def _figures(records: Records | None, key: tuple[str, ...]) -> Iterator[RunFigure]:
    names = [column.name for column in table_columns("figures")]
    for figure in records.figures if records else ():
        texts = dict(zip(names, map(value_text, record_values(figure)), strict=True))
        yield RunFigure(
            # The first part says which document, and here it is always the same one.
            ("", *(texts[name] for name in key)),
            figure.source,
            figure.unit_printed,
            figure.item,
            figure.value,
            figure.printed,
            figure.status.value,
            figure.unit_code or "",
            figure.ref,
        )


def _others(records: Records | None) -> Iterator[RunFigure]:
    """The outcome of a document, and the numbers and statuses of its indicators."""
    if records is None:
        return
    for notice in records.notices:
        name, outcome = notice.doc_no or notice.title or "", notice.outcome
        yield RunFigure(("", "outcome"), notice.source, name, "outcome", None, "", outcome, "", "")
    for row in records.indicators:
        key = ("", str(row.table_no), str(row.row_no), row.budget_unit or "")
        for column, value in _numbers(row):
            yield _number(row, (*key, column), value)
        said = (row.status.value, row.unit_code or "", row.ref)
        yield RunFigure((*key, "status"), row.source, row.indicator, "status", None, "", *said)


def _numbers(row: IndicatorRecord) -> Iterator[tuple[str, Decimal | None]]:
    for column in table_columns("indicators"):
        if column.kind is Kind.DECIMAL:
            yield column.name, getattr(row, column.name)


def _number(row: IndicatorRecord, key: tuple[str, ...], value: Decimal | None) -> RunFigure:
    return RunFigure(key, row.source, row.indicator, key[-1], value, "", "", "", row.ref)
