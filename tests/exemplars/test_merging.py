"""Two models become one: both units keep their registrations, every sum counts it once."""

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.factories.accounts import HANOI
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.organisations import make_cast
from tests.factories.rounds import make_s4_round, part_of

from kheo.audit.models import Entry
from kheo.exemplars.actions import (
    AlreadyRegisteredError,
    StalePairError,
    accept,
    amend,
    compare_waiting,
    copy_forward,
    decline,
    merge_exemplars,
    reconsider,
    recount_registrations,
    replicate,
    undo_merge,
    withdraw,
)
from kheo.exemplars.enums import State
from kheo.exemplars.models import Exemplar, LikenessPair, Registration, RegistrationTally
from kheo.exemplars.queries.earlier import continuable_registrations
from kheo.exemplars.queries.listing import filtered_registrations, tallied_total
from kheo.exemplars.queries.merging import owners_of
from kheo.notices.models import Notice
from kheo.organisations.rules import NotAllowedError
from kheo.rounds.actions.tallies import recount_participations

LATER = IN_TIME + timedelta(days=1)
NEXT = datetime(2025, 2, 20, 9, 0, tzinfo=HANOI)
NAME = "Tuyến đường hoa phụ nữ tự quản"


def pair_of(stage, *places, state=State.SUBMITTED) -> LikenessPair:
    for place in places or (0, 1):
        stage.registration(state, unit=stage.cast.communes[place], name=NAME)
    compare_waiting()
    return LikenessPair.objects.select_related("first", "second").order_by("pk").first()


def merge(stage, pair, at=LATER) -> Exemplar:
    return merge_exemplars(pair=pair, version=pair.version, by=stage.officer, at=at)


def counted(organisation) -> int:
    rows = RegistrationTally.objects.filter(organisation=organisation).exclude(state="withdrawn")
    return sum(rows.values_list("count", flat=True))


def test_merged_model_counts_once_above_and_once_in_each_unit(stage):
    kept = merge(stage, pair_of(stage))
    one, other = stage.cast.communes[:2]
    assert (counted(one), counted(other)) == (1, 1)
    assert (counted(stage.cast.district), counted(stage.cast.province)) == (1, 1)
    assert recount_registrations() == []
    assert set(owners_of(kept)) == {one, other}
    assert {part.registered for part in (stage.part(one), stage.part(other))} == {1}
    assert recount_participations(round=stage.round) == 0
    assert set(kept.registrations.values_list("organisation", flat=True)) == {one.pk, other.pk}


def test_list_of_what_is_counted_has_as_many_rows_as_the_figure(stage):
    merge(stage, pair_of(stage))
    registered = {"state": "registered", "year": 2024}
    assert filtered_registrations(stage.officer, registered).count() == 1
    assert tallied_total(stage.officer, registered) == 1
    assert filtered_registrations(stage.officer, {}).count() == 2
    own = filtered_registrations(stage.officer, registered, stage.cast.communes[1])
    assert own.count() == 1


def test_merging_is_told_to_both_units_and_stands_in_the_history(stage):
    pair = pair_of(stage)
    merge(stage, pair)
    told = Notice.objects.filter(subject__contains=NAME).values_list("organisation", flat=True)
    assert stage.cast.communes[0].pk in told
    assert Entry.objects.filter(verb="registration.merge").count() == 1
    assert Entry.objects.filter(verb="registration.decide-likeness").count() == 2


def test_three_units_share_one_model_and_each_superior_counts_it_once(stage):
    merge(stage, pair_of(stage, 0, 1, 2))
    pair = LikenessPair.objects.filter(decision="").select_related("first", "second").first()
    if pair.first.exemplar_id == pair.second.exemplar_id:
        pair = LikenessPair.objects.filter(decision="").exclude(pk=pair.pk).first()
    merge(stage, pair, LATER + timedelta(hours=1))
    assert counted(stage.cast.district) == 1
    assert [counted(commune) for commune in stage.cast.communes] == [1, 1, 1]
    assert recount_registrations() == []


def test_undo_gives_every_count_and_model_back(stage):
    pair = pair_of(stage)
    before = dict(Registration.objects.values_list("pk", "exemplar"))
    merge(stage, pair)
    gone = Exemplar.objects.get(merged_into__isnull=False)
    undo_merge(exemplar=gone, by=stage.officer, at=LATER)
    assert dict(Registration.objects.values_list("pk", "exemplar")) == before
    assert counted(stage.cast.district) == 2
    assert recount_registrations() == []
    assert LikenessPair.objects.get().decision == ""
    with pytest.raises(NotAllowedError):
        undo_merge(exemplar=gone, by=stage.officer, at=LATER)


def test_what_was_built_on_a_merging_keeps_it(stage):
    kept = merge(stage, pair_of(stage, state=State.ACCEPTED))
    third = stage.cast.communes[2]
    replicate(
        exemplar=kept,
        participation=stage.part(third),
        by=stage.head_of(third),
        at=LATER + timedelta(hours=1),
    )
    gone = Exemplar.objects.get(merged_into__isnull=False)
    with pytest.raises(NotAllowedError):
        undo_merge(exemplar=gone, by=stage.officer, at=LATER + timedelta(hours=2))


