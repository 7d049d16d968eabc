"""Which reviews a seat sees, and what the page of one shows."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.reviews.enums import ReviewState
from kheo.reviews.models import OutlineHeading, Review
from kheo.reviews.rules.reviews import READERS_OF_DRAFTS


@dataclass(frozen=True)
class OutlineLine:
    """A heading as the page shows it: how deep it stands, and whether it can move."""

    heading: OutlineHeading
    depth: int
    is_first: bool
    is_last: bool


def reviews_visible_to(seat: Seat) -> QuerySet[Review]:
    """Return the reviews of the seat's reach, and those superiors have asked for."""
    own = below(reach_of(seat), "organiser_path")
    asked = ~Q(state=ReviewState.DRAFT)
    if seat.role not in READERS_OF_DRAFTS:
        own &= asked
    superiors = Q(organiser_id__in=seat.organisation.ancestor_ids)
    rows = Review.objects.filter(own | (superiors & asked))
    return rows.select_related("organiser__kind", "document")


def found_reviews(seat: Seat, *, search: str = "", kind: str = "") -> QuerySet[Review]:
    """Return the visible reviews of a kind, newest first, whose title holds a text."""
    rows = reviews_visible_to(seat)
    if kind:
        rows = rows.filter(kind=kind)
    return rows.filter(title__icontains=search) if search else rows


def depths_of(headings: list[OutlineHeading]) -> dict[int, int]:
    """Return how deep each heading stands, by its key; 1 for a main heading.

    :param headings: the whole outline of one review, in its order.
    """
    depths: dict[int, int] = {}
    for heading in headings:
        depths[heading.pk] = depths.get(heading.parent_id or 0, 0) + 1
    return depths


def outline_of(review: Review) -> list[OutlineLine]:
    """Return the outline of a review from top to bottom, in one statement."""
    headings = list(review.headings.all())
    depths = depths_of(headings)
    siblings: dict[int | None, list[int]] = {}
    for heading in headings:
        siblings.setdefault(heading.parent_id, []).append(heading.pk)
    return [
        OutlineLine(
            heading,
            depths[heading.pk],
            is_first=siblings[heading.parent_id][0] == heading.pk,
            is_last=siblings[heading.parent_id][-1] == heading.pk,
        )
        for heading in headings
    ]
