"""Deeds on people: making them, their passwords, their own details, the first of them."""

import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from kheo.accounts.models import User
from kheo.audit.actions import Actor, Deed, record
from kheo.lib.text.folding import normalise
from kheo.search.actions import refresh_entries
from kheo.search.queries.offers import facet_term

# no 0, O, 1, I or L: the code is copied by eye from a terminal
CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class UsernameTakenError(Exception):
    """Somebody signs in with this name already."""


class FirstRunError(Exception):
    """The first administrator is made already, or the code is not the printed one."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What a person is called and how to reach them."""

    full_name: str
    email: str = ""
    phone: str = ""

    def cleaned(self) -> "Details":
        """Return the details in the spelling in which they are kept."""
        return Details(
            full_name=normalise(self.full_name),
            email=self.email.strip(),
            phone=normalise(self.phone),
        )


@transaction.atomic
def create_user(  # noqa: PLR0913 -- a person has this many properties
    *,
    username: str,
    full_name: str,
    email: str = "",
    phone: str = "",
    password: str | None = None,
    must_change_password: bool = False,
    language: str = "vi",
    by: Actor | None,
    at: datetime,
) -> User:
    """Make a person who can sign in; without a password they cannot, until one is set.

    :raises UsernameTakenError: when the sign-in name, in any case, is in use.
    """
    name = username.strip().casefold()
    if User.objects.filter(username=name).exists():
        raise UsernameTakenError(_("The sign-in name “%s” is taken; choose another one.") % name)
    details = Details(full_name=full_name, email=email, phone=phone).cleaned()
    user = User(
        **asdict(details),
        username=name,
        language=language,
        must_change_password=must_change_password,
        created_at=at,
    )
    user.set_password(password)
    user.save()
    deed = Deed(verb="user.create", record=user, after={**asdict(details), "username": name})
    record(deed=deed, by=by, at=at)
    return user


@transaction.atomic
def set_password(
    *, user: User, password: str, must_change: bool = False, by: Actor | None, at: datetime
) -> User:
    """Give a person a new password; ``must_change`` when somebody else has chosen it."""
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    record(deed=Deed(verb="user.set-password", record=user), by=by, at=at)
    return user


def ask_for_reset_links(*, email: str) -> None:
    """Have links for a new password sent to whoever gave this address.

    The mails go out in the background, so that the answer takes the same time for every address.
    """
    async_task("kheo.accounts.tasks.send_reset_links", email)


@transaction.atomic
def change_details(*, user: User, details: Details, by: Actor, at: datetime) -> User:
    """Change what a person is called and how to reach them."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    new = asdict(details.cleaned())
    before = {name: getattr(locked, name) for name in new}
    if before == new:
        return locked
    for name, value in new.items():
        setattr(locked, name, value)
    locked.save(update_fields=[*new, "sort_key", "search_key"])
    if before["full_name"] != locked.full_name:
        # rooms above offer people by their seats, which carry this term
        refresh_entries(term=facet_term("user", locked.pk))
    deed = Deed(verb="user.change-details", record=locked, before=before, after=new)
    record(deed=deed, by=by, at=at)
    return locked


@transaction.atomic
def set_language(*, user: User, language: str, by: Actor, at: datetime) -> User:
    """Remember in which language a person reads the screens."""
    before = user.language
    user.language = language
    user.save(update_fields=["language"])
    if before != language:
        deed = Deed(
            verb="user.set-language",
            record=user,
            before={"language": before},
            after={"language": language},
        )
        record(deed=deed, by=by, at=at)
    return user


@transaction.atomic
def set_active(*, user: User, active: bool, reason: str = "", by: Actor, at: datetime) -> User:
    """Let a person sign in again, or no more; their seats and their record stay."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.is_active = active
    locked.save(update_fields=["is_active"])
    verb = "user.activate" if active else "user.deactivate"
    record(deed=Deed(verb=verb, record=locked, reason=reason), by=by, at=at)
    return locked


def make_first_run_code() -> str:
    """Return a new one-time code for the first-run page; only its digest is kept."""
    code = "-".join(
        "".join(secrets.choice(CODE_LETTERS) for _letter in range(4)) for _group in range(3)
    )
    path = _code_file()
    path.write_text(_digest(code))
    path.chmod(0o600)
    return code


@transaction.atomic
def create_first_user(
    *, code: str, username: str, details: Details, password: str, at: datetime
) -> User:
    """Make the first person, who then founds the top organisation; the code is used up.

    :raises FirstRunError: when somebody exists already, or the code is not the printed one.
    """
    if User.objects.exists():
        raise FirstRunError(_("The first administrator has been made already. Sign in instead."))
    if not is_first_run_code(code):
        raise FirstRunError(
            _("This is not the code printed by “kheo serve”. Copy it from the terminal again.")
        )
    user = create_user(
        username=username, password=password, **asdict(details.cleaned()), by=None, at=at
    )
    transaction.on_commit(lambda: _code_file().unlink(missing_ok=True))
    return user


def is_first_run_code(code: str) -> bool:
    """Tell whether this is the code that was printed last."""
    path = _code_file()
    return path.exists() and constant_time_compare(path.read_text(), _digest(code))


def _code_file() -> Path:
    return Path(settings.DATA_DIR) / "first-run-code"


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.upper() if letter in CODE_LETTERS)
    return hashlib.sha256(plain.encode()).hexdigest()
