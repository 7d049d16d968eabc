"""Seats: who gives which, for how long, and who stands in."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from tests.factories.accounts import START, UserFactory
from tests.factories.organisations import Cast, SeatFactory
from tests.organisations.conftest import Enter

from kheo.accounts.models import User
from kheo.audit.models import Entry
from kheo.organisations.actions import (
    InvitationError,
    Offer,
    SeatError,
    accept_invitation,
    end_seat,
    grant_seat,
    invite_person,
    withdraw_invitation,
)
from kheo.organisations.enums import Role
from kheo.organisations.models import Invitation, Seat
from kheo.organisations.queries import seats_of
from kheo.organisations.rules import NotAllowedError, reach_of, reaches

TODAY = date(2024, 1, 2)
PASSWORD = "sông Thương nước chảy"


def test_officers_of_an_advisory_body_reach_what_its_committee_reaches(cast: Cast) -> None:
    assert reach_of(cast.officer) == cast.district.path
    assert reaches(cast.officer, cast.communes[1].path)
    assert not reaches(cast.officer, cast.elsewhere.path)
    assert not reaches(cast.clerk, cast.communes[1].path)


def test_a_sibling_whose_key_begins_alike_is_not_reached(cast: Cast) -> None:
    assert not reaches(cast.clerk, f"{cast.district.path}{cast.communes[0].pk}7.")


@pytest.mark.parametrize(
    ("giver", "role", "allowed"),
    [
        ("head", Role.CLERK, True),
        ("head", Role.OFFICER, False),
        ("officer", Role.HEAD, True),
        ("officer", Role.ADMINISTRATOR, False),
        ("administrator", Role.LEADER, True),
        ("clerk", Role.CLERK, False),
        ("leader", Role.CLERK, False),
        ("stranger", Role.CLERK, False),
    ],
)
def test_who_gives_which_role(cast: Cast, giver: str, role: Role, allowed: bool) -> None:
    def grant() -> Seat:
        return grant_seat(
            user=UserFactory(),
            organisation=cast.communes[0],
            role=role,
            starts_on=TODAY,
            by=getattr(cast, giver),
            at=START,
        )

    if allowed:
        assert grant().role == role
    else:
        with pytest.raises(NotAllowedError):
            grant()


def test_the_same_seat_is_held_once_at_a_time(cast: Cast) -> None:
    with pytest.raises(SeatError):
        SeatFactory(user=cast.clerk.user, organisation=cast.communes[0], starts_on=TODAY)
    end_seat(seat=cast.clerk, on=TODAY - timedelta(days=1), by=cast.head, at=START)
    SeatFactory(user=cast.clerk.user, organisation=cast.communes[0], starts_on=TODAY)
    assert seats_of(cast.clerk.user, TODAY).count() == 1


def test_an_ended_seat_is_held_through_its_last_day(cast: Cast) -> None:
    end_seat(seat=cast.clerk, on=TODAY, reason="chuyển công tác", by=cast.head, at=START)
    assert seats_of(cast.clerk.user, TODAY).exists()
    assert not seats_of(cast.clerk.user, TODAY + timedelta(days=1)).exists()
    assert Entry.objects.get(verb="seat.end").reason == "chuyển công tác"
    with pytest.raises(SeatError):
        end_seat(seat=cast.clerk, on=TODAY + timedelta(days=3), by=cast.head, at=START)


def test_nobody_ends_their_own_seat(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        end_seat(seat=cast.administrator, on=TODAY, by=cast.administrator, at=START)


def stand_in(cast: Cast, **more: object) -> Seat:
    values = {
        "user": cast.clerk.user,
        "organisation": cast.communes[0],
        "role": Role.HEAD,
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=10),
        "acting_for": cast.head,
        "by": cast.head,
        "at": START,
    }
    return grant_seat(**(values | more))


def test_the_holder_names_a_stand_in_for_a_time(cast: Cast) -> None:
    seat = stand_in(cast)
    assert [held.pk for held in seats_of(cast.clerk.user, TODAY)][-1] == seat.pk
    assert seat.actor_seat_label.endswith("(thay Giáp Văn Lâm)")
    assert not seats_of(cast.clerk.user, TODAY + timedelta(days=11)).filter(pk=seat.pk)


@pytest.mark.parametrize("wrong", [{"ends_on": None}, {"ends_on": TODAY - timedelta(days=1)}])
def test_standing_in_needs_a_last_day_after_the_first(cast: Cast, wrong: dict) -> None:
    with pytest.raises(SeatError):
        stand_in(cast, **wrong)


def test_nobody_stands_in_for_a_stand_in_and_strangers_name_none(cast: Cast) -> None:
    seat = stand_in(cast)
    with pytest.raises(SeatError):
        stand_in(cast, acting_for=seat, by=cast.administrator, user=UserFactory())
    with pytest.raises(NotAllowedError):
        stand_in(cast, by=cast.stranger, user=UserFactory())


def test_stand_ins_end_with_the_seat(cast: Cast) -> None:
    seat = stand_in(cast)
    end_seat(seat=cast.head, on=TODAY + timedelta(days=2), by=cast.administrator, at=START)
    seat.refresh_from_db()
    assert seat.ends_on == TODAY + timedelta(days=2)


def invite(cast: Cast, **more: object) -> tuple[Invitation, str]:
    values = {
        "full_name": "Trần Thị Mới",
        "email": "moi@vi-du.example",
        "organisation": cast.communes[1],
        "role": Role.CLERK,
    }
    return invite_person(offer=Offer(**(values | more)), by=cast.officer, at=START)


def test_an_invitation_becomes_an_account_and_a_seat_once(cast: Cast) -> None:
    invitation, token = invite(cast)
    assert token not in str(Invitation.objects.values().get())
    seat = accept_invitation(token=token, username="moi", password=PASSWORD, at=START)
    assert (seat.user.full_name, seat.organisation) == ("Trần Thị Mới", cast.communes[1])
    with pytest.raises(InvitationError):
        accept_invitation(token=token, username="moi2", password=PASSWORD, at=START)
    with pytest.raises(InvitationError):
        withdraw_invitation(invitation=invitation, by=cast.officer, at=START)


def test_withdrawn_and_old_invitations_make_nobody(cast: Cast) -> None:
    invitation, token = invite(cast)
    with pytest.raises(InvitationError):
        accept_invitation(
            token=token, username="a", password=PASSWORD, at=START + timedelta(days=7)
        )
    withdraw_invitation(invitation=invitation, by=cast.officer, at=START)
    with pytest.raises(InvitationError):
        accept_invitation(token=token, username="a", password=PASSWORD, at=START)
    assert not User.objects.filter(username="a").exists()


def test_who_is_invited_by_somebody_who_may_no_longer_gets_nothing(cast: Cast) -> None:
    _invitation, token = invite(cast)
    Seat.objects.filter(pk=cast.officer.pk).update(role=Role.CLERK)
    with pytest.raises(NotAllowedError):
        accept_invitation(token=token, username="a", password=PASSWORD, at=START)


def test_inviting_on_screen_sends_a_mail_and_shows_the_link_once(cast: Cast, enter: Enter) -> None:
    client = enter(cast.officer)
    data = {
        "full_name": "Trần Thị Mới",
        "email": "moi@vi-du.example",
        "organisation": "TY-02 – Đảng ủy xã Cao Xá",
        "role": "clerk",
    }
    page = client.post("/organisations/people/invite", data).content.decode()
    link = page.partition('class="once-link"')[2].partition(">")[2].partition("<")[0]
    assert link in mail.outbox[0].body
    people = client.get("/organisations/people").content.decode()
    assert "Trần Thị Mới" in people
    assert link not in people
    path = "/organisations" + link.partition("/organisations")[2]
    stranger = Client()
    assert "Chào mừng Trần Thị Mới" in stranger.get(path).content.decode()
    taken = {"username": cast.clerk.user.username, "password": PASSWORD, "again": PASSWORD}
    assert "đã có người dùng" in stranger.post(path, taken).content.decode()
    answer = stranger.post(path, taken | {"username": "tran.moi"}, follow=True)
    assert answer.context["user"].username == "tran.moi"
    assert Client().get(path).status_code == 410


def test_an_invited_person_who_is_signed_in_keeps_their_account(cast: Cast, enter: Enter) -> None:
    _invitation, token = invite_person(
        offer=Offer(
            full_name="Ngọ Thị Mai",
            email="mai@vi-du.example",
            organisation=cast.communes[2],
            role=Role.HEAD,
        ),
        by=cast.administrator,
        at=_now(),
    )
    client = enter(cast.clerk)
    client.get(f"/organisations/invitation/{token}")
    client.post(f"/organisations/invitation/{token}")
    assert cast.clerk.user.seats.count() == 2


def _now():
    from django.utils import timezone  # noqa: PLC0415 -- the wall clock, only here

    return timezone.now()


def test_a_role_one_may_not_give_is_not_offered(cast: Cast, enter: Enter) -> None:
    page = enter(cast.head).get("/organisations/people/invite").content.decode()
    assert 'value="clerk"' in page
    assert 'value="administrator"' not in page
    assert enter(cast.clerk).get("/organisations/people/invite").status_code == 403


def test_switching_goes_to_ones_own_seats_only(cast: Cast, enter: Enter) -> None:
    other = SeatFactory(user=cast.clerk.user, organisation=cast.communes[1], role=Role.HEAD)
    client = enter(cast.clerk)
    assert client.post("/organisations/switch-seat", {"seat": other.pk}).status_code == 302
    page = client.get("/organisations/").content.decode()
    assert "Đảng ủy xã Cao Xá" in page
    for foreign in (cast.officer.pk, "abc", ""):
        answer = client.post("/organisations/switch-seat", {"seat": foreign})
        assert answer.status_code == 404


def test_an_ended_seat_is_left_at_once(cast: Cast, enter: Enter) -> None:
    client = enter(cast.clerk)
    client.post("/organisations/switch-seat", {"seat": cast.clerk.pk})
    Seat.objects.filter(pk=cast.clerk.pk).update(ends_on=date(2024, 1, 1))
    assert client.get("/organisations/").url == "/organisations/no-seat"
