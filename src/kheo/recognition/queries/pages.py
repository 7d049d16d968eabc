"""What the pages of a proposal and of a decision show, and what can be done there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict
from kheo.recognition.enums import DecisionState, ProposalState
from kheo.recognition.models import Decision, HonourCandidate, HonourProposal
from kheo.recognition.queries.eligibility import checked
from kheo.recognition.queries.issuing import same_numbers
from kheo.recognition.queries.naming import reference_of
from kheo.recognition.rules.eligibility import Finding
from kheo.recognition.rules.transitions import (
    DecisionDeed,
    ProposalDeed,
    can_do_to_decision,
    can_do_to_proposal,
)


@dataclass(frozen=True, kw_only=True)
class CandidateLine:
    """A candidate with what was found."""

    candidate: HonourCandidate
    findings: list[Finding]


@dataclass(frozen=True, kw_only=True)
class ProposalPage:
    """A page of a proposal."""

    lines: list[CandidateLine]
    may: dict[str, Verdict]
    decision: Decision | None


@dataclass(frozen=True, kw_only=True)
class DecisionPage:
    """The page of a decision, without its honours."""

    reference: str
    may: dict[str, Verdict]
    same_numbers: list[str]
    is_issuer: bool


def proposal_page(
    seat: Seat, proposal: HonourProposal, rows: Sequence[HonourCandidate], today: date
) -> ProposalPage:
    """Return what is shown of a proposal; the checks run anew as long as it is not decided."""
    waits = proposal.state in {ProposalState.DRAFT, ProposalState.SENT}
    found = checked(rows, proposal, today) if waits else {}
    return ProposalPage(
        lines=[
            CandidateLine(candidate=row, findings=found.get(row.pk, kept_findings(row)))
            for row in rows
        ],
        may={deed.name.lower(): can_do_to_proposal(deed, seat, proposal) for deed in ProposalDeed},
        decision=getattr(proposal, "decision", None),
    )


def decision_page(seat: Seat, decision: Decision) -> DecisionPage:
    """Return what is shown of a decision."""
    may = {deed.name.lower(): can_do_to_decision(deed, seat, decision) for deed in DecisionDeed}
    draft = decision.state == DecisionState.DRAFT
    own = decision.organisation_id in {seat.organisation_id, seat.organisation.reach_id}
    return DecisionPage(
        reference=reference_of(decision),
        may=may,
        same_numbers=same_numbers(decision) if draft and own else [],
        is_issuer=own,
    )


def kept_findings(row: HonourCandidate) -> list[Finding]:
    """Return what was found when the proposal was sent."""
    return [Finding(**finding) for finding in row.findings]
