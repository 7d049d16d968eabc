"""Deeds on the outline of a review: adding, renaming, moving and taking out headings."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.reviews.actions.journal import count_change, lock_review, note_review
from kheo.reviews.actions.reviews import HeadingTerms, write_outline
from kheo.reviews.models import OutlineHeading, Review
from kheo.reviews.queries.reviews import depths_of
from kheo.reviews.rules.reviews import DEEPEST, ReviewError, numbers_of


@dataclass(frozen=True, kw_only=True)
class HeadingDetails:
    """What a heading says besides its text; empty purpose and field follow from its words."""

    guidance: str = ""
    purpose: str = ""
    field: str = ""


@transaction.atomic
def add_heading(  # noqa: PLR0913 the deed needs each of them
    *,
    review: Review,
    title: str,
    parent: OutlineHeading | None = None,
    details: HeadingDetails | None = None,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> OutlineHeading:
    """Add a heading at the end of the outline, or as the last one below another.

    :raises NotAllowedError: when the seat may not, or the review is asked for already.
    :raises StaleReviewError: when somebody else changed the review since ``seen_version``.
    :raises ReviewError: when the heading is empty or would stand too deep.
    """
    locked = lock_review(review, by, seen_version)
    text = _demand_title(title)
    headings = list(locked.headings.all())
    above = _among(headings, parent) if parent else None
    if above and depths_of(headings)[above.pk] >= DEEPEST:
        raise ReviewError(_("An outline goes four steps down at most."))
    said = details or HeadingDetails()
    made = OutlineHeading.objects.create(
        review=locked,
        parent=above,
        number="",
        title=text,
        guidance=normalise(said.guidance, keep_lines=True),
        purpose=said.purpose,
        field=said.field,
        order=len(headings) + 1,
    )
    _renumber(locked)
    _finish("review.add-heading", locked, by, at, after={"heading": text})
    made.refresh_from_db()
    return made


@transaction.atomic
def rename_heading(
    *,
    heading: OutlineHeading,
    title: str,
    details: HeadingDetails | None = None,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> OutlineHeading:
    """Give a heading another text, and where ``details`` are given, guidance and purpose.

    :raises NotAllowedError: when the seat may not, or the review is asked for already.
    :raises StaleReviewError: when somebody else changed the review since ``seen_version``.
    :raises ReviewError: when the heading is empty or was taken out.
    """
    locked = lock_review(heading.review, by, seen_version)
    current = _among(list(locked.headings.all()), heading)
    before = _facts(current)
    current.title = _demand_title(title)
    if details is not None:
        current.guidance = normalise(details.guidance, keep_lines=True)
        current.purpose, current.field = details.purpose, details.field
    current.save(update_fields=["title", "guidance", "purpose", "field"])
    _finish("review.rename-heading", locked, by, at, before=before, after=_facts(current))
    return current


@transaction.atomic
def move_heading(
    *,
    heading: OutlineHeading,
    up: bool,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> OutlineHeading:
    """Move a heading, with all below it, one place up or down among its neighbours.

    :raises NotAllowedError: when the seat may not, or the review is asked for already.
    :raises StaleReviewError: when somebody else changed the review since ``seen_version``.
    :raises ReviewError: when the heading was taken out.
    """
    locked = lock_review(heading.review, by, seen_version)
    headings = list(locked.headings.all())
    current = _among(headings, heading)
    siblings = [one for one in headings if one.parent_id == current.parent_id]
    place = siblings.index(current)
    goal = max(0, min(len(siblings) - 1, place + (-1 if up else 1)))
    old = current.number
    other = siblings[goal]
    current.order, other.order = other.order, current.order
    OutlineHeading.objects.bulk_update([current, other], ["order"])
    _renumber(locked)
    current.refresh_from_db()
    moved = {"heading": f"{current.number}. {current.title}"}
    was = {"heading": f"{old}. {current.title}"}
    _finish("review.move-heading", locked, by, at, before=was, after=moved)
    return current


@transaction.atomic
def remove_heading(
    *, heading: OutlineHeading, seen_version: int | None = None, by: By, at: datetime
) -> None:
    """Take a heading out of the outline, with all that stands below it.

    :raises NotAllowedError: when the seat may not, or the review is asked for already.
    :raises StaleReviewError: when somebody else changed the review since ``seen_version``.
    :raises ReviewError: when the heading was taken out already.
    """
    locked = lock_review(heading.review, by, seen_version)
    current = _among(list(locked.headings.all()), heading)
    was = str(current)
    current.delete()
    _renumber(locked)
    _finish("review.remove-heading", locked, by, at, before={"heading": was})


@transaction.atomic
def copy_outline(
    *, review: Review, source: Review, seen_version: int | None = None, by: By, at: datetime
) -> Review:
    """Put the outline of another review, with its guidance, in place of this one's.

    :raises NotAllowedError: when the seat may not, or the review is asked for already.
    :raises StaleReviewError: when somebody else changed the review since ``seen_version``.
    :raises ReviewError: when the other review has no outline.
    """
    locked = lock_review(review, by, seen_version)
    headings = list(source.headings.all())
    if not headings or source.pk == locked.pk:
        raise ReviewError(_("The other review has no outline that could be taken over."))
    depths = depths_of(headings)
    before = locked.headings.count()
    locked.headings.all().delete()
    terms = [
        HeadingTerms(
            title=heading.title,
            depth=depths[heading.pk],
            guidance=heading.guidance,
            purpose=heading.purpose,
            field=heading.field,
        )
        for heading in headings
    ]
    write_outline(locked, terms)
    after = {"headings": len(terms), "copied_from": str(source)}
    _finish("review.copy-outline", locked, by, at, before={"headings": before}, after=after)
    return locked


def _facts(heading: OutlineHeading) -> dict[str, object]:
    """Return what the audit keeps of a heading."""
    return {
        "heading": heading.title,
        "guidance": heading.guidance[:500],
        "asks_for": str(heading.purpose),
        "field": str(heading.field),
    }


def _demand_title(title: str) -> str:
    if not (text := normalise(title)):
        raise ReviewError(_("A heading of the outline is empty."))
    return text


def _among(headings: list[OutlineHeading], wanted: OutlineHeading) -> OutlineHeading:
    for heading in headings:
        if heading.pk == wanted.pk:
            return heading
    raise ReviewError(_("This heading was taken out in the meantime."))


def _renumber(review: Review) -> None:
    """Put the outline in order from top to bottom and number it anew."""
    below: dict[int | None, list[OutlineHeading]] = {}
    for heading in review.headings.all():
        below.setdefault(heading.parent_id, []).append(heading)
    rows: list[OutlineHeading] = []
    depths: list[int] = []

    def walk(parent: int | None, depth: int) -> None:
        for heading in below.get(parent, []):
            rows.append(heading)
            depths.append(depth)
            walk(heading.pk, depth + 1)

    walk(None, 1)
    for order, (heading, number) in enumerate(zip(rows, numbers_of(depths), strict=True), start=1):
        heading.order, heading.number = order, number
    OutlineHeading.objects.bulk_update(rows, ["order", "number"])


def _finish(
    verb: str,
    review: Review,
    by: By,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    count_change(review)
    note_review(verb, review, by=by, at=at, before=before, after=after)
