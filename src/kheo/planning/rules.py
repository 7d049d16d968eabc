"""May this seat make work out of a paper, and if not, why; what a plan of it must hold."""

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
