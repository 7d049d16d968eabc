"""Work in the background: the daily digests by mail."""

import logging
from datetime import datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kheo.accounts.models import User
from kheo.notices.actions import claim_digest, complete_digest, release_digest
from kheo.notices.models import Notice
from kheo.notices.queries import notices_to_mail, people_to_mail

# what was told overnight is read in the morning, in one mail
EARLIEST_HOUR = 7
SHOWN_AT_MOST = 50

logger = logging.getLogger(__name__)


class DigestsFailedError(Exception):
    """Some mails could not be handed over; the queue shows it and tries again."""


def send_digests(now: datetime | None = None) -> int:
    """Mail each person's unread notices, one mail a day; return how many mails went out.

    :raises DigestsFailedError: when mails failed; the others have gone out.
    """
    now = now or timezone.now()
    if timezone.localtime(now).hour < EARLIEST_HOUR:
        return 0
    sent, errors = 0, []
    for user in people_to_mail(timezone.localdate(now)):
        try:
            sent += _send_digest(user, now)
        except (OSError, SMTPException) as error:
            logger.warning("digest for user %s not sent: %s", user.pk, error)
            errors.append(str(error))
    if errors:
        msg = f"{len(errors)} digests not sent: {errors[0]}"
        raise DigestsFailedError(msg)
    return sent


def _send_digest(user: User, now: datetime) -> int:
    digest = claim_digest(user=user, day=timezone.localdate(now), at=now)
    if digest is None:
        return 0
    # read after the claim: what another worker has just mailed is no longer among them
    notices = notices_to_mail(user)
    try:
        digest_mail(user, notices).send()
    except (OSError, SMTPException) as error:
        release_digest(digest=digest, error=str(error) or type(error).__name__)
        raise
    complete_digest(digest=digest, notices=notices, at=now)
    return 1


def digest_mail(user: User, notices: list[Notice]) -> EmailMessage:
    """Write the one mail of a day in the person's language, with links to this installation."""
    context = {
        "user": user,
        "notices": notices[:SHOWN_AT_MOST],
        "count": len(notices),
        "more": max(len(notices) - SHOWN_AT_MOST, 0),
        "public_url": settings.PUBLIC_URL,
    }
    with translation.override(user.language or settings.LANGUAGE_CODE):
        subject = render_to_string("notices/digest_subject.txt", context)
        body = render_to_string("notices/digest.txt", context)
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[user.email])
