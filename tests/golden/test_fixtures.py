"""The fixtures themselves: what the truth says stands in the input, and adds up there."""

from collections import defaultdict
from decimal import Decimal

import pytest

from tests.golden.cases import Case, all_cases, case_named, read_csv
from tests.golden.matching import fold

NAMES = [case.name for case in all_cases()]
NOT_ADDING = {"pension_2021_region", "prefectures_with_counties", "three_pages_shifted"}
"""Cases with wrong digits and with cells that nobody can read."""


def _text(case: Case) -> str:
    text = fold(case.input.read_text("utf-8"))
    return text.replace("&ge;", "≥").replace("&le;", "≤").replace("\\|", "|")


@pytest.mark.parametrize("name", NAMES)
def test_a_case_says_what_it_is_for(name: str) -> None:
    case = case_named(name)
    assert case.input.stat().st_size > 0
    assert len((case.folder / "README.md").read_text("utf-8").splitlines()) >= 3
    assert any(case.truth.iterdir())


@pytest.mark.parametrize("name", [case.name for case in all_cases() if case.is_text])
def test_what_the_truth_calls_printed_is_printed(name: str) -> None:
    case = case_named(name)
    text = _text(case)
    figures = {row["printed"] for row in read_csv(case.truth / "figures.csv")}
    indicators = read_csv(case.truth / "indicators.csv")
    claims = {row[column] for row in indicators for column in ("target_printed", "actual_printed")}
    said = {one.partition("|")[0] for one in figures | claims}
    missing = [one for one in said if one != "?" and fold(one) not in text]
    assert missing == []


@pytest.mark.parametrize("name", sorted(set(NAMES) - NOT_ADDING))
def test_subtotals_add_up(name: str) -> None:
    """In amounts of money, each total is the sum of what stands below or above it."""
    tables: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for row in read_csv(case_named(name).truth / "figures.csv"):
        if row["measure"] == "万元":
            key = (row["table_no"], row["col_no"])
            tables[key].append((row["role"].partition("|")[0], row["value"].partition("|")[0]))
    for key, cells in tables.items():
        if any(not _plain(value) for _, value in cells):
            continue
        total = [Decimal(value) for role, value in cells if role == "total"]
        units = sum(Decimal(value or 0) for role, value in cells if role == "unit")
        assert total in ([], [units]), key


def _plain(value: str) -> bool:
    return value.replace(".", "", 1).removeprefix("-").isdigit() or value == ""
