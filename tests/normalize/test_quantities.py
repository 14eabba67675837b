"""A figure is read by a strict grammar or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.quantities import parse_number, split_measure, text_to_quantity
from schemas.source import LineRef
from schemas.tables import CellKind

HERE = LineRef(1, 2)


@pytest.mark.parametrize(
    ("printed", "value", "decimals"),
    [
        ("96272", "96272", 0),
        ("-4360", "-4360", 0),
        ("－12.5", "-12.5", 1),
        ("—12", "-12", 0),
        ("▲30", "-30", 0),
        ("(45)", "-45", 0),
        ("（45）", "-45", 0),
        ("1,234.50", "1234.50", 2),
        ("1，234.50", "1234.50", 2),
        ("1, 234", "1234", 0),
        ("12,345,678", "12345678", 0),
        ("1 234", "1234", 0),
        ("５６．７", "56.7", 1),
        ("12. 5", "12.5", 1),
        ("007", "7", 0),
        ("¥12.50", "12.50", 2),
        ("-￥1,234.5", "-1234.5", 1),
        ("(¥5)", "-5", 0),
        ("0.240000152587891", "0.24", 2),
        ("91.589999999999996", "91.59", 2),
        ("0.33333333333333", "0.33333333333333", 14),
    ],
)
def test_what_a_number_may_look_like(printed: str, value: str, decimals: int) -> None:
    assert parse_number(printed) == (Decimal(value), decimals)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "10²",
        "1?3",
        "12 34",
        "1,23",
        "1_000",
        "nan",
        "٣",
        "1.2.3",
        "--5",
        "(5",
        "-(5)",
        "1e5",
        "Ⅲ",
        "¥",
        "¥-5",
        ".5",
    ],
)
def test_what_is_no_number(printed: str) -> None:
    assert parse_number(printed) is None


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("", CellKind.BLANK),
        ("\u3000", CellKind.BLANK),
        ("0", CellKind.NUMBER),
        ("×", CellKind.NOT_APPLICABLE),
        ("X", CellKind.NOT_APPLICABLE),
        ("—", CellKind.NOT_APPLICABLE),
        ("/", CellKind.NOT_APPLICABLE),
        ("1?3", CellKind.UNREADABLE),
        ("■", CellKind.UNREADABLE),
        ("2O21", CellKind.UNREADABLE),
        ("10²", CellKind.UNREADABLE),
        ("01自治区直达资金", CellKind.TEXT),
        ("重点帮扶县", CellKind.TEXT),
    ],
)
def test_blank_zero_cross_unreadable_and_words_are_five_things(
    printed: str, kind: CellKind
) -> None:
    quantity = text_to_quantity(printed, HERE)
    assert quantity.kind is kind
    assert (quantity.value is not None) == (kind is CellKind.NUMBER)
    assert quantity.printed == printed


def test_a_measure_is_split_off_and_a_percentage_keeps_its_printed_number() -> None:
    assert split_measure("74.05万人") == ("74.05", "万人")
    quantity = text_to_quantity("８％", HERE)
    assert (quantity.value, quantity.measure) == (Decimal(8), "%")


def test_a_measure_that_is_not_known_makes_no_number() -> None:
    assert text_to_quantity("12嗨", HERE).kind is CellKind.TEXT


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9
    )
)
def test_every_plain_decimal_is_read_as_itself(value: Decimal) -> None:
    assert parse_number(f"{value:f}") == (value, 2)
    grouped = parse_number(f"{value:,}")
    assert grouped is not None
    assert grouped[0] == value


@given(st.text(max_size=30))
def test_no_text_raises_and_no_other_script_counts(text: str) -> None:
    quantity = text_to_quantity(text, HERE)
    assert (quantity.kind is CellKind.NUMBER) == (quantity.value is not None)


def test_a_measure_may_be_printed_in_traditional_script() -> None:
    found = text_to_quantity("12萬元", LineRef(1))
    assert (found.value, found.measure, found.printed) == (Decimal(12), "万元", "12萬元")
