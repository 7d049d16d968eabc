"""May this seat make work out of a paper, and if not, why; what a plan of it must hold."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no


class PlanError(Exception):
    """The work cannot be made as asked; ``reasons`` say why."""

    def __init__(self, *reasons: str) -> None:
        """Keep each reason apart, for a list on the page."""
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class MadeAlreadyError(PlanError):
    """The work was made of this paper before: a second window, or a second click."""


class StalePlanError(PlanError):
    """What was read has been corrected since the page was opened."""


def can_make_work(seat: Seat, organiser: Organisation) -> Verdict:
    """Movement officers make rounds, reviews and tasks in the name of their own committee."""
    if seat.role != Role.OFFICER:
        return no(_("Only a movement officer makes work out of a document."))
    if seat.organisation.reach_id != organiser.pk:
        return no(_("An officer makes work in the name of the own committee only."))
    return YES


@dataclass(frozen=True)
class Moved:
    """A superior's deadline as one's own units are given it."""

    superior: date
    own: date | None
    # the superior's day is kept where an earlier one has passed; none is given where both have
    is_kept: bool = False


def moved_earlier(day: date, margin: int, not_before: date) -> Moved:
    """Return a deadline so many days before a superior's, never one that has passed.

    :param margin: days, not negative.
    :param not_before: the day on which the own paper is issued.
    """
    own = day - timedelta(days=margin)
    if own >= not_before:
        return Moved(day, own)
    return Moved(day, day if day >= not_before else None, is_kept=True)
