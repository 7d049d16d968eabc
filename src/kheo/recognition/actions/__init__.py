"""All deeds of the room, under one roof."""

from kheo.recognition.actions.announcing import announce_decision, plan_announcement
from kheo.recognition.actions.answering import (
    decline_proposal,
    send_proposal,
    take_back_proposal,
)
from kheo.recognition.actions.deciding import (
    DecisionTerms,
    discard_decision,
    draw_up_decision,
    edit_decision,
)
from kheo.recognition.actions.issuing import gaps_of, issue_decision
from kheo.recognition.actions.proposing import (
    CandidateTerms,
    ProposalTerms,
    add_candidates,
    create_proposal,
    discard_proposal,
    edit_candidate,
    edit_proposal,
    remove_candidates,
)
from kheo.recognition.actions.reference import (
    HonourFormTerms,
    edit_honour_form,
    load_honour_forms,
)
from kheo.recognition.actions.revoking import draw_up_revocation
from kheo.recognition.rules.transitions import HonourError, StaleHonourError

__all__ = [
    "CandidateTerms",
    "DecisionTerms",
    "HonourError",
    "HonourFormTerms",
    "ProposalTerms",
    "StaleHonourError",
    "add_candidates",
    "announce_decision",
    "create_proposal",
    "decline_proposal",
    "discard_decision",
    "discard_proposal",
    "draw_up_decision",
    "draw_up_revocation",
    "edit_candidate",
    "edit_decision",
    "edit_honour_form",
    "edit_proposal",
    "gaps_of",
    "issue_decision",
    "load_honour_forms",
    "plan_announcement",
    "remove_candidates",
    "send_proposal",
    "take_back_proposal",
]
