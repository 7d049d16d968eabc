"""Which reports a seat knows of, writes, or answers, and how many are where."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from kheo.lib.text.folding import fold
from kheo.notices.rules import organisations_of
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.reviews.enums import ReportState, ReviewState
from kheo.reviews.models import Report, Review
from kheo.reviews.rules.reports import HANDED_IN, OWED

LATE, OWING = "late", "owing"


@dataclass(frozen=True)
class ReportCounts:
    """How far the bodies of a review are, as far as a seat sees them."""

    asked: int
    handed_in: int
    accepted: int
    returned: int
    owing: int
    late: int
    excused: int

    @property
    def expected(self) -> int:
        """Return from how many a report is expected: all that were not excused."""
        return self.asked - self.excused


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
    rows = own_reports(seat).filter(state__in=OWED, review__state=ReviewState.OPEN)
    return rows.order_by(F("due_on").asc(nulls_last=True), "pk")


def reports_to_answer(seat: Seat) -> QuerySet[Report]:
    """Return what was handed in to the seat's body and waits to be accepted or returned."""
    rows = Report.objects.filter(
        parent__organisation_id__in=organisations_of(seat),
        state=ReportState.SUBMITTED,
        review__state=ReviewState.OPEN,
    )
    return rows.select_related("review").order_by("submitted_at", "pk")


def own_reports(seat: Seat) -> QuerySet[Report]:
    """Return all reports of the seat's body, those of open reviews first, then the newest."""
    rows = Report.objects.filter(organisation_id__in=organisations_of(seat))
    is_open = Case(When(review__state=ReviewState.OPEN, then=Value(0)), default=Value(1))
    ordered = rows.order_by(is_open, "-asked_at", "-pk")
    return ordered.select_related("review__organiser", "parent__organisation")


def found_reports(
    seat: Seat, review: Review, today: date, *, search: str = "", state: str = ""
) -> QuerySet[Report]:
    """Return the reports of a review below the seat, by the order of their bodies.

    :param state: of :class:`ReportState`, or "late", or "owing".
    """
    rows = _below(seat, review)
    if state == LATE:
        rows = rows.filter(late_on(today))
    elif state == OWING:
        rows = rows.filter(state__in=OWED)
    elif state:
        rows = rows.filter(state=state)
    if words := fold(search):
        rows = rows.filter(organisation__search_key__contains=words)
    known = rows.select_related("organisation", "parent__organisation", "parent__parent")
    return known.order_by("organisation__sort_key", "pk")


def report_counts(seat: Seat, review: Review, today: date) -> ReportCounts:
    """Count the reports of a review below the seat, in one statement."""
    rows = _below(seat, review).order_by()
    counted = rows.aggregate(
        asked=Count("pk"),
        handed_in=Count("pk", filter=Q(state__in=HANDED_IN)),
        accepted=Count("pk", filter=Q(state=ReportState.ACCEPTED)),
        returned=Count("pk", filter=Q(state=ReportState.RETURNED)),
        owing=Count("pk", filter=Q(state__in=OWED)),
        late=Count("pk", filter=late_on(today)),
        excused=Count("pk", filter=Q(state=ReportState.EXCUSED)),
    )
    return ReportCounts(**counted)


def late_on(today: date, prefix: str = "") -> Q:
    """Return the condition "owed after its deadline, or handed in after it"."""
    owed = Q(**{f"{prefix}state__in": OWED, f"{prefix}due_on__lt": today})
    handed_in = Q(**{f"{prefix}state__in": HANDED_IN})
    return owed | (handed_in & Q(**{f"{prefix}submitted_at__date__gt": F(f"{prefix}due_on")}))


def own_report_in(seat: Seat, review: Review) -> Report | None:
    """Return the report that the seat's body writes in a review, if it was asked for one."""
    return own_reports(seat).filter(review=review).order_by("path", "pk").first()


def reports_to_remind(seat: Seat, review: Review) -> QuerySet[Report]:
    """Return what is still owed to the seat's body in a review, soonest first."""
    rows = Report.objects.filter(
        review=review,
        state__in=OWED,
        parent__organisation_id__in=organisations_of(seat),
        organisation__dissolved_on__isnull=True,
    )
    return rows.select_related("organisation__kind", "review").order_by(
        F("due_on").asc(nulls_last=True), "organisation__sort_key", "pk"
    )


def is_consolidated(report: Report) -> bool:
    """Tell whether a report is written out of reports of bodies below."""
    return report.children.exists()


def _below(seat: Seat, review: Review) -> QuerySet[Report]:
    """Return the reports of a review below the seat's reach, without those of its own body."""
    rows = Report.objects.filter(below(reach_of(seat)), review=review)
    return rows.exclude(organisation_id=seat.organisation.reach_id)


def reviews_told(today: date, *, closed: bool = False) -> list[dict[str, object]]:
    """Return the reviews that were asked for with how many were asked, answered, are late.

    The organisers' own reports are not among them. One statement.

    :param closed: tell closed reviews too.
    """
    states = [ReviewState.OPEN, ReviewState.CLOSED] if closed else [ReviewState.OPEN]
    below_it = Q(reports__parent__isnull=False) & ~Q(reports__state=ReportState.EXCUSED)
    rows = Review.objects.filter(state__in=states).annotate(
        asked=Count("reports", filter=below_it),
        handed_in=Count("reports", filter=below_it & Q(reports__state__in=HANDED_IN)),
        late=Count("reports", filter=below_it & late_on(today, "reports__")),
    )
    return [
        {
            "pk": row.pk,
            "title": row.title,
            "organiser": row.organiser.name,
            "state": row.state,
            "asked": row.asked,
            "handed_in": row.handed_in,
            "late": row.late,
        }
        for row in rows.select_related("organiser").order_by("-created_at", "-pk")
    ]
