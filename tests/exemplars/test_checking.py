"""Deeds of the officer above: return, accept and decline, one by one and many at once."""

from datetime import date, timedelta

import pytest
from tests.factories.exemplars import IN_TIME

from kheo.audit.models import Entry
from kheo.exemplars.actions import (
    accept,
    accept_many,
    decline,
    reconsider,
    recount_registrations,
    return_many,
    return_registration,
    sign_off_many,
)
from kheo.exemplars.enums import State
from kheo.exemplars.queries.listing import queue_of
from kheo.notices.models import Notice
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.enums import UnitState

DUE = date(2024, 3, 1)
REMARKS = [("content", "Nêu rõ cách vận động."), ("", "Ghi đúng tên thôn.")]


def states(rows) -> set[str]:
    for row in rows:
        row.refresh_from_db()
    return {row.state for row in rows}


def test_return_keeps_remarks_and_day_and_tells_the_unit(stage):
    row = stage.registration(State.SUBMITTED)
    return_registration(registration=row, remarks=REMARKS, due_on=DUE, by=stage.officer, at=IN_TIME)
    row.refresh_from_db()
    assert (row.state, row.return_due_on) == (State.RETURNED, DUE)
    assert list(row.remarks.values_list("item", "text")) == REMARKS
    told = Notice.objects.filter(user=stage.clerk.user).latest("pk")
    assert "Trả lại" in told.subject
    assert row.name in told.subject


def test_second_click_of_a_return_adds_nothing_but_another_return_is_refused(stage):
    row = stage.registration(State.SUBMITTED)
    for _click in range(2):
        return_registration(
            registration=row, remarks=REMARKS, due_on=DUE, by=stage.officer, at=IN_TIME
        )
    assert row.remarks.count() == 2
    assert Entry.objects.filter(verb="registration.return").count() == 1
    with pytest.raises(NotAllowedError):
        return_registration(
            registration=row, remarks=[("", "Khác")], due_on=DUE, by=stage.officer, at=IN_TIME
        )


@pytest.mark.parametrize(
    ("remarks", "due_on"),
    [([], DUE), ([("name", "  ")], DUE), (REMARKS, IN_TIME.date() - timedelta(days=1))],
)
def test_return_needs_a_remark_and_a_day_to_come(stage, remarks, due_on):
    row = stage.registration(State.SUBMITTED)
    with pytest.raises(NotAllowedError):
        return_registration(
            registration=row, remarks=remarks, due_on=due_on, by=stage.officer, at=IN_TIME
        )
    assert states([row]) == {State.SUBMITTED}


def test_many_units_are_decided_at_once_and_each_is_told_once(stage):
    rows = [
        stage.registration(State.SUBMITTED, unit=unit, name=f"Mô hình {number}")
        for unit in stage.cast.communes[:2]
        for number in range(2)
    ]
    before = Notice.objects.filter(user=stage.head.user).count()
    accept_many(registrations=rows, by=stage.officer, at=IN_TIME)
    assert states(rows) == {State.ACCEPTED}
    assert [stage.part(unit).state for unit in stage.cast.communes[:2]] == [UnitState.ACCEPTED] * 2
    assert Notice.objects.filter(user=stage.head.user).count() == before + 1
    accept_many(registrations=rows, by=stage.officer, at=IN_TIME)
    assert Entry.objects.filter(verb="registration.accept").count() == len(rows)
    assert recount_registrations() == []


def test_some_are_declined_with_a_reason_and_many_returned_with_one(stage):
    declined = [stage.registration(State.SUBMITTED, name=f"A{n}") for n in range(2)]
    with pytest.raises(NotAllowedError):
        decline(registration=declined[0], reason="", by=stage.officer, at=IN_TIME)
    for row in declined:
        decline(registration=row, reason="Trùng", by=stage.officer, at=IN_TIME)
    returned = [stage.registration(State.SUBMITTED, name=f"B{n}") for n in range(2)]
    return_many(registrations=returned, remarks=REMARKS, due_on=DUE, by=stage.officer, at=IN_TIME)
    assert states(declined) == {State.DECLINED}
    assert states(returned) == {State.RETURNED}
    assert stage.part().state == UnitState.RETURNED
    assert recount_registrations() == []


def test_decision_can_be_opened_again_with_a_reason(stage):
    row = stage.registration(State.SUBMITTED)
    decline(registration=row, reason="Trùng nội dung", by=stage.officer, at=IN_TIME)
    assert stage.part().state == UnitState.DECLINED
    reconsider(registration=row, reason="Đã làm rõ", by=stage.officer, at=IN_TIME)
    accept(registration=row, by=stage.officer, at=IN_TIME)
    row.refresh_from_db()
    assert (row.state, row.decided_at) == (State.ACCEPTED, IN_TIME)


def test_declined_place_is_free_for_another_one(stage):
    row = stage.registration(State.DECLINED, name="Không nhận")
    rows = [stage.registration(State.SUBMITTED, name=f"Mô hình {n}") for n in range(5)]
    assert states([row, *rows]) == {State.DECLINED, State.SUBMITTED}


def test_several_drafts_are_signed_all_or_none(stage):
    whole, partial = stage.registration(name="Đủ"), stage.registration(name="Thiếu", content="")
    with pytest.raises(NotAllowedError):
        sign_off_many(registrations=[whole, partial], by=stage.head, at=IN_TIME)
    assert states([whole, partial]) == {State.DRAFT}
    sign_off_many(registrations=[whole], by=stage.head, at=IN_TIME)
    assert states([whole]) == {State.SIGNED_OFF}


def test_queue_holds_what_waits_below_for_this_officer_only(stage):
    waiting = stage.registration(State.SUBMITTED)
    stage.registration(State.DRAFT)
    assert [row.pk for row in queue_of(stage.officer)] == [waiting.pk]
    assert not queue_of(stage.cast.stranger)
    assert not queue_of(stage.head)
    assert not queue_of(stage.cast.leader)
