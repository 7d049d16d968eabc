"""Who answers petitions, passes them upward, and names what was learned."""

from django.utils.translation import gettext as _

from kheo.notices.rules import organisations_of
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.reviews.enums import PetitionState
from kheo.reviews.models import Petition, Report
from kheo.reviews.rules.reports import KEEPERS, SENDERS, WRITERS, is_own_report
from kheo.reviews.rules.reviews import ReviewError

MOST_WORDS = 4_000


class StalePetitionError(ReviewError):
    """Somebody else has answered the petition or passed it on in the meantime."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            _(
                "Somebody else has answered this petition or passed it upward since you opened the"
                " page. Nothing of yours was saved; look at it again."
            )
        )


def can_collect_petitions(seat: Seat, report: Report) -> Verdict:
    """Petitions are collected by the body that hands in its report."""
    if not is_own_report(seat, report) or seat.role not in SENDERS:
        return no(_("Only the unit itself does this to its report."))
    return YES


def can_answer_petition(seat: Seat, petition: Petition) -> Verdict:
    """Officers and heads of the body that is asked answer, and may correct their answer."""
    if not (verdict := _judge_addressee(seat, petition)):
        return verdict
    if petition.state == PetitionState.PASSED_UP:
        return no(_("The petition was passed upward; the level above answers it."))
    return YES


def can_pass_petition_up(seat: Seat, petition: Petition) -> Verdict:
    """Pass on what waits for an answer; the own report must still be open for writing."""
    if not (verdict := _judge_addressee(seat, petition)):
        return verdict
    if petition.state != PetitionState.WAITING:
        return no(_("Only a petition that waits for an answer is passed upward."))
    return YES


def can_name_lesson(seat: Seat, report: Report) -> Verdict:
    """Let those who write a report name what was learned, also after it was handed in."""
    if not is_own_report(seat, report) or seat.role not in WRITERS:
        return no(_("Only those who write the report name its lessons."))
    return YES


def can_plan(seat: Seat, report: Report) -> Verdict:
    """Let those who write a report draw the plan of the next period out of it."""
    if not is_own_report(seat, report) or seat.role not in WRITERS:
        return no(_("Only those who write the report draw the next plan out of it."))
    return YES


def _judge_addressee(seat: Seat, petition: Petition) -> Verdict:
    if petition.addressee_id not in organisations_of(seat):
        return no(_("Only the body that the petition is addressed to answers it."))
    if seat.role not in KEEPERS:
        return no(_("Only a movement officer or the head of the unit does this."))
    return YES
