"""May this seat open, change, publish, extend or close a round, and if not, why."""

from django.utils.translation import gettext_lazy as _

from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no, reaches
from kheo.rounds.enums import RoundState
from kheo.rounds.models import FieldScheme, Layout, Participation, Period, Round

# who reads what is being prepared, besides the officers who prepare it
READERS_OF_DRAFTS = frozenset({Role.OFFICER, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR})


class RoundError(Exception):
    """What was asked cannot be done to a round as it stands; ``reasons`` say why."""

    def __init__(self, *reasons: str) -> None:
        """Keep each reason apart, for a list on the page."""
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class StaleError(RoundError):
    """Somebody else has changed the record since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            str(
                _(
                    "Somebody else has changed this since you opened the page. Nothing of yours was"
                    " saved; compare below and save again."
                )
            )
        )


def can_run_round(seat: Seat, organiser: Organisation) -> Verdict:
    """Movement officers run the rounds of the body in whose name they act."""
    if seat.role != Role.OFFICER:
        return no(_("Only a movement officer runs rounds."))
    if seat.organisation.reach_id != organiser.pk:
        return no(_("An officer runs the rounds of the own committee only."))
    return YES


def can_edit_round(seat: Seat, round: Round) -> Verdict:
    """Until it is closed, the organiser's officer changes a round."""
    if not (verdict := can_run_round(seat, round.organiser)):
        return verdict
    if round.state == RoundState.CLOSED:
        return no(_("The round is closed; reopen it first."))
    return YES


def can_prepare_round(seat: Seat, round: Round) -> Verdict:
    """Whom a round asks for what is changed only until it is published."""
    if not (verdict := can_run_round(seat, round.organiser)):
        return verdict
    if round.state != RoundState.DRAFT:
        return no(
            _(
                "The round is published: units rely on what they were asked."
                " Extend or add single units."
            )
        )
    return YES


def can_publish_round(seat: Seat, round: Round) -> Verdict:
    """Let the organiser's officer publish a round, once."""
    if not (verdict := can_run_round(seat, round.organiser)):
        return verdict
    return YES if round.state == RoundState.DRAFT else no(_("The round is published already."))


def can_extend_deadline(seat: Seat, participation: Participation) -> Verdict:
    """Let the organiser's officer give a unit more time while the round is open."""
    return can_close_round(seat, participation.round)


def can_close_round(seat: Seat, round: Round) -> Verdict:
    """Let the organiser's officer close an open round."""
    if not (verdict := can_run_round(seat, round.organiser)):
        return verdict
    return YES if round.state == RoundState.OPEN else no(_("The round is not open."))


def can_reopen_round(seat: Seat, round: Round) -> Verdict:
    """Let the organiser's officer reopen a closed round."""
    if not (verdict := can_run_round(seat, round.organiser)):
        return verdict
    return YES if round.state == RoundState.CLOSED else no(_("The round is not closed."))


def can_see_round(seat: Seat, round: Round, *, is_asked: bool) -> Verdict:
    """Those above see their rounds and those below; asked units see what was published."""
    if round.state == RoundState.DRAFT and seat.role not in READERS_OF_DRAFTS:
        return no(_("The round is still being prepared."))
    if reaches(seat, round.organiser_path) or (is_asked and round.state != RoundState.DRAFT):
        return YES
    return no(_("The round does not ask your unit."))


def can_keep_period(seat: Seat, organiser: Organisation) -> Verdict:
    """Periods are kept by the officers of the committee that governs them."""
    if seat.role != Role.OFFICER:
        return no(_("Only a movement officer keeps periods."))
    if seat.organisation.reach_id != organiser.pk:
        return no(_("An officer keeps the periods of the own committee only."))
    return YES


def can_edit_period(seat: Seat, period: Period) -> Verdict:
    """Let the officers of its organiser change a period."""
    return can_keep_period(seat, period.organiser)


def can_keep_layouts(seat: Seat, issuer: Organisation) -> Verdict:
    """Administrators and officers keep the layouts and schemes of what they act for."""
    if seat.role not in {Role.ADMINISTRATOR, Role.OFFICER}:
        return no(_("Only an administrator or a movement officer changes layouts."))
    if not reaches(seat, issuer.path):
        return no(_("This issuer lies outside your reach."))
    return YES


def can_edit_layout(seat: Seat, layout: Layout) -> Verdict:
    """Official layouts stay as they are; an issuer's copy is changed by its keepers."""
    if layout.is_shipped or layout.issuer is None:
        return no(_("This is an official layout; make a copy and change that."))
    return can_keep_layouts(seat, layout.issuer)


def can_edit_scheme(seat: Seat, scheme: FieldScheme) -> Verdict:
    """Official schemes stay as they are; an issuer's copy is changed by its keepers."""
    if scheme.issuer is None:
        return no(_("This is an official scheme; make a copy and change that."))
    return can_keep_layouts(seat, scheme.issuer)
