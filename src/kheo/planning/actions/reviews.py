"""Making the skeleton of a review out of a paper."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.directives.models import Finding, Reading
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation
from kheo.planning.actions.beginning import begin_making, keep_origins
from kheo.planning.queries.made import REVIEW, reviews_made_of
from kheo.planning.rules import MadeAlreadyError, PlanError
from kheo.reviews.actions import HeadingTerms, ReviewTerms, create_review
from kheo.reviews.models import Review
from kheo.reviews.rules.reviews import ReviewError


@dataclass(frozen=True, kw_only=True)
class ReviewPlan:
    """A review as the officer wants it made of a paper, and the findings it comes from."""

    terms: ReviewTerms
    outline: tuple[HeadingTerms, ...] = ()
    findings: tuple[Finding, ...] = ()


@transaction.atomic
def make_review_of_document(
    *,
    reading: Reading,
    organiser: Organisation,
    plan: ReviewPlan,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> Review:
    """Prepare the review a paper asks for, with outline, due dates and annexes.

    :raises NotAllowedError: when the seat does not run the organiser's reviews.
    :raises StalePlanError: when what was read was corrected since ``seen_version``.
    :raises MadeAlreadyError: when the organiser made it of this paper before.
    :raises PlanError: when the plan cannot be.
    """
    locked = begin_making(reading, organiser, seen_version, by)
    if reviews_made_of(locked.document, organiser).exists():
        raise MadeAlreadyError(_("The review was made of this document already."))
    try:
        review = create_review(
            organiser=organiser, terms=plan.terms, outline=plan.outline, by=by, at=at
        )
    except ReviewError as error:
        raise PlanError(str(error)) from error
    keep_origins(plan.findings, REVIEW, review.pk, by=by, at=at)
    return review
