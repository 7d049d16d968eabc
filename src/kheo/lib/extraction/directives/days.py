"""Days as papers demand them: with and without a year, the ends of months and quarters."""

import calendar
import re
from dataclasses import dataclass

from kheo.lib.text.dates import DateError, make_date

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written; the year may be missing."""

    day: int
    month: int
    year: int | None

    @property
    def iso(self) -> str | None:
        """Return 2024-02-27 or --02-27; None when no calendar has it."""
        # of a day without a year only that it stands in some year can be told
        told = real_day(self.year or 2024, self.month, self.day)
        if told is None or self.year:
            return told
        return f"-{told[4:]}"


def real_day(year: int, month: int, day: int) -> str | None:
    """Return a day as ISO 8601 writes it, or None when no calendar has it."""
    try:
        return make_date(year, month, day).isoformat()
    except DateError:
        return None


def day_of(found: re.Match[str]) -> Day | None:
    """Return the day that the shared pattern of a rule has caught, by the names of its groups."""
    told = found.groupdict()
    for n in ("1", "2", "3"):
        if told.get(f"d{n}"):
            year = told.get(f"y{n}")
            return Day(int(told[f"d{n}"]), int(told[f"m{n}"]), int(year) if year else None)
    return None


def last_day(month: int, year: int | None) -> Day | None:
    """Return the last day of a month."""
    if not 1 <= month <= 12:
        return None
    return Day(calendar.monthrange(year or 2023, month)[1], month, year)


def quarter_end(name: str, year: int | None) -> Day | None:
    """Return the last day of a quarter, told as I or 1."""
    quarter = _QUARTERS.get(name.lower())
    return last_day(3 * quarter, year) if quarter else None
