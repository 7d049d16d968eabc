"""Finds what an address names, for this seat only."""

from django.shortcuts import get_object_or_404

from kheo.organisations.http import Request
from kheo.reviews.models import OutlineHeading, Report, Review
from kheo.reviews.queries.reports import reports_visible_to
from kheo.reviews.queries.reviews import reviews_visible_to


def visible_review(request: Request, pk: int) -> Review:
    """Return the review, or 404 where this seat must not know of it."""
    return get_object_or_404(reviews_visible_to(request.seat), pk=pk)


def heading_of(review: Review, pk: int) -> OutlineHeading:
    """Return a heading of a review, or 404."""
    heading = get_object_or_404(review.headings, pk=pk)
    heading.review = review
    return heading


def visible_report(request: Request, pk: int) -> Report:
    """Return the report with all that rules ask of it, or 404 where the seat must not know it."""
    rows = reports_visible_to(request.seat).select_related(
        "review__organiser__kind",
        "review__document",
        "organisation__kind",
        "organisation__level",
        "parent__organisation__kind",
    )
    return get_object_or_404(rows, pk=pk)
