"""Who may prepare, read and send messages in the name of an organisation."""

from django.utils.translation import gettext_lazy as _

from kheo.notices.enums import MessageState
from kheo.notices.models import Message
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no, reaches

READERS = frozenset({Role.OFFICER, Role.HEAD, Role.LEADER})
SENDERS = frozenset({Role.OFFICER, Role.HEAD})


def organisations_of(seat: Seat) -> set[int]:
    """Return the keys of what a seat acts for: its own organisation and the committee's."""
    return {seat.organisation_id, seat.organisation.reach_id}


def can_read_messages(seat: Seat) -> Verdict:
    """Officers, heads and leaders read the outbox of their organisation."""
    if seat.role not in READERS:
        return no(_("Only officers, heads and leaders read the outbox of an organisation."))
    return YES


def can_prepare_message(seat: Seat, sender: Organisation) -> Verdict:
    """Officers and heads write in the name of their organisation or its committee."""
    if seat.role not in SENDERS:
        return no(_("Only movement officers and heads send messages to units."))
    if sender.pk not in organisations_of(seat):
        return no(_("You cannot write in the name of this organisation."))
    return YES


def can_write_to(seat: Seat, unit: Organisation) -> Verdict:
    """Messages go to units within the seat's reach."""
    if not reaches(seat, unit.path):
        return no(_("One of the units lies outside your reach."))
    return YES


def can_change_message(seat: Seat, message: Message) -> Verdict:
    """Messages are changed, sent or cancelled by their sender while they lie in the outbox."""
    verdict = can_prepare_message(seat, message.sender)
    if not verdict:
        return verdict
    if message.state == MessageState.SENT:
        return no(_("The message has been sent and can no longer be changed."))
    if message.state == MessageState.CANCELLED:
        return no(_("The message was cancelled; prepare a new one."))
    return YES
