"""`python -m benchmarks.proof [CELLS [SEED]]`: silent errors, detection, repairs, false alarms.

Columns: cells, damaged, damaged that a clean print would prove (reached); cells called proved or
repaired that are wrong (SILENT, must be 0); of the damaged and of those reached, the percentage
detected (suspect or repaired) and rightly repaired (also of those that two equations reach: one
equation alone says that something is wrong, not where); of the undamaged, the percentage called
suspect or repaired (alarm); of all, the percentage proved or repaired. Figures that were lost are
counted nowhere; beside them, too, nothing may be silently wrong.
"""

import sys
import time
from collections import defaultdict
from dataclasses import dataclass

from benchmarks.proof.measure import (
    HEADER,
    Tally,
    count,
    damage_print,
    lose_some,
    print_sheet,
    printed_table,
    prove,
)
from benchmarks.proof.programmes import make_sheet


@dataclass(frozen=True, slots=True)
class Condition:
    """The share of figures that are misread, how, and the share that are lost; `places`: a
    gazetteer knows all rows."""

    rate: float
    formulas: bool
    even: bool
    lost: float = 0.0
    places: bool = False

    def __str__(self) -> str:
        missing = f", {100 * self.lost:g} % missing" if self.lost else ""
        formulas = "printed" if self.formulas else "lost"
        how = "any digit" if self.even else "look-alikes"
        places = ", places known" if self.places else ""
        return f"{100 * self.rate:g} % damaged{missing}, formulas {formulas}, {how}{places}"


_CONDITIONS = (
    *(Condition(r, f, e) for r in (0.01, 0.05) for f in (True, False) for e in (False, True)),
    Condition(0.01, True, False, 0.02),
    *(Condition(r, False, False, places=True) for r in (0.01, 0.05)),
)


def run(cells: int, condition: Condition, first: int | None) -> dict[str, Tally]:
    """Damaged tables until so many cells are seen; a tally for each programme and for all."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    seed = int(condition.rate * 1000) * 100_000 if first is None else first
    while tallies["all"].cells < cells:
        sheet = make_sheet(seed, condition.formulas)
        right = print_sheet(sheet)
        printed = damage_print(right, condition.rate, condition.even, seed)
        printed = lose_some(printed, condition.lost, seed)
        wholes = sheet.wholes if condition.places else ()
        clean, found = (prove(printed_table(sheet, p), wholes) for p in (right, printed))
        for name in (sheet.programme, "all"):
            count(tallies[name], sheet, printed, clean, found)
        seed += 1
    return tallies


def main(cells: int, first: int | None = None) -> int:
    """Print the report; 1 where a silent error was found."""
    silent = 0
    for condition in _CONDITIONS:
        start = time.perf_counter()
        tallies = run(cells, condition, first)
        print(f"\n{condition} ({time.perf_counter() - start:.0f} s)\n{HEADER}")
        for name, tally in sorted(tallies.items()):
            print(tally.line(name))
        for example in tallies["all"].examples[:5]:
            print("   SILENT", example)
        silent += tallies["all"].silent
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3] or ["10000"])))
