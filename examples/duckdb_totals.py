"""Units beside the printed total, by SQL over an export: `python -m examples.duckdb_totals DIR`.

xiada export --store sqlite:///xiada.db -o DIR --format parquet
"""

import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from xiada.cli.text_table import text_table

# The folders say year and province, so DuckDB opens only the files that a question needs.
QUERY = """
    SELECT fiscal_year, source, table_no, item,
           count(*) FILTER (role = 'unit') AS units,
           sum(value) FILTER (role = 'unit') AS sum_of_units,
           any_value(value) FILTER (role = 'total') AS printed_total
    FROM read_parquet($files, hive_partitioning = true)
    WHERE measure = $measure
    GROUP BY ALL
    HAVING printed_total IS NOT NULL
    ORDER BY abs(sum_of_units - printed_total) DESC, source, table_no, item
    LIMIT 20
"""


def main() -> None:
    """Print the columns of 万元 whose units are farthest from their total."""
    files = str(Path(sys.argv[1]) / "figures" / "**" / "*.parquet")
    found = duckdb.execute(QUERY, {"files": files, "measure": "万元"})
    header = [column[0] for column in found.description or ()]
    print(text_table(header, [[_text(value) for value in row] for row in found.fetchall()]))


def _text(value: Any) -> str:
    """Numbers come with 18 places; those that are not needed are left out."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


if __name__ == "__main__":
    main()
