"""Work in the background: mails with links for a new password."""

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kheo.accounts.queries import people_with_address, reset_link_parts


def send_reset_links(email: str) -> int:
    """Mail a link to everybody who gave this address; returns how many mails went out."""
    people = people_with_address(email)
    for user in people:
        with translation.override(user.language):
            link = reverse("accounts:password-reset-confirm", kwargs=reset_link_parts(user))
            context = {
                "user": user,
                "link": f"{settings.PUBLIC_URL}{link}",
                "hours": settings.PASSWORD_RESET_TIMEOUT // 3600,
            }
            text = render_to_string("accounts/mail/password_reset.txt", context)
            send_mail(_("A new password for Khéo"), text, None, [user.email])
    return len(people)
