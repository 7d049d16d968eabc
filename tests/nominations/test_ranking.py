"""Ranking under the cap, stopping with a reason, and nobody losing what another one did."""

import threading

import pytest
from django.db import connection, connections, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories.nominations import LATER, Nominating
from tests.factories.organisations import SeatFactory, make_cast

from kheo.audit.queries import history_of
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.nominations.actions import (
    begin_nominations,
    clear_decision,
    order_nominations,
    put_forward,
    stop_models,
)
from kheo.nominations.enums import Standing
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.queries.candidates import candidates_of, undecided_of
from kheo.nominations.rules import (
    NominationError,
    StaleNominationsError,
    moved_by,
    places_left,
    typed_order,
)
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.models import Round


def ranks(row):
    up = row.nominations.filter(stands=Standing.NOMINATED).order_by("rank")
    return [(one.rank, one.registration.name) for one in up.select_related("registration")]


def test_what_is_registered_above_must_be_decided_and_anything_accepted_may_go_up(stage):
    high, low = stage.accepted()[0], stage.accepted(level="district")[0]
    stage.registration(State.SUBMITTED, name="Chưa chấp nhận")
    row = stage.begin()
    assert set(candidates_of(row)) == {high, low}
    assert list(undecided_of(row)) == [high]
    stage.forward(row, low)
    stage.stop(row, high, reason="Trùng mô hình năm trước.")
    assert ranks(row) == [(1, "Mô hình district 0.1")]
    assert row.nominations.get(registration=high).reason == "Trùng mô hình năm trước."
    assert not undecided_of(row).exists()
    assert [entry.verb for entry in history_of(row)] == [
        "nominations.stop",
        "nominations.put-forward",
        "nominations.begin",
    ]


def test_a_sixth_is_refused_until_one_stops(stage):
    models = stage.accepted(6)
    row = stage.begin()
    stage.forward(row, *models[:5])
    with pytest.raises(NominationError, match="không quá 5"):
        put_forward(row=row, registration=models[5], by=stage.officer, at=LATER)
    assert row.nominations.count() == 5
    stage.stop(row, models[1])
    stage.forward(row, models[5])
    order = [models[0], models[2], models[3], models[4], models[5]]
    assert [name for _rank, name in ranks(row)] == [one.name for one in order]
    assert [rank for rank, _name in ranks(row)] == [1, 2, 3, 4, 5]


def test_a_round_without_a_cap_takes_all(db):
    stage = Nominating(make_cast(), nomination_cap=None)
    row = stage.begin()
    stage.forward(row, *stage.accepted(6))
    assert len(ranks(row)) == 6
    assert places_left(None, row.nominations.all()) is None


def test_decisions_need_a_reason_and_a_candidate(stage):
    model = stage.accepted()[0]
    other = stage.registration(State.SUBMITTED)
    row = stage.begin()
    with pytest.raises(NominationError, match="lý do"):
        stage.stop(row, model, reason="  ")
    with pytest.raises(NominationError, match="đã được chấp nhận"):
        stage.forward(row, other)
    with pytest.raises(NominationError, match="ít nhất một"):
        stage.stop(row, other)
    stage.forward(row, model)
    with pytest.raises(NominationError, match="đã có trong danh sách"):
        stage.forward(row, model)
    clear_decision(row=row, registration=model, by=stage.officer, at=LATER)
    assert not row.nominations.exists()


def test_all_undecided_ones_stop_at_once(stage):
    first, *others = stage.accepted(3)
    row = stage.begin()
    stage.forward(row, first)
    assert stage.stop(row) == len(others)
    assert row.nominations.filter(stands=Standing.STOPPED).count() == 2


def test_a_second_window_is_told(stage):
    models = stage.accepted(2)
    row = stage.begin()
    stage.forward(row, models[0])
    for act, words in (
        (put_forward, {"registration": models[1]}),
        (clear_decision, {"registration": models[0]}),
        (order_nominations, {"wanted": []}),
        (stop_models, {"registrations": [models[1].pk], "reason": "Trùng."}),
    ):
        with pytest.raises(StaleNominationsError):
            act(row=row, seen_version=row.version, by=stage.officer, at=LATER, **words)
    assert len(ranks(row)) == 1


