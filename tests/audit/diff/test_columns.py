"""Columns are matched by their headers, and what is not clear stays unmatched."""

from fractions import Fraction

import pytest

from audit.diff import SideColumn, match_columns


def columns(*names: str) -> list[SideColumn]:
    return [
        SideColumn(name, tuple(dict.fromkeys((name.replace("/", ""), name.split("/")[-1]))))
        for name in names
    ]


def always(_left: int, _right: int) -> Fraction:
    return Fraction(1)


def never(_left: int, _right: int) -> Fraction:
    return Fraction(0)


def test_same_headers_are_pairs_whatever_their_order() -> None:
    match = match_columns(columns("人数", "金额"), columns("金额", "人数"), never)
    assert match.pairs == ((0, 1), (1, 0))
    assert not match.unmatched
    assert not match.left_only


def test_the_last_part_is_enough_where_it_stands_once() -> None:
    match = match_columns(columns("缴费/人数", "待遇/金额"), columns("金额"), never)
    assert match.pairs == ((1, 0),)
    assert match.left_only == (0,)


def test_a_header_that_stands_twice_is_not_guessed() -> None:
    match = match_columns(columns("缴费/补助比例", "待遇/补助比例"), columns("补助比例"), always)
    assert match.pairs == ()
    assert match.unmatched[0].reason == "the header stands several times"
    assert match.unmatched[0].candidates == (0, 1)


def test_the_full_path_tells_twins_apart() -> None:
    both = columns("缴费/补助比例", "待遇/补助比例")
    assert match_columns(both, both[::-1], never).pairs == ((0, 1), (1, 0))


def test_a_like_header_needs_figures_that_agree() -> None:
    left, right = columns("城乡居民缴费补贴资金"), columns("城乡居民缴费补贴资金额")
    assert match_columns(left, right, always).pairs == ((0, 0),)
    match = match_columns(left, right, never)
    assert match.pairs == ()
    assert match.unmatched[0].reason == "a header is like it, but most figures differ"


@pytest.mark.parametrize("other", ["2021年拨付资金", "2020年1季度拨付资金"])
def test_another_year_is_never_like(other: str) -> None:
    match = match_columns(columns("2020年拨付资金"), columns(other), always)
    assert match.pairs == ()
    assert match.unmatched[0].reason.startswith("no header like it")


def test_two_likely_columns_are_none() -> None:
    left = columns("城乡居民养老金补助资金", "城镇居民养老金补助资金")
    match = match_columns(left, columns("居民养老金补助资金"), always)
    assert match.pairs == ()
    assert match.unmatched[0].reason == "several headers are like it"


def test_a_pair_that_a_person_told_is_taken() -> None:
    match = match_columns(columns("甲", "乙"), columns("备用"), never, {0: 1})
    assert match.pairs == ((1, 0),)
