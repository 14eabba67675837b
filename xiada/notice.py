"""A notice as an analyst meets it: pandas frames with the columns of the contract."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from ingest.records import Records
    from schemas.records import NoticeRecord, Record


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """One notice that was read. Each call makes a new frame, which is yours to change.

    Numbers are exact: `Decimal` objects with the printed places, None where there is none (sums
    and comparisons work; `frame["value"].astype(float)` where speed counts more than the last
    digit). Texts are pandas strings, whole numbers `Int64`.
    """

    _records: "Records"

    @property
    def record(self) -> "NoticeRecord":
        """The row of this notice in the table `notices`: number, title, dates, counts, outcome."""
        return self._records.notices[0]

    def figures(self) -> "pd.DataFrame":
        """One row a cell of an allocation table."""
        return self._frame("figures", self._records.figures)

    def indicators(self) -> "pd.DataFrame":
        """One row an indicator of a performance table."""
        return self._frame("indicators", self._records.indicators)

    def tables(self) -> "pd.DataFrame":
        """One row a table of any kind."""
        return self._frame("tables", self._records.tables)

    def findings(self) -> "pd.DataFrame":
        """One row a finding."""
        return self._frame("findings", self._records.findings)

    def __repr__(self) -> str:
        record = self.record
        name = record.doc_no or record.title or record.source
        counts = f"{record.tables} tables, {record.figures} figures, {record.indicators} indicators"
        return f"<Notice {name}: {counts}, {record.outcome}>"

    def _frame(self, table: str, records: "Sequence[Record]") -> "pd.DataFrame":
        from xiada.frames import records_to_frame  # noqa: PLC0415  pandas only when it is used

        return records_to_frame(table, records)
