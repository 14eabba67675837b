"""Formulas printed in headers, with the damage that OCR does to them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.formulas import read_formula

NUMBERS = frozenset(str(n) for n in range(1, 12))
LETTERS = frozenset("ABCDEFGHIJKL")


def first(text, labels=NUMBERS):
    formula = read_formula(text, labels).formulas[0]
    return formula.left, dict(formula.right.over)


@pytest.mark.parametrize(
    "text", ["9=4+8", "9:4+8", "9-4+8", "9 = 4 + 8", "9＝4＋8", "2021年资金合计 9=4+8"]
)
def test_a_lost_sign_of_equality_does_no_harm(text):
    assert first(text) == ("9", {("4",): 1, ("8",): 1})


def test_the_label_before_the_sign_is_meant_where_two_stand_there():
    assert first("10 11=9+10") == ("11", {("9",): 1, ("10",): 1})


@pytest.mark.parametrize("text", ["4=2×3×50元 /10000", "4=2x3X50/1OOOO", "4=2*3*50÷10000"])
def test_signs_of_multiplication_and_letters_among_digits(text):
    assert first(text) == ("4", {("2", "3"): Fraction(1, 200)})


def test_lettered_columns_take_every_number_as_a_number():
    reading = read_formula("L=J*100-K", LETTERS)
    assert [f.left for f in reading.formulas] == ["L"]
    assert dict(reading.formulas[0].right.over) == {("J",): 100, ("K",): -1}
    assert dict(read_formula("G=A*E+A*F", LETTERS).formulas[0].right.over) == {
        ("A", "E"): 1,
        ("A", "F"): 1,
    }


def test_a_number_may_be_a_column_or_itself():
    meanings = [dict(f.right.over) for f in read_formula("8=6×7×12×52", frozenset("67")).formulas]
    assert {("6", "7"): 624} in meanings
    assert {("6",): 7 * 624} in meanings


@pytest.mark.parametrize(
    "text",
    ["5=1/0", "3=1+2-…", "(" * 10_000, "9=(((4", "", "=", "2=", "按每人每月补助", "1=" + "2+" * 90],
)
def test_what_cannot_be_read_has_a_reason(text):
    reading = read_formula(text, NUMBERS)
    assert reading.formulas == ()
    assert reading.problem


def test_a_formula_of_its_own_column_has_a_reason():
    named = read_formula("A=A+B", LETTERS)
    assert named.formulas == ()
    assert "own column" in named.problem


@given(st.text(alphabet="0123456789=+-×/().AB %元", max_size=40))
def test_any_text_is_read_or_refused(text):
    reading = read_formula(text, NUMBERS)
    assert bool(reading.formulas) != bool(reading.problem)
