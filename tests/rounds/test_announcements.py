"""Units that are asked are told so: each clerk and head once, with their own deadline."""

from datetime import timedelta

import pytest
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.organisations import SeatFactory, kind_of, level_of, make_cast
from tests.factories.rounds import S4_DUE, make_s4_round, shipped

from kheo.notices.models import Notice
from kheo.organisations.actions import establish_organisation
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.rounds.actions import add_unit_to_round, publish_round
from kheo.rounds.models import Audience
from kheo.rounds.rules import RoundError

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return make_cast()


def test_the_clerks_and_heads_of_asked_units_are_told_once(cast):
    SeatFactory(user=cast.clerk.user, organisation=cast.communes[0], role=Role.HEAD)
    SeatFactory(organisation=cast.communes[0], role=Role.INSPECTOR)
    gone = SeatFactory(organisation=cast.communes[1], role=Role.CLERK)
    Seat.objects.filter(pk=gone.pk).update(ends_on=START.date() - timedelta(days=1))
    agency = SeatFactory(organisation=cast.agency, role=Role.HEAD)
    round = make_s4_round(cast)
    told = Notice.objects.values_list("user_id", "organisation_id")
    assert sorted(told) == sorted(
        [
            (cast.clerk.user_id, cast.communes[0].pk),
            (cast.head.user_id, cast.communes[0].pk),
            (agency.user_id, cast.agency.pk),
        ]
    )
    notice = Notice.objects.get(user=cast.clerk.user)
    assert notice.subject == f"Đợt đăng ký mới, hạn 27/02/2024: {round.title}"
    assert "chậm nhất ngày 27/02/2024" in notice.body
    assert "(qua Ban Dân vận Huyện ủy)" in notice.body
    assert notice.link == reverse("rounds:detail", args=[round.pk])
    assert notice.created_at == START
    assert notice.read_at is None


def test_each_audience_is_told_its_own_deadline(cast):
    agency = SeatFactory(organisation=cast.agency, role=Role.CLERK)
    round = make_s4_round(cast, published=False)
    later = round.audiences.get(name="Các cơ quan, đơn vị")
    Audience.objects.filter(pk=later.pk).update(due_on=S4_DUE + timedelta(days=2))
    publish_round(round=round, by=cast.officer, at=START)
    subjects = dict(Notice.objects.values_list("user_id", "subject"))
    assert "27/02/2024" in subjects[cast.head.user_id]
    assert "29/02/2024" in subjects[agency.user_id]


def test_a_round_that_cannot_be_published_tells_nobody(cast):
    round = make_s4_round(cast, published=False)
    round.audiences.first().layouts.set(shipped("M3"))
    with pytest.raises(RoundError):
        publish_round(round=round, by=cast.officer, at=START)
    assert not Notice.objects.exists()


def test_a_unit_that_joins_late_is_told(cast):
    round = make_s4_round(cast)
    joined = establish_organisation(
        code="TY-99",
        name="Đảng ủy xã Mới",
        kind=kind_of("commune_committee"),
        level=level_of("commune"),
        parent=cast.district,
        on=START.date(),
        by=None,
        at=START,
    )
    person = SeatFactory(organisation=joined, role=Role.CLERK)
    add_unit_to_round(
        round=round,
        organisation=joined,
        audience=round.audiences.first(),
        by=cast.officer,
        at=START + timedelta(days=1),
    )
    assert Notice.objects.get(user=person.user).link == reverse("rounds:detail", args=[round.pk])
