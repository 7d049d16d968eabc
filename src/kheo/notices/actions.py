"""Preparing, sending and reading messages and notices, and keeping the daily digests."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import override
from django_q.models import Schedule

from kheo.accounts.models import User
from kheo.audit.actions import Deed, record
from kheo.notices.enums import MessageState
from kheo.notices.models import Digest, Message, Notice
from kheo.notices.queries import holders_of
from kheo.notices.rules import can_change_message, can_prepare_message, can_write_to
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand

DIGEST_TASK = "kheo.notices.tasks.send_digests"

Given = ParamSpec("Given")
Done = TypeVar("Done")


def in_house_language(telling: Callable[Given, Done]) -> Callable[Given, Done]:
    """Let a function that writes notices write them in the language of the house.

    They are read by others than who acts, and stay as they were written.
    """

    @wraps(telling)
    def told(*args: Given.args, **kwargs: Given.kwargs) -> Done:
        with override(settings.LANGUAGE_CODE):
            return telling(*args, **kwargs)

    return told


@transaction.atomic
def prepare_message(  # noqa: PLR0913 a message has this many parts
    *,
    sender: Organisation,
    units: Iterable[Organisation],
    subject: str,
    body: str,
    by: Seat,
    at: datetime,
    link: str = "",
) -> Message:
    """Lay a message to chosen units into the outbox, where it is read before it is sent.

    :raises NotAllowedError: if the seat may not write for the sender, or to one of the units.
    """
    demand(can_prepare_message(by, sender))
    chosen = list(units)
    for unit in chosen:
        demand(can_write_to(by, unit))
    message = Message.objects.create(
        sender=sender,
        prepared_by=by,
        subject=subject[:300],
        body=body,
        link=link,
        created_at=at,
    )
    message.units.set(chosen)
    after = {"subject": message.subject, "units": [unit.name for unit in chosen[:20]]}
    _trace("message.prepare", message, by, at, after=after | {"unit_count": len(chosen)})
    return message


@transaction.atomic
def edit_message(*, message: Message, subject: str, body: str, by: Seat, at: datetime) -> Message:
    """Change the words of a message that still lies in the outbox.

    :raises NotAllowedError: if it was sent or cancelled, or belongs to somebody else.
    """
    message = _locked(message)
    demand(can_change_message(by, message))
    before = {"subject": message.subject, "body": message.body}
    message.subject, message.body = subject, body
    message.save(update_fields=["subject", "body"])
    _trace("message.edit", message, by, at, before=before, after={"subject": subject, "body": body})
    return message


@transaction.atomic
def send_message(*, message: Message, by: Seat, at: datetime) -> Message:
    """Give a notice to each clerk and head of each unit; sending twice gives them only one.

    :raises NotAllowedError: if it was cancelled, or belongs to somebody else.
    """
    message = _locked(message)
    if message.state == MessageState.SENT:
        demand(can_prepare_message(by, message.sender))
        return message
    demand(can_change_message(by, message))
    unit_ids = message.units.values_list("pk", flat=True)
    seats = holders_of(unit_ids, timezone.localdate(at))
    people = {(seat.organisation_id, seat.user_id) for seat in seats}
    Notice.objects.bulk_create(
        (
            Notice(
                user_id=user,
                organisation_id=unit,
                message=message,
                subject=message.subject,
                body=message.body,
                link=message.link,
                created_at=at,
            )
            for unit, user in sorted(people)
        ),
        batch_size=500,
    )
    message.state, message.sent_at = MessageState.SENT, at
    message.save(update_fields=["state", "sent_at"])
    after = {"subject": message.subject, "body": message.body, "recipients": len(people)}
    _trace("message.send", message, by, at, after=after)
    return message


@transaction.atomic
def cancel_message(*, message: Message, by: Seat, at: datetime) -> Message:
    """Take a message out of the outbox without sending it.

    :raises NotAllowedError: if it was sent or cancelled already, or belongs to somebody else.
    """
    message = _locked(message)
    demand(can_change_message(by, message))
    message.state = MessageState.CANCELLED
    message.save(update_fields=["state"])
    _trace("message.cancel", message, by, at, after={"subject": message.subject})
    return message


@transaction.atomic
def notify(
    *,
    organisation: Organisation,
    subject: str,
    at: datetime,
    users: Iterable[User] | None = None,
    body: str = "",
    link: str = "",
) -> list[Notice]:
    """Tell people of an organisation something: the given users, else its clerks and heads."""
    if users is None:
        seats = holders_of([organisation.pk], timezone.localdate(at))
        users = {seat.user_id: seat.user for seat in seats}.values()
    notices = [
        Notice(
            user=user,
            organisation=organisation,
            subject=subject[:300],
            body=body,
            link=link,
            created_at=at,
        )
        for user in users
    ]
    return Notice.objects.bulk_create(notices, batch_size=500)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What the clerks and heads of one organisation are told."""

    organisation_id: int
    subject: str
    body: str = ""
    link: str = ""


