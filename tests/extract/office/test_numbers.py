"""What a spreadsheet shows of a number, by its number format."""

from decimal import Decimal

import pytest

from extract.office.numbers import builtin_codes, show_number, show_text, stored_to_number

ACCOUNTING = builtin_codes()[43]


@pytest.mark.parametrize(
    ("stored", "code", "shown"),
    [
        ("12.345", "0.00", "12.35"),
        ("1.005", "0.00", "1.01"),
        ("0.28999999999999998", "General", "0.29"),
        ("0.30000000000000004", "General", "0.3"),
        ("156429.81", "General", "156429.81"),
        ("123456789.123456", "General", "123456789.1"),
        ("6011348", "#,##0", "6,011,348"),
        ("999.995", "#,##0.00", "1,000.00"),
        ("0.6", "0%", "60%"),
        ("0.125", "0.0%", "12.5%"),
        ("-4360", ACCOUNTING, "-4,360.00"),
        ("0", ACCOUNTING, "-"),
        ("-12.5", "#,##0.00_);[Red](#,##0.00)", "(12.50)"),
        ("5", "0.##", "5"),
        ("0.5", "#.00", "0.50"),
        ("7", "000000", "000007"),
        ("12345", '0!.0,"万"', "1.2万"),
        ("1234567", "#,##0,", "1,235"),
        ("5", "[>=1]0.0;0.00", "5.0"),
        ("650102", 'General"号"', "650102号"),
        ("44190", "yyyy/m/d", "2020/12/25"),
        ("44190", '[$-804]yyyy"年"m"月"d"日";@', "2020年12月25日"),
        ("44190.5", "yyyy-mm-dd hh:mm", "2020-12-25 12:00"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("1.5", "# ?/?", "1.5"),
        ("-0.001", "0.00", "0.00"),
        ("123", "@", "123"),
    ],
)
def test_what_is_printed_is_what_the_sheet_shows(stored: str, code: str, shown: str) -> None:
    number = stored_to_number(stored)
    assert number is not None
    assert show_number(number, code).text == shown


def test_dates_counted_from_1904() -> None:
    assert show_number(Decimal(0), "yyyy-mm-dd", since_1904=True).text == "1904-01-01"


def test_what_is_rounded_or_hidden_is_told() -> None:
    assert show_number(Decimal("12.345"), "0.00").rounded
    assert not show_number(Decimal("12.34"), "0.00").rounded
    assert show_number(Decimal(0), "0;-0;;@").hidden
    assert show_number(Decimal(7), ";;;").hidden


@pytest.mark.parametrize("stored", ["nan", "inf", "1E+999999999", "", "12,3"])
def test_what_is_no_number_is_none(stored: str) -> None:
    assert stored_to_number(stored) is None


def test_a_text_takes_the_fourth_section() -> None:
    assert show_text("塔城", '0;-0;0;@"市"') == "塔城市"
    assert show_text("塔城市", "#,##0.00") == "塔城市"
