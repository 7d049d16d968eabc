"""The exact rounds of S4 (2024) and S1 (2021) are set up on screen, and read back."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.organisations import (
    OrganisationFactory,
    SeatFactory,
    kind_of,
    level_of,
    make_cast,
)
from tests.factories.rounds import S4_THEME, basics, make_period, make_s4_round, shipped

from kheo.audit.models import Entry
from kheo.directives.models import Document
from kheo.rounds.actions import QuotaTerms, edit_round
from kheo.rounds.actions.audiences import terms_of
from kheo.rounds.models import Audience, FieldScheme, Layout, Participation, Period, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def pk(rows):
    return [row.pk for row in rows]


def basics_typed(period, **changes):
    """What an officer types for S4 in the first step."""
    return {
        "period": period.pk,
        "year": "2024",
        "title": "Đăng ký mô hình, điển hình “Dân vận khéo” năm 2024",
        "theme": S4_THEME,
        "governing_document": "",
        "receiver_name": "Ban Dân vận Huyện ủy",
        "opens_on": "05/02/2024",
        "late_policy": "accept",
        "nomination_cap": "5",
        "field_scheme": FieldScheme.objects.get(code="s4-m1-m2").pk,
        "document-kind": "KH",
    } | changes


def audience_typed(**changes):
    """The communes of S4 §3."""
    return {
        "name": "Các xã, thị trấn",
        "kinds": [kind_of("commune_committee").pk],
        "listed": "",
        "layouts": pk(shipped("M1", "M2", "M3")),
        "due_on": "27/02/2024",
        "min_province": "1",
        "min_district": "4",
        "max_district": "5",
    } | changes


def test_the_round_of_s4_is_set_up_on_screen_and_asks_the_right_units(officer, cast):
    officer.post(
        reverse("rounds:period-new"),
        {
            "name": "2021 – 2025",
            "first_year": 2021,
            "last_year": 2025,
            "movement": "Dân vận khéo",
        },
    )
    letter = {
        "document-kind": "CV",
        "document-symbol": "-CV/HU",
        "document-issuer_name": "Huyện ủy Tân Yên",
        "document-subject": "triển khai Phong trào thi đua “Dân vận khéo” năm 2024",
    }
    typed = basics_typed(Period.objects.get(), **letter)
    answer = officer.post(reverse("rounds:new"), typed)
    round = Round.objects.get()
    assert answer.url == reverse("rounds:audiences", args=[round.pk])

    new_audience = reverse("rounds:audience-new", args=[round.pk])
    assert officer.post(new_audience, audience_typed(version="1")).status_code == 302
    agencies = audience_typed(
        name="Các cơ quan, đơn vị",
        kinds=pk([kind_of("agency"), kind_of("mass_organisation"), kind_of("armed_force")]),
        levels=pk([level_of("district")]),
        layouts=pk(shipped("M1", "M2", "M4")),
        max_province="2",
        version="2",
    )
    assert officer.post(new_audience, agencies).status_code == 302

    preview = officer.get(reverse("rounds:preview", args=[round.pk])).content.decode()
    assert "Phòng Nông nghiệp huyện" in preview
    assert "Đảng ủy xã Cao Xá" in preview
    confirm = officer.get(reverse("rounds:publish", args=[round.pk]))
    assert "27/02/2024" in confirm.content.decode()
    published = officer.post(reverse("rounds:publish", args=[round.pk]), follow=True)
    assert "4 đơn vị" in published.content.decode()

    assert_is_the_round_of_s4(Round.objects.get(), cast)


def assert_is_the_round_of_s4(round, cast):
    assert (round.organiser, round.year, round.theme) == (cast.district, 2024, S4_THEME)
    assert (round.nomination_cap, round.receiver_name) == (5, "Ban Dân vận Huyện ủy")
    assert round.opens_on == date(2024, 2, 5)
    assert round.governing_document.symbol == "-CV/HU"
    communes, offices = round.audiences.all()
    due = date(2024, 2, 27)
    province, district = level_of("province"), level_of("district")
    five = QuotaTerms(level=district, minimum=4, maximum=5)
    terms = terms_of(communes)
    assert (terms.due_on, [layout.code for layout in terms.layouts]) == (due, ["M1", "M2", "M3"])
    assert set(terms.quotas) == {QuotaTerms(level=province, minimum=1), five}
    terms = terms_of(offices)
    assert (terms.due_on, [layout.code for layout in terms.layouts]) == (due, ["M1", "M2", "M4"])
    assert set(terms.quotas) == {QuotaTerms(level=province, minimum=1, maximum=2), five}
    asked = Participation.objects.order_by("audience__order", "sort_key")
    assert [(part.audience, part.organisation) for part in asked] == [
        (communes, cast.communes[2]),
        (communes, cast.communes[0]),
        (communes, cast.communes[1]),
        (offices, cast.agency),
    ]


def test_the_rounds_of_s1_have_their_own_deadline_in_2021_and_the_usual_one_after(client, cast):
    """S1 IV.1: before 31/3 each year; in 2021 before 01/5/2021; 1–2 models per unit and year."""
    officer = SeatFactory(organisation=cast.province, role="officer")
    client.force_login(officer.user)
    period = {"name": "2021 – 2025", "first_year": 2021, "last_year": 2025}
    usual = {"usual_due_day": 31, "usual_due_month": 3, "movement": "Dân vận khéo"}
    assert client.post(reverse("rounds:period-new"), period | usual).status_code == 302
    typed = basics_typed(
        Period.objects.get(),
        year="2021",
        title="Đăng ký xây dựng, nhân rộng mô hình “Dân vận khéo” năm 2021",
        theme="",
        receiver_name="Ban Dân vận Tỉnh ủy",
        opens_on="16/03/2021",
        nomination_cap="",
        field_scheme=FieldScheme.objects.get(code="s0-s1").pk,
        **{
            "document-symbol": "Số 31-KH/TU",
            "document-issued_on": "16/03/2021",
            "document-issuer_name": "Ban Thường vụ Tỉnh ủy",
            "document-subject": "thực hiện phong trào thi đua “Dân vận khéo”",
        },
    )
    assert client.post(reverse("rounds:new"), typed).status_code == 302
    round = Round.objects.get()
    everyone = audience_typed(
        name="Các cơ quan, đơn vị, địa phương",
        kinds=[],
        levels=pk([level_of("district"), level_of("commune")]),
        layouts=pk(shipped("M1", "M2", "S1")),
        due_on="01/05/2021",
        min_province="",
        min_district="",
        max_district="",
        min_all="1",
        max_all="2",
    )
    client.post(reverse("rounds:audience-new", args=[round.pk]), everyone)
    client.post(reverse("rounds:publish", args=[round.pk]))
    round.refresh_from_db()
    assert round.state == "open"
    assert round.governing_document.citation.startswith("Kế hoạch số 31-KH/TU ngày 16/3/2021")
    audience = terms_of(round.audiences.get())
    assert audience.due_on == date(2021, 5, 1)
    assert audience.quotas == (QuotaTerms(level=None, minimum=1, maximum=2),)
    assert round.participations.count() == 7

    client.post(reverse("rounds:copy", args=[round.pk]), {"year": "2022"})
    following = Round.objects.get(year=2022)
    copied = terms_of(following.audiences.get())
    assert copied.due_on == date(2022, 3, 31)
    assert following.title.endswith("năm 2022")
    assert copied.quotas == audience.quotas
    assert copied.layouts == audience.layouts
    assert following.state == "draft"


def test_copying_without_a_usual_deadline_keeps_the_day(officer, cast):
    source = make_s4_round(cast)
    officer.post(
        reverse("rounds:copy", args=[source.pk]), {"year": "2025", "opens_on": "10/02/2025"}
    )
    made = Round.objects.get(year=2025)
    assert (made.opens_on, made.copied_from) == (date(2025, 2, 10), source)
    assert {audience.due_on for audience in made.audiences.all()} == {date(2025, 2, 27)}
    assert [a.name for a in made.audiences.all()] == [a.name for a in source.audiences.all()]


def test_copying_to_a_year_without_a_period_says_so(officer, cast):
    source = make_s4_round(cast)
    answer = officer.post(reverse("rounds:copy", args=[source.pk]), {"year": "2031"})
    assert answer.status_code == 422
    assert "2031" in answer.content.decode()
    assert Round.objects.count() == 1


def test_without_a_period_the_officer_is_led_to_enter_one(officer):
    page = officer.get(reverse("rounds:new")).content.decode()
    assert reverse("rounds:period-new") in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "Đ" * 301),
        ("year", "2031"),
        ("year", "hai nghìn"),
        ("opens_on", "31/02/2024"),
        ("late_policy", "maybe"),
        ("nomination_cap", "-1"),
        ("period", "0"),
        ("document-subject", "chỉ có trích yếu"),
        ("document-symbol", "???"),
    ],
)
def test_what_cannot_be_in_the_first_step_is_answered_with_errors(officer, cast, field, value):
    typed = basics_typed(make_period(cast.district)) | {field: value}
    answer = officer.post(reverse("rounds:new"), typed)
    assert answer.status_code == 422
    assert "form-errors" in answer.content.decode() or "field-errors" in answer.content.decode()
    assert not Round.objects.exists()
    assert not Document.objects.exists()


def test_a_refused_round_leaves_no_document_behind(officer, cast):
    letter = {
        "document-symbol": "31-KH/TU",
        "document-issuer_name": "Tỉnh ủy",
        "document-subject": "thực hiện phong trào",
    }
    typed = basics_typed(make_period(cast.district), **letter) | {"year": "2031"}
    assert officer.post(reverse("rounds:new"), typed).status_code == 422
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"kinds": []},
        {"layouts": []},
        {"layouts": "M3"},
        {"due_on": "04/02/2024"},
        {"min_district": "6"},
        {"listed": "Đảng ủy xã Không Có"},
        {"listed": "HH"},
        {"min_province": "x"},
    ],
    ids=str,
)
def test_what_cannot_be_asked_of_an_audience_is_answered_with_errors(officer, cast, changes):
    round = make_s4_round(cast, published=False)
    round.audiences.all().delete()
    if changes.get("layouts") == "M3":
        changes = {"layouts": pk(shipped("M3"))}
    answer = officer.post(
        reverse("rounds:audience-new", args=[round.pk]), audience_typed(**changes)
    )
    assert answer.status_code == 422
    assert not round.audiences.exists()


def test_single_units_are_found_by_code_or_name_without_tone_marks(officer, cast):
    round = make_s4_round(cast, published=False)
    answer = officer.post(
        reverse("rounds:audience-new", args=[round.pk]),
        audience_typed(name="Riêng", kinds=[], listed="TY-PNN; dang uy xa an duong\n\nTY-PNN"),
    )
    assert answer.status_code == 302
    listed = Audience.objects.get(name="Riêng").listed
    assert set(listed.all()) == {cast.agency, cast.communes[0]}


def test_a_name_that_several_units_bear_must_be_given_by_code(officer, cast):
    OrganisationFactory(parent=cast.district, name="Đảng ủy xã An Dương", code="TY-04")
    round = make_s4_round(cast, published=False)
    answer = officer.post(
        reverse("rounds:audience-new", args=[round.pk]),
        audience_typed(listed="Đảng ủy xã An Dương"),
    )
    assert answer.status_code == 422
    assert "TY-04" in answer.content.decode()


def test_audiences_are_moved_edited_and_removed(officer, cast):
    round = make_s4_round(cast, published=False)
    first, second = round.audiences.all()
    officer.post(reverse("rounds:audience-move", args=[round.pk, second.pk]), {"direction": "up"})
    assert pk(round.audiences.all()) == [second.pk, first.pk]
    officer.post(
        reverse("rounds:audience-edit", args=[round.pk, first.pk]),
        audience_typed(name="Xã và thị trấn", min_province="2", version=""),
    )
    first.refresh_from_db()
    assert first.name == "Xã và thị trấn"
    assert first.quotas.get(level=level_of("province")).minimum == 2
    remove = reverse("rounds:audience-remove", args=[round.pk, second.pk])
    assert "Các cơ quan, đơn vị" in officer.get(remove).content.decode()
    officer.post(remove)
    assert pk(round.audiences.all()) == [first.pk]
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"audience.move", "audience.edit", "audience.remove"} <= verbs


def test_two_officers_changing_the_round_never_overwrite_each_other_silently(officer, cast):
    period = make_period(cast.district)
    round = make_s4_round(cast, published=False, period=period)
    seen = round.version
    round.refresh_from_db()
    seen = round.version
    edit_round(
        round=round,
        basics=basics(period, theme="Chủ đề của đồng chí khác"),
        seen_version=seen,
        by=cast.officer,
        at=START,
    )
    url = reverse("rounds:basics", args=[round.pk])
    mine = basics_typed(period, theme="Chủ đề của tôi", version=str(seen))
    answer = officer.post(url, mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Chủ đề của đồng chí khác" in page
    assert "Chủ đề của tôi" in page
    round.refresh_from_db()
    assert round.theme == "Chủ đề của đồng chí khác"
    assert f'name="version" value="{round.version}"' in page
    officer.post(url, mine | {"version": str(round.version)})
    round.refresh_from_db()
    assert round.theme == "Chủ đề của tôi"


def test_two_officers_changing_an_audience_see_where_they_differ(officer, cast):
    round = make_s4_round(cast, published=False)
    audience = round.audiences.first()
    url = reverse("rounds:audience-edit", args=[round.pk, audience.pk])
    round.refresh_from_db()
    seen = str(round.version)
    officer.post(url, audience_typed(name="Của người khác", version=seen))
    answer = officer.post(url, audience_typed(name="Của tôi", version=seen))
    assert answer.status_code == 409
    assert "Của người khác" in answer.content.decode()
    audience.refresh_from_db()
    assert audience.name == "Của người khác"


def test_after_publication_words_can_be_corrected_but_not_whom_it_asks(officer, cast):
    round = make_s4_round(cast)
    url = reverse("rounds:basics", args=[round.pk])
    typed = basics_typed(round.period, theme="Chủ đề mới", year="2023", opens_on="01/01/2024")
    assert officer.post(url, typed).status_code == 302
    round.refresh_from_db()
    assert (round.theme, round.year, round.opens_on) == ("Chủ đề mới", 2024, date(2024, 2, 5))
    new = officer.post(reverse("rounds:audience-new", args=[round.pk]), audience_typed())
    assert new.status_code == 403
    assert round.audiences.count() == 2


def test_publishing_twice_asks_nobody_twice(officer, cast):
    round = make_s4_round(cast, published=False)
    url = reverse("rounds:publish", args=[round.pk])
    assert officer.post(url).status_code == 302
    assert officer.post(url).status_code == 403
    assert Participation.objects.count() == 4


def test_what_stands_in_the_way_is_said_before_publishing(officer, cast):
    round = make_s4_round(cast, published=False)
    Audience.objects.filter(order=1).update(due_on=date(2024, 1, 1))
    for name in ("rounds:preview", "rounds:publish"):
        page = officer.get(reverse(name, args=[round.pk])).content.decode()
        assert "Các xã, thị trấn”: hạn" in page
    answer = officer.post(reverse("rounds:publish", args=[round.pk]))
    assert answer.url == reverse("rounds:preview", args=[round.pk])
    assert not Participation.objects.exists()


def test_a_draft_is_discarded_and_the_journal_keeps_what_it_said(officer, cast):
    round = make_s4_round(cast, published=False)
    url = reverse("rounds:delete", args=[round.pk])
    assert officer.get(url).status_code == 200
    assert officer.post(url).status_code == 302
    assert not Round.objects.exists()
    assert Entry.objects.get(verb="round.delete").before["theme"] == S4_THEME
    published = make_s4_round(cast, period=Period.objects.get())
    assert officer.post(reverse("rounds:delete", args=[published.pk])).status_code == 403


def test_only_standing_levels_are_offered(officer, cast):
    round = make_s4_round(cast, published=False, opens_on=date(2024, 2, 5))
    url = reverse("rounds:audience-new", args=[round.pk])
    assert "max_district" in officer.get(url).content.decode()
    Round.objects.filter(pk=round.pk).update(opens_on=date(2025, 7, 1))
    assert "max_district" not in officer.get(url).content.decode()


def test_layouts_of_strangers_are_not_offered(officer, cast):
    theirs = Layout.objects.create(
        code="M1", kind="form", name="Mẫu riêng Hiệp Hòa", issuer=cast.elsewhere
    )
    round = make_s4_round(cast, published=False)
    url = reverse("rounds:audience-new", args=[round.pk])
    assert theirs.name not in officer.get(url).content.decode()
    assert officer.post(url, audience_typed(layouts=[theirs.pk])).status_code == 422