def test_only_the_body_s_own_people_draw_it_up(stage):
    stage.accepted()
    cast = stage.cast
    assert stage.begin() == stage.begin()
    begun = NominationList.objects.get()
    leader = cast.leader
    assert begin_nominations(round=stage.round, owner=cast.district, by=leader, at=LATER) == begun
    for seat in (stage.clerk, stage.head, cast.administrator, cast.stranger, stage.above):
        with pytest.raises(NotAllowedError):
            begin_nominations(round=stage.round, owner=cast.district, by=seat, at=LATER)
    officer = SeatFactory(organisation=cast.communes[0], role=Role.OFFICER)
    with pytest.raises(NominationError, match="trực thuộc"):
        # the commune itself is asked: it registers there
        begin_nominations(round=stage.round, owner=cast.communes[0], by=officer, at=LATER)


def test_steps_and_typed_numbers_give_the_order_meant():
    assert moved_by([7, 8, 9], 9, -1) == [7, 9, 8]
    assert moved_by([7, 8, 9], 7, -1) == [7, 8, 9]
    assert moved_by([7, 8, 9], 7, 1) == [8, 7, 9]
    assert moved_by([7, 8, 9], 5, 1) == [7, 8, 9]
    assert typed_order([7, 8, 9], {9: 1}) == [9, 7, 8]
    assert typed_order([7, 8, 9], {7: 3}) == [8, 9, 7]
    assert typed_order([7, 8, 9], {}) == [7, 8, 9]


DEEDS = st.lists(
    st.tuples(st.sampled_from(["forward", "stop", "clear", "cap"]), st.integers(0, 6)),
    max_size=14,
)


def test_the_cap_holds_whatever_is_done(stage):
    models = stage.accepted(7)
    row = stage.begin()

    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(DEEDS)
    def walk(deeds):
        mark = transaction.savepoint()
        for deed, place in deeds:
            before = row.nominations.filter(stands=Standing.NOMINATED).count()
            try:
                do(deed, place)
            except NominationError:
                continue
            cap = Round.objects.get(pk=stage.round.pk).nomination_cap
            after = row.nominations.filter(stands=Standing.NOMINATED).count()
            # lowering the cap takes nothing away, but nothing more goes up
            assert after <= max(cap, before)
            assert [rank for rank, _name in ranks(row)] == list(range(1, after + 1))
        transaction.savepoint_rollback(mark)

    def do(deed, place):
        if deed == "cap":
            Round.objects.filter(pk=stage.round.pk).update(nomination_cap=place)
        elif deed == "forward":
            stage.forward(row, models[place])
        elif deed == "stop":
            stage.stop(row, models[place])
        else:
            clear_decision(row=row, registration=models[place], by=stage.officer, at=LATER)

    walk()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
def test_two_officers_at_once_never_pass_the_cap():
    stage = Nominating(make_cast(), late_policy="accept")
    models = stage.accepted(8)
    row = stage.begin()
    officers = [stage.officer, stage.cast.leader]
    refused: list[BaseException] = []

    def write(model: Registration, by) -> None:
        try:
            put_forward(row=row, registration=model, by=by, at=LATER)
        except BaseException as error:  # noqa: BLE001 - looked at below
            refused.append(error)
        finally:
            connections.close_all()

    writers = [
        threading.Thread(target=write, args=(model, by)) for model in models for by in officers
    ]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert {type(error) for error in refused} == {NominationError}
    assert len(refused) == 2 * len(models) - 5
    up = Nomination.objects.filter(nomination_list=row, stands=Standing.NOMINATED)
    assert sorted(up.values_list("rank", flat=True)) == [1, 2, 3, 4, 5]
