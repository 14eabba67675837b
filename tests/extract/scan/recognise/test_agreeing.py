"""What a column of figures settles, and what it leaves alone."""

import pytest

from extract.scan.agreeing import (
    columns_to_commas,
    doubted_marks,
    odd_figures,
    odd_to_candidates,
    second_to_figure,
)
from extract.scan.recognise import DOUBTED, CropReading, SecondReading, read_crops
from tests.extract.scan.recognise.printing import SONG, cells, crops, one_bit

TAILED = [CropReading(f"{n},078", 0.99, (3.0,)) for n in (2, 3, 44)]
HAIRLINE = [CropReading(f"{n}.255", 0.97, (-3.0,)) for n in (20, 363, 1)]
POINTS = [CropReading(f"{n}.255", 0.97, (-8.8,)) for n in (20, 363, 1)]


def texts(readings: list[CropReading], columns: list[int]) -> list[str]:
    agreed = columns_to_commas(readings, columns)
    return [agreed[i].text if i in agreed else one.text for i, one in enumerate(readings)]


def test_points_of_a_column_that_lean_to_commas_are_commas() -> None:
    read = texts([*TAILED, *HAIRLINE], [0] * 3 + [1] * 3)
    assert read[3:] == ["20,255", "363,255", "1,255"]


def test_what_was_read_first_is_kept() -> None:
    agreed = columns_to_commas([*TAILED, *HAIRLINE], [0] * 6)
    assert agreed[3].was == "20.255"
    assert agreed[3].score < DOUBTED


@pytest.mark.parametrize("other", ["0.500", "1234.567", "12.50", "2614"])
def test_a_figure_that_cannot_be_in_groups_of_three_keeps_its_column(other: str) -> None:
    odd = CropReading(other, 0.99, (-3.0,) if "." in other else ())
    assert texts([*TAILED, *HAIRLINE, odd], [0] * 3 + [1] * 4)[3:6] == [
        one.text for one in HAIRLINE
    ]


def test_true_points_beside_a_column_of_commas_stay_points() -> None:
    read = texts([*TAILED, *POINTS], [0] * 3 + [1] * 3)
    assert read == [one.text for one in (*TAILED, *POINTS)]


def test_without_any_tail_on_the_page_nothing_is_changed() -> None:
    assert texts(HAIRLINE, [0] * 3) == [one.text for one in HAIRLINE]


def test_lines_in_no_column_are_left_alone() -> None:
    assert texts([*TAILED, *HAIRLINE], [-1] * 6)[3:] == [one.text for one in HAIRLINE]


def test_a_point_before_a_comma_is_a_comma() -> None:
    read = texts([*TAILED, CropReading("1.131,979", 0.99, (-7.0, 4.0))], [0] * 4)
    assert read[3] == "1,131,979"


def test_the_recogniser_leans_as_the_print_does() -> None:
    comma, point = read_crops(crops([one_bit(cell) for cell in cells(["20,255", "20.255"], SONG)]))
    assert (comma.text, point.text) == ("20,255", "20.255")
    assert comma.leanings[0] > 0 > -6 > point.leanings[0]


def test_a_mark_that_leans_to_neither_side_is_doubted() -> None:
    sure, unsure = doubted_marks([CropReading("1,5", 0.99, (4.0,)), CropReading("1,5", 0.99, (1,))])
    assert sure.score > DOUBTED > unsure.score


def test_dirt_beside_a_figure_is_offered_away_and_as_a_minus_sign() -> None:
    assert odd_to_candidates(".93") == ("93", "-93")
    assert odd_to_candidates("1400.") == ("1400",)
    assert odd_to_candidates("4十0") == ()


COLUMN = ["36%", "90%", "100%", "60%", "12"]


@pytest.mark.parametrize("text", ["36°", "· 60%", "16:405", "7458."])
def test_what_no_figure_can_be_is_odd_among_figures(text: str) -> None:
    readings = [CropReading(one, 0.99) for one in (*COLUMN, text)]
    assert odd_figures(readings, [0] * 6) == (5,)


@pytest.mark.parametrize("text", ["12人", "4=2×3", "-4,360", "×", "36％", "县"])
def test_measures_formulas_and_words_are_not_odd(text: str) -> None:
    readings = [CropReading(one, 0.99) for one in (*COLUMN, text.replace("％", "%"))]
    assert odd_figures(readings, [0] * 6) == ()


def test_a_name_with_a_sign_is_not_odd_among_names() -> None:
    readings = [CropReading(one, 0.99) for one in ("伊宁县", "霍城县", "巩留县", "36°")]
    assert odd_figures(readings, [0] * 4) == ()


def test_the_figure_that_most_preparations_read_takes_the_place_of_none() -> None:
    odd = CropReading("36°", 0.95)
    better = second_to_figure(odd, SecondReading(("36°", "36%"), {"36°": 3, "36%": 2}))
    assert better is not None
    assert (better.text, better.was) == ("36%", "36°")
    assert better.score < DOUBTED


@pytest.mark.parametrize("votes", [{"36%": 1}, {"36%": 2, "36": 2}, {"3 6": 4}, {"364": 4}, {}])
def test_without_one_figure_that_they_agree_on_none_is_taken(votes: dict[str, int]) -> None:
    assert second_to_figure(CropReading("36°", 0.95), SecondReading(tuple(votes), votes)) is None
