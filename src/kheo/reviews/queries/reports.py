"""Which reports a seat knows of, writes, or answers."""

from django.db.models import Q, QuerySet

from kheo.notices.rules import organisations_of
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.reviews.enums import ReviewState
from kheo.reviews.models import Report
from kheo.reviews.rules.reports import HANDED_IN, OWED


def reports_visible_to(seat: Seat) -> QuerySet[Report]:
    """Return the reports a seat knows of: those of its body and of all below its reach.

    Whether it reads the words is another question: ``rules.reports.can_read_answers``.
    """
    own = Q(organisation_id__in=organisations_of(seat))
    return Report.objects.filter(own | below(reach_of(seat)))


def readable_reports(seat: Seat) -> QuerySet[Report]:
    """Return the reports whose words a seat reads: its body's own, and what was handed in below."""
    own = Q(organisation_id__in=organisations_of(seat))
    return Report.objects.filter(own | (below(reach_of(seat)) & Q(state__in=HANDED_IN)))


def reports_to_write(seat: Seat) -> QuerySet[Report]:
    """Return the reports that the seat's body still owes in open reviews, soonest first."""
    rows = Report.objects.filter(
        organisation_id__in=organisations_of(seat),
        state__in=OWED,
        review__state=ReviewState.OPEN,
    )
    return rows.select_related("review").order_by("due_on", "pk")


def is_consolidated(report: Report) -> bool:
    """Tell whether a report is written out of reports of bodies below."""
    return report.children.exists()
