"""A task is given: its groups become units, its days are checked, each body is told once."""

from datetime import date

import pytest
from tests.factories.accounts import START
from tests.factories.assignments import communes_of, give_task
from tests.factories.directives import DocumentFactory

from kheo.assignments.actions import (
    BodyTerms,
    TaskError,
    TaskTerms,
    announce_tasks,
    create_task,
)
from kheo.assignments.enums import BodyRole, PartState, Timing
from kheo.audit.models import Entry
from kheo.notices.models import Notice
from kheo.organisations.rules import NotAllowedError


def test_a_group_becomes_the_units_below_the_owner(cast):
    task = give_task(cast)
    parts = task.bodies.filter(role=BodyRole.EXECUTING)
    assert {part.organisation for part in parts} == set(cast.communes)
    assert {part.written for part in parts} == {"các xã, thị trấn"}
    assert {(part.state, part.due_on) for part in parts} == {
        (PartState.WAITING, date(2026, 11, 30))
    }


def test_who_carries_it_out_does_not_cooperate_besides(cast):
    first = cast.communes[0]
    task = give_task(
        cast,
        bodies=(
            communes_of(cast),
            BodyTerms(role=BodyRole.COOPERATING, organisation=first),
            BodyTerms(role=BodyRole.COOPERATING, name="các cơ quan báo chí trên địa bàn"),
        ),
    )
    cooperating = task.bodies.filter(role=BodyRole.COOPERATING)
    assert [(part.name, part.organisation) for part in cooperating] == [
        ("các cơ quan báo chí trên địa bàn", None)
    ]
    assert task.bodies.filter(organisation=first).count() == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"content": " "}, "Chưa có nội dung"),
        ({"bodies": ()}, "Chưa có cơ quan thực hiện"),
        ({"due_on": None}, "Chưa có ngày phải hoàn thành"),
        ({"timing": Timing.YEARLY}, "cần có ngày và tháng"),
        ({"timing": Timing.YEARLY, "due_month": 4, "due_day": 31}, "Không có ngày 31/4"),
        (
            {"timing": Timing.BETWEEN, "starts_on": date(2026, 12, 1)},
            "Ngày kết thúc nhiệm vụ đứng trước",
        ),
    ],
)
def test_a_task_that_cannot_be_is_refused_with_the_reason(cast, changed, reason):
    with pytest.raises(TaskError, match=reason):
        give_task(cast, **changed)


def test_only_officers_and_heads_of_the_owner_give_tasks(cast):
    for seat in (cast.clerk, cast.stranger, cast.leader):
        with pytest.raises(NotAllowedError):
            give_task(cast, by=seat)


def test_tasks_of_one_paper_are_numbered_on_and_told_once(cast):
    document = DocumentFactory(owner=cast.district)
    tasks = [give_task(cast, document=document) for _ in range(3)]
    assert [task.ordinal for task in tasks] == [1, 2, 3]
    announce_tasks(tasks=tasks, at=START)
    notice = Notice.objects.get(user=cast.clerk.user)
    assert notice.subject == "Đơn vị được Huyện ủy Tân Yên giao 3 nhiệm vụ"
    assert document.citation in notice.body


def test_giving_leaves_its_trace_and_tells_the_bodies(cast):
    task = create_task(
        owner=cast.district,
        document=None,
        terms=TaskTerms(content="Rà soát mô hình", bodies=(communes_of(cast),)),
        by=cast.officer,
        at=START,
    )
    entry = Entry.objects.get(verb="task.create")
    assert entry.record_id == task.pk
    assert entry.after["executing"] == ["các xã, thị trấn"]
    assert Notice.objects.filter(organisation=cast.communes[0]).count() == 2
