from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.claims import Claim, best_claims, looks_like_figure, sense_of
from schemas.source import Cell, LineRef, RawTable, Reader


def cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, LineRef(1, i)) for i, text in enumerate(texts, start=1))


def claim(first: int, last: int, filled: int, sense: float = 1.0) -> Claim:
    table = RawTable((cells(*["30"] * filled),), Reader.TABS)
    return Claim(first, last, (table,), sense)


def test_the_claims_that_make_most_sense_together_are_taken() -> None:
    one, two, both = claim(0, 4, 10), claim(5, 9, 10), claim(2, 7, 15)
    assert best_claims([both, two, one]) == [one, two]
    greater = claim(2, 7, 21)
    assert best_claims([one, greater, two]) == [greater]


def test_touching_claims_overlap_only_on_a_common_line() -> None:
    assert len(best_claims([claim(0, 3, 5), claim(4, 6, 5)])) == 2
    assert len(best_claims([claim(0, 4, 5), claim(4, 6, 5)])) == 1


def test_between_equals_the_reader_that_is_asked_first_is_believed() -> None:
    first, second = claim(0, 3, 8), claim(0, 3, 8)
    assert best_claims([first, second])[0] is first
    assert best_claims([second, first])[0] is second


def test_a_claim_without_sense_or_cells_is_never_taken() -> None:
    assert best_claims([claim(0, 3, 8, sense=0.0), claim(5, 6, 0)]) == []
    assert best_claims([]) == []


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.integers(0, 5), st.integers(1, 9)), min_size=1, max_size=7
    )
)
def test_no_choice_of_claims_is_better(spans: list[tuple[int, int, int]]) -> None:
    claims = [claim(first, first + length, filled) for first, length, filled in spans]
    best = 0.0
    for chosen in range(2 ** len(claims)):
        some = [one for i, one in enumerate(claims) if chosen >> i & 1]
        some.sort(key=lambda one: one.first)
        if all(a.last < b.first for a, b in pairwise(some)):
            best = max(best, sum(one.weight for one in some))
    taken = best_claims(claims)
    assert all(a.last < b.first for a, b in pairwise(taken))
    assert sum(one.weight for one in taken) == pytest.approx(best)


def test_rows_of_one_length_with_figures_under_figures_make_full_sense() -> None:
    assert sense_of([cells("塔城市", "30", "×"), cells("额敏县", "68", "244")]) == 1.0


def test_ragged_rows_and_mixed_columns_make_less() -> None:
    assert sense_of([cells("塔城市", "30"), cells("30", "塔城市")]) == 0.75
    assert sense_of([cells("塔城市", "30"), cells("额敏县", "68", "1"), cells("a", "1")]) < 1.0
    assert sense_of([cells("塔城市"), cells("")]) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "-4360",
        "１２３",
        "（45.5）",
        "－12",
        "▲30",
        "1，234.50",
        "60.50％",
        "1.5‰",
        "×",
        "X",
        "—",
        "/",
        "12人",
        "50元",
        "1?3",
        "■",
        "1�2",
        "10²",
        "2020/12/31",
    ],
)
def test_figures(text: str) -> None:
    assert looks_like_figure(text)


@pytest.mark.parametrize(
    "text",
    ["", "塔城市", "2020年", "2020年2季度", "吉首市104890", "0991-2359999", "nan", "是", "附件2"],
)
def test_words(text: str) -> None:
    assert not looks_like_figure(text)
