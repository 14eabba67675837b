"""The measurement counts what it says, and the committed cases are those of the generator."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.scans.__main__ import arguments
from benchmarks.scans.accuracy import measure
from benchmarks.scans.cases import make_case
from benchmarks.scans.fixture import SCANNED, TYPED, make_fixture, write_fixture
from benchmarks.scans.product import as_document, judge
from tests.outside import require_font

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


@pytest.fixture(autouse=True)
def fonts() -> None:
    require_font("wqy-zenhei.ttc")
    require_font("uming.ttc")


def test_a_proved_figure_that_does_not_stand_there_is_a_silent_error() -> None:
    case = make_case("pdf-narrow", 1)
    document = as_document(case.name, case.data)
    _, right, _ = judge(case.sheet, case.cells, document)
    number = next(cell for cell in case.cells if cell.number and cell.figure)
    told = tuple(
        replace(cell, text=f"9{cell.text}") if cell is number else cell for cell in case.cells
    )
    read, wrong, _ = judge(case.sheet, told, document)
    assert (right.silent, right.right, right.wrong_units) == (0, right.numbers, 0)
    assert (wrong.silent, wrong.right) == (1, right.numbers - 1)
    assert [miss.cell.text for miss in read.misses] == [f"9{number.text}"]


def test_a_unit_that_is_another_is_counted() -> None:
    case = make_case("pdf-narrow", 2)
    rows = (replace(case.sheet.rows[1], code="110000"), *case.sheet.rows[2:])
    made = replace(case.sheet, rows=(case.sheet.rows[0], *rows))
    _, found, _ = judge(made, case.cells, as_document(case.name, case.data))
    assert found.wrong_units == 1


def test_pages_of_a_condition_are_added_up() -> None:
    asked = arguments(["pdf-narrow", "--pages", "2", "--seed", "3"])
    both = measure("pdf-narrow", asked.seed, asked.count, False)
    each = [measure("pdf-narrow", seed, 1, False) for seed in (3, 4)]
    assert both.score.numbers == sum(line.score.numbers for line in each)
    assert both.verdicts.numbers == sum(line.verdicts.numbers for line in each)


@pytest.mark.parametrize("name", [*TYPED, *SCANNED])
def test_the_committed_truth_is_that_of_the_generator(name: str, tmp_path: Path) -> None:
    write_fixture(make_fixture(name), tmp_path)
    made = sorted((tmp_path / "truth").iterdir())
    kept = FIXTURES / name / "truth"
    assert [path.name for path in made] == sorted(
        path.name for path in kept.iterdir() if path.name != "open.csv"
    )
    for path in made:
        assert path.read_bytes() == (kept / path.name).read_bytes()
