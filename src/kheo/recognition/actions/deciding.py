"""Drawing up a decision: its number, date and signatory, before anybody issues it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.papers.speakers import speaker_of
from kheo.organisations.rules import demand
from kheo.recognition.actions.journal import locked_decision, locked_proposal, note_decision
from kheo.recognition.enums import Track
from kheo.recognition.models import Decision, HonourProposal
from kheo.recognition.rules.transitions import (
    DecisionDeed,
    HonourError,
    ProposalDeed,
    can_do_to_decision,
    can_do_to_proposal,
)


@dataclass(frozen=True, kw_only=True)
class DecisionTerms:
    """What is typed of a decision; number, date and signatory may still be missing."""

    subject: str
    number: int | None = None
    letters: str = ""
    issued_on: date | None = None
    authority: str = ""
    signatory_position: str = ""
    signatory: str = ""
    grounds: str = ""
    reason: str = ""
    valid_until: date | None = None


@transaction.atomic
def draw_up_decision(*, proposal: HonourProposal, by: Seat, at: datetime) -> Decision:
    """Begin the decision on a proposal, filled with what is known; there is one at most.

    :raises NotAllowedError: when the seat may not, or the proposal does not wait for a decision.
    """
    locked = locked_proposal(proposal, None)
    demand(can_do_to_proposal(ProposalDeed.DRAW_UP, by, locked))
    standing = Decision.objects.filter(proposal=locked).first()
    if standing is not None:
        return standing
    speaker = speaker_of(locked.issuer)
    by_chairman = locked.track == Track.STATE and locked.issuer.kind.code == "government"
    decision = Decision.objects.create(
        organisation=locked.issuer,
        path=locked.issuer.path,
        proposal=locked,
        form=locked.form,
        act=locked.act,
        track=locked.track,
        year=locked.year,
        subject=locked.title,
        letters=speaker.letters,
        # the chairman of a people's committee commends in his own name
        authority="" if by_chairman else speaker.authority,
        signatory_position=speaker.position,
        valid_until=locked.valid_until,
        created_by=by,
        created_at=at,
    )
    note_decision("draw-up", decision, by, at, after={"subject": decision.subject})
    return decision


@transaction.atomic
def edit_decision(
    *,
    decision: Decision,
    terms: DecisionTerms,
    seen_version: int | None,
    by: Seat,
    at: datetime,
) -> Decision:
    """Change the draft of a decision.

    :raises NotAllowedError: when the seat may not, or it is issued.
    :raises StaleHonourError: when it changed since ``seen_version``.
    :raises HonourError: when it does not say what it is about, or ends before it begins.
    """
    locked = locked_decision(decision, seen_version)
    demand(can_do_to_decision(DecisionDeed.EDIT, by, locked))
    if not normalise(terms.subject):
        raise HonourError(_("Say what the decision is about."))
    if terms.valid_until and terms.issued_on and terms.valid_until <= terms.issued_on:
        raise HonourError(_("The honours would end before they begin."))
    after = asdict(terms)
    before = {name: getattr(locked, name) for name in after}
    for name, value in after.items():
        setattr(locked, name, value.strip() if isinstance(value, str) else value)
    locked.version += 1
    locked.save()
    changed = [name for name in after if before[name] != getattr(locked, name)]
    note_decision(
        "edit",
        locked,
        by,
        at,
        before={name: before[name] for name in changed},
        after={name: getattr(locked, name) for name in changed},
    )
    return locked


@transaction.atomic
def discard_decision(
    *, decision: Decision, seen_version: int | None, by: Seat, at: datetime
) -> None:
    """Throw the draft of a decision away; its proposal waits again.

    :raises NotAllowedError: when the seat may not, or it is issued.
    :raises StaleHonourError: when it changed since ``seen_version``.
    """
    locked = locked_decision(decision, seen_version)
    demand(can_do_to_decision(DecisionDeed.DISCARD, by, locked))
    note_decision("discard", locked, by, at, before={"subject": locked.subject})
    locked.delete()
