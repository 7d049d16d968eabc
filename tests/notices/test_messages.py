"""A message waits in the outbox, is read, changed, sent once, or cancelled."""

import pytest
from tests.factories.accounts import START, UserFactory
from tests.factories.organisations import Cast, SeatFactory, make_cast

from kheo.audit.models import Entry
from kheo.notices.actions import (
    cancel_message,
    edit_message,
    mark_read,
    notify,
    prepare_message,
    send_message,
)
from kheo.notices.enums import MessageState
from kheo.notices.models import Message, Notice
from kheo.notices.queries import notices_of, recipients_of, unread_count, waiting_count
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError

pytestmark = pytest.mark.django_db
TODAY = START.date()


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def prepared(cast: Cast, **changes: object) -> Message:
    parts = {
        "sender": cast.district,
        "units": [cast.communes[0], cast.communes[1]],
        "subject": "Đề nghị gửi đăng ký",
        "body": "Hạn cuối 27/02/2024.",
        "link": "/rounds/1",
        "by": cast.officer,
        "at": START,
    }
    return prepare_message(**(parts | changes))


def test_a_prepared_message_tells_nobody_yet(cast: Cast) -> None:
    message = prepared(cast)
    assert message.state == MessageState.DRAFT
    assert not Notice.objects.exists()
    assert waiting_count(cast.officer) == 1
    assert Entry.objects.get(verb="message.prepare").after["unit_count"] == 2


def test_sending_tells_the_clerk_and_the_head_of_each_unit(cast: Cast) -> None:
    other = SeatFactory(organisation=cast.communes[1], role=Role.CLERK)
    SeatFactory(organisation=cast.communes[1], role=Role.INSPECTOR)
    send_message(message=prepared(cast), by=cast.officer, at=START)
    told = set(Notice.objects.values_list("user_id", "organisation_id"))
    first, second = cast.communes[0].pk, cast.communes[1].pk
    assert told == {
        (cast.clerk.user_id, first),
        (cast.head.user_id, first),
        (other.user_id, second),
    }
    assert waiting_count(cast.officer) == 0


def test_a_person_who_is_clerk_and_head_is_told_once(cast: Cast) -> None:
    SeatFactory(user=cast.clerk.user, organisation=cast.communes[0], role=Role.HEAD)
    send_message(message=prepared(cast, units=[cast.communes[0]]), by=cast.officer, at=START)
    assert unread_count(cast.clerk.user) == 1


def test_sending_twice_tells_once(cast: Cast) -> None:
    message = prepared(cast)
    send_message(message=message, by=cast.officer, at=START)
    again = send_message(message=message, by=cast.officer, at=START)
    assert again.state == MessageState.SENT
    assert Notice.objects.filter(user=cast.clerk.user).count() == 1
    assert Entry.objects.filter(verb="message.send").count() == 1


def test_a_sent_message_is_not_changed_or_cancelled(cast: Cast) -> None:
    message = send_message(message=prepared(cast), by=cast.officer, at=START)
    with pytest.raises(NotAllowedError, match="đã gửi"):
        edit_message(message=message, subject="x", body="y", by=cast.officer, at=START)
    with pytest.raises(NotAllowedError):
        cancel_message(message=message, by=cast.officer, at=START)


def test_a_cancelled_message_is_never_sent(cast: Cast) -> None:
    message = cancel_message(message=prepared(cast), by=cast.officer, at=START)
    with pytest.raises(NotAllowedError, match="đã hủy"):
        send_message(message=message, by=cast.officer, at=START)
    assert not Notice.objects.exists()


def test_an_edit_keeps_the_words_before_it_in_the_audit(cast: Cast) -> None:
    edit_message(
        message=prepared(cast), subject="Nhắc lần 2", body="Mới", by=cast.officer, at=START
    )
    entry = Entry.objects.get(verb="message.edit")
    assert entry.before["subject"] == "Đề nghị gửi đăng ký"
    assert entry.after == {"subject": "Nhắc lần 2", "body": "Mới"}


def test_only_officers_and_heads_write_and_only_for_their_own_body(cast: Cast) -> None:
    with pytest.raises(NotAllowedError):
        prepared(cast, by=cast.clerk)
    with pytest.raises(NotAllowedError):
        prepared(cast, by=cast.stranger)
    with pytest.raises(NotAllowedError, match="phạm vi"):
        prepared(cast, units=[cast.elsewhere])
    assert not Message.objects.exists()


def test_recipients_show_units_where_nobody_holds_a_seat(cast: Cast) -> None:
    cast.clerk.user.email = ""
    cast.clerk.user.save()
    rows = recipients_of(prepared(cast), TODAY)
    assert [(row.unit, row.name, row.email) for row in rows] == [
        ("Đảng ủy xã An Dương", "Ngọ Thị Mai", ""),
        ("Đảng ủy xã An Dương", "Giáp Văn Lâm", cast.head.user.email),
        ("Đảng ủy xã Cao Xá", "", ""),
    ]


def test_notify_tells_given_people_or_the_people_of_the_unit(cast: Cast) -> None:
    notify(organisation=cast.communes[0], subject="Bị trả lại", at=START)
    guest = UserFactory()
    notify(organisation=cast.communes[0], subject="Riêng", users=[guest], at=START)
    assert unread_count(cast.clerk.user) == unread_count(cast.head.user) == 1
    assert list(notices_of(guest).values_list("subject", flat=True)) == ["Riêng"]


def test_unread_notices_come_first_and_reading_touches_only_ones_own(cast: Cast) -> None:
    first, second = (
        notify(organisation=cast.communes[0], subject=name, at=START)[0] for name in ("một", "hai")
    )
    mark_read(user=first.user, notices=[second.pk, *range(10_000, 10_003)], at=START)
    assert [row.subject for row in notices_of(first.user)] == ["một", "hai"]
    other = cast.head.user if first.user == cast.clerk.user else cast.clerk.user
    assert unread_count(other) == 2
    assert mark_read(user=first.user, at=START) == 1
    assert unread_count(first.user) == 0
