"""Numbers as Vietnamese papers write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.lib.text.numbers import (
    NumberError,
    format_number,
    parse_number,
    parse_roman,
    roman,
    two_digits,
)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, None, "1.234,5"),
        (1_000_000, None, "1.000.000"),
        (Decimal("241.653"), None, "241,653"),
        (0, None, "0"),
        (-7, None, "-7"),
        (62.96, 1, "63,0"),
        (5, 2, "5,00"),
        (1e21, None, "1.000.000.000.000.000.000.000"),
    ],
)
def test_format_number_uses_points_and_a_comma(
    value: float, decimals: int | None, text: str
) -> None:
    assert format_number(value, decimals) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("241,653", "241.653"),  # million đồng in S3, not 241 thousand
        ("1.234", "1234"),
        (" 12 500 ", "12500"),
        ("1\xa0234", "1234"),
        ("-3", "-3"),
        ("007", "7"),
    ],
)
def test_parse_number_reads_points_and_a_comma(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "1.5", "1,234.5", "12.34,5", "1,", ",5", "năm", "1e5", "1.2345", "--1", "9" * 41, "½"],
)
def test_parse_number_refuses_what_may_be_misread(text: str) -> None:
    with pytest.raises(NumberError):
        parse_number(text)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-1e12, max_value=1e12)
)
def test_parse_number_reads_what_format_number_writes(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value


@pytest.mark.parametrize(("number", "text"), [(0, "00"), (5, "05"), (10, "10"), (386, "386")])
def test_two_digits_puts_a_zero_before_small_numbers(number: int, text: str) -> None:
    assert two_digits(number) == text


@pytest.mark.parametrize(
    ("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (1994, "MCMXCIV")]
)
def test_roman_writes_numerals(number: int, text: str) -> None:
    assert roman(number) == text


@given(st.integers(min_value=1, max_value=3999))
def test_parse_roman_reads_what_roman_writes(number: int) -> None:
    assert parse_roman(roman(number).lower()) == number


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IC", "A", "MMMM", "I I", "IM"])
def test_parse_roman_refuses_wrong_spelling(text: str) -> None:
    with pytest.raises(NumberError):
        parse_roman(text)


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_refuses_what_it_cannot_write(number: int) -> None:
    with pytest.raises(NumberError):
        roman(number)
