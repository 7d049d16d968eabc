"""Deeds on a review that is being prepared: beginning, changing and discarding it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.directives.models import Document
from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Level, Organisation, Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.journal import lock_review, note_review
from kheo.reviews.enums import ReviewKind
from kheo.reviews.models import OutlineHeading, Review, ReviewAnnex, ReviewDue, TableDesign
from kheo.reviews.rules.reviews import DEEPEST, ReviewError, can_run_review, numbers_of


@dataclass(frozen=True, kw_only=True)
class HeadingTerms:
    """A heading of the outline: its text, how deep it stands (1 is a main heading), its guidance.

    ``purpose`` and ``field`` say what it asks for; empty ones follow from its words.
    """

    title: str
    depth: int = 1
    guidance: str = ""
    purpose: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True)
class DueTerms:
    """Who reports until when."""

    audience: str
    due_on: date
    level: Level | None = None


@dataclass(frozen=True, kw_only=True)
class AnnexTerms:
    """A table to attach: in an official layout (code of LayoutCode), composed, or none yet."""

    title: str
    layout_code: str = ""
    design: TableDesign | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewTerms:
    """What is said of a review besides its outline."""

    title: str
    kind: str = ReviewKind.INTERIM
    document: Document | None = None
    period_from: date | None = None
    period_to: date | None = None
    dues: tuple[DueTerms, ...] = ()
    annexes: tuple[AnnexTerms, ...] = ()


@transaction.atomic
def create_review(
    *,
    organiser: Organisation,
    terms: ReviewTerms,
    outline: Sequence[HeadingTerms] = (),
    by: By,
    at: datetime,
) -> Review:
    """Begin to prepare a review; nobody is asked yet.

    :param outline: from top to bottom; a heading deeper than one step below the one before it is
        brought up to that step.
    :raises NotAllowedError: when the seat does not run the organiser's reviews.
    :raises ReviewError: when the terms cannot be.
    """
    if isinstance(by, Seat):
        demand(can_run_review(by, organiser))
    review = Review(organiser=organiser, organiser_path=organiser.path, created_at=at)
    _write(review, terms)
    write_outline(review, outline)
    note_review("review.create", review, by=by, at=at, after=_facts(review))
    return review


@transaction.atomic
def edit_review(
    *,
    review: Review,
    terms: ReviewTerms,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> Review:
    """Change what is said of a review: title, kind, period, due dates, annexes.

    :raises NotAllowedError: when the seat may not, or the review is asked for already.
    :raises StaleReviewError: when somebody else changed it since ``seen_version``.
    :raises ReviewError: when the terms cannot be.
    """
    locked = lock_review(review, by, seen_version)
    before = _facts(locked)
    locked.version += 1
    _write(locked, terms)
    note_review("review.edit", locked, by=by, at=at, before=before, after=_facts(locked))
    return locked


@transaction.atomic
def delete_draft_review(*, review: Review, by: By, at: datetime) -> None:
    """Discard a review that nobody was asked for; the audit keeps what it said.

    :raises NotAllowedError: when the seat may not, or the review is asked for already.
    """
    locked = lock_review(review, by)
    note_review("review.delete", locked, by=by, at=at, before=_facts(locked))
    locked.delete()


def _write(review: Review, terms: ReviewTerms) -> None:
    _refuse_impossible(terms)
    review.title, review.kind = normalise(terms.title), terms.kind
    review.document = terms.document
    review.period_from, review.period_to = terms.period_from, terms.period_to
    review.save()
    review.dues.all().delete()
    ReviewDue.objects.bulk_create(
        ReviewDue(
            review=review, audience=normalise(due.audience), level=due.level, due_on=due.due_on
        )
        for due in terms.dues
    )
    review.annexes.all().delete()
    ReviewAnnex.objects.bulk_create(
        ReviewAnnex(
            review=review,
            title=normalise(annex.title),
            # a composed table takes the place of an official one
            layout_code="" if annex.design else annex.layout_code,
            design=annex.design,
            order=order,
        )
        for order, annex in enumerate(terms.annexes, start=1)
    )


def write_outline(review: Review, outline: Sequence[HeadingTerms]) -> None:
    """Give a review without headings its outline, numbered as the paper numbers it.

    :raises ReviewError: when a heading is empty.
    """
    depths: list[int] = []
    for heading in outline:
        deepest = depths[-1] + 1 if depths else 1
        depths.append(max(1, min(heading.depth, deepest, DEEPEST)))
    above: dict[int, OutlineHeading] = {}
    rows = zip(outline, depths, numbers_of(depths), strict=True)
    for order, (heading, depth, number) in enumerate(rows, start=1):
        if not (title := normalise(heading.title)):
            raise ReviewError(_("A heading of the outline is empty."))
        above[depth] = OutlineHeading.objects.create(
            review=review,
            parent=above.get(depth - 1),
            number=number,
            title=title,
            guidance=heading.guidance,
            purpose=heading.purpose,
            field=heading.field,
            order=order,
        )


def _refuse_impossible(terms: ReviewTerms) -> None:
    if not normalise(terms.title):
        raise ReviewError(_("The review needs a title."))
    if terms.period_from and terms.period_to and terms.period_to < terms.period_from:
        raise ReviewError(_("The period covered ends before it begins."))
    if not all(normalise(due.audience) for due in terms.dues):
        raise ReviewError(_("Say for each due date who reports."))
    if not all(normalise(annex.title) for annex in terms.annexes):
        raise ReviewError(_("Each annex needs a title."))


def _facts(review: Review) -> dict[str, object]:
    """Return what the audit keeps of a review."""
    return {
        "title": review.title,
        "kind": str(review.kind),
        "governing_document": str(review.document or ""),
        "period_from": review.period_from,
        "period_to": review.period_to,
        "dues": [str(due) for due in review.dues.all()],
        "annexes": [str(annex) for annex in review.annexes.all()],
        "headings": review.headings.count(),
    }
