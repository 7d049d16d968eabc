"""Teams are set up, visits planned, announced, changed and cancelled; the units are told."""

from dataclasses import replace
from datetime import time

import pytest
from tests.factories.accounts import START
from tests.factories.visits import HELD_ON, entry, team_terms

from kheo.audit.queries import history_of
from kheo.exemplars.enums import State
from kheo.notices.models import Notice
from kheo.organisations.rules import NotAllowedError
from kheo.visits.actions import (
    MemberTerms,
    VisitTerms,
    announce_visits,
    cancel_visit,
    change_survey_team,
    change_visit,
    choose_visited_models,
    plan_visit,
    put_team_to_work,
    set_up_survey_team,
    take_entries,
)
from kheo.visits.enums import Side, TeamPart, VisitState
from kheo.visits.rules.deeds import StaleVisitError, VisitError

pytestmark = pytest.mark.django_db


def terms_of(visit, **changes) -> VisitTerms:
    values = VisitTerms(
        organisation=visit.organisation,
        held_on=visit.held_on,
        starts=visit.starts,
        ends=visit.ends,
        place=visit.place,
        purpose=visit.purpose,
    )
    return replace(values, **changes)


def told(seat) -> list[str]:
    # the round told its units of itself before
    rows = Notice.objects.filter(user=seat.user, subject__icontains="khảo sát").order_by("pk")
    return list(rows.values_list("subject", flat=True))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": "  "}, "Hãy đặt tên cho đoàn khảo sát."),
        ({"members": ()}, "Mỗi đoàn có một Trưởng đoàn: hãy chọn Trưởng đoàn."),
        (
            {"members": (MemberTerms(part="head", name="A"), MemberTerms(part="head", name="B"))},
            "Mỗi đoàn có một Trưởng đoàn: hãy chọn Trưởng đoàn.",
        ),
        (
            {"members": (MemberTerms(part="head", name="A"), MemberTerms())},
            "Hãy ghi tên từng thành viên của đoàn.",
        ),
    ],
)
def test_a_team_without_name_or_head_is_refused_with_the_reason(cast, changes, words):
    with pytest.raises(VisitError) as caught:
        set_up_survey_team(
            organisation=cast.advisory, terms=team_terms(**changes), by=cast.officer, at=START
        )
    assert words in caught.value.reasons


def test_nobody_stands_in_a_team_twice(survey):
    twice = (
        MemberTerms(part=TeamPart.HEAD, seat=survey.head),
        MemberTerms(part=TeamPart.MEMBER, seat=survey.head),
    )
    with pytest.raises(VisitError, match="hai lần"):
        change_survey_team(
            team=survey.team,
            terms=team_terms(members=twice),
            seen_version=None,
            by=survey.officer,
            at=START,
        )


def test_a_team_changed_in_two_windows_keeps_the_first(survey):
    terms = team_terms(name="Đoàn khảo sát kinh tế")
    change_survey_team(team=survey.team, terms=terms, seen_version=1, by=survey.officer, at=START)
    with pytest.raises(StaleVisitError):
        change_survey_team(
            team=survey.team, terms=team_terms(), seen_version=1, by=survey.officer, at=START
        )
    survey.team.refresh_from_db()
    assert survey.team.name == "Đoàn khảo sát kinh tế"
    assert [one.verb for one in history_of(survey.team)] == [
        "survey-team.change",
        "survey-team.set-up",
    ]


def test_a_team_that_ended_its_work_plans_nothing_until_it_works_again(survey):
    put_team_to_work(team=survey.team, active=False, by=survey.officer, at=START)
    survey.team.refresh_from_db()
    with pytest.raises(NotAllowedError, match="đã kết thúc hoạt động"):
        survey.plan()
    put_team_to_work(team=survey.team, active=True, by=survey.officer, at=START)
    survey.team.refresh_from_db()
    assert survey.plan().state == VisitState.PLANNED


def test_a_plan_names_the_team_and_tells_nobody(survey):
    visit = survey.plan()
    names = visit.participants.filter(side=Side.TEAM).values_list("name", flat=True)
    assert list(names) == ["Dương Văn Toàn", "Lê Thị Bút", "Trần Thị Ghi"]
    assert told(survey.clerk) == []


@pytest.mark.parametrize("where", ["elsewhere", "advisory", "district"])
def test_a_team_visits_only_units_below_its_body(survey, where):
    unit = getattr(survey.cast, where)
    with pytest.raises(VisitError, match="ngoài phạm vi"):
        survey.plan(unit)


