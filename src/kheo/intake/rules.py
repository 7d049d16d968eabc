"""May this seat hand files in for a round, and go on with what was handed in."""

from django.utils.translation import gettext_lazy as _

from kheo.intake.enums import IntakeState
from kheo.intake.models import Intake
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no, reaches
from kheo.rounds.enums import RoundState
from kheo.rounds.models import Round

UNIT_ROLES = frozenset({Role.CLERK, Role.HEAD})


def can_receive(seat: Seat, round: Round, *, has_units: bool) -> Verdict:
    """Let clerks and heads of asked units, and officers above them, hand files in.

    :param has_units: whether the round asks any unit the seat may enter drafts for.
    """
    if seat.role not in {*UNIT_ROLES, Role.OFFICER}:
        return no(_("Only the clerk or the head of a unit, or an officer above it, imports files."))
    if round.state != RoundState.OPEN:
        return no(_("The round is not open."))
    return YES if has_units else no(_("The round asks none of your units."))


def can_handle(seat: Seat, intake: Intake) -> Verdict:
    """Let those go on with an import in whose unit or committee it was begun."""
    if seat.role not in {*UNIT_ROLES, Role.OFFICER} or acts_for(seat) != intake.organisation_id:
        return no(_("Only those of the unit that handed the files in go on with them."))
    return YES


def can_change(seat: Seat, intake: Intake) -> Verdict:
    """Let an import be corrected until it is saved or abandoned."""
    if not (verdict := can_handle(seat, intake)):
        return verdict
    if intake.state == IntakeState.SAVING:
        return no(_("It is being saved; wait until that is done."))
    if intake.state == IntakeState.SAVED:
        return no(_("It is saved already; correct the drafts themselves."))
    if intake.state == IntakeState.ABANDONED:
        return no(_("The import was abandoned; hand the files in again."))
    return YES


def can_abandon(seat: Seat, intake: Intake) -> Verdict:
    """Let an import be given up until it is saved, even while its saving waits for its turn."""
    if intake.state == IntakeState.SAVING:
        return can_handle(seat, intake)
    return can_change(seat, intake)


def can_save(seat: Seat, intake: Intake, *, problems: int, taken: int) -> Verdict:
    """Let an import be saved when all is read and nothing stands in the way.

    :param problems: of the rows that are to be taken, and of their forms.
    """
    if not (verdict := can_change(seat, intake)):
        return verdict
    if intake.state == IntakeState.READING:
        return no(_("The files are still being read."))
    if problems:
        return no(_("Correct the problems first, or leave those rows out."))
    return YES if taken else no(_("No row is to be taken."))


def can_fetch(seat: Seat, intake: Intake) -> Verdict:
    """Let those download a file who stand where it was handed in, or above."""
    if acts_for(seat) == intake.organisation_id or reaches(seat, intake.path):
        return YES
    return no(_("This file lies outside your reach."))


def acts_for(seat: Seat) -> int:
    """Return the key of the organisation in whose name the seat imports."""
    if seat.role in UNIT_ROLES:
        return seat.organisation_id
    return seat.organisation.reach_id
