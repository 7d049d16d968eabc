"""Reads periods of time as people write them in registrations."""

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache

from kheo.lib.text.dates import DateError, Month, Period, Precision, make_date
from kheo.lib.text.folding import fold, normalise
from kheo.lib.text.numbers import parse_roman

_LONGEST = 120
_HYPHENATED_DATE = re.compile(r"\b(\d{1,2})-(\d{1,2})-(\d{4})\b")
_RANGE = re.compile(r"\s*[–—-]\s*|\s+(?:đến|tới)\s+(?:hết\s+)?", re.IGNORECASE)
_OPENING = re.compile(r"^(?:thoi gian |tu |ca |trong |ke tu )+(?=\S)")

# What a folded end of a period may look like; the groups bear the names of what they count.
_SHAPES = (
    re.compile(
        r"(?:ngay )?(?P<day>\d{1,2}) (?:thang )?(?P<month>\d{1,2})(?: (?:nam )?(?P<year>\d{4}))?"
    ),
    re.compile(r"(?:thang )?(?P<month>\d{1,2}) (?:nam )?(?P<year>\d{4})"),
    re.compile(r"thang (?P<month>\d{1,2})"),
    re.compile(r"quy (?P<quarter>iv|i{1,3}|[1-4])(?: (?:nam )?(?P<year>\d{4}))?"),
    re.compile(r"(?:0?6|sau) thang (?P<half>dau|cuoi) nam(?: (?P<year>\d{4}))?"),
    re.compile(r"(?:nam )?(?P<year>\d{4})"),
    re.compile(r"nam(?P<year>)"),
)


@dataclass(frozen=True)
class _End:
    """One end of a period, its year perhaps still open."""

    precision: Precision
    months: tuple[int, int]
    day: int | None
    year: int | None

    def first(self, year: int) -> dt.date:
        return make_date(year, self.months[0], self.day or 1)

    def last(self, year: int) -> dt.date:
        if self.day:
            return self.first(year)
        make_date(year, self.months[1], 1)
        return Month(year, self.months[1]).last


# lists say the same few times over and over
@lru_cache(maxsize=4_000)
def parse_period(text: str, *, default_year: int | None = None) -> Period:
    """Read "tháng 3/2024", "quý II/2024", "từ tháng 3 đến tháng 12 năm 2024", "15/3/2024" and such.

    An end without a year takes that of the other end, else `default_year`. The precision is that of
    the more finely told end.

    :raises DateError: when the text is no period, has no year, or ends before it begins.
    """
    parts = [_fold(part) for part in _RANGE.split(_plain_dates(text))]
    if len(text) > _LONGEST or len(parts) > 2:
        raise DateError("not_a_date", text)
    first, last = _ends(parts, text)
    first_year, last_year = first.year or last.year, last.year or first.year
    if (first_year := first_year or default_year) is None:
        raise DateError("year_missing", text)
    last_year = last_year or first_year
    precision = min(first.precision, last.precision)
    return Period(first.first(first_year), last.last(last_year), precision)


def _plain_dates(text: str) -> str:
    return _HYPHENATED_DATE.sub(r"\1/\2/\3", normalise(text[: _LONGEST + 1]))


def _fold(part: str) -> str:
    return _OPENING.sub("", fold(part))


def _ends(parts: list[str], text: str) -> tuple[_End, _End]:
    first = _read(parts[0])
    if first is None:
        raise DateError("not_a_date", text)
    if len(parts) == 1:
        return first, first
    # "tháng 3 đến 12", "quý I – III": the second end leaves out the word of the first.
    last = _read(parts[1]) or _read(f"{parts[0].partition(' ')[0]} {parts[1]}")
    if last is None:
        raise DateError("not_a_date", text)
    return first, last


def _read(part: str) -> _End | None:
    for shape in _SHAPES:
        if found := shape.fullmatch(part):
            return _end({name: value for name, value in found.groupdict().items() if value})
    return None


def _end(told: dict[str, str]) -> _End:
    year = int(told["year"]) if "year" in told else None
    if "month" in told:
        month, day = int(told["month"]), int(told["day"]) if "day" in told else None
        return _End(Precision.DAY if day else Precision.MONTH, (month, month), day, year)
    if "quarter" in told:
        name = told["quarter"]
        quarter = int(name) if name.isdigit() else parse_roman(name)
        return _End(Precision.QUARTER, (3 * quarter - 2, 3 * quarter), None, year)
    if "half" in told:
        return _End(Precision.MONTH, (1, 6) if told["half"] == "dau" else (7, 12), None, year)
    return _End(Precision.YEAR, (1, 12), None, year)
