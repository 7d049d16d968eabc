"""Deeds of the unit: what they change, what they refuse, and that nothing happens twice."""

import pytest
from tests.factories.exemplars import IN_TIME, TOO_LATE, make_draft

from kheo.audit.models import Entry
from kheo.exemplars.actions import (
    amend,
    recount_registrations,
    reopen_draft,
    sign_off,
    submit,
    submit_many,
    withdraw,
)
from kheo.exemplars.enums import State
from kheo.exemplars.models import RegistrationTally, Submission
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.enums import Form, LatePolicy, UnitState


def test_submission_is_kept_counted_and_audited(stage):
    row = stage.registration(State.SIGNED_OFF)
    submit(registration=row, by=stage.clerk, at=IN_TIME)
    row.refresh_from_db()
    part = stage.part()
    assert (row.state, row.is_registered, row.is_late) == (State.SUBMITTED, True, False)
    assert (part.state, part.registered) == (UnitState.SUBMITTED, 1)
    assert part.first_submitted_at == IN_TIME
    kept = Submission.objects.get(registration=row)
    assert kept.content["name"] == row.name
    entry = Entry.objects.get(verb="registration.submit")
    assert (entry.record_id, entry.seat_id) == (row.pk, stage.clerk.pk)
    superiors = set(
        RegistrationTally.objects.filter(count=1).values_list("organisation", flat=True)
    )
    assert superiors == {stage.cast.province.pk, stage.cast.district.pk, row.organisation_id}
    assert recount_registrations() == []


def test_second_click_changes_nothing(stage):
    row = stage.registration(State.SIGNED_OFF)
    for _click in range(2):
        submit(registration=row, by=stage.clerk, at=IN_TIME)
    assert Submission.objects.filter(registration=row).count() == 1
    assert Entry.objects.filter(verb="registration.submit").count() == 1
    assert stage.part().registered == 1


def test_incomplete_draft_is_not_signed_and_reason_names_what_is_missing(stage):
    row = make_draft(stage.part(), stage.clerk, content="", ends="31/4/2024")
    with pytest.raises(NotAllowedError) as refusal:
        sign_off(registration=row, by=stage.head, at=IN_TIME)
    assert "Nội dung thực hiện" in str(refusal.value)
    assert "31/4/2024" in str(refusal.value)


def test_clerk_does_not_sign(stage):
    row = stage.registration(State.DRAFT)
    with pytest.raises(NotAllowedError):
        sign_off(registration=row, by=stage.clerk, at=IN_TIME)


def test_late_submission_is_marked_where_the_round_accepts_it(stage):
    row = stage.registration(State.SIGNED_OFF)
    submit(registration=row, by=stage.head, at=TOO_LATE)
    row.refresh_from_db()
    assert row.is_late
    assert stage.part().submitted_late


def test_late_submission_is_refused_where_the_round_says_so(stage):
    row = stage.registration(State.SIGNED_OFF)
    stage.round.late_policy = LatePolicy.REFUSE
    stage.round.save()
    with pytest.raises(NotAllowedError, match="27/02/2024"):
        submit(registration=row, by=stage.head, at=TOO_LATE)


def test_quota_maximum_holds_and_preview_counts_those_sent_before(stage):
    rows = [stage.registration(State.SIGNED_OFF, name=f"Mô hình {n}") for n in range(6)]
    with pytest.raises(NotAllowedError, match="5"):
        submit_many(registrations=rows, by=stage.head, at=IN_TIME)
    assert stage.part().registered == 0
    submit_many(registrations=rows[:5], by=stage.head, at=IN_TIME)
    assert stage.part().registered == 5
    with pytest.raises(NotAllowedError):
        submit(registration=rows[5], by=stage.head, at=IN_TIME)


def test_correction_after_return_answers_remarks_and_keeps_both_versions(stage):
    row = stage.registration(State.RETURNED)
    assert stage.part().state == UnitState.RETURNED
    sign_off(registration=row, by=stage.head, at=IN_TIME)
    assert stage.part().state == UnitState.RETURNED
    submit(registration=row, by=stage.head, at=IN_TIME)
    row.refresh_from_db()
    assert row.return_due_on is None
    assert not row.remarks.filter(answered_at=None).exists()
    assert list(row.submissions.values_list("sequence", flat=True)) == [1, 2]
    assert stage.part().state == UnitState.SUBMITTED


def test_reopened_correction_is_returned_again_not_draft(stage):
    row = stage.registration(State.RETURNED)
    sign_off(registration=row, by=stage.head, at=IN_TIME)
    assert reopen_draft(registration=row, by=stage.clerk, at=IN_TIME).state == State.RETURNED
    other = stage.registration(State.SIGNED_OFF)
    assert reopen_draft(registration=other, by=stage.clerk, at=IN_TIME).state == State.DRAFT


def test_withdrawn_registration_counts_no_more_and_needs_a_reason(stage):
    row = stage.registration(State.SUBMITTED)
    with pytest.raises(NotAllowedError):
        withdraw(registration=row, reason=" ", by=stage.head, at=IN_TIME)
    withdraw(registration=row, reason="Không còn thực hiện", by=stage.head, at=IN_TIME)
    part = stage.part()
    assert (part.state, part.registered) == (UnitState.NOT_STARTED, 0)
    assert Entry.objects.get(verb="registration.withdraw").reason == "Không còn thực hiện"
    assert recount_registrations() == []


def test_amended_registration_goes_back_to_draft_and_stays_counted(stage):
    row = stage.registration(State.ACCEPTED)
    amend(registration=row, reason="Đổi địa điểm", by=stage.head, at=IN_TIME)
    row.refresh_from_db()
    assert (row.state, row.is_registered) == (State.DRAFT, True)
    assert (stage.part().state, stage.part().accepted) == (UnitState.DRAFT, 0)
    assert recount_registrations() == []


def test_individual_needs_the_person(stage):
    row = make_draft(stage.part(), stage.clerk, form=Form.INDIVIDUAL, full_name="")
    with pytest.raises(NotAllowedError, match="Tên cá nhân"):
        sign_off(registration=row, by=stage.head, at=IN_TIME)


def test_submission_costs_few_statements(stage, django_assert_max_num_queries):
    row = stage.registration(State.SIGNED_OFF)
    with django_assert_max_num_queries(14):
        submit(registration=row, by=stage.head, at=IN_TIME)
