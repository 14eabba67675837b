"""Records as pandas frames: exact numbers, nullable types, the columns of the contract."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ingest.export.columns import Kind, Value, record_values, table_columns
from schemas.records import Record


def records_to_frame(table: str, records: Sequence[Record]) -> pd.DataFrame:
    """A frame with every column of a public table, also where there is no row.

    Texts are `string`, whole numbers `Int64`, dates `datetime64[s]`; numbers stay `Decimal`
    objects, as a float would change the last digits, and lists stay lists.
    """
    columns = table_columns(table)
    rows = [record_values(record) for record in records]
    return pd.DataFrame(
        {
            column.name: _series([row[place] for row in rows], column.kind)
            for place, column in enumerate(columns)
        }
    )


def _series(values: list[Value], kind: Kind) -> "pd.Series[Any]":
    if kind is Kind.TEXT:
        return pd.Series(values, dtype="string")
    if kind is Kind.INTEGER:
        return pd.Series(values, dtype="Int64")
    if kind is Kind.DATE:
        return pd.Series(np.array(values, dtype="datetime64[s]"))
    return pd.Series(values, dtype=object)
