"""What a registration came to is counted upward, once, and protects what was accepted."""

import pytest
from tests.factories.exemplars import IN_TIME

from kheo.exemplars.actions import (
    leave_stage,
    reach_stage,
    reconsider,
    recount_registrations,
)
from kheo.exemplars.enums import Stage as Reached
from kheo.exemplars.enums import State
from kheo.exemplars.models import StageTally
from kheo.organisations.rules import NotAllowedError


def counted(stage) -> dict[int, int]:
    rows = StageTally.objects.filter(organisation=stage.cast.province).exclude(count=0)
    return dict(rows.values_list("stage", "count"))


def test_a_stage_is_reached_once_and_left_again(stage):
    keys = [stage.registration(State.ACCEPTED).pk for _ in range(3)]
    assert reach_stage(registrations=keys, stage=Reached.NOMINATED) == 3
    assert reach_stage(registrations=keys[:2], stage=Reached.RECOGNISED) == 2
    assert reach_stage(registrations=keys, stage=Reached.RECOGNISED) == 1
    assert counted(stage) == {Reached.NOMINATED: 3, Reached.RECOGNISED: 3}
    assert leave_stage(registrations=keys[:1], stage=Reached.RECOGNISED) == 1
    assert leave_stage(registrations=keys[:1], stage=Reached.RECOGNISED) == 0
    assert counted(stage) == {Reached.NOMINATED: 3, Reached.RECOGNISED: 2}
    assert recount_registrations() == []


def test_what_was_built_on_is_not_considered_again(stage):
    row = stage.registration(State.ACCEPTED)
    reach_stage(registrations=[row.pk], stage=Reached.NOMINATED)
    row.refresh_from_db()
    with pytest.raises(NotAllowedError, match="được giới thiệu lên cấp trên"):
        reconsider(registration=row, by=stage.officer, at=IN_TIME, reason="Xem lại")
    leave_stage(registrations=[row.pk], stage=Reached.NOMINATED)
    row.refresh_from_db()
    reconsider(registration=row, by=stage.officer, at=IN_TIME, reason="Xem lại")
    row.refresh_from_db()
    assert row.state == State.SUBMITTED


def test_changing_many_takes_no_more_statements_than_changing_one(
    stage, django_assert_max_num_queries
):
    keys = [stage.registration(State.ACCEPTED).pk for _ in range(4)]
    with django_assert_max_num_queries(5):
        reach_stage(registrations=keys, stage=Reached.APPRAISED)
