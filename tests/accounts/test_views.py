"""The doors as people meet them."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.accounts import PASSWORD, UserFactory

from kheo.accounts.models import User
from kheo.accounts.tasks import send_reset_links

SIGN_IN = "/account/sign-in"
NEW = "sông Thương nước chảy"


def sign_in(client: Client, username: str, password: str, **more: str):
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_everything_is_closed_until_one_signs_in(client: Client, person: User) -> None:
    answer = client.get("/organisations/people?role=clerk")
    assert answer.status_code == 302
    assert answer.url == f"{SIGN_IN}?next=/organisations/people%3Frole%3Dclerk"


def test_signing_in_leads_where_one_wanted_to_go(client: Client, person: User) -> None:
    answer = sign_in(client, "mai.ngo", PASSWORD, next="/organisations/?q=x")
    assert answer.status_code == 302
    assert answer.url == "/organisations/?q=x"


@pytest.mark.parametrize("elsewhere", ["https://la.example/", "//la.example", "javascript:x"])
def test_signing_in_leads_nowhere_outside(client: Client, person: User, elsewhere: str) -> None:
    assert sign_in(client, "mai.ngo", PASSWORD, next=elsewhere).url == "/"


@pytest.mark.parametrize("typed", ["MAI.NGO", " Mai.Ngo "])
def test_capitals_and_blanks_around_the_name_do_not_count(
    client: Client, person: User, typed: str
) -> None:
    assert sign_in(client, typed, PASSWORD).status_code == 302


def test_a_wrong_password_is_told_in_vietnamese_without_saying_who_exists(
    client: Client, person: User
) -> None:
    wrong = sign_in(client, "mai.ngo", "sai")
    unknown = sign_in(client, "khong.co", "sai")
    assert wrong.status_code == unknown.status_code == 422
    words = "Tên đăng nhập hoặc mật khẩu chưa đúng"
    assert words in wrong.content.decode()
    assert words in unknown.content.decode()


def test_a_closed_account_does_not_get_in(client: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert sign_in(client, "mai.ngo", PASSWORD).status_code == 422


def test_after_five_failures_the_door_is_locked_and_says_how_long(
    client: Client, person: User, lock_out: object
) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        answer = sign_in(client, "mai.ngo", "sai")
    assert answer.status_code == 429
    assert "Hãy thử lại sau 60 phút" in answer.content.decode()
    assert int(answer["Retry-After"]) == 3600
    assert sign_in(client, "mai.ngo", PASSWORD).status_code == 429
    assert sign_in(client, "MAI.NGO", PASSWORD).status_code == 429


def test_the_lock_holds_one_name_only(client: Client, person: User, lock_out: object) -> None:
    UserFactory(username="khac")
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "mai.ngo", "sai")
    assert sign_in(client, "khac", PASSWORD).status_code == 302


def test_signing_out_needs_a_click(inside: Client) -> None:
    assert inside.get("/account/sign-out").status_code == 405
    assert inside.post("/account/sign-out").status_code == 302
    assert inside.get("/account/profile").url.startswith(SIGN_IN)


def test_a_new_password_needs_the_old_one(inside: Client, person: User) -> None:
    wrong = {"present": "sai", "password": NEW, "again": NEW}
    answer = inside.post("/account/password", wrong)
    assert answer.status_code == 422
    assert "Mật khẩu hiện tại chưa đúng" in answer.content.decode()
    inside.post("/account/password", wrong | {"present": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert inside.get("/account/profile").status_code == 200


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("ngắn", "Mật khẩu quá ngắn"),
        ("1234567890", "phổ biến"),
        ("98761234509", "chỉ gồm chữ số"),
        ("mai.ngo.mai", "quá giống"),
    ],
)
def test_weak_passwords_are_refused_in_vietnamese(
    inside: Client, password: str, words: str
) -> None:
    answer = inside.post(
        "/account/password", {"present": PASSWORD, "password": password, "again": password}
    )
    assert words in answer.content.decode()


def test_who_must_change_the_password_can_do_nothing_else(inside: Client, person: User) -> None:
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    assert inside.get("/organisations/").url == "/account/password"
    page = inside.get("/account/password")
    assert "Hãy chọn mật khẩu của riêng mình" in page.content.decode()
    inside.post("/account/password", {"present": PASSWORD, "password": NEW, "again": NEW})
    assert inside.get("/organisations/").status_code == 200


def test_asking_for_a_password_tells_nothing_about_who_exists(client: Client, person: User) -> None:
    known = client.post("/account/password/forgotten", {"email": person.email}, follow=True)
    unknown = client.post("/account/password/forgotten", {"email": "ai@la.example"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    # the forms of a page carry a fresh token each time
    token = re.compile(rb"[A-Za-z0-9]{64}")
    assert token.sub(b"", known.content) == token.sub(b"", unknown.content)


def reset_link(address: str) -> str:
    assert send_reset_links(address) == 1
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_the_link_sets_the_password_once(client: Client, person: User) -> None:
    link = reset_link("MAI@vi-du.example")
    assert "Kính gửi Ngọ Thị Mai" in mail.outbox[-1].body
    assert client.get(link).status_code == 200
    answer = client.post(link, {"password": NEW, "again": NEW})
    assert answer.url == SIGN_IN
    assert client.get(link).status_code == 410
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 410
    assert sign_in(client, "mai.ngo", NEW).status_code == 302


def test_the_link_dies_after_four_hours(client: Client, person: User, monkeypatch) -> None:
    link = reset_link(person.email)
    later = timezone.now().replace(tzinfo=None) + timedelta(hours=12)
    monkeypatch.setattr(default_token_generator, "_now", lambda: later)
    assert client.get(link).status_code == 410


def test_a_new_password_ends_the_lock_out(client: Client, person: User, lock_out: object) -> None:
    for _attempt in range(settings.AXES_FAILURE_LIMIT):
        sign_in(client, "mai.ngo", "sai")
    client.post(reset_link(person.email), {"password": NEW, "again": NEW})
    assert sign_in(client, "mai.ngo", NEW).status_code == 302


def test_a_mail_goes_to_nobody_who_is_unknown_or_closed(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert send_reset_links(person.email) == 0
    assert not mail.outbox


@pytest.mark.parametrize("person_part", ["x", "MQ", "___", "9" * 40])
def test_strange_links_are_spent(client: Client, db: None, person_part: str) -> None:
    address = reverse("accounts:password-reset-confirm", args=[person_part, "abc-def"])
    assert client.get(address).status_code == 410


def test_the_language_is_kept_with_the_person(inside: Client, person: User) -> None:
    inside.post("/account/language", {"language": "en", "next": "/account/profile"})
    person.refresh_from_db()
    assert person.language == "en"
    assert "My account" in inside.get("/account/profile").content.decode()
    elsewhere = Client()
    sign_in(elsewhere, "mai.ngo", PASSWORD)
    assert "My account" in elsewhere.get("/account/profile").content.decode()


def test_an_unknown_language_changes_nothing(inside: Client, person: User) -> None:
    assert inside.post("/account/language", {"language": "xx"}).status_code == 302
    person.refresh_from_db()
    assert person.language == "vi"


def test_details_are_kept_in_proper_spelling_and_shown_escaped(
    inside: Client, person: User
) -> None:
    name = "Ngo\u0323  Thi\u0323 <b>Hoà</b>"
    inside.post("/account/profile", {"full_name": name, "email": "", "phone": "0912 345 678"})
    person.refresh_from_db()
    assert person.full_name == "Ngọ Thị <b>Hòa</b>"
    page = inside.get("/account/profile").content.decode()
    assert "&lt;b&gt;Hòa&lt;/b&gt;" in page
    assert "<b>Hòa</b>" not in page


def test_a_name_of_201_letters_is_refused_with_the_text_kept(inside: Client) -> None:
    answer = inside.post("/account/profile", {"full_name": "Đ" * 201})
    assert answer.status_code == 422
    assert "Đ" * 201 in answer.content.decode()
