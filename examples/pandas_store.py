"""The store itself as a frame, without an export: `python -m examples.pandas_store URL`.

The views `current_notices`, `current_figures` and so on have the published columns. In SQLite a
number is a text, so that it keeps its printed places; `Decimal` or `float` makes it a number.
"""

import sys
from decimal import Decimal

import pandas as pd
from sqlalchemy import create_engine

QUERY = """
    SELECT n.programme, f.unit_name, f.item, f.value
    FROM current_figures AS f JOIN current_notices AS n ON n.notice_id = f.notice_id
    WHERE f.status IN ('proved', 'repaired') AND f.role = 'unit' AND f.measure = '万元'
"""


def main() -> None:
    """Print the sums of 万元 by programme and column."""
    frame = pd.read_sql(QUERY, create_engine(sys.argv[1]))
    frame["value"] = frame["value"].map(Decimal)
    sums = frame.groupby(["programme", "item"], dropna=False)["value"].agg(["count", "sum"])
    print(sums.sort_index().to_string())


if __name__ == "__main__":
    main()
