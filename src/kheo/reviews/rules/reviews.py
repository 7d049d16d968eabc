"""May this seat prepare or see a review, and if not, why; and how headings are numbered."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kheo.lib.text.numbers import roman
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.reviews.enums import ReviewState
from kheo.reviews.models import Review

# who reads what is being prepared, besides the officers who prepare it
READERS_OF_DRAFTS = frozenset({Role.OFFICER, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR})
# I / 1 / 1.1 / 1.1.1 (S0): no outline goes deeper
DEEPEST = 4


class ReviewError(Exception):
    """What was asked cannot be done to a review as it stands; the message says why."""


class StaleReviewError(ReviewError):
    """Somebody else has changed the review since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            str(
                _(
                    "Somebody else has changed this review since you opened the page. Nothing of"
                    " yours was saved; look at it again."
                )
            )
        )


def can_run_review(seat: Seat, organiser: Organisation) -> Verdict:
    """Movement officers run the reviews of the body in whose name they act."""
    if seat.role != Role.OFFICER:
        return no(_("Only a movement officer runs reviews."))
    if seat.organisation.reach_id != organiser.pk:
        return no(_("An officer runs the reviews of the own committee only."))
    return YES


def can_prepare_review(seat: Seat, review: Review) -> Verdict:
    """Outline, dates and annexes are changed only while the review is being prepared."""
    if not (verdict := can_run_review(seat, review.organiser)):
        return verdict
    if review.state != ReviewState.DRAFT:
        return no(_("The review is asked for already: units rely on its outline."))
    return YES


def can_close_review(seat: Seat, review: Review) -> Verdict:
    """Let whoever runs a review close it while it is open."""
    if not (verdict := can_run_review(seat, review.organiser)):
        return verdict
    return YES if review.state == ReviewState.OPEN else no(_("The review is not open."))


def can_reopen_review(seat: Seat, review: Review) -> Verdict:
    """Let whoever runs a review open it again when it was closed."""
    if not (verdict := can_run_review(seat, review.organiser)):
        return verdict
    return YES if review.state == ReviewState.CLOSED else no(_("The review is not closed."))


def numbers_of(depths: Sequence[int]) -> list[str]:
    """Return the number of each heading of an outline, read from top to bottom (as S0 does).

    :param depths: 1 for a main heading and one more for each step down; a heading never stands
        more than one step below the one before it.
    """
    counts = [0] * DEEPEST
    numbers = []
    for depth in depths:
        counts[depth - 1] += 1
        counts[depth:] = [0] * (DEEPEST - depth)
        below = ".".join(str(count) for count in counts[1:depth])
        numbers.append(below or roman(counts[0]))
    return numbers
