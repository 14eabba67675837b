"""Show what an extraction wrote: `python -m examples.show out`."""

import csv
import sys
from pathlib import Path

from xiada.cli.text_table import text_table

NOTICES = ("source", "doc_no", "tables", "figures", "indicators", "outcome")
FIGURES = ("unit_printed", "unit_code", "unit_name", "item", "measure", "value", "status", "ref")
FIRST_ROWS = 12
WIDEST = 44


def main() -> None:
    """Print the notices of a folder of csv files, and the first figures of the longest notice."""
    folder = Path(sys.argv[1])
    notices = _rows(folder / "notices.csv")
    print(text_table(NOTICES, [_cells(row, NOTICES) for row in notices]))
    longest = max(notices, key=lambda row: int(row["figures"]))["source"]
    figures = [row for row in _rows(folder / "figures.csv") if row["source"] == longest]
    print(f"\n{longest}, the first of its {len(figures)} figures (the item's last level):\n")
    print(text_table(FIGURES, [_cells(_last_level(row), FIGURES) for row in figures[:FIRST_ROWS]]))
    files = ", ".join(sorted(path.name for path in folder.iterdir()))
    print(f"\nAll results are in {folder}/: {files}")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _last_level(row: dict[str, str]) -> dict[str, str]:
    return row | {"item": row["item"].split(" / ")[-1]}


def _cells(row: dict[str, str], names: tuple[str, ...]) -> list[str]:
    return [_short(row[name]) for name in names]


def _short(text: str) -> str:
    return text if len(text) <= WIDEST else f"{text[: WIDEST - 1]}…"


if __name__ == "__main__":
    main()