def test_a_visit_does_not_end_before_it_begins(survey):
    with pytest.raises(VisitError, match="Giờ kết thúc"):
        survey.plan(starts=time(10, 0), ends=time(9, 0))


def test_members_without_a_lead_and_strangers_plan_nothing(survey):
    terms = VisitTerms(organisation=survey.unit, held_on=HELD_ON)
    for seat in (survey.member, survey.inspector, survey.clerk, survey.cast.stranger):
        with pytest.raises(NotAllowedError):
            plan_visit(team=survey.team, terms=terms, by=seat, at=START)
    assert plan_visit(team=survey.team, terms=terms, by=survey.head, at=START).pk


def test_units_are_told_when_the_schedule_is_announced_and_when_it_changes(survey):
    visit = survey.visit()
    assert told(survey.clerk) == ["Lịch khảo sát: 08:00, 08/10/2024"]
    change_visit(
        visit=visit,
        terms=terms_of(visit, starts=time(14, 0)),
        seen_version=visit.version,
        by=survey.officer,
        at=START,
    )
    assert told(survey.clerk)[-1] == "Lịch khảo sát thay đổi: 14:00, 08/10/2024"
    # nothing changed, nobody is told
    visit.refresh_from_db()
    change_visit(visit=visit, terms=terms_of(visit), seen_version=None, by=survey.officer, at=START)
    assert len(told(survey.clerk)) == 2
    cancel_visit(visit=visit, reason="Bão số 6 đổ bộ", by=survey.officer, at=START)
    assert told(survey.clerk)[-1] == "Hủy cuộc khảo sát: 14:00, 08/10/2024"
    notice = Notice.objects.filter(user=survey.clerk.user).latest("pk")
    assert "Bão số 6 đổ bộ" in notice.body


def test_a_visit_announced_twice_is_announced_once(survey):
    visit = survey.visit()
    with pytest.raises(NotAllowedError):
        announce_visits(visits=[visit], by=survey.officer, at=START)
    assert len(told(survey.clerk)) == 1


def test_two_windows_do_not_write_over_each_other(survey):
    visit = survey.visit()
    seen = visit.version
    change_visit(
        visit=visit,
        terms=terms_of(visit, place="Nhà văn hóa thôn"),
        seen_version=seen,
        by=survey.officer,
        at=START,
    )
    with pytest.raises(StaleVisitError, match="gười khác"):
        change_visit(
            visit=visit, terms=terms_of(visit), seen_version=seen, by=survey.officer, at=START
        )
    visit.refresh_from_db()
    assert visit.place == "Nhà văn hóa thôn"


def test_an_announced_visit_does_not_move_to_another_unit(survey):
    visit = survey.visit()
    with pytest.raises(VisitError, match="cuộc khảo sát khác"):
        change_visit(
            visit=visit,
            terms=terms_of(visit, organisation=survey.cast.communes[1]),
            seen_version=None,
            by=survey.officer,
            at=START,
        )


def test_a_cancellation_needs_a_reason_and_an_unknown_one_tells_nobody(survey):
    visit = survey.visit(VisitState.PLANNED)
    with pytest.raises(VisitError, match="lý do hủy"):
        cancel_visit(visit=visit, reason="  ", by=survey.officer, at=START)
    cancel_visit(visit=visit, reason="Trùng lịch họp", by=survey.officer, at=START)
    assert told(survey.clerk) == []


def test_only_accepted_models_of_the_unit_are_visited(survey):
    visit = survey.plan()
    waiting = survey.stage.registration(State.SUBMITTED)
    elsewhere = survey.stage.registration(State.ACCEPTED, unit=survey.cast.communes[1])
    for row in (waiting, elsewhere):
        with pytest.raises(VisitError, match="không phải là mô hình đã được chấp nhận"):
            choose_visited_models(visit=visit, registrations=[row], by=survey.officer, at=START)


def test_a_sheet_that_holds_something_stays(survey):
    visit = survey.visit(models=2)
    first, _second = visit.sheets.all()
    choose_visited_models(
        visit=visit, registrations=[first.registration], by=survey.officer, at=START
    )
    assert list(visit.sheets.all()) == [first]
    take_entries(sheet=first, entries=[entry(seen="Có")], by=survey.member, at=START)
    with pytest.raises(VisitError, match="đã có nội dung"):
        choose_visited_models(visit=visit, registrations=[], by=survey.officer, at=START)
