"""May this seat set up a council, give out files, score, settle, vote, see the others' scores."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from kheo.councils.enums import AllotmentState, ConflictKind, CouncilState
from kheo.councils.models import Allotment, Council, CouncilMember, Vote
from kheo.councils.rules.transitions import CHAIR, DESK, OFFICER, WHEN, WHO, Side, sides_of
from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no

PREPARING = frozenset({CouncilState.DRAFT, CouncilState.SCORING})
MEETING = frozenset({CouncilState.SESSION})
AFTER_SCORING = frozenset(
    {
        CouncilState.SESSION,
        CouncilState.DECIDED,
        CouncilState.ANNOUNCING,
        CouncilState.ANNOUNCED,
    }
)
WATCHERS = frozenset({Role.OFFICER, Role.LEADER, Role.INSPECTOR})


class CouncilError(Exception):
    """What was asked cannot be done to a council as it stands; ``reasons`` say why.

    ``by_criterion`` holds those of them that belong to one criterion, by its key.
    """

    def __init__(self, *reasons: str, by_criterion: Mapping[int, str] | None = None) -> None:
        """Keep each reason apart, for a list on the page."""
        self.by_criterion = dict(by_criterion or {})
        self.reasons = (*reasons, *self.by_criterion.values())
        super().__init__(" ".join(self.reasons))


class StaleCouncilError(CouncilError):
    """Somebody else has changed the record since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            str(_("Somebody else has changed this since you opened the page. Look at it again."))
        )


def can_set_up_councils(seat: Seat, organisation: Organisation) -> Verdict:
    """Movement officers set up councils of their organisation or its committee."""
    if seat.role != Role.OFFICER:
        return no(_("Only a movement officer sets up councils."))
    if organisation.pk not in organisations_of(seat):
        return no(_("You cannot set up councils in the name of this organisation."))
    return YES


def can_prepare(seat: Seat, council: Council) -> Verdict:
    """Let officers of the committee name members and take files in until the session begins."""
    if Side.OFFICER not in sides_of(seat, council, None):
        return no(WHO[OFFICER])
    return YES if council.state in PREPARING else no(WHEN[CouncilState(council.state)])


def can_allot(seat: Seat, council: Council, member: CouncilMember | None) -> Verdict:
    """Officers, the chair and the secretary give files to members until the session begins."""
    sides = sides_of(seat, council, member)
    if not sides & (OFFICER | DESK):
        return no(_("Only an officer, the chair or the secretary gives files to members."))
    return YES if council.state in PREPARING else no(WHEN[CouncilState(council.state)])


def can_score(seat: Seat, council: Council, allotment: Allotment, member: CouncilMember) -> Verdict:
    """Let a member score the files given to them, except where they keep out, while it is time."""
    if member.seat_id != seat.pk or allotment.member_id != member.pk:
        return no(_("Only the member to whom the file was given scores it."))
    if council.state == CouncilState.DRAFT:
        return no(_("The scoring is not open yet."))
    if council.state != CouncilState.SCORING:
        return no(_("The scoring is closed; scores are no longer changed."))
    return YES


def keeps_out(kind: str) -> Verdict:
    """Refuse somebody who has a conflict of interest, with the reason."""
    return no(KEPT_OUT[ConflictKind(kind)])


KEPT_OUT = {
    ConflictKind.OWN_UNIT: _("This is a file of your own unit; members do not score it."),
    ConflictKind.OWN_LINE: _("This is a file of a unit below yours; members do not score it."),
    ConflictKind.DECLARED: _("You declared that you keep out of this file."),
}


def can_declare(seat: Seat, council: Council, member: CouncilMember | None) -> Verdict:
    """Let members declare that they keep out of a file until the outcome is settled."""
    if member is None or member.seat_id != seat.pk:
        return no(_("Only a member of the council declares this."))
    if council.state not in PREPARING | MEETING:
        return no(WHEN[CouncilState(council.state)])
    return YES


def can_run_session(seat: Seat, council: Council, member: CouncilMember | None) -> Verdict:
    """Let the chair and the secretary keep attendance, settle scores and hold votes."""
    if not sides_of(seat, council, member) & DESK:
        return no(WHO[DESK])
    return YES if council.state in MEETING else no(WHEN[CouncilState(council.state)])


def can_run_scores(seat: Seat, council: Council, member: CouncilMember | None) -> Verdict:
    """Let the chair give scores back while the council scores."""
    if not sides_of(seat, council, member) & CHAIR:
        return no(WHO[CHAIR])
    if council.state != CouncilState.SCORING:
        return no(WHEN[CouncilState(council.state)])
    return YES


def can_prepare_session(seat: Seat, council: Council, member: CouncilMember | None) -> Verdict:
    """Let the desk and the officers write down day, place, agenda and minutes of the session."""
    if not sides_of(seat, council, member) & (DESK | OFFICER):
        return no(WHO[DESK])
    if council.state in {CouncilState.ANNOUNCING, CouncilState.ANNOUNCED}:
        return no(WHEN[CouncilState(council.state)])
    return YES


def can_break_tie(seat: Seat, council: Council, member: CouncilMember | None) -> Verdict:
    """Let the chair order files that share a place, while the outcome is not announced."""
    if not sides_of(seat, council, member) & CHAIR:
        return no(WHO[CHAIR])
    if council.state != CouncilState.DECIDED:
        return no(WHEN[CouncilState(council.state)])
    return YES


def can_vote(seat: Seat, vote: Vote, member: CouncilMember | None) -> Verdict:
    """Let each member who is present vote once while the vote is open."""
    if member is None or member.seat_id != seat.pk:
        return no(_("Only members of the council vote."))
    if not member.is_present:
        return no(_("Only those vote who are marked as present at the session."))
    return no(_("The vote is closed.")) if vote.closed_at is not None else YES


def sees_count(vote: Vote, voted: int) -> Verdict:
    """Show the count only when everybody present has voted, or the vote is closed."""
    if vote.closed_at is None and voted < vote.present:
        return no(_("The count is shown when everybody present has voted or the vote is closed."))
    return YES


def sees_scores(
    seat: Seat, council: Council, member: CouncilMember | None, own: Allotment | None
) -> Verdict:
    """Hide self, superior and the others from whoever has not handed in the own scores.

    While the council scores, only those see them whose own scores for the file are in; later all
    members and the officers, leaders and inspectors of the committee.
    """
    if own is not None and own.state == AllotmentState.DONE:
        return YES
    if council.state in AFTER_SCORING and (member is not None or seat.role in WATCHERS):
        return YES
    return no(_("The scores of the others are shown once your own are in."))
