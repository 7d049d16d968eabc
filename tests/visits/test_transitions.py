"""Every arrow of visits and recommendations, allowed and refused, for every role."""

from itertools import product

import pytest
from tests.factories.organisations import SeatFactory

from kheo.organisations.enums import Role
from kheo.visits.enums import AdviceDeed, AdviceState, TeamPart, VisitDeed, VisitState
from kheo.visits.rules.deeds import (
    can_change_team,
    can_do_advice,
    can_do_visit,
    can_plan_visit,
    can_set_up_team,
)

pytestmark = pytest.mark.django_db

COMING = {"planned", "announced"}
VISIT_STATES = {
    VisitDeed.CHANGE: COMING,
    VisitDeed.ANNOUNCE: {"planned"},
    VisitDeed.FILL: {"announced"},
    VisitDeed.CONCLUDE: {"announced"},
    VisitDeed.REOPEN: {"concluded"},
    VisitDeed.CANCEL: COMING,
    VisitDeed.REMARK: {"concluded"},
}
RUNNERS = {
    VisitDeed.CHANGE,
    VisitDeed.ANNOUNCE,
    VisitDeed.CONCLUDE,
    VisitDeed.REOPEN,
    VisitDeed.CANCEL,
}
ADVICE_STATES = {
    AdviceDeed.ANSWER: {"open"},
    AdviceDeed.ACCEPT: {"answered"},
    AdviceDeed.RETURN: {"answered"},
}
# where a seat stands: of the body that set the team up, of the unit, of a body elsewhere
PLACES = ("body", "unit", "elsewhere")


@pytest.fixture
def seats(survey):
    places = {
        "body": survey.cast.advisory,
        "unit": survey.unit,
        "elsewhere": survey.cast.elsewhere,
    }
    return {
        (place, role): SeatFactory(organisation=places[place], role=role)
        for place, role in product(PLACES, Role.values)
    }


def may_on_visit(deed: VisitDeed, place: str, role: str) -> bool:
    if deed == VisitDeed.REMARK:
        return place == "unit" and role in {"clerk", "head"}
    if deed in RUNNERS:
        return place == "body" and role == "officer"
    return place == "body" and role in {"officer", "inspector"}


def test_visits_follow_their_table_for_every_role_in_every_state(survey, seats):
    visit = survey.visit()
    checked = 0
    for deed, state, (place, role) in product(VisitDeed, VisitState.values, seats):
        visit.state = state
        expected = state in VISIT_STATES[deed] and may_on_visit(deed, place, role)
        verdict = can_do_visit(deed, seats[place, role], visit, ())
        assert bool(verdict) is expected, (deed, state, place, role)
        assert verdict or str(verdict.reason)
        checked += 1
    assert checked == 7 * 4 * 21


def test_those_in_the_team_act_by_their_part(survey, seats):
    """A seat of any role and place: the lead runs the visit, a plain member fills in sheets."""
    visit = survey.visit()
    seat = seats["elsewhere", Role.CLERK]
    for deed, part in product(VisitDeed, TeamPart.values):
        visit.state = next(iter(VISIT_STATES[deed]))
        leads = part != TeamPart.MEMBER
        expected = deed == VisitDeed.FILL or (deed in RUNNERS and leads)
        assert bool(can_do_visit(deed, seat, visit, {part})) is expected, (deed, part)


def test_recommendations_follow_their_table_for_every_role_in_every_state(survey, seats):
    visit = survey.visit(VisitState.CONCLUDED)
    advice = visit.recommendations.select_related("visit__team__organisation__kind").get()
    for deed, state, (place, role) in product(AdviceDeed, AdviceState.values, seats):
        advice.state = state
        if deed == AdviceDeed.ANSWER:
            inside = place == "unit" and role in {"clerk", "head", "officer"}
        else:
            inside = place == "body" and role in {"officer", "inspector"}
        expected = inside and state in ADVICE_STATES[deed]
        verdict = can_do_advice(deed, seats[place, role], advice, ())
        assert bool(verdict) is expected, (deed, state, place, role)
        assert verdict or str(verdict.reason)


def test_recommendations_wait_until_the_visit_is_concluded(survey):
    visit = survey.visit(VisitState.CONCLUDED)
    advice = visit.recommendations.get()
    for state in set(VisitState.values) - {"concluded"}:
        advice.visit.state = state
        assert not can_do_advice(AdviceDeed.ANSWER, survey.unit_head, advice, ()), state


def test_only_officers_of_the_body_set_teams_up_and_plan(survey, seats):
    team = survey.team
    for (place, role), seat in seats.items():
        expected = place == "body" and role == Role.OFFICER
        assert bool(can_set_up_team(seat, team.organisation)) is expected, (place, role)
        assert bool(can_change_team(seat, team)) is expected, (place, role)
        assert bool(can_plan_visit(seat, team, ())) is expected, (place, role)
    stranger = seats["elsewhere", Role.LEADER]
    assert can_plan_visit(stranger, team, {TeamPart.HEAD})
    assert not can_plan_visit(stranger, team, {TeamPart.MEMBER})
    team.is_active = False
    assert not can_change_team(survey.officer, team)
    assert not can_plan_visit(survey.officer, team, {TeamPart.HEAD})
