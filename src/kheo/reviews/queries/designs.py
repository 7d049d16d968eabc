"""Which composed tables a seat sees and may attach."""

from django.db.models import Q, QuerySet

from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.reviews.models import TableDesign


def designs_visible_to(seat: Seat) -> QuerySet[TableDesign]:
    """Return the shipped tables, those of the seat's reach, and those of superiors."""
    superiors = Q(owner__in=seat.organisation.ancestor_ids)
    inside = below(reach_of(seat), "owner__path")
    return TableDesign.objects.filter(Q(owner=None) | superiors | inside)
