"""Numbers and texts as they stand in a csv cell."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.export.plain import harmless, is_runnable, plain_decimal


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("-4360", "-4360"),
        ("91.59", "91.59"),
        ("0.00", "0.00"),
        ("1E+3", "1000"),
        ("1E-7", "0.0000001"),
    ],
)
def test_plain_decimals(number: str, text: str) -> None:
    assert plain_decimal(Decimal(number)) == text


@pytest.mark.parametrize("text", ["NaN", "Infinity"])
def test_what_is_no_number_is_not_published_as_one(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        plain_decimal(Decimal(text))


@pytest.mark.parametrize(
    "text", ["=1次", "@SUM(1)", "+甲", "-", "－5", "＝1", "\t=1", "=1+1", "-1/2", "-٣", "'=1"]
)
def test_cells_that_a_spreadsheet_would_run_get_an_apostrophe(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["-4360", "+5", "-4,360.50", "-5%", "≥95%", "", "甲=乙", "'甲"])
def test_numbers_and_plain_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


@given(st.text(alphabet="'=+-@＝\t\r1%,.甲"))
def test_harmless_can_be_undone(text: str) -> None:
    cell = harmless(text)
    undone = cell[1:] if cell.startswith("'") and is_runnable(cell[1:]) else cell
    assert undone == text
    assert not cell.startswith(tuple("=+-@")) or not is_runnable(cell)