def test_only_officers_above_both_units_merge_and_undo(stage):
    pair = pair_of(stage)
    for seat in (stage.clerk, stage.head, stage.cast.stranger, stage.cast.leader):
        with pytest.raises(NotAllowedError):
            merge_exemplars(pair=pair, version=pair.version, by=seat, at=LATER)
    merge(stage, pair)
    gone = Exemplar.objects.get(merged_into__isnull=False)
    for seat in (stage.clerk, stage.cast.stranger):
        with pytest.raises(NotAllowedError):
            undo_merge(exemplar=gone, by=seat, at=LATER)


def test_second_of_two_officers_is_told_that_it_is_decided(stage):
    pair = pair_of(stage)
    merge(stage, pair)
    with pytest.raises(StalePairError):
        merge(stage, pair)


def test_entry_that_counts_for_others_is_not_taken_out(stage):
    pair = pair_of(stage)
    merge(stage, pair)
    leading = Registration.objects.get(uncounted_path="")
    following = Registration.objects.exclude(uncounted_path="").get()
    with pytest.raises(NotAllowedError, match=r"."):
        decline(registration=leading, reason="Trùng.", by=stage.officer, at=LATER)
    head = stage.head_of(leading.organisation)
    with pytest.raises(NotAllowedError):
        withdraw(registration=leading, reason="Thôi.", by=head, at=LATER)
    decline(registration=following, reason="Trùng.", by=stage.officer, at=LATER)
    assert counted(stage.cast.district) == 1
    assert recount_registrations() == []


def test_each_unit_may_continue_a_shared_model_but_only_one_enters_it(stage):
    merge(stage, pair_of(stage, state=State.ACCEPTED))
    round = make_s4_round(
        stage.cast, period=stage.round.period, year=2025, opens_on=date(2024, 1, 2)
    )
    round.participations.update(due_on=date(2025, 2, 27))
    parts = [part_of(round, commune) for commune in stage.cast.communes[:2]]
    offered = [continuable_registrations(part).get() for part in parts]
    assert [row.organisation_id for row in offered] == [part.organisation_id for part in parts]
    first, second = (stage.head_of(commune) for commune in stage.cast.communes[:2])
    copy_forward(registration=offered[0], participation=parts[0], by=first, at=NEXT)
    with pytest.raises(AlreadyRegisteredError):
        copy_forward(registration=offered[1], participation=parts[1], by=second, at=NEXT)


class Sharing(RuleBasedStateMachine):
    """Merging, undoing and ordinary deeds in any order keep every count right."""

    @initialize()
    def register(self) -> None:
        self.stage = Stage(make_cast())
        for commune in self.stage.cast.communes:
            self.stage.registration(State.SUBMITTED, unit=commune, name=NAME)
        compare_waiting()
        self.hours = 0

    @rule(place=st.integers(0, 2))
    def merge(self, place: int) -> None:
        pairs = LikenessPair.objects.select_related("first", "second").order_by("pk")
        if place < len(pairs):
            self._try(merge_exemplars, pair=pairs[place], version=pairs[place].version)

    @rule()
    def undo(self) -> None:
        if gone := Exemplar.objects.filter(merged_into__isnull=False).order_by("-pk").first():
            self._try(undo_merge, exemplar=gone)

    @rule(place=st.integers(0, 2), deed=st.sampled_from([accept, decline, reconsider, amend]))
    def decide(self, place: int, deed) -> None:
        row = Registration.objects.order_by("pk")[place]
        words = {} if deed is accept else {"reason": "Có lý do"}
        by = self.stage.head_of(row.organisation) if deed is amend else self.stage.officer
        self._try(deed, registration=row, by=by, **words)

    @invariant()
    def counts_are_right(self) -> None:
        if not hasattr(self, "stage"):
            return
        assert recount_registrations() == []
        assert recount_participations(round=self.stage.round) == 0
        living = Registration.objects.exclude(state="declined")
        models = living.values("exemplar").distinct().count()
        live = RegistrationTally.objects.filter(organisation=self.stage.cast.district)
        assert sum(live.exclude(state="declined").values_list("count", flat=True)) == models

    def _try(self, deed, **words) -> None:
        self.hours += 1
        words.setdefault("by", self.stage.officer)
        try:
            with transaction.atomic():
                deed(at=LATER + timedelta(hours=self.hours), **words)
        except (NotAllowedError, StalePairError):
            pass


def test_any_order_of_mergings_and_deeds_keeps_every_count(db):
    class Isolated(Sharing):
        def __init__(self) -> None:
            super().__init__()
            self.savepoint = transaction.savepoint()

        def teardown(self) -> None:
            transaction.savepoint_rollback(self.savepoint)

    run_state_machine_as_test(
        Isolated,
        settings=settings(
            max_examples=8,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
