"""Which registrations a seat may see."""

from django.db.models import Q, QuerySet

from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of


def registrations_visible_to(seat: Seat) -> QuerySet[Registration]:
    """Return what the seat's own unit registered and what was registered below its reach.

    A unit keeps seeing its own entries after it was placed elsewhere; those above look by path
    only, so that the index over paths serves them.
    """
    inside = below(reach_of(seat))
    if seat.role in {Role.CLERK, Role.HEAD}:
        inside |= Q(organisation=seat.organisation_id)
    return Registration.objects.filter(inside)
