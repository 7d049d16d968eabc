"""What the page of one organisation shows."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from kheo.audit.models import Entry
from kheo.audit.queries import entries_below, history_of
from kheo.organisations.models import Organisation, Placement, Profile, Seat, Succession
from kheo.organisations.queries.tree import Node, ancestors_as_of, children_as_of, reach_root
from kheo.organisations.rules import Verdict, can_invite, can_manage_organisations, reach_of


def stamp_of(organisation: Organisation) -> str:
    """Return a short text that differs whenever the organisation has been changed."""
    facts = (
        organisation.code,
        organisation.national_code,
        organisation.name,
        organisation.short_name,
        organisation.kind_id,
        organisation.level_id,
        organisation.path,
        organisation.place,
        organisation.dissolved_on,
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class OrganisationPage:
    """One organisation: what it is, was, who sits in it, and what happened to it."""

    organisation: Organisation
    above: list[Node]
    children: list[Node]
    profiles: list[Profile]
    placements: list[Placement]
    events: list[Succession]
    seats: list[Seat]
    entries: list[Entry]
    may_manage: Verdict
    may_invite: Verdict


def organisation_page(seat: Seat, organisation: Organisation, day: date) -> OrganisationPage:
    """Return all that the page of an organisation shows to a seat."""
    own = Q(predecessor=organisation) | Q(successor=organisation)
    placements = organisation.placements.select_related("parent")
    profiles = organisation.profiles.select_related("kind", "level")
    events = Succession.objects.filter(own).select_related("event", "predecessor", "successor")
    seats = organisation.seats.held(day).select_related("user", "acting_for__user")
    return OrganisationPage(
        organisation=organisation,
        above=ancestors_as_of(organisation.pk, day, reach_root(seat)),
        children=children_as_of(organisation.pk, day),
        profiles=list(profiles.order_by("-valid_from")),
        placements=list(placements.order_by("-is_main", "line", "-valid_from")),
        events=list(events.order_by("-event__happened_on", "-event_id")),
        seats=list(seats.order_by("role", "user__sort_key")),
        entries=list(history_of(organisation)[:50]),
        may_manage=can_manage_organisations(seat, organisation),
        may_invite=can_invite(seat, organisation),
    )


def entries_visible_to(seat: Seat) -> QuerySet[Entry]:
    """Return the audit entries of records in the seat's reach."""
    return entries_below(reach_of(seat))


@dataclass(frozen=True, kw_only=True)
class SeatPage:
    """One seat: those who stand in for it, and what happened to it."""

    stand_ins: list[Seat]
    entries: list[Entry]


def seat_page(seat: Seat) -> SeatPage:
    """Return all that the page of a seat shows."""
    stand_ins = seat.stand_ins.select_related("user").order_by("-starts_on")
    return SeatPage(stand_ins=list(stand_ins), entries=list(history_of(seat)[:50]))
