"""`python -m tests.golden [--show | --accept] [CASE...]`.

Without --accept nothing is written. With it the difference is shown first, and a case whose tables
contradict its truth is left alone: mend the program, or the truth, or list the gap in
`truth/open.csv` with its reason.
"""

import argparse
import sys

from tests.golden.cases import (
    Case,
    NotReadError,
    all_cases,
    case_named,
    extract_tables,
    parse_tables,
)
from tests.golden.expected import accept, expected_diff
from tests.golden.truth import Difference, differences, hard_levels, hard_units

SHOWN_LINES = 60


def main() -> int:
    """0 where all is as accepted (or was accepted now), 1 where something differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.golden", description=__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--show", action="store_true", help="show the differences (the default)")
    what.add_argument("--accept", action="store_true", help="show them, then take the tables over")
    parser.add_argument("--all-lines", action="store_true", help="do not shorten long differences")
    parser.add_argument("case", nargs="*", help="names of folders in fixtures/; all by default")
    given = parser.parse_args()
    cases = [case_named(name) for name in given.case] or list(all_cases())
    limit = sys.maxsize if given.all_lines else SHOWN_LINES
    good = [_one(case, take=given.accept, limit=limit) for case in cases]
    print(f"{sum(good)} of {len(good)} cases are as they should be")
    return 0 if all(good) else 1


def _one(case: Case, *, take: bool, limit: int) -> bool:
    try:
        tables = extract_tables(case.input)
    except NotReadError as error:
        print(f"== {case.name}: not read\n{error}")
        return False
    rows = parse_tables(tables)
    wrong = differences(case.truth, rows)
    diff = [] if case.is_scan else expected_diff(case, tables)
    if wrong:
        _print(f"== {case.name}: {len(wrong)} contradict the truth", wrong, limit)
    if not case.is_scan and not case.expected.exists():
        rows_of = ", ".join(f"{len(found)} {name}" for name, found in rows.items())
        print(f"== {case.name}: nothing accepted yet; now {rows_of}")
    elif diff:
        _print(f"== {case.name}: the tables changed", diff, limit)
    hard: list[Difference] = []
    if not any(one.column in ("row", "indicators") for one in wrong):
        hard = hard_units(case.truth, rows) + hard_levels(case.truth, rows)
    if hard and not take:
        _print(f"== {case.name}: {len(hard)} hard ones still open or wrong", hard, limit)
    if wrong:
        if take:
            print(f"== {case.name}: NOT accepted, because it contradicts the truth")
        return False
    if diff and take:
        accept(case, tables)
        print(f"== {case.name}: accepted")
    return take or not diff


def _print(title: str, lines: list[Difference] | list[str], limit: int) -> None:
    print(title)
    for line in lines[:limit]:
        print(f"   {line}")
    if len(lines) > limit:
        print(f"   ... and {len(lines) - limit} more")


if __name__ == "__main__":
    sys.exit(main())
