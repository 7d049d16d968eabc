"""What the audit keeps of proposals and decisions, and how their rows are locked."""

from datetime import datetime
from typing import Unpack

from kheo.audit.actions import Told, note_deed
from kheo.organisations.models import Seat
from kheo.recognition.models import Decision, HonourProposal
from kheo.recognition.rules.transitions import StaleHonourError


def note_proposal(
    verb: str,
    proposal: HonourProposal,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a proposal, in the scope of the body that proposes."""
    note_deed(f"honour-proposal.{verb}", proposal, proposal.path, by, at, **told)


def note_decision(
    verb: str,
    decision: Decision,
    by: Seat,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a decision, in the scope of the body that issues it."""
    note_deed(f"honour-decision.{verb}", decision, decision.path, by, at, **told)


def locked_proposal(proposal: HonourProposal, seen_version: int | None) -> HonourProposal:
    """Lock a proposal and return it as it stands.

    :raises StaleHonourError: when it changed since ``seen_version``, or is gone.
    """
    rows = HonourProposal.objects.select_for_update(of=("self",)).select_related(
        "form", "organisation__kind", "issuer__kind", "issuer__level"
    )
    found = rows.filter(pk=proposal.pk).first()
    if found is None or (seen_version is not None and seen_version != found.version):
        raise StaleHonourError
    return found


def locked_decision(decision: Decision, seen_version: int | None) -> Decision:
    """Lock a decision and return it as it stands.

    :raises StaleHonourError: when it changed since ``seen_version``, or is gone.
    """
    rows = Decision.objects.select_for_update(of=("self",)).select_related(
        "form", "organisation__kind", "organisation__level", "proposal"
    )
    found = rows.filter(pk=decision.pk).first()
    if found is None or (seen_version is not None and seen_version != found.version):
        raise StaleHonourError
    return found
