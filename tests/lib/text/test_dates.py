"""Dates and months of papers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.lib.text.dates import (
    DateError,
    Month,
    Period,
    Precision,
    format_date,
    format_period,
    format_period_short,
    official_date,
    official_month,
    parse_date,
    parse_official_date,
)

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("when", "line"),
    [
        (date(2024, 2, 5), "Tân Yên, ngày 05 tháng 02 năm 2024"),
        (date(2021, 3, 16), "Tân Yên, ngày 16 tháng 3 năm 2021"),
        (date(2020, 10, 2), "Tân Yên, ngày 02 tháng 10 năm 2020"),
        (Month(2024, 2), "Tân Yên, ngày   tháng 02 năm 2024"),
    ],
)
def test_official_date_follows_the_decree(when: date | Month, line: str) -> None:
    assert official_date(when, "Tân Yên") == line


@given(DAYS, st.sampled_from(["", "Tân Yên", "Đắk Lắk", "Thành phố Hồ Chí Minh"]))
def test_parse_official_date_reads_what_official_date_writes(day: date, place: str) -> None:
    month = Month(day.year, day.month)
    assert parse_official_date(official_date(day, place)) == (place, day)
    assert parse_official_date(official_date(month, place)) == (place, month)


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Tân Yên, ngày tháng 02 năm 2024", ("Tân Yên", Month(2024, 2))),
        ("Quảng Ngãi, ngày 16 tháng\n03 năm 2021", ("Quảng Ngãi", date(2021, 3, 16))),
        ("Huế, ngày … tháng 9 năm 2025", ("Huế", Month(2025, 9))),
    ],
)
def test_parse_official_date_reads_drafts_and_broken_lines(
    line: str, read: tuple[str, date | Month]
) -> None:
    assert parse_official_date(line) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tân Yên, 05/02/2024", "not_a_date"),
        ("Tân Yên, ngày 31 tháng 02 năm 2024", "no_such_day"),
        ("ngày tháng 13 năm 2024", "no_such_day"),
        ("ngày 01 tháng 01 năm 0024", "year_out_of_range"),
    ],
)
def test_parse_official_date_says_why_it_refuses(text: str, code: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_official_date(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "text",
    [
        "5/2/2024",
        "05/02/2024",
        "05.02.2024",
        " 5-2-2024 ",
        "2024-02-05",
        "2024-02-05T00:00:00",
        "ngày 05 tháng 02 năm 2024",
        "Ngày 5 tháng 2 năm 2024",
    ],
)
def test_parse_date_reads_usual_spellings(text: str) -> None:
    assert parse_date(text) == date(2024, 2, 5)


@given(DAYS)
def test_parse_date_reads_what_format_date_writes(day: date) -> None:
    assert parse_date(format_date(day)) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_date"),
        ("2/2024", "not_a_date"),
        ("5/2/24", "not_a_date"),
        ("Huế, ngày 05 tháng 02 năm 2024", "not_a_date"),
        ("29/2/2023", "no_such_day"),
        ("13/13/2024", "no_such_day"),
        ("1/1/1024", "year_out_of_range"),
        ("x" * 100_000, "not_a_date"),
    ],
)
def test_parse_date_says_why_it_refuses(text: str, code: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_date(text)
    assert refused.value.code == code
    assert len(refused.value.found) <= 120


def test_month_knows_its_days_and_order() -> None:
    assert (Month(2024, 2).first, Month(2024, 2).last) == (date(2024, 2, 1), date(2024, 2, 29))
    assert Month(2023, 12) < Month(2024, 1)
    assert str(Month(2024, 2)) == "2024-02"
    assert official_month(Month(2024, 12)) == "tháng 12 năm 2024"


@pytest.mark.parametrize(("year", "month"), [(2024, 0), (2024, 13), (1, 1)])
def test_month_must_be_in_the_calendar(year: int, month: int) -> None:
    with pytest.raises(DateError):
        Month(year, month)


def test_period_must_not_end_before_it_begins() -> None:
    with pytest.raises(DateError) as refused:
        Period(date(2024, 5, 1), date(2024, 4, 30), Precision.DAY)
    assert refused.value.code == "reversed"


@pytest.mark.parametrize(
    ("start", "end", "precision", "words", "figures"),
    [
        (
            date(2024, 3, 1),
            date(2024, 12, 31),
            Precision.MONTH,
            "từ tháng 3 đến tháng 12 năm 2024",
            "3/2024 – 12/2024",
        ),
        (
            date(2024, 10, 1),
            date(2025, 2, 28),
            Precision.MONTH,
            "từ tháng 10 năm 2024 đến tháng 02 năm 2025",
            "10/2024 – 2/2025",
        ),
        (
            date(2024, 4, 1),
            date(2024, 6, 30),
            Precision.QUARTER,
            "quý II năm 2024",
            "quý II/2024",
        ),
        (
            date(2021, 1, 1),
            date(2025, 12, 31),
            Precision.YEAR,
            "từ năm 2021 đến năm 2025",
            "2021 – 2025",
        ),
        (date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR, "năm 2024", "2024"),
        (
            date(2024, 3, 5),
            date(2024, 3, 9),
            Precision.DAY,
            "từ ngày 05 tháng 3 đến ngày 09 tháng 3 năm 2024",
            "05/03/2024 – 09/03/2024",
        ),
    ],
)
def test_format_period_writes_words_and_figures(
    start: date, end: date, precision: Precision, words: str, figures: str
) -> None:
    period = Period(start, end, precision)
    assert format_period(period) == words
    assert format_period_short(period) == figures
