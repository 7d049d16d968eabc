"""What is done every night, and when it is done next."""

from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone
from django_q.models import Schedule

from kheo.cli.actions import CLEANING, keep_cleaning_schedule
from kheo.cli.worker import _next_cleaning, clean_up

FIRST = datetime(2024, 3, 1, 19, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_the_nightly_cleaning_is_scheduled_once() -> None:
    keep_cleaning_schedule(first=FIRST)
    keep_cleaning_schedule(first=FIRST + timedelta(days=1))
    schedule = Schedule.objects.get(name=CLEANING)
    assert schedule.next_run == FIRST, "a restart does not put the cleaning off"
    assert schedule.repeats == -1


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2024, 3, 1, 18, 0, tzinfo=UTC), datetime(2024, 3, 1, 19, 30, tzinfo=UTC)),
        (datetime(2024, 3, 1, 20, 0, tzinfo=UTC), datetime(2024, 3, 2, 19, 30, tzinfo=UTC)),
    ],
)
def test_the_cleaning_falls_into_the_night_of_vietnam(now: datetime, due: datetime) -> None:
    assert _next_cleaning(now) == due


@pytest.mark.django_db
def test_cleaning_takes_what_has_expired_and_leaves_the_rest() -> None:
    now = timezone.now()
    Session.objects.create(session_key="old", session_data="", expire_date=now - timedelta(days=1))
    Session.objects.create(session_key="new", session_data="", expire_date=now + timedelta(days=1))
    AccessAttempt.objects.create(
        username="mai", ip_address="127.0.0.1", failures_since_start=5, attempt_time=now
    )
    clean_up()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert AccessAttempt.objects.exists(), "a door shut an hour ago stays shut"


@pytest.mark.django_db
def test_the_scheduled_task_is_the_one_that_cleans() -> None:
    schedule = keep_cleaning_schedule(first=FIRST)
    module, _dot, name = schedule.func.rpartition(".")
    assert (module, name) == (clean_up.__module__, clean_up.__name__)
