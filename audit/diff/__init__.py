"""Two sets of figures side by side: pure functions, exact numbers, nothing guessed."""

from audit.diff.columns import ColumnMatch, Unmatched, match_columns
from audit.diff.compare import compare_tables
from audit.diff.mirror import mirrored
from audit.diff.pairing import Pairing, likely_pairs, pair_tables
from audit.diff.runs import compare_runs
from audit.diff.sides import (
    ComparedCell,
    Comparison,
    Difference,
    DifferenceKind,
    RunFigure,
    SideCell,
    SideColumn,
    SideRow,
    SideTable,
    Tolerances,
)

__all__ = [
    "ColumnMatch",
    "ComparedCell",
    "Comparison",
    "Difference",
    "DifferenceKind",
    "Pairing",
    "RunFigure",
    "SideCell",
    "SideColumn",
    "SideRow",
    "SideTable",
    "Tolerances",
    "Unmatched",
    "compare_runs",
    "compare_tables",
    "likely_pairs",
    "match_columns",
    "mirrored",
    "pair_tables",
]
