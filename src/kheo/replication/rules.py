"""Who writes and publishes guides, asks to replicate, answers, begins and ends; and what fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no, reaches
from kheo.replication.enums import ReplicationDeed, ReplicationState
from kheo.replication.models import Guide, Replication

WORKERS = frozenset({Role.CLERK, Role.HEAD, Role.OFFICER})


class ReplicationError(Exception):
    """What was asked cannot be done as things stand; the message says why."""


class StaleReplicationError(ReplicationError):
    """Somebody else has changed it since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            _("Somebody else has changed this since you opened the page. Look at it again.")
        )


class Party(Enum):
    """Who does a deed: the unit of the origin (or its officers above), or the one replicating."""

    ORIGIN = "origin"
    UNIT = "unit"


@dataclass(frozen=True)
class Transition:
    """One deed: from which states to which, by which side, and whether it needs words."""

    sources: frozenset[ReplicationState]
    target: ReplicationState
    party: Party
    needs_reason: bool = False


_S = ReplicationState
TRANSITIONS: dict[ReplicationDeed, Transition] = {
    ReplicationDeed.AGREE: Transition(frozenset({_S.ASKED}), _S.AGREED, Party.ORIGIN),
    ReplicationDeed.DECLINE: Transition(
        frozenset({_S.ASKED}), _S.DECLINED, Party.ORIGIN, needs_reason=True
    ),
    ReplicationDeed.BEGIN: Transition(frozenset({_S.AGREED}), _S.UNDER_WAY, Party.UNIT),
    ReplicationDeed.FINISH: Transition(
        frozenset({_S.UNDER_WAY}), _S.DONE, Party.UNIT, needs_reason=True
    ),
    ReplicationDeed.GIVE_UP: Transition(
        frozenset({_S.ASKED, _S.AGREED, _S.UNDER_WAY}),
        _S.GIVEN_UP,
        Party.UNIT,
        needs_reason=True,
    ),
}


def can_write_guide(seat: Seat, owner: Organisation) -> Verdict:
    """Clerks, heads and officers of the unit of a model write how it is done."""
    if seat.role not in WORKERS or seat.organisation_id != owner.pk:
        return no(gettext_lazy("Only the people of the model's own unit write its guide."))
    return YES


def can_publish_guide(seat: Seat, guide: Guide) -> Verdict:
    """Movement officers above the unit of a model publish its guide, and take it back."""
    owner = guide.exemplar.owner
    if seat.role != Role.OFFICER or not reaches(seat, owner.path):
        return no(gettext_lazy("Only a movement officer above the unit publishes its guide."))
    return YES


def can_ask(seat: Seat, owner: Organisation) -> Verdict:
    """Clerks, heads and officers ask for their own unit to replicate a model of another one."""
    if seat.role not in WORKERS:
        return no(gettext_lazy("Only clerks, heads and officers ask to replicate a model."))
    if seat.organisation_id == owner.pk:
        return no(gettext_lazy("The model is your unit's own; continue it instead."))
    return YES


def can_handle_replication(deed: ReplicationDeed, seat: Seat, row: Replication) -> Verdict:
    """Tell whether a seat may do a deed to a replication as it stands."""
    arrow = TRANSITIONS[deed]
    verdict = _of_origin(seat, row) if arrow.party == Party.ORIGIN else _of_unit(seat, row)
    if not verdict:
        return verdict
    if row.state not in arrow.sources:
        wanted = ", ".join(str(one.label) for one in _S if one in arrow.sources)
        return no(
            _("The replication is %(state)s; this is only possible while it is: %(wanted)s.")
            % {"state": row.get_state_display(), "wanted": wanted}
        )
    return YES


@dataclass(frozen=True, kw_only=True)
class Fit:
    """What is known of a model when it is held against a unit."""

    field: str
    same_kind: bool
    same_province: bool
    same_level: bool
    has_guide: bool


def reasons_to_suggest(fit: Fit, by_field: Mapping[str, int]) -> list[str]:
    """Return why a model fits a unit, the strongest first; none when nothing speaks for it.

    :param by_field: how many models the unit registered in each field lately.
    """
    reasons = []
    own = by_field.get(fit.field, 0)
    if own == 0:
        reasons.append(_("your unit has no model in this field yet"))
    elif own == min(by_field.values(), default=0) and len(set(by_field.values())) > 1:
        reasons.append(_("your unit has the fewest models in this field"))
    for speaks, words in (
        (fit.same_kind, _("it comes from a unit of the same kind")),
        (fit.same_level, _("it comes from a unit of the same level")),
        (fit.same_province, _("it comes from your own area, where conditions are alike")),
        (fit.has_guide, _("there is a guide that tells how it is done")),
    ):
        if speaks:
            reasons.append(words)
    return reasons


def _of_origin(seat: Seat, row: Replication) -> Verdict:
    owner = row.origin.owner
    own = seat.role in {Role.CLERK, Role.HEAD} and seat.organisation_id == owner.pk
    above = seat.role == Role.OFFICER and reaches(seat, owner.path)
    if own or above:
        return YES
    return no(gettext_lazy("Only the unit of the model, or an officer above it, answers this."))


def _of_unit(seat: Seat, row: Replication) -> Verdict:
    if seat.role in WORKERS and seat.organisation_id == row.unit_id:
        return YES
    return no(gettext_lazy("Only the people of the replicating unit do this."))
