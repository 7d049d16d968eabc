"""What follows from reviews: petitions a seat sees or answers, lessons of this and last time."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kheo.notices.rules import organisations_of
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.reviews.enums import HeadingPurpose, LessonKind, ReviewState
from kheo.reviews.models import Answer, Lesson, OutlineHeading, Petition, Report
from kheo.reviews.rules.following import MOST_WORDS
from kheo.reviews.rules.passages import points_of
from kheo.reviews.rules.purposes import headings_for, purposes_of
from kheo.reviews.rules.reports import HANDED_IN

KIND_OF_PURPOSE = {
    HeadingPurpose.LIMITS: LessonKind.LIMIT,
    HeadingPurpose.CAUSES: LessonKind.CAUSE,
    HeadingPurpose.LESSONS: LessonKind.LESSON,
}
_KNOWN = ("report__review", "addressee", "heading", "answered_by__user", "passed_to")


@dataclass(frozen=True, slots=True)
class Asked:
    """A point of a report that asks something of the level above."""

    heading: OutlineHeading
    text: str


@dataclass(frozen=True, slots=True)
class LessonPoint:
    """A point of a report that may be named as limit, cause or lesson."""

    heading: OutlineHeading
    kind: str
    text: str
    is_named: bool


def petitions_visible_to(seat: Seat) -> QuerySet[Petition]:
    """Return petitions addressed to what the seat acts for, and those asked within its reach."""
    addressed = Q(addressee_id__in=organisations_of(seat))
    asked = Q(report__organisation_id__in=organisations_of(seat)) | (
        below(reach_of(seat)) & Q(report__state__in=HANDED_IN)
    )
    return Petition.objects.filter(addressed | asked).select_related(*_KNOWN)


def found_petitions(
    seat: Seat, *, side: str = "", state: str = "", search: str = "", review: int | None = None
) -> QuerySet[Petition]:
    """Return the visible petitions, those waiting longest first.

    :param side: "to-us" for those addressed to what the seat acts for, "by-us" for its own.
    """
    rows = petitions_visible_to(seat)
    if side == "to-us":
        rows = rows.filter(addressee_id__in=organisations_of(seat))
    elif side == "by-us":
        rows = rows.filter(report__organisation_id__in=organisations_of(seat))
    if state:
        rows = rows.filter(state=state)
    if review is not None:
        rows = rows.filter(report__review_id=review)
    if search:
        rows = rows.filter(Q(text__icontains=search) | Q(report__unit_name__icontains=search))
    return rows.order_by("made_at", "pk")


def asked_in(report: Report) -> list[Asked]:
    """Return what a report asks of the level above, point by point."""
    headings = headings_for(report.review.headings.all(), HeadingPurpose.PETITIONS)
    bodies = _bodies(report, headings)
    return [
        Asked(heading, text[:MOST_WORDS])
        for heading in headings
        for text in points_of(bodies[heading.pk])
    ]


def addressee_of(report: Report) -> Organisation | None:
    """Return who is to answer a report's petitions: who asked for it, else the superior."""
    if report.parent is not None:
        return report.parent.organisation
    return report.organisation.parent


def lesson_points(report: Report) -> list[LessonPoint]:
    """Return the points of a report that name limits, causes and lessons, and which are kept."""
    headings = list(report.review.headings.all())
    purposes = purposes_of(headings)
    wanted = [h for h in headings if purposes[h.pk].purpose in KIND_OF_PURPOSE]
    bodies = _bodies(report, wanted)
    named = set(report.lessons.values_list("text", flat=True))
    return [
        LessonPoint(
            heading,
            KIND_OF_PURPOSE[HeadingPurpose(purposes[heading.pk].purpose)],
            text,
            text in named,
        )
        for heading in wanted
        for text in points_of(bodies[heading.pk])
    ]


def last_lessons(report: Report) -> list[Lesson]:
    """Return what the body learned in its newest earlier review; next year's plan starts there."""
    earlier = previous_report(report)
    return list(earlier.lessons.select_related("report__review")) if earlier else []


def previous_report(report: Report) -> Report | None:
    """Return the body's report in the newest review asked before this one, if it has any."""
    rows = Report.objects.filter(organisation=report.organisation_id, asked_at__lt=report.asked_at)
    rows = rows.exclude(review__state=ReviewState.DRAFT).exclude(review=report.review_id)
    return rows.select_related("review").order_by("-asked_at", "-pk").first()


def _bodies(report: Report, headings: Iterable[OutlineHeading]) -> dict[int, str]:
    keys = [heading.pk for heading in headings]
    rows = Answer.objects.filter(report=report, heading__in=keys)
    return dict.fromkeys(keys, "") | dict(rows.values_list("heading_id", "body"))
