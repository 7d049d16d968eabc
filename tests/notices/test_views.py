"""The pages of notices as their readers meet them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.accounts import START
from tests.factories.organisations import Cast, make_cast

from kheo.notices.actions import notify, prepare_message, send_message
from kheo.notices.models import Message, Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def officer(cast: Cast, client: Client) -> Client:
    client.force_login(cast.officer.user)
    return client


def prepared(cast: Cast, subject: str = "Nhắc nộp") -> Message:
    return prepare_message(
        sender=cast.district,
        units=cast.communes,
        subject=subject,
        body="Kính gửi các đơn vị",
        by=cast.officer,
        at=START,
    )


def test_the_list_says_what_will_come_when_it_is_empty(officer: Client) -> None:
    page = officer.get(reverse("notices:list"))
    assert "chưa có thông báo nào" in page.text


def test_reading_a_notice_marks_it_and_goes_to_its_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.clerk.user)
    notices = notify(organisation=cast.communes[0], subject="Trả lại", link="/rounds/", at=START)
    mine = next(notice for notice in notices if notice.user_id == cast.clerk.user_id)
    assert "chưa đọc" in client.get(reverse("notices:list")).text
    answer = client.post(reverse("notices:open", args=[mine.pk]))
    assert answer.url == "/rounds/"
    mine.refresh_from_db()
    assert mine.read_at is not None


def test_nobody_opens_the_notice_of_another_or_is_led_elsewhere(cast: Cast, client: Client) -> None:
    notify(organisation=cast.communes[0], subject="Lạ", link="//xau.example/", at=START)
    mine = Notice.objects.get(user=cast.clerk.user)
    client.force_login(cast.stranger.user)
    assert client.post(reverse("notices:open", args=[mine.pk])).status_code == 404
    client.force_login(cast.clerk.user)
    assert client.post(reverse("notices:open", args=[mine.pk])).url == reverse("notices:list")


def test_all_are_marked_as_read_when_none_is_ticked(cast: Cast, client: Client) -> None:
    client.force_login(cast.clerk.user)
    for subject in ("một", "hai"):
        notify(organisation=cast.communes[0], subject=subject, at=START)
    first = Notice.objects.filter(user=cast.clerk.user).first()
    client.post(reverse("notices:read"), {"notice": [first.pk, "x"]})
    assert Notice.objects.filter(user=cast.clerk.user, read_at=None).count() == 1
    page = client.post(reverse("notices:read"), follow=True)
    assert "Đã đánh dấu đã đọc 1 thông báo." in page.text


def test_a_message_is_read_changed_and_sent_on_one_page(cast: Cast, officer: Client) -> None:
    message = prepared(cast)
    address = reverse("notices:message", args=[message.pk])
    page = officer.get(address)
    assert "Ngọ Thị Mai" in page.text
    assert "chưa có ai phụ trách" in page.text
    saved = officer.post(address, {"subject": "Nhắc gấp", "body": "Hạn đến nơi"}, follow=True)
    assert "vẫn chờ trong hộp thư đi" in saved.text
    sent = officer.post(address, {"subject": "Gấp", "body": "Hạn", "send": "1"}, follow=True)
    assert "không sửa được nữa" in sent.text
    assert Notice.objects.get(user=cast.clerk.user).subject == "Gấp"


def test_a_message_without_words_is_refused_in_place(cast: Cast, officer: Client) -> None:
    message = prepared(cast)
    answer = officer.post(
        reverse("notices:message", args=[message.pk]), {"subject": "", "body": ""}
    )
    assert answer.status_code == 422
    message.refresh_from_db()
    assert message.subject == "Nhắc nộp"


def test_cancelling_leads_back_to_the_outbox(cast: Cast, officer: Client) -> None:
    message = prepared(cast)
    page = officer.post(reverse("notices:cancel", args=[message.pk]), follow=True)
    assert "Đã hủy" in page.text
    assert officer.post(reverse("notices:send", args=[message.pk])).status_code == 403


def test_the_outbox_is_closed_to_clerks_and_to_others(cast: Cast, client: Client) -> None:
    message = prepared(cast)
    client.force_login(cast.clerk.user)
    assert client.get(reverse("notices:outbox")).status_code == 403
    client.force_login(cast.stranger.user)
    assert "đang trống" in client.get(reverse("notices:outbox")).text
    assert client.get(reverse("notices:message", args=[message.pk])).status_code == 404


@pytest.mark.parametrize("name", ["notices:list", "notices:outbox"])
def test_lists_cost_the_same_with_one_and_three_rows(
    cast: Cast, officer: Client, django_assert_num_queries: Any, name: str
) -> None:
    def add() -> None:
        send_message(message=prepared(cast), by=cast.officer, at=START)
        notify(organisation=cast.district, users=[cast.officer.user], subject="Tin", at=START)

    add()
    officer.get(reverse(name))
    with CaptureQueriesContext(connection) as counted:
        officer.get(reverse(name))
    for _more in range(2):
        add()
    with django_assert_num_queries(len(counted)):
        officer.get(reverse(name))
