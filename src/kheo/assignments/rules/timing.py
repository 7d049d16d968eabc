"""When a task is due: its next turn, and the deadline of any year."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kheo.assignments.enums import Timing


class Timed(Protocol):
    """Whatever tells a time: a task, or the terms of one."""

    timing: str
    starts_on: date | None
    due_on: date | None
    due_month: int | None
    due_day: int | None
    exceptions: Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class Turn:
    """One turn of a task: its year where it recurs, and its deadline where it has one."""

    year: int | None
    due_on: date | None


def due_in(task: Timed, year: int) -> date | None:
    """Return the deadline of a yearly task in a year, exceptions included; None when none falls."""
    if task.timing != Timing.YEARLY or task.due_month is None or task.due_day is None:
        return None
    due_on = _exception(task, year) or day_of_year(year, task.due_month, task.due_day)
    begun = task.starts_on is None or due_on >= task.starts_on
    ended = task.due_on is not None and due_on > task.due_on
    return due_on if begun and not ended else None


def turn_on(task: Timed, day: date) -> Turn:
    """Return the turn that runs on a day: of a yearly task the next that has not passed.

    After the last turn of a yearly task it stays the last one.
    """
    if task.timing != Timing.YEARLY:
        return Turn(None, task.due_on)
    first = max(day.year, task.starts_on.year) if task.starts_on else day.year
    for year in (first, first + 1):
        due_on = due_in(task, year)
        if due_on is not None and due_on >= day:
            return Turn(year, due_on)
    last = task.due_on.year if task.due_on else first
    for year in (last, last - 1):
        if due_on := due_in(task, year):
            return Turn(year, due_on)
    return Turn(None, None)


def following_turn(task: Timed, year: int | None) -> Turn | None:
    """Return the turn after that of a year; None when there is none."""
    if year is None or (due_on := due_in(task, year + 1)) is None:
        return None
    return Turn(year + 1, due_on)


def latest_due(task: Timed) -> date | None:
    """Return the day beyond which nothing of a task may be due; None when it has no such day."""
    return task.due_on


def day_of_year(year: int, month: int, day: int) -> date:
    """Return that day of a year; the end of February gives way in years without a 29th."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _exception(task: Timed, year: int) -> date | None:
    for one in task.exceptions:
        if one.get("year") == year:
            return date.fromisoformat(str(one["on"]))
    return None
