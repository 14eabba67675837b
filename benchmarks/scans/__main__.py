"""`python -m benchmarks.scans [CONDITION ...] [--all] [--pages N] [--seed N] [--alone]`

Accuracy by condition, beside pdfplumber, camelot (lattice), img2table and RapidOCR over the whole
page; then cost on one core; then the memory of a worker. A line adds up N documents of successive
seeds, so that a figure is not one page's luck: `faint-0.7 --pages 6 --seed 901 --alone --rounds 0
--memory 0` reads six pages, of the seeds 901 to 906. What was missed is named with its document.

Columns: cells; with right place and spans; right in place, spans and text; numbers right before
proof; numbers right after proof and repair; proved or repaired (sure); sure but wrong (SILENT, must
be 0); unproved and wrong (unsaid); units with a code that is wrong; boxes that show the text that
was read. Of the others: the percentage of numbers at the right place with the right text. RapidOCR
over the whole page is given the true grid: each text goes to the nearest true cell.
"""

import argparse
import os
import sys

# One core each: before any library reads it.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.scans.accuracy import HEADER, Line, measure, show_examples
from benchmarks.scans.cases import ALL, USUAL
from benchmarks.scans.cost import show_cost
from benchmarks.scans.fonts import FontMissingError, font_file
from benchmarks.scans.memory import show_memory
from benchmarks.scans.rivals import IMG2TABLE


def arguments(given: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__)
    parser.add_argument("conditions", nargs="*", choices=[[], *ALL], metavar="CONDITION")
    parser.add_argument("--all", action="store_true", help="every condition")
    parser.add_argument(
        "--pages", "--count", dest="count", type=int, default=1, metavar="N",
        help="documents a condition, of successive seeds, added up",
    )  # fmt: skip
    parser.add_argument("--seed", type=int, default=100, help="that of the first document")
    parser.add_argument("--alone", action="store_true", help="without the other programs")
    parser.add_argument("--misses", type=int, default=3, help="misses shown for each condition")
    parser.add_argument("--rounds", type=int, default=3, help="pages for the cost; 0 leaves it out")
    parser.add_argument(
        "--memory", type=int, default=12, help="pages; 0 leaves it out, 200 is long"
    )
    return parser.parse_args(given)


def main(given: list[str]) -> int:
    """Print the report; 1 where there was a silent error or a wrong unit."""
    asked = arguments(given)
    conditions = asked.conditions or (ALL if asked.all else USUAL)
    if not asked.alone and not os.environ.get(IMG2TABLE):
        print(f"img2table: left out ({IMG2TABLE} names no interpreter that has it)")
    try:
        font_file("sans"), font_file("serif")
    except FontMissingError as missing:
        print(f"left out: {missing}")
        return 0
    print(HEADER)
    lines: list[Line] = []
    for condition in conditions:
        line = measure(condition, asked.seed, asked.count, not asked.alone)
        print(line.shown(), flush=True)
        show_examples(line, asked.misses)
        lines.append(line)
    if asked.rounds:
        show_cost(asked.seed, asked.rounds)
    if asked.memory:
        show_memory(asked.seed, asked.memory)
    return 1 if any(line.verdicts.silent or line.verdicts.wrong_units for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
