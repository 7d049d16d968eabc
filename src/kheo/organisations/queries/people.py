"""Questions about people and their seats, never beyond the reach of who asks."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from kheo.accounts.models import User
from kheo.organisations.enums import Role
from kheo.organisations.models import Invitation, Organisation, Seat, below
from kheo.organisations.queries.tree import matching
from kheo.organisations.rules import reach_of


@dataclass(frozen=True, kw_only=True)
class PeopleFilters:
    """What a list of people is narrowed to."""

    search: str = ""
    role: str = ""
    unit: int | None = None
    ended: bool = False


@dataclass(frozen=True, kw_only=True)
class InvitationsPage:
    """The invitations that wait to be accepted, and those that came to nothing."""

    waiting: list[Invitation]
    spent: list[Invitation]


def seats_of(user: User, day: date) -> QuerySet[Seat]:
    """Return the seats a person holds on a day, their own before those they stand in for."""
    return (
        Seat.objects.held(day)
        .filter(user=user)
        .select_related("user", "organisation__kind", "organisation__level", "acting_for__user")
        .own_first()
    )


def people_in_reach(seat: Seat, filters: PeopleFilters, day: date) -> QuerySet[Seat]:
    """Return the seats in reach that are held on a day, or those that have ended before it."""
    seats = Seat.objects.filter(below(reach_of(seat), "organisation__path"))
    seats = seats.filter(ends_on__lt=day) if filters.ended else seats.exclude(ends_on__lt=day)
    if filters.search:
        person = matching(filters.search, "user__search_key")
        unit = matching(filters.search, "organisation__search_key")
        seats = seats.filter(person | unit)
    if filters.role in Role.values:
        seats = seats.filter(role=filters.role)
    if filters.unit is not None:
        seats = seats.filter(organisation=filters.unit)
    return seats.select_related("user", "organisation__kind", "acting_for__user").order_by(
        "user__sort_key", "user_id", "pk"
    )


def reachable_seat(seat: Seat, pk: int) -> Seat | None:
    """Return another seat in the seat's reach, or the seat itself; else nothing."""
    mine = Q(user=seat.user_id)
    return (
        Seat.objects.filter(mine | below(reach_of(seat), "organisation__path"), pk=pk)
        .select_related("user", "organisation__kind", "acting_for__user")
        .first()
    )


def holds_seat_outside(user: User, path: str, day: date) -> bool:
    """Tell whether a person holds a seat today that does not stand at or below a path."""
    return (
        Seat.objects.held(day).filter(user=user).exclude(below(path, "organisation__path")).exists()
    )


def invitations_of(seat: Seat, at: datetime) -> InvitationsPage:
    """Return the invitations in reach that were not accepted, latest first."""
    rows = (
        Invitation.objects.filter(below(reach_of(seat), "organisation__path"), seat__isnull=True)
        .select_related("organisation__kind", "invited_by__user")
        .order_by("-created_at")[:200]
    )
    waiting = [row for row in rows if row.withdrawn_at is None and row.expires_at > at]
    return InvitationsPage(waiting=waiting, spent=[row for row in rows if row not in waiting])


def open_invitation(token_digest: str) -> Invitation | None:
    """Return the invitation with that token, whatever became of it."""
    return (
        Invitation.objects.filter(token_digest=token_digest)
        .select_related("organisation", "invited_by__user", "invited_by__organisation")
        .first()
    )


def units_to_invite_into(seat: Seat, search: str) -> QuerySet[Organisation]:
    """Return units in reach that have these words in their names."""
    units = Organisation.objects.filter(below(reach_of(seat)), dissolved_on__isnull=True)
    return units.filter(matching(search)).select_related("kind").order_by("sort_key", "pk")
