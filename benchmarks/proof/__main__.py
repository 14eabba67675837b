"""`python -m benchmarks.proof [CELLS]`: silent errors, detection, right repairs, false alarms.

Columns: cells, damaged, damaged that a clean print would prove (reached); cells called proved or
repaired that are wrong (SILENT, must be 0); of the damaged and of those reached, the percentage
detected (suspect or repaired) and rightly repaired (also of those that two equations reach: one
equation alone says that something is wrong, not where); of the undamaged, the percentage called
suspect or repaired (alarm); of all, the percentage proved or repaired.
"""

import sys
import time
from collections import defaultdict

from benchmarks.proof.measure import (
    HEADER,
    Tally,
    count,
    damage_print,
    print_sheet,
    printed_table,
    prove,
)
from benchmarks.proof.programmes import make_sheet

_RATES = (0.01, 0.05)


def run(cells: int, rate: float, formulas: bool, even: bool) -> dict[str, Tally]:
    """Damaged tables until so many cells are seen; a tally for each programme and for all."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    seed = int(rate * 1000) * 100_000
    while tallies["all"].cells < cells:
        sheet = make_sheet(seed, formulas)
        right = print_sheet(sheet)
        printed = damage_print(right, rate, even, seed)
        clean, found = prove(printed_table(sheet, right)), prove(printed_table(sheet, printed))
        for name in (sheet.programme, "all"):
            count(tallies[name], sheet, printed, clean, found)
        seed += 1
    return tallies


def main(cells: int) -> int:
    """Print the report; 1 where a silent error was found."""
    silent = 0
    for rate in _RATES:
        for formulas in (True, False):
            for even in (False, True):
                start = time.perf_counter()
                tallies = run(cells, rate, formulas, even)
                seconds = time.perf_counter() - start
                print(
                    f"\n{100 * rate:g} % damaged, formulas {'printed' if formulas else 'lost'},"
                    f" {'any digit' if even else 'look-alikes'} ({seconds:.0f} s)\n{HEADER}"
                )
                for name, tally in sorted(tallies.items()):
                    print(tally.line(name))
                for example in tallies["all"].examples[:5]:
                    print("   SILENT", example)
                silent += tallies["all"].silent
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
