"""One mail a day and person, whatever happens: two workers, failures, a crash."""

from datetime import datetime, timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django_q.models import Schedule
from tests.factories.accounts import HANOI, UserFactory
from tests.factories.organisations import OrganisationFactory

from kheo.notices.actions import claim_digest, mark_read, notify
from kheo.notices.models import Digest, Notice
from kheo.notices.queries import failed_digests
from kheo.notices.tasks import DigestsFailedError, send_digests
from kheo.organisations.models import Organisation

pytestmark = pytest.mark.django_db
MORNING = datetime(2024, 2, 20, 7, 30, tzinfo=HANOI)


@pytest.fixture
def unit() -> Organisation:
    return OrganisationFactory(name="Đảng ủy xã An Dương", kind_code="party_committee")


def tell(unit: Organisation, *users: object, subject: str = "Nhắc", link: str = "") -> None:
    notify(organisation=unit, users=users, subject=subject, link=link, at=MORNING)


def test_a_person_gets_one_mail_with_everything_unread(unit, settings) -> None:
    settings.PUBLIC_URL = "https://kheo.example"
    user = UserFactory(full_name="Ngọ Thị Mai")
    tell(unit, user, subject="Bị <trả lại> & nhắc", link="/registrations/7")
    tell(unit, user, subject="Đến hạn")
    assert send_digests(MORNING) == 1
    (sent,) = mail.outbox
    assert sent.to == [user.email]
    assert sent.subject == "Khéo: 2 thông báo mới"
    assert "Ngọ Thị Mai," in sent.body
    assert "Bị <trả lại> & nhắc" in sent.body, "plain text is not escaped"
    assert "https://kheo.example/registrations/7" in sent.body
    assert "https://kheo.example/notices/" in sent.body
    assert Notice.objects.filter(digest__sent_at=MORNING).count() == 2


def test_what_comes_later_waits_for_tomorrow(unit) -> None:
    user = UserFactory()
    tell(unit, user)
    send_digests(MORNING)
    tell(unit, user, subject="Sau đó")
    assert send_digests(MORNING + timedelta(hours=5)) == 0
    assert send_digests(MORNING + timedelta(days=1)) == 1
    assert "Sau đó" in mail.outbox[1].body
    assert "Nhắc" not in mail.outbox[1].body


def test_nothing_is_mailed_at_night_or_about_what_was_read(unit) -> None:
    early, reader = UserFactory(), UserFactory()
    tell(unit, early, reader)
    assert send_digests(MORNING.replace(hour=5)) == 0
    mark_read(user=reader, at=MORNING)
    send_digests(MORNING)
    assert [message.to for message in mail.outbox] == [[early.email]]


def test_people_without_an_address_or_who_left_get_no_mail(unit) -> None:
    tell(unit, UserFactory(email=""), UserFactory(is_active=False))
    assert send_digests(MORNING) == 0
    assert not Digest.objects.exists()


def test_two_workers_mail_once(unit) -> None:
    user = UserFactory()
    tell(unit, user)
    assert claim_digest(user=user, day=MORNING.date(), at=MORNING) is not None
    assert claim_digest(user=user, day=MORNING.date(), at=MORNING) is None
    assert send_digests(MORNING) == 0
    assert mail.outbox == []
    assert send_digests(MORNING + timedelta(days=1)) == 1, "a dead worker loses a day, no notice"


def test_a_failure_is_seen_and_tried_again_and_stops_nobody_else(unit, monkeypatch) -> None:
    bad, good = UserFactory(email="sai@vi-du.example"), UserFactory()
    tell(unit, bad, good)
    send = EmailMessage.send

    def fail_once(self, *args):
        if self.to == [bad.email]:
            raise SMTPServerDisconnected("không nối được máy chủ thư")
        return send(self, *args)

    monkeypatch.setattr(EmailMessage, "send", fail_once)
    with pytest.raises(DigestsFailedError, match="1 digests not sent"):
        send_digests(MORNING)
    assert [message.to for message in mail.outbox] == [[good.email]]
    (failed,) = failed_digests(MORNING.date())
    assert failed.user == bad
    assert "không nối được" in failed.error
    monkeypatch.undo()
    assert send_digests(MORNING + timedelta(hours=1)) == 1
    assert not failed_digests(MORNING.date())
    assert Digest.objects.get(user=bad).attempts == 2


def test_the_mail_speaks_the_language_of_the_person(unit) -> None:
    tell(unit, UserFactory(language="en", full_name="Mai"))
    send_digests(MORNING)
    assert mail.outbox[0].subject == "Khéo: 1 new notice"
    assert mail.outbox[0].body.startswith("Dear Mai,")


def test_digests_are_on_the_schedule_of_every_installation() -> None:
    schedule = Schedule.objects.get(func="kheo.notices.tasks.send_digests")
    assert schedule.schedule_type == Schedule.HOURLY
    assert schedule.repeats == -1
