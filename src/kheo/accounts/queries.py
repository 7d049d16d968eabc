"""Questions about people: who asks for a password, and how long a door stays locked."""

from datetime import datetime, timedelta

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib.auth.tokens import default_token_generator
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from kheo.accounts.models import User


def nobody_yet() -> bool:
    """Tell whether no person exists, so that the first one may be made."""
    return not User.objects.exists()


def people_with_address(email: str) -> list[User]:
    """Return those who can sign in and gave this e-mail address."""
    return list(User.objects.filter(email__iexact=email.strip(), is_active=True))


def reset_link_parts(user: User) -> dict[str, str]:
    """Return the parts of a link that sets a person's password once."""
    return {
        "person": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }


def person_of_reset_link(person: str, token: str) -> User | None:
    """Return whose password the link may set; nobody when it is used, changed or too old."""
    try:
        key = int(force_str(urlsafe_base64_decode(person)))
    except (ValueError, OverflowError):
        return None
    user = User.objects.filter(pk=key, is_active=True).first()
    if user is None or not default_token_generator.check_token(user, token):
        return None
    return user


def minutes_locked(username: str, at: datetime) -> int:
    """Return for how many minutes, rounded up, the name stays locked out; at least one."""
    wait: timedelta = get_cool_off() or timedelta()
    last = (
        AccessAttempt.objects.filter(username=username)
        .order_by("-attempt_time")
        .values_list("attempt_time", flat=True)
        .first()
    )
    left = (last + wait - at) if last else wait
    return max(1, -(-int(left.total_seconds()) // 60))
