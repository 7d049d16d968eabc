"""Who may remind units from the board of a round."""

from django.utils.translation import gettext_lazy as _

from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Round


def can_remind_units(seat: Seat, round: Round) -> Verdict:
    """Movement officers remind the units in their reach while a round is open."""
    if seat.role != Role.OFFICER:
        return no(_("Only a movement officer reminds units."))
    if round.state != RoundState.OPEN:
        return no(_("The round is not open; there is nothing to remind units of."))
    return YES
