"""Writes and reads numbers as Vietnamese papers have them: 1.234,5, 05 and IV."""

import re
from decimal import Decimal

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d+))?")
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_GREATEST_ROMAN = 3999
_LONGEST = 40


class NumberError(ValueError):
    """The text is not a number as Vietnamese writes it."""


def format_number(value: float | Decimal, decimals: int | None = None) -> str:
    """Write a number with points between thousands and a decimal comma: 1.234,5.

    Without `decimals` as many are written as the value has, and no idle zeros at the end.
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    places = "" if decimals is None else f".{decimals}"
    text = f"{exact:,{places}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate({ord(","): ".", ord("."): ","})


def parse_number(text: str) -> Decimal:
    """Read a number with points or spaces between thousands and a decimal comma.

    "1.234" is one thousand and more; "1.5" is refused, since nobody can tell what it means.

    :raises NumberError: when the text is anything else.
    """
    squeezed = " ".join(text[: _LONGEST + 1].split())
    found = _NUMBER.fullmatch(squeezed)
    if found is None or len(text) > _LONGEST:
        raise NumberError(text[:_LONGEST])
    sign, whole, decimals = found.groups()
    return Decimal(f"{sign}{whole.replace('.', '').replace(' ', '')}.{decimals or '0'}").normalize()


def two_digits(number: int) -> str:
    """Write a number with a zero before it when it is below 10, as official papers count."""
    return f"{number:02d}"


def roman(number: int) -> str:
    """Write a number from 1 to 3999 in Roman numerals.

    :raises NumberError: when it lies outside.
    """
    if not 1 <= number <= _GREATEST_ROMAN:
        raise NumberError(str(number))
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def parse_roman(text: str) -> int:
    """Read a Roman numeral in capitals or small letters, in its one correct spelling.

    :raises NumberError: when the text is none.
    """
    rest, number = text.strip().upper(), 0
    for value, letters in _ROMAN:
        while rest.startswith(letters):
            rest, number = rest.removeprefix(letters), number + value
    if rest or not 1 <= number <= _GREATEST_ROMAN or roman(number) != text.strip().upper():
        raise NumberError(text[:_LONGEST])
    return number
