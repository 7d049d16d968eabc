"""What all deeds on reviews share: locking one, judging the seat, writing the audit."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F

from kheo.audit.actions import Deed, record
from kheo.organisations.actions import By
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.reviews.models import Review
from kheo.reviews.rules.reviews import StaleReviewError, can_prepare_review


def lock_review(review: Review, by: By, seen_version: int | None = None) -> Review:
    """Return the review as it stands, locked until the end of the transaction.

    :raises NotAllowedError: when the seat may not prepare it.
    :raises StaleReviewError: when it is no longer at the version the page showed.
    """
    locked = lock_any_review(review)
    if isinstance(by, Seat):
        demand(can_prepare_review(by, locked))
    if seen_version is not None and seen_version != locked.version:
        raise StaleReviewError
    return locked


def lock_any_review(review: Review) -> Review:
    """Return the review as it stands, locked until the end of the transaction."""
    rows = Review.objects.select_for_update(of=("self",)).select_related("organiser__kind")
    return rows.get(pk=review.pk)


def note_review(  # noqa: PLR0913 an entry has this many parts
    verb: str,
    review: Review,
    *,
    by: By,
    at: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Record a deed, of the values before and after only those that differ."""
    old, new = dict(before or {}), dict(after or {})
    same = {name for name in old.keys() & new.keys() if old[name] == new[name]}
    deed = Deed(
        verb=verb,
        record=review,
        scope=review.organiser_path,
        before={name: value for name, value in old.items() if name not in same},
        after={name: value for name, value in new.items() if name not in same},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)


def count_change(review: Review) -> None:
    """Count one more change of a locked review."""
    Review.objects.filter(pk=review.pk).update(version=F("version") + 1)
    review.version += 1
