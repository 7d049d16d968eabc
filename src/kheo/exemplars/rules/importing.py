"""May this seat put drafts into a unit's part of a round from files."""

from datetime import date

from django.utils.translation import gettext as _

from kheo.exemplars.rules.transitions import OFFICERS, UNIT_ROLES, can_start
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no, reaches
from kheo.rounds.enums import LatePolicy, RoundState
from kheo.rounds.models import Participation


def can_draft_for(seat: Seat, participation: Participation, *, today: date) -> Verdict:
    """Let a unit's clerk or head enter drafts, and an officer above who received its list.

    An officer's drafts still wait for the unit's head, who signs them or throws them away.
    """
    if seat.role in UNIT_ROLES:
        return can_start(seat, participation, today=today)
    if seat.role not in OFFICERS or not reaches(seat, participation.path):
        return no(_("Only the unit itself, or an officer above it, enters its list."))
    if participation.round.state != RoundState.OPEN:
        return no(_("The round is not open."))
    gone = participation.organisation.dissolved_on
    if gone is not None and gone <= today:
        return no(_("The unit was dissolved; it registers nothing more."))
    if participation.round.late_policy == LatePolicy.REFUSE and today > participation.due_on:
        return no(
            _(
                "The deadline %(day)s has passed and this round takes nothing late; ask for"
                " more time."
            )
            % {"day": f"{participation.due_on:%d/%m/%Y}"}
        )
    return YES
