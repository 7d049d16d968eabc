"""Which committee stands above a body on a day, and who acts for a body."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from kheo.accounts.models import User
from kheo.nominations.rules import COMMITTEES, ROLES
from kheo.organisations.models import Organisation, Profile, Seat, valid_on
from kheo.rounds.queries.asked import path_on


def committee_above(owner: Organisation, day: date) -> Organisation | None:
    """Return the nearest committee above a body as organised on a day; None at the top.

    A commune has its district above it until 30/6/2025, and its province since.
    """
    above = [int(part) for part in path_on(owner, day).strip(".").split(".")][:-1]
    kinds = Profile.objects.filter(valid_on(day), organisation__in=above)
    committees = set(
        kinds.filter(kind__code__in=COMMITTEES).values_list("organisation_id", flat=True)
    )
    nearest = next((key for key in reversed(above) if key in committees), None)
    if nearest is None:
        return None
    return Organisation.objects.select_related("kind", "level").get(pk=nearest)


def handlers_of(organisation: int, at: datetime) -> QuerySet[User]:
    """Return the officers and leaders of a body and of its advisory body, as held on a day."""
    own = Q(organisation=organisation) | Q(
        organisation__parent=organisation, organisation__kind__advises=True
    )
    seats = Seat.objects.held(timezone.localdate(at)).filter(own, role__in=ROLES)
    return User.objects.filter(pk__in=seats.values("user"), is_active=True).order_by("pk")
