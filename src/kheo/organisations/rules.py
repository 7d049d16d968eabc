"""May this seat do this to that, and if not, why: the words and the ground rules."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat


@dataclass(frozen=True)
class Verdict:
    """Yes, or no with the reason in words for the person who asked."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        """Tell whether the deed may be done."""
        return self.allowed


YES = Verdict(allowed=True)


def no(reason: str | Promise) -> Verdict:
    """Return a refusal with its reason."""
    return Verdict(allowed=False, reason=reason)


class NotAllowedError(Exception):
    """A deed was refused by a rule; the message is the rule's reason."""

    def __init__(self, verdict: Verdict) -> None:
        """Keep the reason of a refusing verdict."""
        super().__init__(str(verdict.reason))
        self.reason = verdict.reason


def demand(verdict: Verdict) -> None:
    """Go on only if the rule allows.

    :raises NotAllowedError: with the rule's reason.
    """
    if not verdict:
        raise NotAllowedError(verdict)


def reaches(seat: Seat, path: str) -> bool:
    """Tell whether a path lies in the seat's reach: its own unit and what is below it.

    Officers, leaders, inspectors, council members and administrators of an advisory body reach
    what its committee reaches; clerks and heads stay in their own unit and below it.
    """
    return path.startswith(reach_of(seat))


def reach_of(seat: Seat) -> str:
    """Return the path below which the seat sees everything."""
    if seat.role in {Role.CLERK, Role.HEAD}:
        return seat.organisation.path
    return seat.organisation.reach_path


def can_manage_organisations(seat: Seat, organisation: Organisation) -> Verdict:
    """Administrators keep the data of their organisation and of all below it."""
    if seat.role != Role.ADMINISTRATOR:
        return no(_("Only an administrator changes the data of organisations."))
    if not reaches(seat, organisation.path):
        return no(_("This organisation lies outside your reach."))
    return YES


def can_invite(seat: Seat, organisation: Organisation) -> Verdict:
    """Administrators, heads and officers invite people to seats of what they run."""
    if seat.role not in {Role.ADMINISTRATOR, Role.HEAD, Role.OFFICER}:
        return no(_("Only the head, an officer or an administrator invites people."))
    if not reaches(seat, organisation.path):
        return no(_("This organisation lies outside your reach."))
    return YES


# whom one may put into a seat; administrators put anybody anywhere in their reach
ROLES_GIVEN_BY = {
    Role.HEAD: frozenset({Role.CLERK, Role.HEAD}),
    Role.OFFICER: frozenset({Role.CLERK, Role.HEAD, Role.OFFICER, Role.COUNCIL, Role.INSPECTOR}),
    Role.ADMINISTRATOR: frozenset(Role),
}


def can_give_role(seat: Seat, organisation: Organisation, role: Role | str) -> Verdict:
    """Heads seat clerks and heads, officers also officers and examiners, administrators all."""
    verdict = can_invite(seat, organisation)
    if verdict and Role(role) not in ROLES_GIVEN_BY[Role(seat.role)]:
        return no(_("Only an administrator gives this role."))
    return verdict


def can_end_seat(seat: Seat, other: Seat) -> Verdict:
    """Whoever may give a seat may end it; nobody ends their own."""
    if other.pk == seat.pk:
        return no(_("Nobody ends their own seat; ask another administrator."))
    return can_give_role(seat, other.organisation, other.role)


def can_stand_in(seat: Seat, other: Seat) -> Verdict:
    """Let the holder name a stand-in for their own seat, an administrator for any in reach."""
    if other.pk == seat.pk:
        return YES
    if seat.role != Role.ADMINISTRATOR:
        return no(_("Only the holder or an administrator names who stands in."))
    if not reaches(seat, other.organisation.path):
        return no(_("This organisation lies outside your reach."))
    return YES


def can_close_account(seat: Seat, other: Seat, *, elsewhere: bool) -> Verdict:
    """Let an administrator close, or open again, the account of somebody wholly in their reach.

    :param elsewhere: whether the person also holds a seat that lies outside that reach.
    """
    if seat.role != Role.ADMINISTRATOR:
        return no(_("Only an administrator closes accounts and opens them again."))
    if other.user_id == seat.user_id:
        return no(_("Nobody closes their own account; ask another administrator."))
    if elsewhere or not reaches(seat, other.organisation.path):
        return no(_("This person also has a seat outside your reach; end the seat here instead."))
    return YES
