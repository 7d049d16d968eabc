"""Deeds on people leave their trace and keep names apart."""

import pytest
from tests.factories.accounts import START, UserFactory

from kheo.accounts.actions import (
    Details,
    UsernameTakenError,
    change_details,
    create_user,
    set_active,
    set_language,
    set_password,
)
from kheo.accounts.models import User
from kheo.audit.models import Entry

pytestmark = pytest.mark.django_db


def test_a_sign_in_name_is_unique_in_any_case() -> None:
    create_user(username="Mai.Ngo", full_name="Ngọ Thị Mai", by=None, at=START)
    with pytest.raises(UsernameTakenError):
        create_user(username="mai.NGO", full_name="Khác", by=None, at=START)


def test_without_a_password_nobody_gets_in() -> None:
    user = create_user(username="mai", full_name="Mai", by=None, at=START)
    assert not user.has_usable_password()


def test_the_trace_never_holds_the_password() -> None:
    user = UserFactory()
    set_password(user=user, password="một mật khẩu dài", by=user, at=START)
    entry = Entry.objects.get(verb="user.set-password")
    assert (entry.actor_user_id, entry.before, entry.after) == (user.pk, {}, {})


def test_changed_details_stand_before_and_after() -> None:
    user = UserFactory(full_name="Cũ", email="")
    details = Details(full_name="Mới", email="moi@vi-du.example")
    change_details(user=user, details=details, by=user, at=START)
    change_details(user=user, details=details, by=user, at=START)
    entry = Entry.objects.get(verb="user.change-details")
    assert entry.before["full_name"] == "Cũ"
    assert entry.after["full_name"] == "Mới"
    assert User.objects.get(pk=user.pk).search_key.startswith("moi")


def test_closing_an_account_says_why() -> None:
    user, by = UserFactory(), UserFactory()
    set_active(user=user, active=False, reason="nghỉ hưu", by=by, at=START)
    assert not User.objects.get(pk=user.pk).is_active
    assert Entry.objects.get(verb="user.deactivate").reason == "nghỉ hưu"


def test_the_same_language_again_leaves_no_second_trace() -> None:
    user = UserFactory()
    for language in ("en", "en"):
        set_language(user=user, language=language, by=user, at=START)
    entry = Entry.objects.get(verb="user.set-language")
    assert (entry.before, entry.after) == ({"language": "vi"}, {"language": "en"})
