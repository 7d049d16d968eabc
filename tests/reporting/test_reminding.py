"""A reminder goes only to units that owe something, within reach, and waits in the outbox."""

from datetime import date

import pytest
from tests.factories.organisations import Cast, make_cast
from tests.reporting.world import NOW, make_round, make_unit

from kheo.audit.models import Entry
from kheo.notices.models import Message, Notice
from kheo.organisations.rules import NotAllowedError
from kheo.reporting.actions import NobodyToRemindError, remind_units
from kheo.rounds.enums import RoundState, UnitState
from kheo.rounds.models import Round

pytestmark = pytest.mark.django_db
LATER = date(2024, 3, 5)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def round(cast: Cast) -> Round:
    return make_round(cast.district)


@pytest.mark.parametrize("state", UnitState)
def test_whoever_has_handed_in_is_left_in_peace(round: Round, cast: Cast, state: UnitState) -> None:
    unit = make_unit(round, cast.communes[0], state)
    owes = state in {"not_started", "draft", "signed_off", "returned"}
    if owes:
        message = remind_units(round=round, units=[unit], by=cast.officer, at=NOW)
        assert [each.pk for each in message.units.all()] == [cast.communes[0].pk]
    else:
        with pytest.raises(NobodyToRemindError):
            remind_units(round=round, units=[unit], by=cast.officer, at=NOW)
    assert Message.objects.exists() == owes


def test_the_reminder_is_written_for_the_committee_and_tells_nobody_yet(
    round: Round, cast: Cast
) -> None:
    units = [
        make_unit(round, cast.communes[0]),
        make_unit(round, cast.communes[1], UnitState.RETURNED, due_on=LATER),
    ]
    message = remind_units(round=round, units=units, by=cast.officer, at=NOW)
    assert message.sender == cast.district
    assert message.state == "draft"
    assert str(round.year) in message.subject
    assert round.title in message.body
    assert f"gửi về {cast.district.name}" in message.body
    assert "đến ngày 05/03/2024" in message.body
    assert not Notice.objects.exists()
    assert Entry.objects.get(verb="message.prepare").after["unit_count"] == 2


def test_the_receiver_of_the_round_is_named(round: Round, cast: Cast) -> None:
    round.receiver_name = "Ban Dân vận Huyện ủy"
    message = remind_units(
        round=round, units=[make_unit(round, cast.communes[0])], by=cast.officer, at=NOW
    )
    assert "(qua Ban Dân vận Huyện ủy)" in message.body
    assert "chậm nhất ngày 27/02/2024" in message.body


@pytest.mark.parametrize("who", ["clerk", "leader", "stranger"])
def test_nobody_but_the_officer_reminds(round: Round, cast: Cast, who: str) -> None:
    unit = make_unit(round, cast.communes[0])
    with pytest.raises(NotAllowedError):
        remind_units(round=round, units=[unit], by=getattr(cast, who), at=NOW)
    assert not Message.objects.exists()


def test_units_outside_the_reach_are_not_written_to(round: Round, cast: Cast) -> None:
    unit = make_unit(round, cast.elsewhere)
    with pytest.raises(NotAllowedError):
        remind_units(round=round, units=[unit], by=cast.officer, at=NOW)
    assert not Message.objects.exists()


def test_a_closed_round_reminds_nobody(round: Round, cast: Cast) -> None:
    unit = make_unit(round, cast.communes[0])
    round.state = RoundState.CLOSED
    with pytest.raises(NotAllowedError):
        remind_units(round=round, units=[unit], by=cast.officer, at=NOW)
