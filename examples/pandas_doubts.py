"""What still needs a person's look, with pandas: `python -m examples.pandas_doubts DIR`.

xiada export --store sqlite:///xiada.db -o DIR --format parquet
"""

import sys
from pathlib import Path

import pandas as pd

from xiada.cli.text_table import text_table

DOUBTFUL = ["suspect", "unreadable"]
COLUMNS = ["source", "table_no", "row_no", "unit_printed", "item", "printed", "status", "ref"]


def main() -> None:
    """Print how many figures have which status in each year, and the first doubtful ones."""
    folder = Path(sys.argv[1]) / "figures"
    # Folders become columns; the filter is applied to the names of folders before a file is opened.
    figures = pd.read_parquet(folder, filters=[("fiscal_year", ">=", 2000)])
    years = figures["fiscal_year"].astype(int)
    counts = pd.crosstab(years, figures["status"]).reset_index()
    print(text_table(list(counts.columns), counts.astype(str).values.tolist()))
    doubtful = figures[figures["status"].isin(DOUBTFUL)].head(20)
    print(f"\nThe first doubtful figures ({len(doubtful)}):\n")
    print(text_table(COLUMNS, doubtful[COLUMNS].astype(str).values.tolist()))


if __name__ == "__main__":
    main()
