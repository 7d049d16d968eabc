"""Holds months and periods, and writes dates as Vietnamese papers have them."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import IntEnum

from kheo.lib.text.numbers import roman, two_digits

_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
_OFFICIAL = re.compile(
    r"(?:(?P<place>[^,]+),)?\s*ngày\s*(?P<day>\d{0,2})[\s.…]*tháng\s*(?P<month>\d{1,2})\s*"
    r"năm\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_LONGEST = 120
FIRST_YEAR, LAST_YEAR = 1900, 2100


class DateError(ValueError):
    """A text is no date or period; `code` says why, `found` is the text."""

    def __init__(self, code: str, found: str) -> None:
        """Codes: not_a_date, no_such_day, year_missing, year_out_of_range, reversed."""
        super().__init__(f"{code}: {found[:_LONGEST]!r}")
        self.code = code
        self.found = found[:_LONGEST]


class Precision(IntEnum):
    """How finely a period is known; the finer is the smaller."""

    DAY = 1
    MONTH = 2
    QUARTER = 3
    YEAR = 4


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year, as in a date whose day is still blank."""

    year: int
    month: int

    def __post_init__(self) -> None:
        """Refuse a month that no calendar has."""
        make_date(self.year, self.month, 1)

    def __str__(self) -> str:
        """Write 2024-02, as ISO 8601 does."""
        return f"{self.year}-{self.month:02d}"

    @property
    def first(self) -> dt.date:
        """The first day of the month."""
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        """The last day of the month."""
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])


@dataclass(frozen=True)
class Period:
    """The days from `start` to `end`, both included, and how finely they were told."""

    start: dt.date
    end: dt.date
    precision: Precision

    def __post_init__(self) -> None:
        """Refuse an end before the start."""
        if self.end < self.start:
            raise DateError("reversed", f"{format_date(self.start)} – {format_date(self.end)}")


def make_date(year: int, month: int, day: int) -> dt.date:
    """Return a day of the calendar between 1900 and 2100.

    :raises DateError: when there is no such day.
    """
    found = f"{day}/{month}/{year}"
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("year_out_of_range", found)
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise DateError("no_such_day", found) from error


def format_date(day: dt.date) -> str:
    """Write a day as 05/02/2024."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def parse_date(text: str) -> dt.date:
    """Read a day written 5/2/2024 (or with points or hyphens), 2024-02-05, or in words.

    :raises DateError: when the text is no day of the calendar.
    """
    squeezed = text[: _LONGEST + 1].strip()
    if found := _DATE.fullmatch(squeezed):
        day, month, year = map(int, found.groups())
        return make_date(year, month, day)
    if found := _ISO_DATE.fullmatch(squeezed):
        year, month, day = map(int, found.groups())
        return make_date(year, month, day)
    if (found := _OFFICIAL.fullmatch(squeezed)) and found["day"] and not found["place"]:
        return make_date(int(found["year"]), int(found["month"]), int(found["day"]))
    raise DateError("not_a_date", text)


def official_date(when: dt.date | Month, place: str = "") -> str:
    """Write the date of a paper: "Tân Yên, ngày 05 tháng 02 năm 2024".

    A month leaves room for the day, to be filled in by hand when the paper is signed. A zero stands
    before days below 10 and before months 1 and 2 (Decree 30/2020/NĐ-CP, annex I).
    """
    day = two_digits(when.day) if isinstance(when, dt.date) else " "
    text = f"ngày {day} {official_month(when)}"
    return f"{place}, {text}" if place else text


def parse_official_date(text: str) -> tuple[str, dt.date | Month]:
    """Read the place (or "") and the date of a paper; a blank day gives a month.

    :raises DateError: when the text is no such line.
    """
    found = _OFFICIAL.fullmatch(text[: _LONGEST + 1].strip())
    if found is None:
        raise DateError("not_a_date", text)
    year, month, place = int(found["year"]), int(found["month"]), (found["place"] or "").strip()
    if not found["day"]:
        return place, Month(year, month)
    return place, make_date(year, month, int(found["day"]))


def official_month(when: dt.date | Month) -> str:
    """Write "tháng 02 năm 2024"; only months 1 and 2 take a zero."""
    return f"{_month_name(when.month)} năm {when.year}"


def format_period(period: Period) -> str:
    """Write a period in words: "từ tháng 3 đến tháng 12 năm 2024", "quý II năm 2024"."""
    first, last = _in_words(period.start, period), _in_words(period.end, period)
    if first == last:
        return last
    shared = f" năm {period.end.year}"
    if period.precision is not Precision.YEAR and first.endswith(shared):
        first = first.removesuffix(shared)
    return f"từ {first} đến {last}"


def format_period_short(period: Period) -> str:
    """Write a period for a cell of a table: "3/2024 – 12/2024", "quý II/2024", "2024"."""
    first, last = _in_figures(period.start, period), _in_figures(period.end, period)
    return last if first == last else f"{first} – {last}"


def _in_words(day: dt.date, period: Period) -> str:
    match period.precision:
        case Precision.DAY:
            return official_date(day)
        case Precision.MONTH:
            return official_month(day)
        case Precision.QUARTER:
            return f"quý {_quarter(day)} năm {day.year}"
        case Precision.YEAR:
            return f"năm {day.year}"


def _in_figures(day: dt.date, period: Period) -> str:
    match period.precision:
        case Precision.DAY:
            return format_date(day)
        case Precision.MONTH:
            return f"{day.month}/{day.year}"
        case Precision.QUARTER:
            return f"quý {_quarter(day)}/{day.year}"
        case Precision.YEAR:
            return str(day.year)


def _month_name(month: int) -> str:
    return f"tháng {two_digits(month) if month <= 2 else month}"


def _quarter(day: dt.date) -> str:
    return roman((day.month + 2) // 3)
