"""A round made out of a paper equals the one set up by hand, field by field."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.organisations import OrganisationFactory, SeatFactory
from tests.factories.rounds import basics, make_period, s4_audiences
from tests.planning.papers import THEME, plan, round_letter

from kheo.directives.models import Document, Finding, Origin
from kheo.directives.queries import origins_of
from kheo.rounds.actions import QuotaTerms, create_round, publish_round, set_audiences
from kheo.rounds.actions.audiences import terms_of
from kheo.rounds.actions.rounds import basics_of
from kheo.rounds.models import Participation, Period, Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(cast):
    make_period(cast.district)
    OrganisationFactory(
        parent=cast.district,
        name="Đảng bộ Công an huyện",
        code="TY-CA",
        kind_code="armed_force",
        level_code="district",
    )
    OrganisationFactory(
        parent=cast.district,
        name="Hội Liên hiệp Phụ nữ huyện",
        code="TY-PN",
        kind_code="mass_organisation",
        level_code="district",
    )
    return round_letter(cast.district)


@pytest.fixture
def officer(client, cast):
    client.force_login(cast.officer.user)
    return client


def shown(client, document, **query):
    """What the page proposes: the round with its forms."""
    answer = client.get(reverse("planning:proposals", args=[document.pk]), query)
    assert answer.status_code == 200
    return answer.context


def as_typed(part, **changes):
    """What the browser sends when nothing is changed on the page."""
    forms = [part.form, *(one.form for one in part.audiences)]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is None:
                continue
            if isinstance(value, list | tuple) or hasattr(value, "values_list"):
                data[field.html_name] = [getattr(one, "pk", one) for one in value]
            else:
                data[field.html_name] = getattr(value, "pk", value)
    data |= {one.use.add_prefix("use"): "on" for one in part.audiences}
    return data | changes


def make(client, document, **changes):
    part = shown(client, document)["round"]
    url = reverse("planning:make-round", args=[document.pk])
    return client.post(url, as_typed(part, **changes))


def test_the_letter_opens_the_round_that_was_set_up_by_hand(officer, cast, letter):
    answer = make(officer, letter, **{"round-opens_on": "2024-02-05"})
    made = Round.objects.get()
    assert answer.url == reverse("rounds:preview", args=[made.pk])
    guidance = Document.objects.get(symbol="09-HD/HU")
    by_hand = create_round(
        organiser=cast.district,
        basics=basics(
            Period.objects.get(),
            title="Đăng ký xây dựng mô hình, điển hình “Dân vận khéo” năm 2024",
            governing_document=guidance,
        ),
        by=cast.officer,
        at=START,
    )
    set_audiences(round=by_hand, audiences=s4_audiences(), by=cast.officer, at=START)
    assert basics_of(made) == basics_of(by_hand)
    assert made.organiser == by_hand.organiser
    pairs = zip(made.audiences.all(), by_hand.audiences.all(), strict=True)
    police = cast.district.children.get(code="TY-CA")
    for index, (one, other) in enumerate(pairs):
        got, wanted = terms_of(one), terms_of(other)
        assert (got.name, got.due_on) == (wanted.name, wanted.due_on)
        assert (set(got.kinds), got.levels) == (set(wanted.kinds), wanted.levels)
        assert [layout.code for layout in got.layouts] == [layout.code for layout in wanted.layouts]
        assert set(got.quotas) == set(wanted.quotas)
        assert got.listed == ((police,) if index else ())


def test_the_round_asks_the_same_units_when_it_is_published(officer, cast, letter):
    make(officer, letter, **{"round-opens_on": "2024-02-05"})
    round = publish_round(round=Round.objects.get(), by=cast.officer, at=START)
    parts = Participation.objects.filter(round=round).order_by("audience__order", "sort_key")
    assert [(part.audience.order, part.unit_name) for part in parts] == [
        (1, "Đảng ủy thị trấn Nhã Nam"),
        (1, "Đảng ủy xã An Dương"),
        (1, "Đảng ủy xã Cao Xá"),
        (2, "Đảng bộ Công an huyện"),
        (2, "Hội Liên hiệp Phụ nữ huyện"),
        (2, "Phòng Nông nghiệp huyện"),
    ]


def test_each_value_stands_beside_its_sentence_and_open_questions_are_asked(officer, letter):
    context = shown(officer, letter)
    part = context["round"]
    assert [fact.value for fact in part.proposal.sources["theme"]] == [THEME]
    assert "không quá 05 nội dung" in part.proposal.sources["nomination_cap"][0].sentence
    assert part.proposal.audiences[1].unknown == ("Đảng bộ Trung tâm Y tế huyện",)
    page = officer.get(reverse("planning:proposals", args=[letter.pk])).content.decode()
    assert "Trung tâm Y tế huyện”" in page
    # today is long after the deadline, so the day of opening is asked
    assert part.proposal.opens_on is None
    assert part.proposal.questions


def test_what_was_made_leads_back_to_its_sentences(officer, letter):
    make(officer, letter, **{"round-opens_on": "2024-02-05"})
    made = Round.objects.get()
    fields = {row.finding.field for row in origins_of("rounds.round", [made.pk])[made.pk]}
    assert {"theme", "quota", "deadline", "form"} <= fields
    communes = made.audiences.first()
    origins = origins_of("rounds.audience", [communes.pk])[communes.pk]
    assert {row.finding.text for row in origins} >= {
        "ít nhất 01 nội dung cấp tỉnh",
        "chậm nhất ngày 27/02/2024",
    }
    page = officer.get(reverse("rounds:detail", args=[made.pk])).content.decode()
    sentence = Finding.objects.get(text="ít nhất 01 nội dung cấp tỉnh")
    link = f"{reverse('directives:reading', args=[letter.pk])}#finding-{sentence.pk}"
    assert f'<a href="{link}">«{sentence.text}»</a>' in page


def test_a_second_click_or_window_makes_no_second_round(officer, letter):
    part = shown(officer, letter)["round"]
    url = reverse("planning:make-round", args=[letter.pk])
    typed = as_typed(part, **{"round-opens_on": "2024-02-05"})
    assert officer.post(url, typed).status_code == 302
    again = officer.post(url, typed)
    assert again.status_code == 422
    assert Round.objects.count() == 1
    assert Document.objects.filter(symbol="09-HD/HU").count() == 1


def test_a_page_opened_before_a_correction_is_refused(officer, letter):
    part = shown(officer, letter)["round"]
    reading = letter.readings.get()
    reading.version += 1
    reading.save()
    typed = as_typed(part, **{"round-opens_on": "2024-02-05"})
    assert officer.post(reverse("planning:make-round", args=[letter.pk]), typed).status_code == 422
    assert not Round.objects.exists()
    assert not Origin.objects.exists()


def test_only_what_is_accepted_is_proposed(officer, letter):
    Finding.objects.exclude(field="form").update(state="proposed")
    context = shown(officer, letter)
    assert context["round"] is None
    assert context["desk"].paper.unchecked > 5


def test_two_deadlines_for_one_audience_are_asked_and_never_guessed(officer, letter):
    first = Finding.objects.get(field="deadline", value__audience="các xã, thị trấn")
    Finding.objects.create(
        reading=first.reading,
        ordinal=99,
        field="deadline",
        start=first.start,
        end=first.end,
        text=first.text,
        confidence="likely",
        value=first.value | {"on": "2024-03-05"},
        state="accepted",
    )
    communes = shown(officer, letter)["round"].proposal.audiences[0]
    assert communes.due_on is None
    assert "27/02/2024" in communes.doubts[0]
    assert "05/03/2024" in communes.doubts[0]
    assert make(officer, letter, **{"round-opens_on": "2024-02-05"}).status_code == 422
    assert not Round.objects.exists()


def test_parts_are_left_out_and_changed_before_making(officer, letter):
    part = shown(officer, letter)["round"]
    typed = as_typed(
        part,
        **{
            "round-opens_on": "2024-02-05",
            "round-title": "Đợt đăng ký riêng",
            "round-governing": "paper",
            "audience-0-due_on": "2024-02-20",
        },
    )
    del typed["audience-1-use"]
    officer.post(reverse("planning:make-round", args=[letter.pk]), typed)
    made = Round.objects.get()
    assert (made.title, made.governing_document) == ("Đợt đăng ký riêng", letter)
    assert [audience.due_on for audience in made.audiences.all()] == [date(2024, 2, 20)]


@pytest.mark.parametrize("who", ["clerk", "leader", "administrator"])
def test_who_is_no_officer_reads_and_makes_nothing(client, cast, letter, who):
    client.force_login(getattr(cast, who).user)
    url = reverse("planning:proposals", args=[letter.pk])
    assert client.get(url).status_code == 200
    assert client.post(reverse("planning:make-round", args=[letter.pk])).status_code == 403
    assert not Round.objects.exists()


def test_a_stranger_learns_nothing(client, cast, letter):
    client.force_login(cast.stranger.user)
    assert client.get(reverse("planning:proposals", args=[letter.pk])).status_code == 404


class TestEveryYear:
    """The plan in the manner of S1: by 31/3 each year, in 2021 by 01/5; 1–2 models a unit."""

    @pytest.fixture
    def paper(self, cast):
        OrganisationFactory(
            parent=cast.province,
            name="Sở Nội vụ",
            code="T-NV",
            kind_code="agency",
            level_code="province",
        )
        return plan(cast.province)

    @pytest.fixture
    def window(self, client, cast):
        seat = SeatFactory(organisation=cast.province, role="officer")
        client.force_login(seat.user)
        return client

    def test_the_round_of_the_first_year_has_its_own_deadline(self, window, paper):
        page = window.get(reverse("planning:proposals", args=[paper.pk])).content.decode()
        assert "Riêng năm 2021, hạn đăng ký là 01/05/2021" in page
        make(window, paper)
        made = Round.objects.get()
        assert (made.year, made.opens_on) == (2021, date(2021, 3, 16))
        period = made.period
        assert (period.name, period.first_year, period.last_year) == ("2021 – 2025", 2021, 2025)
        assert (period.usual_due_day, period.usual_due_month) == (31, 3)
        assert made.governing_document == paper
        assert made.receiver_name == "Ban Dân vận Tỉnh ủy"
        assert made.field_scheme.code == "s0-s1"
        for audience in made.audiences.all():
            terms = terms_of(audience)
            assert terms.due_on == date(2021, 5, 1)
            assert terms.quotas == (QuotaTerms(level=None, minimum=1, maximum=2),)
            assert [layout.code for layout in terms.layouts] == ["M1", "M2", "S1"]
        publish_round(round=made, by=None, at=START)
        names = set(Participation.objects.values_list("unit_name", flat=True))
        assert names == {"Sở Nội vụ", "Huyện ủy Tân Yên", "Huyện ủy Hiệp Hòa"}

    def test_the_next_year_is_made_of_the_same_plan_with_the_usual_day(self, window, paper):
        make(window, paper)
        part = shown(window, paper, year=2022)["round"]
        typed = as_typed(part, **{"round-opens_on": "2022-01-15"})
        url = reverse("planning:make-round", args=[paper.pk])
        assert window.post(url, typed).status_code == 302
        following = Round.objects.get(year=2022)
        assert {audience.due_on for audience in following.audiences.all()} == {date(2022, 3, 31)}
        assert Period.objects.count() == 1
