"""Where files come from: models nominated and taken, and what survey teams saw of them."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.appraisal import Appraising
from tests.factories.councils import NOW, make_criteria_set, make_file
from tests.factories.nominations import LATER, Nominating
from tests.factories.organisations import SeatFactory
from tests.factories.visits import Survey, judge

from kheo.appraisal.models import AppraisalFile
from kheo.councils.actions import (
    CouncilTerms,
    MemberTerms,
    allot_by_hand,
    create_council,
    name_members,
    take_in_files,
)
from kheo.councils.enums import MemberRole
from kheo.councils.models import Council
from kheo.councils.queries.sources import (
    SourceFilter,
    accepted_to_take_in,
    files_to_take_in,
    nominated_to_take_in,
)
from kheo.criteria.enums import Side, Subject
from kheo.nominations.actions import Reply, answer_nominations
from kheo.nominations.enums import Answer
from kheo.organisations.enums import Role
from kheo.visits.enums import Found, VisitState


def council_of(body, made, officer) -> Council:
    terms = CouncilTerms(name="Hội đồng", year=2024, criteria_set=made, quorum=1, scorers=1)
    return create_council(organisation=body, terms=terms, by=officer, at=NOW)


@pytest.fixture
def stage(cast) -> Nominating:
    return Nominating(cast)


def answered(stage: Nominating) -> list:
    """Three models sent to the province: taken, kept below, and not answered yet."""
    row = stage.sent(3)
    taken, kept, _waiting = row.nominations.order_by("rank")
    replies = {taken.pk: Reply(Answer.ACCEPTED), kept.pk: Reply(Answer.KEPT, "Chưa đủ.")}
    answer_nominations(row=row, replies=replies, by=stage.above, at=LATER)
    return [taken.registration]


def test_a_council_is_offered_what_was_nominated_and_taken(
    stage, client, django_assert_num_queries
):
    province = stage.cast.province
    made = make_criteria_set(province, subject=Subject.MODEL)
    made.criteria.exclude(number="I").update(scored_by=[Side.COUNCIL])
    council = council_of(province, made, stage.above)
    wanted, anything = answered(stage), SourceFilter()
    with django_assert_num_queries(1):
        assert list(nominated_to_take_in(council, anything)) == wanted
    # the others below stand under their own heading
    assert accepted_to_take_in(council, anything).count() == 3
    assert not nominated_to_take_in(council, SourceFilter(field="culture_society"))
    # of another committee, or of another year, it is not
    below = council_of(stage.cast.district, make_criteria_set(stage.cast.district), stage.officer)
    assert not nominated_to_take_in(below, anything)
    Council.objects.filter(pk=council.pk).update(year=2023)
    assert not nominated_to_take_in(Council.objects.get(pk=council.pk), anything)
    Council.objects.filter(pk=council.pk).update(year=2024)
    client.force_login(stage.above.user)
    url = reverse("councils:files", args=[council.pk])
    assert wanted[0].name in client.get(url).text
    page = client.post(url, {"source": "nominated"}, follow=True).text
    assert "1 hồ sơ" in page
    assert [one.file.registration for one in council.files.all()] == wanted
    assert not nominated_to_take_in(council, anything)


def test_what_is_scored_below_first_comes_in_once_it_was_passed(stage, client):
    district, officer = stage.cast.district, stage.officer
    life = Appraising(stage)
    council = council_of(district, life.set, officer)
    stage.accepted(1)
    client.force_login(officer.user)
    url = reverse("councils:files", args=[council.pk])
    page = client.post(url, {"source": "accepted"}, follow=True).text
    assert "sau khi" in page
    assert not council.files.exists()
    file = AppraisalFile.objects.get()
    assert not files_to_take_in(council, SourceFilter())
    AppraisalFile.objects.filter(pk=file.pk).update(state="before_council")
    assert take_in_files(council=council, by=officer, at=NOW) == 1
    assert council.files.get().file == file


def test_what_a_survey_team_saw_stands_beside_the_file(cast, client):
    survey = Survey(cast)
    visit = survey.visit()
    sheet = visit.sheets.get()
    sheet.seen, sheet.assessment = "Đường rộng 4 m, có biển tên.", "Làm đúng đăng ký."
    sheet.save()
    judge(sheet, "Nhân dân đồng thuận", Found.MET, survey.member, "45/47 hộ ký.")
    made = make_criteria_set(cast.district, subject=Subject.MODEL)
    council = council_of(cast.district, made, cast.officer)
    member = SeatFactory(organisation=cast.agency, role=Role.COUNCIL)
    members = [MemberTerms(seat=member, role=MemberRole.CHAIR)]
    name_members(council=council, members=members, by=cast.officer, at=NOW)
    unit, row = cast.communes[0], sheet.registration
    make_file(made, cast.district, unit, name=row.name, registration=row)
    take_in_files(council=council, by=cast.officer, at=NOW)
    keys, mine = [council.files.get().pk], [council.members.get().pk]
    allot_by_hand(council=council, files=keys, members=mine, by=cast.officer, at=NOW)
    client.force_login(member.user)
    url = reverse("councils:score", args=keys)
    # nothing is told before the visit is concluded
    assert "Đường rộng 4 m" not in client.get(url).text
    survey.conclude(visit)
    assert visit.state != VisitState.CANCELLED
    page = client.get(url).text
    for words in ("Đường rộng 4 m", "Làm đúng đăng ký", "Nhân dân đồng thuận", "45/47 hộ ký."):
        assert words in page
    assert f"{date(2024, 10, 8):%d/%m/%Y}" in page
