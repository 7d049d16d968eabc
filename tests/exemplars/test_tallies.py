"""Tallies hold what registrations say, whatever is done in whatever order by whomever at once."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.db.models import F
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.organisations import level_of, make_cast

from kheo.exemplars.actions import (
    accept,
    amend,
    autosave_draft,
    decline,
    reconsider,
    recount_registrations,
    reopen_draft,
    return_registration,
    sign_off,
    submit,
    withdraw,
)
from kheo.exemplars.enums import Deed, State
from kheo.exemplars.models import Registration, RegistrationTally, Submission
from kheo.exemplars.rules import TRANSITIONS, Side, counts_by_level, unit_state
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.actions.tallies import recount_participations


def test_recount_finds_and_repairs_a_wrong_tally(stage):
    stage.registration(State.SUBMITTED)
    province = stage.cast.province.pk
    RegistrationTally.objects.filter(organisation=province).update(count=F("count") + 5)
    [gap] = recount_registrations(year=2024)
    assert (gap.kept, gap.counted) == (6, 1)
    recount_registrations(repair=True)
    assert recount_registrations() == []
    assert RegistrationTally.objects.get(organisation=province, count__gt=0).count == 1


def test_sum_of_the_parts_is_the_whole(stage):
    for commune in stage.cast.communes:
        stage.registration(State.SUBMITTED, unit=commune)
        stage.registration(State.ACCEPTED, unit=commune)
    kept = dict(
        RegistrationTally.objects.filter(organisation=stage.cast.district).values_list(
            "state", "count"
        )
    )
    assert (kept["submitted"], kept["accepted"]) == (3, 3)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_sixteen_writers_lose_and_double_nothing():
    stage = Stage(make_cast())
    rows = [
        stage.registration(State.SIGNED_OFF, unit=commune, name=f"Mô hình {number}")
        for number in range(4)
        for commune in stage.cast.communes
    ]
    errors: list[BaseException] = []

    def write(row: Registration) -> None:
        try:
            head = stage.head_of(row.organisation)
            # two clicks of two people at once
            submit(registration=row, by=head, at=IN_TIME)
            accept(registration=row, by=stage.officer, at=IN_TIME)
        except BaseException as error:  # noqa: BLE001 - reported below
            errors.append(error)
        finally:
            connections.close_all()

    writers = [threading.Thread(target=write, args=(row,)) for row in rows for _click in "12"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert not [error for error in errors if not isinstance(error, NotAllowedError)]
    assert recount_registrations() == []
    assert Submission.objects.count() == len(rows)
    assert sum(part.registered for part in stage.round.participations.all()) == len(rows)
    assert recount_participations(round=stage.round) == 0


DEEDS = st.sampled_from(list(Deed))


class Deeds(RuleBasedStateMachine):
    """Any deeds in any order: refused ones change nothing, done ones keep every count right."""

    @initialize()
    def open_the_round(self) -> None:
        self.stage = Stage(make_cast())
        self.submitted = 0

    @rule(place=st.integers(0, 1))
    @precondition(lambda _machine: Registration.objects.count() < 6)
    def begin(self, place: int) -> None:
        unit = self.stage.cast.communes[place]
        self.stage.registration(State.DRAFT, unit=unit, name=f"Số {Registration.objects.count()}")

    @rule(place=st.integers(0, 5), deed=DEEDS)
    def do(self, place: int, deed: Deed) -> None:
        row = self._row(place)
        if row is None:
            return
        state = row.state
        try:
            self._act(row, deed)
        except NotAllowedError:
            row.refresh_from_db()
            assert row.state == state
            return
        self.submitted += deed == Deed.SUBMIT and state == State.SIGNED_OFF
        row.refresh_from_db()
        assert row.state in {TRANSITIONS[deed].target, State.RETURNED}

    @rule(place=st.integers(0, 5), level=st.sampled_from(["province", "district", "commune"]))
    def change_level(self, place: int, level: str) -> None:
        row = self._row(place)
        if row is not None and row.state in {State.DRAFT, State.RETURNED}:
            autosave_draft(
                registration=row,
                values={"level": level_of(level)},
                version=row.version,
                by=self.stage.head_of(row.organisation),
                at=IN_TIME,
            )

    @invariant()
    def counts_are_right(self) -> None:
        if not hasattr(self, "stage"):
            return
        assert recount_registrations() == []
        assert recount_participations(round=self.stage.round) == 0
        for part in self.stage.round.participations.all():
            rows = list(part.registrations.all())
            assert part.state == unit_state(rows)
            assert part.counts == counts_by_level(rows)
        assert Submission.objects.count() == self.submitted

    def _row(self, place: int) -> Registration | None:
        rows = list(Registration.objects.order_by("pk").select_related("organisation"))
        return rows[place] if place < len(rows) else None

    def _act(self, row: Registration, deed: Deed) -> None:
        act, words = ACTS[deed]
        unit_side = TRANSITIONS[deed].side == Side.UNIT
        by = self.stage.head_of(row.organisation) if unit_side else self.stage.officer
        act(registration=row, by=by, at=IN_TIME, **words)


REASON = {"reason": "Có lý do"}
ACTS = {
    Deed.SIGN_OFF: (sign_off, {}),
    Deed.REOPEN_DRAFT: (reopen_draft, {}),
    Deed.SUBMIT: (submit, {}),
    Deed.WITHDRAW: (withdraw, REASON),
    Deed.AMEND: (amend, REASON),
    Deed.RETURN: (
        return_registration,
        {"remarks": [("name", "Đặt tên gọn hơn.")], "due_on": IN_TIME.date()},
    ),
    Deed.ACCEPT: (accept, {}),
    Deed.DECLINE: (decline, REASON),
    Deed.RECONSIDER: (reconsider, REASON),
}


def test_any_order_of_deeds_keeps_every_count(db):
    class Isolated(Deeds):
        def __init__(self) -> None:
            super().__init__()
            self.savepoint = transaction.savepoint()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.savepoint)

    run_state_machine_as_test(
        Isolated,
        settings=settings(
            max_examples=12,
            stateful_step_count=18,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
