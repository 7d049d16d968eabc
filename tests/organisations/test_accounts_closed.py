"""Closing an account and opening it again: who may, what it stops, what it leaves."""

import pytest
from tests.factories.organisations import Cast, SeatFactory
from tests.organisations.conftest import Enter

from kheo.audit.models import Entry

pytestmark = pytest.mark.django_db


def address(cast: Cast) -> str:
    return f"/organisations/seats/{cast.clerk.pk}/account"


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(cast: Cast, enter: Enter) -> None:
    clerk = enter(cast.clerk)
    administrator = enter(cast.administrator)
    assert clerk.get("/").status_code == 200
    administrator.post(address(cast), {"reason": "Đã nghỉ hưu"})
    assert clerk.get("/").status_code == 302
    page = administrator.get(f"/organisations/seats/{cast.clerk.pk}").text
    assert "Tài khoản đang khóa" in page
    assert cast.clerk.title in page
    assert Entry.objects.filter(verb="user.deactivate", reason="Đã nghỉ hưu").count() == 1
    administrator.post(address(cast), {"active": "True", "reason": "Trở lại công tác"})
    assert enter(cast.clerk).get("/").status_code == 200


def test_a_reason_must_be_given(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.administrator).post(address(cast), {"reason": " "})
    assert answer.status_code == 422
    cast.clerk.user.refresh_from_db()
    assert cast.clerk.user.is_active


def test_sending_the_same_page_twice_changes_nothing_more(cast: Cast, enter: Enter) -> None:
    administrator = enter(cast.administrator)
    for _turn in range(2):
        administrator.post(address(cast), {"reason": "Đã nghỉ hưu"})
    cast.clerk.user.refresh_from_db()
    assert not cast.clerk.user.is_active


def test_only_an_administrator_does_it_and_never_to_themselves(cast: Cast, enter: Enter) -> None:
    assert enter(cast.officer).post(address(cast), {"reason": "x"}).status_code == 403
    own = f"/organisations/seats/{cast.administrator.pk}/account"
    assert enter(cast.administrator).post(own, {"reason": "x"}).status_code == 403
    assert enter(cast.stranger).post(address(cast), {"reason": "x"}).status_code == 404
    cast.clerk.user.refresh_from_db()
    assert cast.clerk.user.is_active


def test_somebody_with_a_seat_elsewhere_keeps_the_account(cast: Cast, enter: Enter) -> None:
    SeatFactory(user=cast.clerk.user, organisation=cast.elsewhere)
    answer = enter(cast.administrator).post(address(cast), {"reason": "x"})
    assert answer.status_code == 403
    assert "ngoài phạm vi" in answer.text