@transaction.atomic
def notify_each(*, tellings: Sequence[Telling], at: datetime) -> list[Notice]:
    """Tell each of many organisations something of its own: its clerks and heads."""
    day = timezone.localdate(at)
    people: dict[int, set[int]] = {}
    held = holders_of({telling.organisation_id for telling in tellings}, day)
    for unit, user in held.order_by().values_list("organisation_id", "user_id"):
        people.setdefault(unit, set()).add(user)
    notices = [
        Notice(
            user_id=user,
            organisation_id=telling.organisation_id,
            subject=telling.subject[:300],
            body=telling.body,
            link=telling.link,
            created_at=at,
        )
        for telling in tellings
        for user in sorted(people.get(telling.organisation_id, ()))
    ]
    return Notice.objects.bulk_create(notices, batch_size=500)


@transaction.atomic
def notify_all(
    *, organisations: QuerySet[Organisation], subject: str, body: str, link: str, at: datetime
) -> int:
    """Tell the clerks and heads of many organisations the same; return how many notices it made.

    One statement whatever the number: a province may publish to sixty thousand units at once.
    """
    held = holders_of(organisations.values("pk"), timezone.localdate(at))
    people, values = (
        held.order_by().values_list("user_id", "organisation_id").distinct().query
    ).sql_with_params()
    fixed = {
        "subject": subject[:300],
        "body": body,
        "link": link,
        "created_at": connection.ops.adapt_datetimefield_value(at),
    }
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, [*fixed, "user_id", "organisation_id"]))
    marks = ", ".join(["%s"] * len(fixed))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(Notice._meta.db_table)} ({names}) "  # noqa: S608
            f"SELECT {marks}, told.* FROM ({people}) told",
            [*fixed.values(), *values],
        )
        return int(cursor.rowcount)


@transaction.atomic
def mark_read(*, user: User, at: datetime, notices: Iterable[int] | None = None) -> int:
    """Mark a person's notices as read, all of them unless keys are given; return how many were."""
    unread = Notice.objects.filter(user=user, read_at=None)
    if notices is not None:
        unread = unread.filter(pk__in=list(notices))
    return unread.update(read_at=at)


@transaction.atomic
def claim_digest(*, user: User, day: date, at: datetime) -> Digest | None:
    """Take it on to mail a person's digest of a day; None when somebody else has, or it was sent.

    The row is unique per person and day, and only one worker turns its empty claim into a filled
    one. A worker that dies after its claim leaves it: rather no mail that day than two.
    """
    digest, _created = Digest.objects.get_or_create(user=user, day=day)
    claimed = Digest.objects.filter(pk=digest.pk, claimed_at=None).update(
        claimed_at=at, attempts=F("attempts") + 1
    )
    if not claimed:
        return None
    digest.refresh_from_db()
    return digest


@transaction.atomic
def complete_digest(*, digest: Digest, notices: Iterable[Notice], at: datetime) -> Digest:
    """Note that a digest was mailed, and which notices it carried."""
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(digest=digest)
    digest.sent_at, digest.error = at, ""
    digest.save(update_fields=["sent_at", "error"])
    return digest


@transaction.atomic
def release_digest(*, digest: Digest, error: str) -> Digest:
    """Note why a digest could not be mailed, and leave it to the next attempt."""
    digest.claimed_at, digest.error = None, error[:500]
    digest.save(update_fields=["claimed_at", "error"])
    return digest


@transaction.atomic
def keep_digest_schedule() -> Schedule:
    """See to it that digests are looked for every hour, also after an upgrade."""
    schedule, _created = Schedule.objects.update_or_create(
        name="daily digests",
        defaults={"func": DIGEST_TASK, "schedule_type": Schedule.HOURLY, "repeats": -1},
    )
    return schedule


def _locked(message: Message) -> Message:
    rows = Message.objects.select_for_update(of=("self",))
    return rows.select_related("sender").get(pk=message.pk)


def _trace(
    verb: str,
    message: Message,
    by: Seat,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    deed = Deed(
        verb=verb,
        record=message,
        scope=message.sender.path,
        before=before or {},
        after=after or {},
    )
    record(deed=deed, by=by, at=at)
