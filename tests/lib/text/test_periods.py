"""Periods of time as people write them."""

import contextlib
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kheo.lib.text.dates import (
    DateError,
    Month,
    Period,
    Precision,
    format_period,
    format_period_short,
)
from kheo.lib.text.periods import parse_period

YEARS = st.integers(min_value=1900, max_value=2100)
MONTHS = st.builds(Month, YEARS, st.integers(min_value=1, max_value=12))


def _months(first: int, last: int, year: int = 2024) -> Period:
    return Period(Month(year, first).first, Month(year, last).last, Precision.MONTH)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("tháng 3/2024", _months(3, 3)),
        ("Tháng 03 năm 2024.", _months(3, 3)),
        ("3/2024", _months(3, 3)),
        ("từ tháng 3 đến tháng 12 năm 2024", _months(3, 12)),
        ("Từ tháng 3/2024 đến hết tháng 12/2024", _months(3, 12)),
        ("tháng 3 – tháng 12", _months(3, 12)),
        ("tháng 3-12/2024", _months(3, 12)),
        ("tháng 3 đến 12", _months(3, 12)),
        ("6 tháng đầu năm 2024", _months(1, 6)),
        ("6 tháng cuối năm", _months(7, 12)),
        ("Thời gian: từ tháng 01 tới tháng 02", _months(1, 2)),
    ],
)
def test_parse_period_reads_months(text: str, period: Period) -> None:
    assert parse_period(text, default_year=2024) == period


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("quý II/2024", date(2024, 4, 1), date(2024, 6, 30), Precision.QUARTER),
        ("Quý 4 năm 2024", date(2024, 10, 1), date(2024, 12, 31), Precision.QUARTER),
        ("quý I – III", date(2024, 1, 1), date(2024, 9, 30), Precision.QUARTER),
        ("năm 2024", date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR),
        ("cả năm", date(2024, 1, 1), date(2024, 12, 31), Precision.YEAR),
        ("2021-2025", date(2021, 1, 1), date(2025, 12, 31), Precision.YEAR),
        ("15/3/2024", date(2024, 3, 15), date(2024, 3, 15), Precision.DAY),
        ("ngày 15 tháng 3", date(2024, 3, 15), date(2024, 3, 15), Precision.DAY),
        ("15-3-2024 - 20-4-2024", date(2024, 3, 15), date(2024, 4, 20), Precision.DAY),
        ("từ ngày 15/3 đến 30/11/2024", date(2024, 3, 15), date(2024, 11, 30), Precision.DAY),
        ("15/3/2024 – tháng 6/2024", date(2024, 3, 15), date(2024, 6, 30), Precision.DAY),
        ("quý II – tháng 12", date(2024, 4, 1), date(2024, 12, 31), Precision.MONTH),
        ("tháng 2/2023 - 2025", date(2023, 2, 1), date(2025, 12, 31), Precision.MONTH),
    ],
)
def test_parse_period_reads_days_quarters_and_years(
    text: str, start: date, end: date, precision: Precision
) -> None:
    assert parse_period(text, default_year=2024) == Period(start, end, precision)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_date"),
        ("thường xuyên", "not_a_date"),
        ("từ tháng 3", "year_missing"),
        ("tháng 3 – tháng 12", "year_missing"),
        ("tháng 13/2024", "no_such_day"),
        ("tháng 0/2024", "no_such_day"),
        ("31/4/2024", "no_such_day"),
        ("từ tháng 10 đến tháng 3 năm 2025", "reversed"),
        ("2025-2021", "reversed"),
        ("quý V/2024", "not_a_date"),
        ("năm 3024", "year_out_of_range"),
        ("1/2024 - 2/2024 - 3/2024", "not_a_date"),
        ("tháng 3/2024 đến nay", "not_a_date"),
        ("tháng 3/2024" + " " * 500, "not_a_date"),
    ],
)
def test_parse_period_says_why_it_refuses(text: str, code: str) -> None:
    with pytest.raises(DateError) as refused:
        parse_period(text)
    assert refused.value.code == code


@given(MONTHS, MONTHS, st.sampled_from([Precision.MONTH, Precision.YEAR, Precision.QUARTER]))
def test_parse_period_reads_what_is_written(one: Month, other: Month, precision: Precision) -> None:
    first, last = sorted([one, other])
    if precision is Precision.YEAR:
        first, last = Month(first.year, 1), Month(last.year, 12)
    if precision is Precision.QUARTER:
        first = Month(first.year, (first.month - 1) // 3 * 3 + 1)
        last = Month(last.year, (last.month - 1) // 3 * 3 + 3)
    period = Period(first.first, last.last, precision)
    assert parse_period(format_period(period)) == period
    assert parse_period(format_period_short(period)) == period


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 12, 31))
)
def test_parse_period_reads_days_that_are_written(one: date, other: date) -> None:
    period = Period(min(one, other), max(one, other), Precision.DAY)
    assert parse_period(format_period(period)) == period
    assert parse_period(unicodedata.normalize("NFD", format_period_short(period))) == period


@given(st.text(alphabet="0123456789/- nămthgquýđếIV", max_size=20))
def test_parse_period_refuses_with_nothing_but_a_date_error(text: str) -> None:
    with contextlib.suppress(DateError):
        period = parse_period(text, default_year=2024)
        assert period.start <= period.end
