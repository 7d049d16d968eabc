"""Deeds on invitations: sending one, taking the seat it offers, withdrawing it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.accounts.actions import create_user
from kheo.accounts.models import User
from kheo.audit.actions import Deed, record
from kheo.lib.text.folding import normalise
from kheo.organisations.actions.seats import grant_seat
from kheo.organisations.enums import Role
from kheo.organisations.models import Invitation, Organisation, Seat
from kheo.organisations.rules import can_give_role, demand

VALID_FOR = timedelta(days=7)


class InvitationError(Exception):
    """The invitation cannot be used; the message says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """To whom which seat is offered."""

    full_name: str
    email: str
    organisation: Organisation
    role: Role | str
    title: str = ""


@transaction.atomic
def invite_person(*, offer: Offer, by: Seat, at: datetime) -> tuple[Invitation, str]:
    """Offer a seat; returns the invitation and the token, which is kept nowhere.

    :raises NotAllowedError: when the seat may not give that role there.
    """
    demand(can_give_role(by, offer.organisation, offer.role))
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        full_name=normalise(offer.full_name),
        email=offer.email.strip(),
        organisation=offer.organisation,
        role=offer.role,
        title=normalise(offer.title),
        token_digest=token_digest(token),
        created_at=at,
        expires_at=at + VALID_FOR,
        invited_by=by,
    )
    _record("invitation.send", invitation, by, at)
    return invitation, token


@transaction.atomic
def accept_invitation(
    *,
    token: str,
    username: str = "",
    password: str = "",
    user: User | None = None,
    at: datetime,
) -> Seat:
    """Take the offered seat once: as somebody signed in, or as a new person with a password.

    :raises InvitationError: when it is unknown, used, withdrawn or too old, or whoever sent it may
        no longer give that seat.
    :raises UsernameTakenError: when the sign-in name is in use.
    """
    invitation = _locked(token, at)
    if user is None:
        user = create_user(
            username=username,
            full_name=invitation.full_name,
            email=invitation.email,
            password=password,
            by=invitation.invited_by,
            at=at,
        )
    seat = grant_seat(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        title=invitation.title,
        starts_on=timezone.localdate(at),
        by=invitation.invited_by,
        at=at,
    )
    invitation.seat = seat
    invitation.save(update_fields=["seat"])
    _record("invitation.accept", invitation, seat, at)
    return seat


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Seat, at: datetime) -> Invitation:
    """Make an invitation useless before it is accepted.

    :raises NotAllowedError: when the seat may not give what was offered.
    :raises InvitationError: when it was accepted or withdrawn already.
    """
    demand(can_give_role(by, invitation.organisation, invitation.role))
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if locked.seat_id is not None or locked.withdrawn_at is not None:
        raise InvitationError(_("The invitation has been accepted or withdrawn already."))
    locked.withdrawn_at = at
    locked.save(update_fields=["withdrawn_at"])
    _record("invitation.withdraw", locked, by, at)
    return locked


def refuse_spent(invitation: Invitation | None, at: datetime) -> None:
    """Go on only if an invitation can be accepted at that moment.

    :raises InvitationError: saying why it cannot.
    """
    if invitation is None:
        raise InvitationError(_("This invitation is not known. Ask for a new one."))
    if invitation.seat_id is not None:
        raise InvitationError(_("This invitation has been used already. Sign in instead."))
    if invitation.withdrawn_at is not None:
        raise InvitationError(_("This invitation has been withdrawn. Ask who invited you."))
    if invitation.expires_at <= at:
        raise InvitationError(_("This invitation has expired. Ask for a new one."))


def _locked(token: str, at: datetime) -> Invitation:
    found = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation__kind", "invited_by__organisation__kind", "invited_by__user")
        .filter(token_digest=token_digest(token))
        .first()
    )
    refuse_spent(found, at)
    return cast(Invitation, found)


def token_digest(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _record(verb: str, invitation: Invitation, by: Seat, at: datetime) -> None:
    after = {"full_name": invitation.full_name, "email": invitation.email, "role": invitation.role}
    deed = Deed(verb=verb, record=invitation, scope=invitation.organisation.path, after=after)
    record(deed=deed, by=by, at=at)
