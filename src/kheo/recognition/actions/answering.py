"""Sending a proposal, taking it back, and declining it."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.recognition.actions.journal import locked_proposal, note_decision, note_proposal
from kheo.recognition.enums import ProposalState
from kheo.recognition.models import Decision, HonourCandidate, HonourProposal
from kheo.recognition.queries.eligibility import PIECE, checked
from kheo.recognition.rules.eligibility import Finding
from kheo.recognition.rules.transitions import (
    HonourError,
    ProposalDeed,
    can_do_to_proposal,
    may_give,
)

REASONS_SHOWN = 20


@transaction.atomic
def send_proposal(
    *, proposal: HonourProposal, seen_version: int | None, by: Seat, at: datetime
) -> HonourProposal:
    """Send a proposal to the body that decides; what the checks found is kept with it.

    :raises NotAllowedError: when the seat may not, or it was sent already.
    :raises StaleHonourError: when it changed since ``seen_version``.
    :raises HonourError: when it names nobody, or something stands against one of them.
    """
    locked = locked_proposal(proposal, seen_version)
    demand(can_do_to_proposal(ProposalDeed.SEND, by, locked))
    demand(may_give(locked.form, locked.issuer))
    rows = listed_candidates(locked)
    findings = refuse_unfit(rows, locked, timezone.localdate(at))
    for row in rows:
        row.findings = [finding.as_json() for finding in findings[row.pk]]
    HonourCandidate.objects.bulk_update(rows, ["findings"], batch_size=PIECE)
    locked.state, locked.sent_at = ProposalState.SENT, at
    _save(locked)
    note_proposal("send", locked, by, at, after={"state": locked.state, "count": len(rows)})
    return locked


@transaction.atomic
def take_back_proposal(
    *, proposal: HonourProposal, seen_version: int | None, by: Seat, at: datetime
) -> HonourProposal:
    """Take a proposal back to draft as long as no decision is being drawn up.

    :raises NotAllowedError: when the seat may not, or it is not waiting.
    :raises StaleHonourError: when it changed since ``seen_version``.
    :raises HonourError: when a decision is being drawn up.
    """
    locked = locked_proposal(proposal, seen_version)
    demand(can_do_to_proposal(ProposalDeed.TAKE_BACK, by, locked))
    if Decision.objects.filter(proposal=locked).exists():
        raise HonourError(
            _("The decision is being drawn up; its draft has to be thrown away first.")
        )
    locked.state = ProposalState.DRAFT
    _save(locked)
    note_proposal("take-back", locked, by, at, after={"state": locked.state})
    return locked


@transaction.atomic
def decline_proposal(
    *,
    proposal: HonourProposal,
    reason: str,
    seen_version: int | None,
    by: Seat,
    at: datetime,
) -> HonourProposal:
    """Decline a proposal with a reason; the draft of a decision falls with it.

    :raises NotAllowedError: when the seat may not, or it is not waiting.
    :raises StaleHonourError: when it changed since ``seen_version``.
    :raises HonourError: when the reason is missing.
    """
    locked = locked_proposal(proposal, seen_version)
    demand(can_do_to_proposal(ProposalDeed.DECLINE, by, locked))
    if not (words := normalise(reason)):
        raise HonourError(_("Say why the proposal is declined."))
    for draft in Decision.objects.select_for_update().filter(proposal=locked):
        note_decision("discard", draft, by, at, before={"subject": draft.subject}, reason=words)
        draft.delete()
    locked.state, locked.answer, locked.decided_at = ProposalState.DECLINED, words, at
    _save(locked)
    note_proposal("decline", locked, by, at, after={"state": locked.state}, reason=words)
    return locked


def listed_candidates(proposal: HonourProposal) -> list[HonourCandidate]:
    """Return the whole list with all that the checks look at."""
    rows = proposal.candidates.select_related("registration", "organisation", "title_entry")
    return list(rows.order_by("order", "pk"))


def refuse_unfit(
    rows: list[HonourCandidate], proposal: HonourProposal, today: date
) -> dict[int, list[Finding]]:
    """Return what was found, by candidate, if nothing of it blocks.

    :raises HonourError: with who cannot be honoured and why, or when the list is empty.
    """
    if not rows:
        raise HonourError(_("The list is empty: name at least one candidate."))
    found = checked(rows, proposal, today)
    reasons = [
        f"{row.name}: {finding.reason}"
        for row in rows
        for finding in found[row.pk]
        if finding.blocks
    ]
    if len(reasons) > REASONS_SHOWN:
        more = len(reasons) - REASONS_SHOWN
        words = ngettext("and %s more reason", "and %s more reasons", more) % more
        reasons = [*reasons[:REASONS_SHOWN], words]
    if reasons:
        raise HonourError(*reasons)
    return found


def _save(proposal: HonourProposal) -> None:
    proposal.version += 1
    proposal.save()
