"""A month of the calendar as its page shows it: weeks of days with what is due on each."""

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kheo.home.queries.due import Due, due_between
from kheo.organisations.models import Seat

MONDAY = 0
SHOWN_A_DAY = 4
LISTED_MONTHS = 3


@dataclass(frozen=True)
class Day:
    """One day with what is due on it; ``more`` counts what the cell has no room for."""

    on: date
    dues: Sequence[Due]
    inside: bool
    today: bool

    @property
    def shown(self) -> Sequence[Due]:
        """Return what a cell of the month has room for."""
        return self.dues[:SHOWN_A_DAY]

    @property
    def more(self) -> int:
        """Return how many there are besides."""
        return max(0, len(self.dues) - SHOWN_A_DAY)


@dataclass(frozen=True)
class MonthPage:
    """A month in weeks, and the days of it (or of three months) that hold something."""

    first: date
    last: date
    weeks: Sequence[Sequence[Day]]
    days: Sequence[Day]
    previous: str
    following: str


def calendar_month(seat: Seat, month: date, today: date, *, months: int = 1) -> MonthPage:
    """Return a month with what is due; with ``months`` the list goes on for so many.

    :param month: any day of the month.
    """
    first = month.replace(day=1)
    grid = Calendar(MONDAY).monthdatescalendar(first.year, first.month)
    end = _month_after(first, months) - timedelta(days=1)
    dues: dict[date, list[Due]] = {}
    for due in due_between(seat, grid[0][0], max(grid[-1][-1], end)):
        dues.setdefault(due.on, []).append(due)
    weeks = [
        [Day(on, dues.get(on, []), on.month == first.month, on == today) for on in week]
        for week in grid
    ]
    days = [
        Day(on, found, inside=True, today=on == today)
        for on, found in sorted(dues.items())
        if first <= on <= end
    ]
    return MonthPage(
        first,
        end,
        weeks,
        days,
        f"{_month_after(first, -1):%Y-%m}",
        f"{_month_after(first, 1):%Y-%m}",
    )


def _month_after(first: date, months: int) -> date:
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
