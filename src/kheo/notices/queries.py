"""What is asked about messages, notices and digests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, QuerySet, When

from kheo.accounts.models import User
from kheo.notices.enums import MessageState
from kheo.notices.models import Digest, Message, Notice
from kheo.notices.rules import can_read_messages, organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat

RECIPIENT_ROLES = (Role.CLERK, Role.HEAD)


@dataclass(frozen=True)
class Recipient:
    """A person who gets a message for a unit, and how it stands with the mail."""

    unit: str
    name: str
    post: str
    email: str
    read_at: datetime | None = None
    mailed_at: datetime | None = None
    error: str = ""


def unread_count(user: User) -> int:
    """Return how many notices a person has not read."""
    return Notice.objects.filter(user=user, read_at=None).count()


def notices_of(user: User) -> QuerySet[Notice]:
    """Return a person's notices, unread ones first, then newest first."""
    notices = Notice.objects.filter(user=user).select_related("organisation")
    return notices.order_by(F("read_at").desc(nulls_first=True), "-created_at", "-pk")


def messages_of(seat: Seat) -> QuerySet[Message]:
    """Return the messages of the seat's organisation (and its committee), waiting ones first."""
    if not can_read_messages(seat):
        return Message.objects.none()
    messages = Message.objects.filter(sender__in=organisations_of(seat))
    return messages.select_related("sender", "prepared_by__user")


def outbox_of(seat: Seat) -> QuerySet[Message]:
    """Return the same messages for the list: with the number of units, waiting ones first."""
    return (
        messages_of(seat)
        .annotate(unit_count=Count("units"))
        .order_by(Case(When(state=MessageState.DRAFT, then=0), default=1), "-created_at", "-pk")
    )


def waiting_count(seat: Seat) -> int:
    """Return how many messages of the seat's organisation wait in the outbox."""
    return messages_of(seat).filter(state=MessageState.DRAFT).count()


def holders_of(unit_ids: Iterable[int] | QuerySet[Any, Any], day: date) -> QuerySet[Seat]:
    """Return the seats of clerks and heads of units that are held on a day, units in order."""
    units = unit_ids if isinstance(unit_ids, QuerySet) else list(unit_ids)
    held = Seat.objects.held(day).filter(
        organisation__in=units, role__in=RECIPIENT_ROLES, user__is_active=True
    )
    return held.select_related("user", "organisation").order_by("organisation__sort_key", "pk")


def recipients_of(message: Message, day: date) -> list[Recipient]:
    """Return who gets, or got, a message; each unit without anybody stands there by itself."""
    units = list(message.units.order_by("sort_key"))
    if message.state == MessageState.SENT:
        reached = _sent_recipients(message)
    else:
        reached = _coming_recipients([unit.pk for unit in units], day)
    rows: list[Recipient] = []
    for unit in units:
        rows += reached.get(unit.pk, [Recipient(unit=unit.name, name="", post="", email="")])
    return rows


def people_to_mail(day: date) -> QuerySet[User]:
    """Return people with an address and unread, unmailed notices who got no digest that day."""
    waiting = Notice.objects.filter(user=OuterRef("pk"), digest=None, read_at=None)
    taken = Digest.objects.filter(user=OuterRef("pk"), day=day).exclude(claimed_at=None)
    people = User.objects.filter(Exists(waiting), ~Exists(taken), is_active=True)
    return people.exclude(email="").order_by("pk")


def notices_to_mail(user: User) -> list[Notice]:
    """Return the notices a person's next digest carries, oldest first."""
    waiting = Notice.objects.filter(user=user, digest=None, read_at=None)
    return list(waiting.select_related("organisation").order_by("created_at", "pk"))


def failed_digests(day: date) -> QuerySet[Digest]:
    """Return the digests of a day whose mail could not be handed over."""
    return Digest.objects.filter(day=day, sent_at=None).exclude(error="").select_related("user")


def _sent_recipients(message: Message) -> dict[int, list[Recipient]]:
    notices = message.notices.select_related("user", "organisation", "digest").order_by("pk")
    rows = list(notices)
    errors = dict(
        Digest.objects.filter(user__in=[row.user_id for row in rows], sent_at=None)
        .exclude(error="")
        .order_by("day")
        .values_list("user_id", "error")
    )
    found: dict[int, list[Recipient]] = {}
    for row in rows:
        mailed = row.digest.sent_at if row.digest else None
        recipient = Recipient(
            unit=row.organisation.name,
            name=row.user.full_name,
            post="",
            email=row.user.email,
            read_at=row.read_at,
            mailed_at=mailed,
            error="" if mailed else errors.get(row.user_id, ""),
        )
        found.setdefault(row.organisation_id, []).append(recipient)
    return found


def _coming_recipients(unit_ids: list[int], day: date) -> dict[int, list[Recipient]]:
    found: dict[int, dict[int, Recipient]] = {}
    for seat in holders_of(unit_ids, day):
        recipient = Recipient(
            unit=seat.organisation.name,
            name=seat.user.full_name,
            post=str(seat.post),
            email=seat.user.email,
        )
        found.setdefault(seat.organisation_id, {}).setdefault(seat.user_id, recipient)
    return {unit: list(people.values()) for unit, people in found.items()}
