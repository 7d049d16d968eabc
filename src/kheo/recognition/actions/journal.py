"""What the audit keeps of proposals and decisions, and how their rows are locked."""

from collections.abc import Mapping
from datetime import datetime

from kheo.audit.actions import Deed, record
from kheo.organisations.models import Seat
from kheo.recognition.models import Decision, HonourProposal
from kheo.recognition.rules.transitions import StaleHonourError


def note_proposal(  # noqa: PLR0913 an entry has this many parts
    verb: str,
    proposal: HonourProposal,
    by: Seat,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Record a deed on a proposal, in the scope of the body that proposes."""
    deed = Deed(
        verb=f"honour-proposal.{verb}",
        record=proposal,
        scope=proposal.path,
        before=before or {},
        after=after or {},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)


def note_decision(  # noqa: PLR0913 an entry has this many parts
    verb: str,
    decision: Decision,
    by: Seat,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    """Record a deed on a decision, in the scope of the body that issues it."""
    deed = Deed(
        verb=f"honour-decision.{verb}",
        record=decision,
        scope=decision.path,
        before=before or {},
        after=after or {},
        reason=reason,
    )
    record(deed=deed, by=by, at=at)


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
