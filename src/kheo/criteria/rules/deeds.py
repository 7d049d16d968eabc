"""May this seat build, change, put in force, retire or copy a set of criteria."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kheo.criteria.enums import SetState
from kheo.criteria.models import CriteriaSet
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, no

BUILDERS = frozenset({Role.ADMINISTRATOR, Role.OFFICER})


class CriteriaError(Exception):
    """What was asked cannot be done to a set as it stands; ``reasons`` say why."""

    def __init__(self, *reasons: str) -> None:
        """Keep each reason apart, for a list on the page."""
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class StaleCriteriaError(CriteriaError):
    """Somebody else has changed the set since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            _("Somebody else has changed this since you opened the page. Look at it again.")
        )


def can_build_sets(seat: Seat | None) -> Verdict:
    """Administrators and movement officers build sets in the name of their committee."""
    if seat is None or seat.role not in BUILDERS:
        return no(_("Only an administrator or a movement officer builds criteria sets."))
    return YES


def can_change_set(seat: Seat | None, criteria_set: CriteriaSet) -> Verdict:
    """Whoever builds sets for the issuer changes its drafts; what is in force stays as it is."""
    if not (verdict := can_keep_set(seat, criteria_set)):
        return verdict
    if criteria_set.state != SetState.DRAFT:
        return no(
            _("This version is not changed any more, since files are scored by it; make a new one.")
        )
    return YES


def can_put_in_force(
    seat: Seat | None, criteria_set: CriteriaSet, faults: Sequence[str] = ()
) -> Verdict:
    """Let a draft be put in force once nothing is missing; ``faults`` says what is."""
    if not (verdict := can_keep_set(seat, criteria_set)):
        return verdict
    if criteria_set.state != SetState.DRAFT:
        return no(_("Only a draft is put in force."))
    return no(" ".join(faults)) if faults else YES


def can_retire_set(seat: Seat | None, criteria_set: CriteriaSet) -> Verdict:
    """Let a set in force end; files that were opened by it are scored to their end."""
    if not (verdict := can_keep_set(seat, criteria_set)):
        return verdict
    if criteria_set.state != SetState.IN_FORCE:
        return no(_("Only what is in force can end."))
    return YES


def can_renew_set(seat: Seat | None, criteria_set: CriteriaSet) -> Verdict:
    """Let the issuer make a new version of what is or was in force."""
    if not (verdict := can_keep_set(seat, criteria_set)):
        return verdict
    if criteria_set.state == SetState.DRAFT:
        return no(_("This version is still being drawn up; change it instead."))
    return YES


def can_keep_set(seat: Seat | None, criteria_set: CriteriaSet) -> Verdict:
    """Judge role and issuer, whatever the state: shipped examples belong to nobody."""
    if not (verdict := can_build_sets(seat)):
        return verdict
    if criteria_set.is_shipped:
        return no(_("An example stays as it is; make a copy of your own."))
    if seat is None or criteria_set.issuer_id != seat.organisation.reach_id:
        return no(_("Only the body that issued a set changes it."))
    return YES
