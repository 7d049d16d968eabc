"""All deeds of the room, under one roof."""

from kheo.rounds.actions.audiences import (
    AudienceTerms,
    QuotaTerms,
    add_audience,
    edit_audience,
    move_audience,
    remove_audience,
    set_audiences,
)
from kheo.rounds.actions.layouts import (
    LabelTerms,
    copy_layout,
    copy_scheme,
    edit_layout,
    edit_scheme,
)
from kheo.rounds.actions.periods import PeriodTerms, create_period, edit_period, facts_of_period
from kheo.rounds.actions.publication import (
    add_unit_to_round,
    close_round,
    extend_deadline,
    publish_round,
    reopen_round,
)
from kheo.rounds.actions.reference import load_official_layouts
from kheo.rounds.actions.rounds import (
    RoundBasics,
    copy_round,
    create_round,
    delete_draft_round,
    edit_round,
)
from kheo.rounds.actions.tallies import (
    ParticipationFacets,
    lock_participation,
    move_participation_tally,
    recount_participations,
    refresh_participation,
)

__all__ = [
    "AudienceTerms",
    "LabelTerms",
    "ParticipationFacets",
    "PeriodTerms",
    "QuotaTerms",
    "RoundBasics",
    "add_audience",
    "add_unit_to_round",
    "close_round",
    "copy_layout",
    "copy_round",
    "copy_scheme",
    "create_period",
    "create_round",
    "delete_draft_round",
    "edit_audience",
    "edit_layout",
    "edit_period",
    "edit_round",
    "edit_scheme",
    "extend_deadline",
    "facts_of_period",
    "load_official_layouts",
    "lock_participation",
    "move_audience",
    "move_participation_tally",
    "publish_round",
    "recount_participations",
    "refresh_participation",
    "remove_audience",
    "reopen_round",
    "set_audiences",
]
