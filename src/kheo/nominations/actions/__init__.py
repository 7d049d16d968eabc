"""All deeds of the room, under one roof."""

from kheo.nominations.actions.answering import Reply, answer_nominations, return_nominations
from kheo.nominations.actions.ranking import (
    begin_nominations,
    clear_decision,
    order_nominations,
    put_forward,
    stop_models,
)
from kheo.nominations.actions.sending import (
    ProposalTerms,
    send_nominations,
    take_back_nominations,
    write_proposal,
)

__all__ = [
    "ProposalTerms",
    "Reply",
    "answer_nominations",
    "begin_nominations",
    "clear_decision",
    "order_nominations",
    "put_forward",
    "return_nominations",
    "send_nominations",
    "stop_models",
    "take_back_nominations",
    "write_proposal",
]
