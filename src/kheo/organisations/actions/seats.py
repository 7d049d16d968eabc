"""Deeds on seats: giving them, ending them, letting somebody stand in."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.accounts.models import User
from kheo.audit.actions import Deed, record
from kheo.lib.text.folding import normalise
from kheo.organisations.actions.structure import By
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.queries.offered import PERSON
from kheo.organisations.rules import can_end_seat, can_give_role, can_stand_in, demand
from kheo.search.actions import index_records


class SeatError(Exception):
    """The seat cannot be given or ended so; the message says why."""


@transaction.atomic
def grant_seat(  # noqa: PLR0913 -- a seat has this many properties
    *,
    user: User,
    organisation: Organisation,
    role: Role | str,
    title: str = "",
    starts_on: date,
    ends_on: date | None = None,
    acting_for: Seat | None = None,
    by: By,
    at: datetime,
) -> Seat:
    """Put a person into an organisation with a role, for a time.

    With ``acting_for`` the seat is held in place of somebody, and needs its last day.

    :raises NotAllowedError: when the giving seat may not.
    :raises SeatError: when the dates are turned round, or the person holds this seat then.
    """
    if isinstance(by, Seat):
        demand(
            can_stand_in(by, acting_for) if acting_for else can_give_role(by, organisation, role)
        )
    _refuse_bad_dates(starts_on, ends_on, acting_for)
    same = Seat.objects.filter(user=user, organisation=organisation, role=role)
    if same.held_between(starts_on, ends_on).exists():
        raise SeatError(_("%s holds this seat at that time already.") % user)
    seat = Seat.objects.create(
        user=user,
        organisation=organisation,
        role=role,
        title=normalise(title),
        starts_on=starts_on,
        ends_on=ends_on,
        acting_for=acting_for,
    )
    index_records(kind=PERSON, records=[seat])
    _record("seat.grant", seat, by, at, facts_of_seat(seat))
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, on: date, reason: str = "", by: By, at: datetime) -> Seat:
    """End a seat; the given day is the last one on which it is held.

    Those who stand in for it end with it.

    :raises NotAllowedError: when the ending seat may not.
    :raises SeatError: when the seat ended before.
    """
    locked = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("user", "organisation__kind")
        .get(pk=seat.pk)
    )
    if isinstance(by, Seat):
        demand(can_end_seat(by, locked))
    if locked.ends_on is not None and locked.ends_on < on:
        raise SeatError(_("This seat has ended already."))
    for ending in [locked, *locked.stand_ins.held_between(on, None)]:
        # a seat that has not begun is held on its first day at most
        ending.ends_on = max(on, ending.starts_on)
        ending.save(update_fields=["ends_on"])
        _record("seat.end", ending, by, at, {"ends_on": ending.ends_on}, reason)
    return locked


def facts_of_seat(seat: Seat) -> dict[str, object]:
    """Return what the audit keeps of a seat."""
    return {
        "user": str(seat.user),
        "organisation": str(seat.organisation),
        "role": str(seat.role),
        "title": seat.title,
        "starts_on": seat.starts_on,
        "ends_on": seat.ends_on,
        "acting_for": str(seat.acting_for or ""),
    }


def _refuse_bad_dates(starts_on: date, ends_on: date | None, acting_for: Seat | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise SeatError(_("The last day lies before the first."))
    if acting_for is None:
        return
    if ends_on is None:
        raise SeatError(_("Standing in for somebody needs a last day."))
    if acting_for.acting_for_id is not None:
        raise SeatError(_("Nobody stands in for somebody who only stands in."))


def _record(
    verb: str, seat: Seat, by: By, at: datetime, after: dict[str, object], reason: str = ""
) -> None:
    deed = Deed(verb=verb, record=seat, scope=seat.organisation.path, after=after, reason=reason)
    record(deed=deed, by=by, at=at)
