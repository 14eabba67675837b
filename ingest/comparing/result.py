"""What came of a comparison, as the reports and the terminal take it."""

from dataclasses import dataclass
from typing import ClassVar

from audit.diff import ComparedCell, Comparison, Difference
from ingest.scratch import Scratch


@dataclass(frozen=True, slots=True, eq=False)
class LongComparison:
    """Two runs over a whole archive, whose differences may be too many for memory.

    Like a Comparison, but all differences count, and they are read from a file on each pass.
    """

    left: str
    right: str
    compared: int
    equal: int
    differences: Scratch[Difference]

    rows: ClassVar[tuple[tuple[str, str], ...]] = ()
    columns: ClassVar[tuple[tuple[str, str], ...]] = ()
    cells: ClassVar[tuple[ComparedCell, ...]] = ()


@dataclass(frozen=True, slots=True)
class DiffResult:
    """What came of two files: their names, and a comparison for each pair of tables (one for two
    runs). `of_runs` says that the second kind of comparison was made."""

    left: str
    right: str
    of_runs: bool
    comparisons: tuple[Comparison | LongComparison, ...]

    @property
    def differs(self) -> bool:
        """Whether the two sets of figures differ."""
        return any(counting(comparison) for comparison in self.comparisons)


def counting(comparison: Comparison | LongComparison) -> int:
    """How many differences make the two sides differ."""
    if isinstance(comparison, LongComparison):
        return len(comparison.differences)
    return sum(difference.counts for difference in comparison.differences)
