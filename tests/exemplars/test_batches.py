"""One deed on many registrations: previewed, done all or none, traced, and undone."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories.exemplars import IN_TIME, make_draft
from tests.factories.organisations import SeatFactory
from tests.factories.rounds import make_s4_round, part_of

from kheo.audit.models import Entry
from kheo.exemplars.actions import (
    StalePreviewError,
    accept,
    discard_draft,
    do_batch,
    recount_registrations,
    save_draft,
    undo_batch,
)
from kheo.exemplars.enums import BatchDeed, Continuity, State
from kheo.exemplars.models import Batch, Registration, Remark
from kheo.exemplars.queries.batches import (
    assignable_seats,
    chosen_registrations,
    plan_batch,
    undo_lines,
)
from kheo.exemplars.rules.batches import Terms
from kheo.notices.models import Notice
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.actions.tallies import recount_participations
from kheo.rounds.enums import UnitState

LATER = IN_TIME + timedelta(hours=1)
RETURNED = Terms(text="Nêu rõ cách vận động.", item="content", due_on=date(2024, 3, 1))


def rows_of(stage, count=3, state=State.SUBMITTED):
    return [stage.registration(state, unit=stage.cast.communes[index]) for index in range(count)]


def plan(deed, rows, seat, terms=None, at=IN_TIME):
    found = chosen_registrations(seat, [row.pk for row in rows])
    return plan_batch(deed, seat, found, terms or Terms(), at)


def do(deed, rows, seat, terms=None, at=IN_TIME):
    seen = plan(deed, rows, seat, terms, at).seen
    return do_batch(deed=deed, seen=seen, terms=terms or Terms(), by=seat, at=at)


def fresh(rows):
    return [Registration.objects.get(pk=row.pk) for row in rows]


def assert_counts_hold(stage):
    assert recount_registrations() == []
    assert recount_participations(round=stage.round) == 0


def test_preview_says_what_changes_and_why_the_rest_stays(stage):
    waiting, done = rows_of(stage, 1)[0], stage.registration(State.ACCEPTED)
    seen = plan(BatchDeed.ACCEPT, [waiting, done], stage.officer)
    [line] = seen.ready
    assert line.row == waiting
    assert [(change.before, change.after) for change in line.changes] == [("đã gửi", "chấp nhận")]
    [left] = seen.skipped
    assert left.row == done
    assert "chấp nhận" in str(left.verdict.reason)
    assert fresh([waiting])[0].state == State.SUBMITTED


def test_accepting_many_settles_tallies_tells_each_unit_and_leaves_a_trace(stage):
    rows = rows_of(stage)
    before = Notice.objects.count()
    batch = do(BatchDeed.ACCEPT, rows, stage.officer)
    assert {row.state for row in fresh(rows)} == {State.ACCEPTED}
    assert {row.decided_at for row in fresh(rows)} == {IN_TIME}
    assert_counts_hold(stage)
    assert stage.part().state == UnitState.ACCEPTED
    assert Entry.objects.filter(verb="registration.accept").count() == 3
    assert Entry.objects.get(verb="batch.do").record_id == batch.pk
    assert Notice.objects.count() > before
    assert Notice.objects.filter(user=stage.clerk.user).latest("pk").subject.startswith("Đã chấp")


def test_returning_many_writes_the_same_remark_on_each(stage):
    rows = rows_of(stage)
    do(BatchDeed.RETURN, rows, stage.officer, RETURNED)
    assert [(row.state, row.return_due_on) for row in fresh(rows)] == [
        (State.RETURNED, RETURNED.due_on)
    ] * 3
    assert set(Remark.objects.values_list("item", "text")) == {("content", RETURNED.text)}
    assert Remark.objects.count() == 3
    assert_counts_hold(stage)


@pytest.mark.parametrize(
    ("deed", "terms"),
    [
        (BatchDeed.RETURN, Terms(text=" ", due_on=date(2024, 3, 1))),
        (BatchDeed.RETURN, Terms(text="Sửa", due_on=date(2024, 1, 1))),
        (BatchDeed.RETURN, Terms(text="Sửa", item="ghost", due_on=date(2024, 3, 1))),
        (BatchDeed.DECLINE, Terms()),
        (BatchDeed.ASSIGN, Terms()),
        (BatchDeed.CHANGE_FIELD, Terms(field="sport")),
        (BatchDeed.COPY_FORWARD, Terms()),
    ],
)
def test_deed_without_what_it_asks_for_is_refused(stage, deed, terms):
    [row] = rows_of(stage, 1)
    with pytest.raises(NotAllowedError):
        do_batch(deed=deed, seen={row.pk: row.version}, terms=terms, by=stage.officer, at=IN_TIME)
    assert not Batch.objects.exists()


def test_declining_many_keeps_the_reason(stage):
    rows = rows_of(stage, 2)
    do(BatchDeed.DECLINE, rows, stage.officer, Terms(text="Trùng nội dung."))
    assert {row.state for row in fresh(rows)} == {State.DECLINED}
    entries = Entry.objects.filter(verb="registration.decline")
    assert {entry.reason for entry in entries} == {"Trùng nội dung."}


def test_assigning_names_who_checks_and_tells_them(stage):
    rows = rows_of(stage)
    other = SeatFactory(organisation=stage.officer.organisation, role=Role.OFFICER)
    assert other in assignable_seats(stage.officer, IN_TIME)
    do(BatchDeed.ASSIGN, rows, stage.officer, Terms(assignee=other))
    assert {row.assignee_id for row in fresh(rows)} == {other.pk}
    assert {row.state for row in fresh(rows)} == {State.SUBMITTED}
    assert "3 bản đăng ký" in Notice.objects.get(user=other.user).subject
    again = plan(BatchDeed.ASSIGN, rows, stage.officer, Terms(assignee=other))
    assert not again.ready


def test_only_who_checks_a_unit_can_be_given_its_registrations(stage):
    [row] = rows_of(stage, 1)
    seen = plan(BatchDeed.ASSIGN, [row], stage.officer, Terms(assignee=stage.head))
    assert not seen.ready
    assert "không" in str(seen.skipped[0].verdict.reason)


def test_field_is_changed_by_the_officer_while_it_waits_and_tallies_follow(stage):
    rows = rows_of(stage, 2)
    do(BatchDeed.CHANGE_FIELD, rows, stage.officer, Terms(field="culture_society"))
    assert {row.field for row in fresh(rows)} == {"culture_society"}
    assert_counts_hold(stage)
    entry = Entry.objects.filter(verb="registration.change-field").first()
    assert (entry.before, entry.after) == ({"field": "economy"}, {"field": "culture_society"})


def test_field_is_changed_by_the_unit_only_in_its_drafts(stage):
    draft, sent = stage.registration(State.DRAFT), stage.registration(State.SUBMITTED)
    seen = plan(BatchDeed.CHANGE_FIELD, [draft, sent], stage.clerk, Terms(field="culture_society"))
    assert [line.row for line in seen.ready] == [draft]
    assert [line.row for line in seen.skipped] == [sent]


def test_stranger_chooses_nothing_outside_the_reach(stage):
    rows = rows_of(stage)
    assert chosen_registrations(stage.cast.stranger, [row.pk for row in rows]) == []
    with pytest.raises(StalePreviewError):
        do_batch(
            deed=BatchDeed.ACCEPT,
            seen={row.pk: row.version for row in rows},
            terms=Terms(),
            by=stage.cast.stranger,
            at=IN_TIME,
        )


def test_what_another_decided_meanwhile_is_not_written_over(stage):
    rows = rows_of(stage)
    seen = plan(BatchDeed.RETURN, rows, stage.officer, RETURNED)
    accept(registration=rows[1], by=stage.officer, at=IN_TIME)
    with pytest.raises(StalePreviewError):
        do_batch(
            deed=BatchDeed.RETURN, seen=seen.seen, terms=RETURNED, by=stage.officer, at=IN_TIME
        )
    assert [row.state for row in fresh(rows)] == [State.SUBMITTED, State.ACCEPTED, State.SUBMITTED]
    assert not Batch.objects.exists()
    assert plan(BatchDeed.RETURN, rows, stage.officer, RETURNED).token != seen.token


def test_token_is_another_for_other_terms(stage):
    rows = rows_of(stage)
    first = plan(BatchDeed.RETURN, rows, stage.officer, RETURNED)
    assert first.token == plan(BatchDeed.RETURN, rows, stage.officer, RETURNED, LATER).token
    other = Terms(text="Khác", due_on=date(2024, 3, 1))
    assert first.token != plan(BatchDeed.RETURN, rows, stage.officer, other).token


def test_undoing_puts_everything_back_and_says_so(stage):
    rows = rows_of(stage)
    before = [(row.state, row.signed_off_at, row.signed_off_by_id) for row in fresh(rows)]
    batch = do(BatchDeed.RETURN, rows, stage.officer, RETURNED)
    assert undo_batch(batch=batch, by=stage.officer, at=LATER) == (3, 0)
    after = fresh(rows)
    assert [(row.state, row.signed_off_at, row.signed_off_by_id) for row in after] == before
    assert {row.return_due_on for row in after} == {None}
    assert not Remark.objects.exists()
    assert_counts_hold(stage)
    assert Entry.objects.filter(verb="registration.undo").count() == 3
    assert Entry.objects.filter(verb="batch.undo").count() == 1
    assert stage.part().state == UnitState.SUBMITTED
    with pytest.raises(NotAllowedError):
        undo_batch(batch=batch, by=stage.officer, at=LATER)


def test_undo_leaves_what_others_built_on(stage):
    rows = rows_of(stage)
    batch = do(BatchDeed.RETURN, rows, stage.officer, RETURNED)
    edited = fresh(rows)[0]
    save_draft(
        registration=edited,
        values={"scope": "Thôn Mới"},
        version=edited.version,
        by=stage.head,
        at=LATER,
    )
    verdicts = {item.registration_id: verdict for item, verdict in undo_lines(batch, stage.officer)}
    assert not verdicts[edited.pk]
    assert undo_batch(batch=batch, by=stage.officer, at=LATER) == (2, 1)
    assert [row.state for row in fresh(rows)] == [
        State.RETURNED,
        State.SUBMITTED,
        State.SUBMITTED,
    ]
    assert fresh(rows)[0].scope == "Thôn Mới"


def test_undo_is_refused_where_all_was_built_on_or_another_did_it(stage):
    [row] = rows_of(stage, 1)
    batch = do(BatchDeed.ACCEPT, [row], stage.officer)
    other = SeatFactory(organisation=stage.officer.organisation, role=Role.OFFICER)
    with pytest.raises(NotAllowedError):
        undo_batch(batch=batch, by=other, at=LATER)
    Registration.objects.filter(pk=row.pk).update(version=99)
    with pytest.raises(NotAllowedError):
        undo_batch(batch=batch, by=stage.officer, at=LATER)
    assert fresh([row])[0].state == State.ACCEPTED


@pytest.fixture
def next_part(stage):
    period = stage.round.period
    round = make_s4_round(stage.cast, period=period, year=2025, opens_on=date(2024, 1, 2))
    round.participations.update(due_on=date(2025, 2, 27))
    return part_of(round, stage.cast.communes[0])


def test_continuing_many_makes_drafts_that_undoing_throws_away(stage, next_part):
    rows = [stage.registration(State.ACCEPTED), stage.registration(State.SUBMITTED)]
    terms = Terms(participation=next_part, continuity=Continuity.KEPT)
    batch = do(BatchDeed.COPY_FORWARD, rows, stage.clerk, terms)
    made = Registration.objects.filter(previous__in=rows)
    assert [(row.state, row.year) for row in made] == [(State.DRAFT, 2025)] * 2
    assert not plan(BatchDeed.COPY_FORWARD, rows, stage.clerk, terms).ready
    assert undo_batch(batch=batch, by=stage.clerk, at=LATER) == (2, 0)
    assert not Registration.objects.filter(previous__in=rows).exists()


def test_draft_thrown_away_since_is_not_undone(stage, next_part):
    rows = [stage.registration(State.ACCEPTED), stage.registration(State.SUBMITTED)]
    batch = do(BatchDeed.COPY_FORWARD, rows, stage.clerk, Terms(participation=next_part))
    thrown = Registration.objects.get(previous=rows[0])
    discard_draft(registration=thrown, by=stage.clerk, at=LATER)
    assert undo_batch(batch=batch, by=stage.clerk, at=LATER) == (1, 1)


def test_only_own_earlier_submitted_registrations_are_continued(stage, next_part):
    draft = make_draft(stage.part(), stage.clerk)
    theirs = stage.registration(State.ACCEPTED, unit=stage.cast.communes[1])
    same_year = stage.registration(State.ACCEPTED)
    Registration.objects.filter(pk=same_year.pk).update(year=2025)
    terms = Terms(participation=next_part)
    rows = fresh([draft, theirs, same_year])
    seen = plan_batch(BatchDeed.COPY_FORWARD, stage.clerk, rows, terms, IN_TIME)
    assert not seen.ready
    assert len({str(line.verdict.reason) for line in seen.skipped}) == 3


def test_acceptance_others_continued_is_not_undone(stage, next_part):
    row = stage.registration(State.SUBMITTED)
    batch = do(BatchDeed.ACCEPT, [row], stage.officer)
    do(BatchDeed.COPY_FORWARD, [row], stage.clerk, Terms(participation=next_part), LATER)
    [(_item, verdict)] = undo_lines(batch, stage.officer)
    assert not verdict


def test_statements_do_not_grow_with_the_rows(stage):
    counts = []
    for units, each in ((2, 1), (3, 2)):
        rows = [row for _ in range(each) for row in rows_of(stage, units)]
        seen = plan(BatchDeed.ACCEPT, rows, stage.officer).seen
        with CaptureQueriesContext(connection) as statements:
            do_batch(deed=BatchDeed.ACCEPT, seen=seen, terms=Terms(), by=stage.officer, at=IN_TIME)
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_too_many_or_none_are_refused(stage):
    for seen in ({}, dict.fromkeys(range(1, 5002), 1)):
        with pytest.raises(NotAllowedError):
            do_batch(deed=BatchDeed.ACCEPT, seen=seen, terms=Terms(), by=stage.officer, at=IN_TIME)
