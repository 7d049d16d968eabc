"""Which indicators a seat finds in the catalogue."""

from django.db.models import Q, QuerySet

from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.progress.models import Indicator


def catalogue_of(seat: Seat) -> QuerySet[Indicator]:
    """Return the shipped indicators, those of superiors, and those of organisations in reach."""
    superiors = [int(part) for part in reach_of(seat).strip(".").split(".")]
    superiors.append(seat.organisation_id)
    found = Q(owner=None) | Q(owner__in=superiors) | below(reach_of(seat), "owner_path")
    return Indicator.objects.filter(found).select_related("owner").order_by("order", "name", "pk")
