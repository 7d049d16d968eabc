"""The arrows between the states of proposals and decisions, as data, and who may follow them."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import YES, Verdict, no
from kheo.recognition.enums import DecisionState, ProposalState, Purpose
from kheo.recognition.models import Decision, HonourForm, HonourProposal

OFFICERS = frozenset({Role.OFFICER})
LEADERS = frozenset({Role.LEADER})


class HonourError(Exception):
    """What was asked cannot be done as things stand; ``reasons`` say why."""

    def __init__(self, *reasons: str) -> None:
        """Keep each reason apart, for a list on the page."""
        self.reasons = reasons
        super().__init__(" ".join(reasons))


class StaleHonourError(HonourError):
    """Somebody else has changed the paper since the page was opened."""

    def __init__(self) -> None:
        """Say in plain words what happened and what to do."""
        super().__init__(
            str(_("Somebody else has changed this since you opened the page. Look at it again."))
        )


class ProposalDeed(StrEnum):
    """What can be done to a proposal."""

    EDIT = "edit"
    DISCARD = "discard"
    SEND = "send"
    TAKE_BACK = "take-back"
    DRAW_UP = "draw-up"
    DECLINE = "decline"


class DecisionDeed(StrEnum):
    """What can be done to a decision; drawing up a revocation leaves it as it is."""

    EDIT = "edit"
    DISCARD = "discard"
    ISSUE = "issue"
    PLAN = "plan"
    ANNOUNCE = "announce"
    REVOKE = "revoke"


@dataclass(frozen=True, kw_only=True)
class ProposalArrow:
    """One arrow of a proposal: from which states to which, by whose roles."""

    sources: frozenset[ProposalState]
    target: ProposalState | None
    roles: frozenset[Role]
    # by the body that decides, else by the one that proposes
    by_issuer: bool = False


@dataclass(frozen=True, kw_only=True)
class DecisionArrow:
    """One arrow of a decision: from which states to which, by whose roles of its issuer."""

    sources: frozenset[DecisionState]
    target: DecisionState | None
    roles: frozenset[Role]
    purposes: frozenset[Purpose] = frozenset(Purpose)


_CONFERS = frozenset({Purpose.CONFER})

PROPOSAL_ARROWS: dict[ProposalDeed, ProposalArrow] = {
    ProposalDeed.EDIT: ProposalArrow(
        sources=frozenset({ProposalState.DRAFT}), target=ProposalState.DRAFT, roles=OFFICERS
    ),
    ProposalDeed.DISCARD: ProposalArrow(
        sources=frozenset({ProposalState.DRAFT}), target=None, roles=OFFICERS
    ),
    ProposalDeed.SEND: ProposalArrow(
        sources=frozenset({ProposalState.DRAFT}), target=ProposalState.SENT, roles=OFFICERS
    ),
    ProposalDeed.TAKE_BACK: ProposalArrow(
        sources=frozenset({ProposalState.SENT}), target=ProposalState.DRAFT, roles=OFFICERS
    ),
    ProposalDeed.DRAW_UP: ProposalArrow(
        sources=frozenset({ProposalState.SENT}),
        target=ProposalState.SENT,
        roles=OFFICERS,
        by_issuer=True,
    ),
    ProposalDeed.DECLINE: ProposalArrow(
        sources=frozenset({ProposalState.SENT}),
        target=ProposalState.DECLINED,
        roles=LEADERS,
        by_issuer=True,
    ),
}
# a revocation takes effect and is told as soon as it is issued
DECISION_ARROWS: dict[DecisionDeed, DecisionArrow] = {
    DecisionDeed.EDIT: DecisionArrow(
        sources=frozenset({DecisionState.DRAFT}), target=DecisionState.DRAFT, roles=OFFICERS
    ),
    DecisionDeed.DISCARD: DecisionArrow(
        sources=frozenset({DecisionState.DRAFT}), target=None, roles=OFFICERS
    ),
    DecisionDeed.ISSUE: DecisionArrow(
        sources=frozenset({DecisionState.DRAFT}), target=DecisionState.ISSUED, roles=LEADERS
    ),
    DecisionDeed.PLAN: DecisionArrow(
        sources=frozenset({DecisionState.ISSUED}),
        target=DecisionState.ISSUED,
        roles=OFFICERS,
        purposes=_CONFERS,
    ),
    DecisionDeed.ANNOUNCE: DecisionArrow(
        sources=frozenset({DecisionState.ISSUED}),
        target=DecisionState.ANNOUNCED,
        roles=OFFICERS,
        purposes=_CONFERS,
    ),
    DecisionDeed.REVOKE: DecisionArrow(
        sources=frozenset({DecisionState.ISSUED, DecisionState.ANNOUNCED}),
        target=None,
        roles=OFFICERS,
        purposes=_CONFERS,
    ),
}

_ONLY: dict[frozenset[Role], str | Promise] = {
    OFFICERS: gettext_lazy("Only movement officers of the body concerned do this."),
    LEADERS: gettext_lazy("Only a leader of the body that decides does this."),
}


def can_do_to_proposal(deed: ProposalDeed, seat: Seat, proposal: HonourProposal) -> Verdict:
    """Judge role, body and state; what else a deed asks, its action adds."""
    arrow = PROPOSAL_ARROWS[deed]
    body = proposal.issuer_id if arrow.by_issuer else proposal.organisation_id
    if seat.role not in arrow.roles:
        return no(_ONLY[arrow.roles])
    if body not in organisations_of(seat):
        return no(_("You cannot act in the name of this organisation."))
    if proposal.state not in arrow.sources:
        return no(_refused_proposal(proposal))
    return YES


def can_do_to_decision(deed: DecisionDeed, seat: Seat, decision: Decision) -> Verdict:
    """Judge role, body, purpose and state; what else a deed asks, its action adds."""
    arrow = DECISION_ARROWS[deed]
    if seat.role not in arrow.roles:
        return no(_ONLY[arrow.roles])
    if decision.organisation_id not in organisations_of(seat):
        return no(_("You cannot act in the name of this organisation."))
    if decision.purpose not in arrow.purposes:
        return no(_("A decision of revocation takes effect as soon as it is issued."))
    if decision.state not in arrow.sources:
        return no(_refused_decision(decision))
    return YES


def can_propose(seat: Seat, organisation: Organisation) -> Verdict:
    """Movement officers propose in the name of their organisation or its committee."""
    if seat.role not in OFFICERS:
        return no(_("Only movement officers propose honours."))
    if organisation.pk not in organisations_of(seat):
        return no(_("You cannot act in the name of this organisation."))
    return YES


def can_keep_forms(seat: Seat) -> Verdict:
    """Administrators of the topmost organisation say who gives which form of honour."""
    if seat.role != Role.ADMINISTRATOR:
        return no(_("Only an administrator changes who gives which form of honour."))
    if seat.organisation.parent_id is not None:
        return no(_("Forms of honour hold for all; the topmost organisation keeps them."))
    return YES


def may_give(form: HonourForm, issuer: Organisation) -> Verdict:
    """Judge whether a body of this kind and level gives a form of honour, by the form's data."""
    if not form.is_active:
        return no(_("This form of honour is not in use any more."))
    kinds, levels = form.giver_kinds, form.giver_levels
    if kinds and issuer.kind.code not in kinds:
        return no(
            _("“%(form)s” is not given by %(body)s: it is no body of that kind.")
            % {"form": form.name, "body": issuer.name}
        )
    if levels and issuer.level.code not in levels:
        return no(
            _("“%(form)s” is not given by %(body)s: it stands on another level.")
            % {"form": form.name, "body": issuer.name}
        )
    return YES


def _refused_proposal(proposal: HonourProposal) -> str:
    said = {
        ProposalState.DRAFT: _("The proposal has not been sent yet."),
        ProposalState.SENT: _("The proposal has been sent; take it back first."),
        ProposalState.DECIDED: _("The proposal has been decided."),
        ProposalState.DECLINED: _("The proposal was declined; make a new one."),
    }
    return said[ProposalState(proposal.state)]


def _refused_decision(decision: Decision) -> str:
    said = {
        DecisionState.DRAFT: _("The decision has not been issued yet."),
        DecisionState.ISSUED: _("The decision has been issued and is not changed any more."),
        DecisionState.ANNOUNCED: _("The decision has been announced already."),
    }
    return said[DecisionState(decision.state)]
