"""Who sees which rounds, and what the pages of a running round show and do."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.organisations import OrganisationFactory, SeatFactory, make_cast
from tests.factories.rounds import S4_DUE, make_period, make_s4_round, part_of

from kheo.rounds.actions import close_round, extend_deadline
from kheo.rounds.models import Participation
from kheo.rounds.queries.asked import audiences_of, round_preview
from kheo.rounds.queries.visible import rounds_visible_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def page_of(client, name, *args, **query):
    return client.get(reverse(f"rounds:{name}", args=args), query).content.decode()


def test_asked_units_see_a_round_once_it_is_published(cast):
    draft = make_s4_round(cast, published=False)
    above = SeatFactory(organisation=cast.province, role="officer")
    for seat, sees in [
        (cast.officer, True),
        (cast.leader, True),
        (above, True),
        (cast.clerk, False),
        (cast.head, False),
        (cast.stranger, False),
    ]:
        assert rounds_visible_to(seat).contains(draft) is sees
    published = make_s4_round(cast, period=draft.period)
    for seat in (cast.officer, cast.leader, above, cast.clerk, cast.head):
        assert rounds_visible_to(seat).contains(published)
    assert not rounds_visible_to(cast.stranger).exists()


def test_clerks_of_units_that_are_not_asked_see_nothing(cast):
    make_s4_round(cast)
    school = OrganisationFactory(
        parent=cast.district, kind_code="school", level_code="district", name="Trường A"
    )
    clerk = SeatFactory(organisation=school)
    assert not rounds_visible_to(clerk).exists()


@pytest.mark.parametrize(
    "name", ["detail", "basics", "audiences", "preview", "publish", "units", "copy", "close"]
)
def test_a_guessed_address_is_not_found(client, cast, name):
    round = make_s4_round(cast)
    client.force_login(cast.stranger.user)
    assert client.get(reverse(f"rounds:{name}", args=[round.pk])).status_code == 404


@pytest.mark.parametrize("name", ["basics", "copy", "close", "unit-new"])
def test_a_known_but_forbidden_deed_is_refused_with_its_reason(client, cast, name):
    round = make_s4_round(cast)
    client.force_login(cast.clerk.user)
    answer = client.get(reverse(f"rounds:{name}", args=[round.pk]))
    assert answer.status_code == 403
    assert "cán bộ phụ trách phong trào" in answer.content.decode()


def test_the_leader_reads_and_the_buttons_say_why_he_cannot_act(client, cast):
    make_s4_round(cast)
    client.force_login(cast.leader.user)
    page = page_of(client, "list")
    assert "Đăng ký mô hình" in page
    assert "Chỉ cán bộ phụ trách phong trào" in page


def test_a_clerk_sees_what_the_own_unit_is_asked(client, cast):
    round = make_s4_round(cast)
    client.force_login(cast.clerk.user)
    page = page_of(client, "detail", round.pk)
    assert "Đảng ủy xã An Dương" in page
    assert "27/02/2024" in page
    assert "Các cơ quan, đơn vị" not in page
    assert "Đảng ủy xã Cao Xá" not in page_of(client, "units", round.pk)


def test_the_page_says_whose_turn_it_is(officer, cast):
    draft = make_s4_round(cast, published=False)
    assert "hoàn thành các bước" in page_of(officer, "detail", draft.pk)
    round = make_s4_round(cast, period=draft.period)
    assert "Còn 4 đơn vị chưa gửi" in page_of(officer, "detail", round.pk)
    close_round(round=round, by=cast.officer, at=START)
    assert "đợt đã đóng" in page_of(officer, "detail", round.pk)


def test_the_preview_counts_and_shows_each_audience_and_who_is_left_out(officer, cast):
    OrganisationFactory(parent=cast.district, kind_code="school", name="Trường Tiểu học Lý Cốt")
    round = make_s4_round(cast, published=False)
    audiences = audiences_of(round)
    preview = round_preview(round, audiences)
    assert [row.units for row in preview.audiences] == [3, 1]
    # the advisory body and the school
    assert (preview.asked, preview.unasked, preview.asked_twice) == (4, 2, 0)
    assert "Lý Cốt" in page_of(officer, "preview", round.pk, show="unasked")
    assert "Lý Cốt" not in page_of(officer, "preview", round.pk)
    one = page_of(officer, "preview", round.pk, show=str(audiences[1].pk))
    assert "Phòng Nông nghiệp" in one
    assert "Cao Xá" not in one


def test_the_preview_is_searched_without_tone_marks(officer, cast):
    round = make_s4_round(cast, published=False)
    page = page_of(officer, "preview", round.pk, search="cao xa")
    assert "Cao Xá" in page
    assert "Nhã Nam" not in page


def test_the_preview_warns_of_units_described_twice_or_not_standing(officer, cast):
    round = make_s4_round(cast, published=False)
    first = round.audiences.first()
    first.listed.add(cast.agency, cast.elsewhere)
    page = page_of(officer, "preview", round.pk)
    assert "được nêu ở nhiều đối tượng" in page
    assert "Huyện ủy Hiệp Hòa (HH)" in page
    assert "Phòng Nông nghiệp" in page_of(officer, "preview", round.pk, show="twice")


def test_a_unit_gets_more_time_on_screen(officer, cast):
    round = make_s4_round(cast)
    part = part_of(round, cast.communes[1])
    url = reverse("rounds:extend", args=[round.pk, part.pk])
    assert "27/02/2024" in officer.get(url).content.decode()
    wrong = officer.post(url, {"due_on": "20/02/2024", "reason": "Sớm"})
    assert wrong.status_code == 422
    officer.post(url, {"due_on": "05/03/2024", "reason": "Xã tổ chức hội nghị chậm"})
    part.refresh_from_db()
    assert part.due_on == date(2024, 3, 5)
    page = page_of(officer, "detail", round.pk)
    assert "Xã tổ chức hội nghị chậm" in page
    only = page_of(officer, "units", round.pk, show="extended")
    assert "Cao Xá" in only
    assert "An Dương" not in only


def test_one_more_unit_is_asked_on_screen(officer, cast):
    OrganisationFactory(
        parent=cast.district, kind_code="school", code="TY-TH", name="Trường THPT Tân Yên"
    )
    round = make_s4_round(cast)
    url = reverse("rounds:unit-new", args=[round.pk])
    audience = round.audiences.last().pk
    assert officer.post(url, {"code": "??", "audience": audience}).status_code == 422
    assert officer.post(url, {"code": "TY-TH", "audience": audience}).status_code == 302
    assert officer.post(url, {"code": "TY-TH", "audience": audience}).status_code == 422
    assert Participation.objects.filter(unit_name="Trường THPT Tân Yên").count() == 1


def test_closing_and_reopening_on_screen(officer, cast):
    round = make_s4_round(cast)
    assert officer.get(reverse("rounds:close", args=[round.pk])).status_code == 200
    officer.post(reverse("rounds:close", args=[round.pk]), {"reason": ""})
    round.refresh_from_db()
    assert round.state == "closed"
    reopen = reverse("rounds:reopen", args=[round.pk])
    assert officer.post(reopen, {"reason": ""}).status_code == 422
    assert officer.post(reopen, {"reason": "Bổ sung"}).status_code == 302
    round.refresh_from_db()
    assert round.state == "open"


def test_the_list_is_narrowed_by_year_state_and_text(officer, cast):
    make_s4_round(cast)
    assert "năm 2024" in page_of(officer, "list", year="2024", state="open", search="Dân vận")
    for query in ({"year": "2023"}, {"state": "closed"}, {"search": "khác"}):
        assert "Không có đợt đăng ký nào" in page_of(officer, "list", **query)


def test_periods_are_entered_and_changed_by_their_organiser_only(officer, client, cast):
    period = make_period(cast.district)
    url = reverse("rounds:period-edit", args=[period.pk])
    typed = {
        "name": "2021 – 2026",
        "first_year": 2021,
        "last_year": 2026,
        "movement": "Dân vận khéo",
        "usual_due_day": 31,
        "usual_due_month": 3,
    }
    assert officer.post(url, typed | {"usual_due_month": 2}).status_code == 422
    assert officer.post(url, typed | {"last_year": 2020}).status_code == 422
    assert officer.post(url, typed | {"usual_due_day": ""}).status_code == 422
    assert officer.post(url, typed).status_code == 302
    period.refresh_from_db()
    assert (period.last_year, period.usual_due_month) == (2026, 3)
    assert "31/3" in page_of(officer, "periods")
    client.force_login(cast.clerk.user)
    assert "2021 – 2026" in page_of(client, "periods")
    assert client.post(url, typed).status_code == 403
    client.force_login(cast.stranger.user)
    assert client.post(url, typed).status_code == 404


def test_two_people_on_one_period_meet_with_a_conflict(officer, cast):
    period = make_period(cast.district)
    url = reverse("rounds:period-edit", args=[period.pk])
    typed = {"first_year": 2021, "last_year": 2025, "movement": "Dân vận khéo"}
    first = officer.post(url, typed | {"name": "Của người trước", "version": period.version})
    assert first.status_code == 302
    second = officer.post(url, typed | {"name": "Của người sau", "version": period.version})
    assert second.status_code == 409
    assert "Của người trước" in second.text
    assert "Của người sau" in second.text
    period.refresh_from_db()
    assert period.name == "Của người trước"
    again = officer.post(url, typed | {"name": "Của người sau", "version": period.version})
    assert again.status_code == 302


def test_a_period_cannot_shrink_below_its_rounds(officer, cast):
    round = make_s4_round(cast)
    answer = officer.post(
        reverse("rounds:period-edit", args=[round.period_id]),
        {"name": "x", "first_year": 2021, "last_year": 2023, "movement": "Dân vận khéo"},
    )
    assert answer.status_code == 422
    assert "năm 2024" in answer.content.decode()


@pytest.mark.parametrize("units", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"), [("list", 8), ("detail", 20), ("preview", 21), ("units", 8)]
)
def test_pages_cost_the_same_however_much_they_show(
    officer, cast, django_assert_num_queries, units, name, queries
):
    for _unit in range(units):
        OrganisationFactory(parent=cast.district)
    round = make_s4_round(cast, published=name != "preview")
    for commune in cast.communes[:units] if name == "detail" else ():
        extend_deadline(
            participation=part_of(round, commune),
            due_on=S4_DUE.replace(month=3),
            reason="Mưa lũ",
            by=cast.officer,
            at=START,
        )
    if name == "list":
        for year in range(2021, 2021 + units):
            make_s4_round(cast, period=round.period, year=year)
    args = [] if name == "list" else [round.pk]
    officer.get(reverse(f"rounds:{name}", args=args))
    with django_assert_num_queries(queries):
        officer.get(reverse(f"rounds:{name}", args=args))
