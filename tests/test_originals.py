"""The four notices that the carried-over fixtures were made from, against the same truths.

They are no part of the repository; where their folder lies beside it they are read unchanged.
"""

import pytest

from tests.golden.cases import Rows, case_named, extract_tables, parse_tables
from tests.golden.truth import differences
from tests.outside import require_original

CASES = {
    "000": "pension_2021_region",
    "002": "pension_2024_prefecture",
    "003": "insurance_2020_self_evaluation_scrambled",
    "004": "county_2022_targets",
}
INDICATORS = {"000": 165, "002": 9, "003": 53, "004": 55}
FIGURES = {"000": 99 * 12, "002": 8 * 3 + 8 * 3, "003": 0, "004": 0}


@pytest.fixture(params=sorted(CASES))
def number(request: pytest.FixtureRequest) -> str:
    value = request.param
    assert isinstance(value, str)
    return value


def _rows(number: str) -> Rows:
    return parse_tables(extract_tables(require_original(number)))


def test_the_original_agrees_with_the_truth_of_its_fixture(number: str) -> None:
    wrong = differences(case_named(CASES[number]).truth, _rows(number))
    assert not wrong, f"{len(wrong)} differences\n" + "\n".join(map(str, wrong[:40]))


def test_nothing_of_the_original_is_missing_or_extra(number: str) -> None:
    rows = _rows(number)
    assert (len(rows["indicators"]), len(rows["figures"])) == (INDICATORS[number], FIGURES[number])


def test_the_fixture_has_every_line_of_the_tables_of_its_original(number: str) -> None:
    """Prose was written anew, lines with cells were not."""
    original = require_original(number).read_text("utf-8").split("\n")
    fixture = case_named(CASES[number]).input.read_text("utf-8").split("\n")
    assert len(original) == len(fixture)
    changed = [line for line, copy in zip(original, fixture, strict=True) if line != copy]
    cells = [line for line in changed if line.count("\t") > 1 and "目标" not in line.split("\t")[0]]
    assert cells == []
