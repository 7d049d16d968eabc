"""All deeds of the room, under one roof."""

from kheo.councils.actions.allotting import (
    allot_by_hand,
    allot_evenly,
    declare_conflict,
    take_from_member,
)
from kheo.councils.actions.announcing import (
    AT_ONCE,
    announce_outcome,
    carry_out_announcement,
    queue_announcement,
)
from kheo.councils.actions.files import take_in_files, take_in_registrations, take_out_files
from kheo.councils.actions.meeting import Presence, SessionTerms, save_session
from kheo.councils.actions.moving import faults_before, move_council
from kheo.councils.actions.outcome import break_tie
from kheo.councils.actions.scoring import Mark, give_back_scores, save_member_scores
from kheo.councils.actions.setting_up import (
    CouncilTerms,
    MemberTerms,
    create_council,
    edit_council,
    name_members,
)
from kheo.councils.actions.settling import Settled, settle_changes, settle_scores
from kheo.councils.actions.voting import cast_ballot, close_vote, open_vote
from kheo.councils.rules.deeds import CouncilError, StaleCouncilError

__all__ = [
    "AT_ONCE",
    "CouncilError",
    "CouncilTerms",
    "Mark",
    "MemberTerms",
    "Presence",
    "SessionTerms",
    "Settled",
    "StaleCouncilError",
    "allot_by_hand",
    "allot_evenly",
    "announce_outcome",
    "break_tie",
    "carry_out_announcement",
    "cast_ballot",
    "close_vote",
    "create_council",
    "declare_conflict",
    "edit_council",
    "faults_before",
    "give_back_scores",
    "move_council",
    "name_members",
    "open_vote",
    "queue_announcement",
    "save_member_scores",
    "save_session",
    "settle_changes",
    "settle_scores",
    "take_from_member",
    "take_in_files",
    "take_in_registrations",
    "take_out_files",
]
