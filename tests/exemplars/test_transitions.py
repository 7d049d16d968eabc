"""The transition table, arrow by arrow: for every role, state and side, allowed or refused."""

from datetime import date
from itertools import product

import pytest

from kheo.exemplars.enums import Deed, State
from kheo.exemplars.models import Registration
from kheo.exemplars.rules import TRANSITIONS, Side, can_amend, can_do, can_submit
from kheo.organisations.enums import Role
from kheo.organisations.models import Kind, Organisation, Seat
from kheo.rounds.enums import LatePolicy, RoundState
from kheo.rounds.models import Participation, Round

# the arrows as the design states them, written a second time by hand
EXPECTED = {
    Deed.SIGN_OFF: ({"draft", "returned"}, {"head"}),
    Deed.REOPEN_DRAFT: ({"signed_off"}, {"clerk", "head"}),
    Deed.SUBMIT: ({"signed_off"}, {"clerk", "head"}),
    Deed.WITHDRAW: ({"signed_off", "submitted", "returned"}, {"head"}),
    Deed.AMEND: ({"submitted", "accepted"}, {"head"}),
    Deed.RETURN: ({"submitted"}, {"officer"}),
    Deed.ACCEPT: ({"submitted"}, {"officer"}),
    Deed.DECLINE: ({"submitted"}, {"officer"}),
    Deed.RECONSIDER: ({"accepted", "declined"}, {"officer"}),
}
NEEDS_OPEN = set(Deed) - {Deed.SIGN_OFF, Deed.REOPEN_DRAFT, Deed.ACCEPT, Deed.DECLINE}
TODAY = date(2024, 2, 20)

PLAIN = Kind(pk=1, code="committee", advises=False)
ADVISORY = Kind(pk=2, code="advisory", advises=True)


def unit(path: str, kind: Kind = PLAIN) -> Organisation:
    keys = [int(part) for part in path.strip(".").split(".")]
    parent = keys[-2] if len(keys) > 1 else None
    return Organisation(pk=keys[-1], path=path, kind=kind, parent_id=parent, name=path)


DISTRICT, COMMUNE, SISTER = unit(".1.2."), unit(".1.2.3."), unit(".1.2.4.")
PROVINCE, BOARD = unit(".1."), unit(".1.2.9.", ADVISORY)


def registration(state: State = State.SUBMITTED, *, round_state=RoundState.OPEN, **changes):
    round = Round(
        pk=1, organiser=DISTRICT, organiser_path=DISTRICT.path, state=round_state, year=2024
    )
    part = Participation(
        pk=1, round=round, organisation=COMMUNE, path=COMMUNE.path, due_on=date(2024, 2, 27)
    )
    return Registration(
        pk=1,
        round=round,
        participation=part,
        organisation=COMMUNE,
        path=COMMUNE.path,
        state=state,
        **changes,
    )


def seat(role: Role, organisation: Organisation) -> Seat:
    return Seat(pk=1, role=role, organisation=organisation)


def test_table_is_the_one_of_the_design():
    assert {
        deed: ({str(state.value) for state in arrow.sources}, {role.value for role in arrow.roles})
        for deed, arrow in TRANSITIONS.items()
    } == EXPECTED
    assert {deed for deed, arrow in TRANSITIONS.items() if arrow.needs_open_round} == NEEDS_OPEN


@pytest.mark.parametrize(("deed", "state", "role"), list(product(Deed, State, Role)))
def test_own_unit_does_only_its_arrows(deed, state, role):
    verdict = can_do(deed, seat(role, COMMUNE), registration(state))
    sources, roles = EXPECTED[deed]
    fits = TRANSITIONS[deed].side == Side.UNIT and role.value in roles and state.value in sources
    assert bool(verdict) is fits
    assert fits or str(verdict.reason)


@pytest.mark.parametrize(("deed", "state", "role"), list(product(Deed, State, Role)))
def test_level_above_does_only_its_arrows(deed, state, role):
    verdict = can_do(deed, seat(role, BOARD), registration(state))
    sources, roles = EXPECTED[deed]
    fits = TRANSITIONS[deed].side == Side.OFFICER and role.value in roles and state.value in sources
    assert bool(verdict) is fits
    assert fits or str(verdict.reason)


@pytest.mark.parametrize("deed", list(Deed))
@pytest.mark.parametrize("organisation", [SISTER, unit(".7."), PROVINCE])
def test_strangers_do_nothing(deed, organisation):
    """A sister unit, another tree, and the level above the organiser."""
    for role, state in product(Role, State):
        assert not can_do(deed, seat(role, organisation), registration(state))


def test_officer_does_not_check_the_own_organisation():
    own = registration()
    own.organisation, own.path = BOARD, BOARD.path
    assert not can_do(Deed.ACCEPT, seat(Role.OFFICER, BOARD), own)
    assert can_do(Deed.ACCEPT, seat(Role.OFFICER, DISTRICT), own)


def test_officer_between_organiser_and_unit_checks_too():
    row = registration()
    row.round.organiser_path = PROVINCE.path
    assert can_do(Deed.ACCEPT, seat(Role.OFFICER, BOARD), row)
    assert can_do(Deed.ACCEPT, seat(Role.OFFICER, PROVINCE), row)


@pytest.mark.parametrize("deed", sorted(NEEDS_OPEN))
def test_closed_round_stops_what_it_must(deed):
    arrow = TRANSITIONS[deed]
    who = seat(Role.HEAD, COMMUNE) if arrow.side == Side.UNIT else seat(Role.OFFICER, BOARD)
    for state in arrow.sources:
        assert can_do(deed, who, registration(state))
        assert not can_do(deed, who, registration(state, round_state=RoundState.CLOSED))


def test_dissolved_unit_is_not_asked_to_correct():
    row = registration()
    row.organisation = unit(COMMUNE.path)
    row.organisation.dissolved_on = TODAY
    officer = seat(Role.OFFICER, BOARD)
    assert not can_do(Deed.RETURN, officer, row)
    assert can_do(Deed.ACCEPT, officer, row)


def test_locked_deadline_stops_submitting_and_amending_unless_returned():
    head = seat(Role.HEAD, COMMUNE)
    late = date(2024, 3, 1)
    row = registration(State.SIGNED_OFF)
    row.round.late_policy = LatePolicy.REFUSE
    assert can_submit(head, row, row.participation, today=TODAY)
    assert not can_submit(head, row, row.participation, today=late)
    row.return_due_on = date(2024, 3, 2)
    assert can_submit(head, row, row.participation, today=late)
    sent = registration(State.SUBMITTED)
    sent.round.late_policy = LatePolicy.REFUSE
    assert can_amend(head, sent, sent.participation, today=TODAY)
    assert not can_amend(head, sent, sent.participation, today=late)
