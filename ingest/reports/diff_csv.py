"""A comparison as csv: one row a difference."""

from contextlib import closing
from pathlib import Path

from audit.diff import Difference
from ingest.comparing.result import DiffResult
from ingest.export.columns import Value
from ingest.export.csv_files import CsvFile
from ingest.export.plain import value_text

COLUMNS = (
    "kind",
    "table",
    "key",
    "name",
    "column",
    "left",
    "right",
    "difference",
    "tolerance",
    "left_place",
    "right_place",
    "note",
)


def difference_row(one: Difference) -> tuple[Value, ...]:
    """A difference in the order of `COLUMNS`; a key that is no code stands without its mark."""
    return (
        one.kind.value,
        one.table,
        shown_key(one.key),
        one.name,
        one.column,
        one.left,
        one.right,
        one.difference,
        one.tolerance,
        one.left_place,
        one.right_place,
        one.note,
    )


def shown_key(key: str) -> str:
    """A key as people read it.

    >>> shown_key("654201"), shown_key("=开发区")
    ('654201', '开发区')
    """
    return key.removeprefix("=")


def write_diff_csv(path: Path, result: DiffResult) -> None:
    """Write the differences of all tables."""
    with closing(CsvFile(path, COLUMNS)) as file:
        for comparison in result.comparisons:
            for one in comparison.differences:
                file.write_row(value_text(value) for value in difference_row(one))
