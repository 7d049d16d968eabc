"""Continuing models of earlier years, and replicating those of other units."""

from datetime import date, datetime

import pytest
from tests.factories.accounts import HANOI
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.rounds import make_s4_round, part_of

from kheo.exemplars.actions import (
    AlreadyRegisteredError,
    copy_forward,
    copy_forward_all,
    replicate,
)
from kheo.exemplars.enums import Continuity, State
from kheo.exemplars.models import Exemplar
from kheo.exemplars.queries.earlier import (
    continuable_by_part,
    continuable_registrations,
    replicable_exemplars,
)
from kheo.organisations.models import Event, Succession
from kheo.organisations.rules import NotAllowedError

NEXT = datetime(2025, 2, 20, 9, 0, tzinfo=HANOI)


@pytest.fixture
def next_part(stage: Stage):
    period = stage.round.period
    round = make_s4_round(stage.cast, period=period, year=2025, opens_on=date(2024, 1, 2))
    round.participations.update(due_on=date(2025, 2, 27))
    return part_of(round, stage.cast.communes[0])


def test_all_accepted_models_go_on_with_one_step_and_only_once(stage, next_part):
    first = stage.registration(State.ACCEPTED, name="Một")
    stage.registration(State.DECLINED, name="Không nhận")
    stage.registration(State.SUBMITTED, name="Hai")
    rows = copy_forward_all(participation=next_part, by=stage.clerk, at=NEXT)
    assert {row.name for row in rows} == {"Một", "Hai"}
    row = next(row for row in rows if row.name == "Một")
    assert (row.exemplar_id, row.previous_id) == (first.exemplar_id, first.pk)
    assert (row.state, row.continuity, row.content) == ("draft", "kept", first.content)
    assert row.starts == ""
    assert copy_forward_all(participation=next_part, by=stage.clerk, at=NEXT) == []
    assert not continuable_registrations(next_part).exists()


def test_many_units_are_told_at_once_what_each_may_continue(stage, next_part):
    own, other = stage.cast.communes[:2]
    entered = stage.registration(State.ACCEPTED, name="Một")
    for name, state in (("Hai", State.SUBMITTED), ("Ba", State.ACCEPTED), ("Bốn", State.DECLINED)):
        stage.registration(state, name=name)
    stage.registration(State.ACCEPTED, unit=other, name="Của xã khác")
    event = Event.objects.create(kind="merge", happened_on=date(2024, 7, 1))
    Succession.objects.create(event=event, predecessor=other, successor=own)
    copy_forward(registration=entered, participation=next_part, by=stage.clerk, at=NEXT)
    parts = [next_part, part_of(next_part.round, other)]
    told = continuable_by_part(parts)
    assert told == {part.pk: list(continuable_registrations(part)) for part in parts}
    assert {row.name for row in told[next_part.pk]} == {"Hai", "Ba", "Của xã khác"}
    assert [row.name for row in told[parts[1].pk]] == ["Của xã khác"]
    assert continuable_by_part([]) == {}


def test_a_model_is_entered_once_in_a_round_with_a_clear_message(stage, next_part):
    row = stage.registration(State.ACCEPTED, name="Đường hoa")
    copy_forward(registration=row, participation=next_part, by=stage.clerk, at=NEXT)
    with pytest.raises(AlreadyRegisteredError, match="Đường hoa"):
        copy_forward(registration=row, participation=next_part, by=stage.clerk, at=NEXT)
    with pytest.raises(AlreadyRegisteredError):
        copy_forward(registration=row, participation=stage.part(), by=stage.clerk, at=IN_TIME)


def test_time_reaching_into_the_new_year_is_taken_over(stage, next_part):
    row = stage.registration(State.ACCEPTED, ends="Tháng 6/2025")
    copied = copy_forward(
        registration=row,
        participation=next_part,
        continuity=Continuity.NEW,
        by=stage.clerk,
        at=NEXT,
    )
    assert (copied.ends, copied.continuity) == ("Tháng 6/2025", "new")


def test_other_units_models_are_not_continued(stage, next_part):
    theirs = stage.registration(State.ACCEPTED, unit=stage.cast.communes[1])
    with pytest.raises(NotAllowedError):
        copy_forward(registration=theirs, participation=next_part, by=stage.clerk, at=NEXT)


def test_accepted_model_of_another_unit_is_found_and_replicated(stage):
    source = stage.registration(State.ACCEPTED, unit=stage.cast.communes[1], name="Tiếng kẻng")
    found = replicable_exemplars(stage.clerk, "tieng keng")
    assert [row.pk for row in found] == [source.pk]
    row = replicate(
        exemplar=source.exemplar, participation=stage.part(), by=stage.clerk, at=IN_TIME
    )
    assert row.replicated_from == source.exemplar
    assert (row.continuity, row.name, row.address) == ("replicated", "Tiếng kẻng", "")
    assert Exemplar.objects.get(pk=row.exemplar_id).replicated_from == source.exemplar


def test_model_that_was_never_accepted_is_not_replicated_by_strangers(stage):
    draft = stage.registration(State.DRAFT, unit=stage.cast.communes[1])
    assert not replicable_exemplars(stage.clerk, "").exists()
    with pytest.raises(NotAllowedError):
        replicate(exemplar=draft.exemplar, participation=stage.part(), by=stage.clerk, at=IN_TIME)
