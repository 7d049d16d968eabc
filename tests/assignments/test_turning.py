"""Yearly tasks: their deadlines, exceptions, new years; and the reminders of every deadline."""

from datetime import date, datetime

import pytest
from django.utils import timezone
from tests.factories.assignments import give_task

from kheo.assignments.actions import (
    begin_new_turns,
    keep_task_schedule,
    remind_of_tasks,
    report_part,
)
from kheo.assignments.enums import PartState, Timing
from kheo.assignments.models import TaskTurn
from kheo.assignments.rules.timing import Turn, due_in, following_turn, turn_on
from kheo.assignments.tasks import mind_tasks
from kheo.notices.models import Notice


def moment(year, month, day, hour=8):
    return datetime(year, month, day, hour, tzinfo=timezone.get_current_timezone())


def yearly(cast, **changed):
    terms = {"timing": Timing.YEARLY, "due_on": None, "due_month": 3, "due_day": 31}
    at = changed.pop("at", moment(2021, 3, 16))
    return give_task(cast, at=at, **(terms | changed))


def test_one_year_may_have_another_deadline(cast):
    """S1 IV.1: hằng năm trước ngày 31/3; riêng năm 2021, trước ngày 01/5/2021."""
    task = yearly(cast, exceptions=[{"year": 2021, "on": "2021-05-01"}])
    assert due_in(task, 2021) == date(2021, 5, 1)
    assert due_in(task, 2022) == date(2022, 3, 31)
    assert task.bodies.first().due_on == date(2021, 5, 1)


def test_the_turn_that_runs_is_the_next_that_has_not_passed(cast):
    task = yearly(cast, starts_on=date(2021, 1, 1), due_on=date(2025, 12, 31))
    assert turn_on(task, date(2021, 3, 31)) == Turn(2021, date(2021, 3, 31))
    assert turn_on(task, date(2021, 4, 1)) == Turn(2022, date(2022, 3, 31))
    assert turn_on(task, date(2026, 6, 1)) == Turn(2025, date(2025, 3, 31))
    assert following_turn(task, 2025) is None


def test_the_end_of_february_gives_way(cast):
    task = yearly(cast, due_month=2, due_day=29)
    assert due_in(task, 2023) == date(2023, 2, 28)
    assert due_in(task, 2024) == date(2024, 2, 29)


def test_a_new_year_begins_afresh_and_keeps_the_old_one(cast):
    task = yearly(cast)
    part = task.bodies.get(organisation=cast.communes[0])
    report_part(body=part, text="Đã gửi.", done=True, by=cast.clerk, at=moment(2021, 3, 30))
    assert begin_new_turns(at=moment(2021, 12, 31)) == 0
    assert begin_new_turns(at=moment(2023, 1, 1)) == task.bodies.count()
    assert begin_new_turns(at=moment(2023, 1, 1)) == 0
    part.refresh_from_db()
    assert (part.turn, part.due_on) == (2023, date(2023, 3, 31))
    assert (part.state, part.reported_at) == (PartState.WAITING, None)
    turns = [(turn.year, turn.state) for turn in part.turns.all()]
    assert turns == [(2022, PartState.WAITING), (2021, PartState.DONE)]


def test_a_yearly_task_that_has_ended_turns_no_more(cast):
    yearly(cast, due_on=date(2021, 12, 31))
    assert begin_new_turns(at=moment(2023, 1, 1)) == 0
    assert not TaskTurn.objects.exists()


@pytest.mark.parametrize(
    ("day", "told"),
    [
        ((2026, 11, 22), 0),
        ((2026, 11, 23), 1),
        ((2026, 11, 29), 1),
        ((2026, 12, 1), 1),
        ((2026, 12, 8), 1),
    ],
)
def test_bodies_are_told_a_week_and_a_day_before_and_weekly_after(cast, day, told):
    give_task(cast)
    remind_of_tasks(at=moment(*day))
    assert Notice.objects.filter(user=cast.clerk.user).count() == told


def test_nobody_is_told_twice_or_after_saying_done(cast):
    task = give_task(cast)
    give_task(cast, content="Việc thứ hai")
    part = task.bodies.get(organisation=cast.communes[0])
    report_part(body=part, text="Xong.", done=True, by=cast.clerk, at=moment(2026, 11, 20))
    assert mind_tasks(moment(2026, 11, 29)) == 4
    assert mind_tasks(moment(2026, 11, 29, 20)) == 0
    notice = Notice.objects.get(user=cast.clerk.user)
    assert notice.subject == "1 nhiệm vụ sắp đến hạn"
    assert "Việc thứ hai" in notice.body
    remind_of_tasks(at=moment(2026, 12, 1))
    late = Notice.objects.filter(user=cast.clerk.user).latest("pk")
    assert late.subject == "1 nhiệm vụ quá hạn"


def test_the_schedule_is_kept_once(db):
    assert keep_task_schedule().pk == keep_task_schedule().pk
