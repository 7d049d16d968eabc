"""The clock of a story: the server believes it is a day of 2024 or 2025, and time runs on."""

import time
from datetime import UTC, datetime, timedelta

from tests.factories.accounts import HANOI

FIRST_DAY = datetime(2024, 2, 5, 8, 0, tzinfo=HANOI)


class Clock:
    """What stands in for ``django.utils.timezone.now`` while the story is told."""

    def __init__(self, begins: datetime = FIRST_DAY) -> None:
        self._told = begins
        self._since = time.monotonic()

    def __call__(self) -> datetime:
        run_on = timedelta(seconds=time.monotonic() - self._since)
        return (self._told + run_on).astimezone(UTC)

    def turn_to(self, day: int, month: int, hour: int, year: int = 2024) -> None:
        """Go on to an hour of a later day; sessions of the day before end by themselves."""
        told = datetime(year, month, day, hour, tzinfo=HANOI)
        if told <= self():
            raise ValueError("the story goes forward only")
        self._told, self._since = told, time.monotonic()
