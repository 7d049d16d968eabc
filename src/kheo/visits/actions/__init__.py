"""All deeds of the room, under one roof."""

from kheo.visits.actions.concluding import (
    AdviceTerms,
    RecordTerms,
    conclude_visit,
    record_visit,
    remark_on_visit,
    reopen_visit,
)
from kheo.visits.actions.filling import EntryResult, EntryTerms, settle_entry, take_entries
from kheo.visits.actions.following import (
    accept_answer,
    answer_advice,
    keep_advice_schedule,
    remind_of_advice,
    return_answer,
)
from kheo.visits.actions.photos import add_sheet_photo, remove_sheet_photo
from kheo.visits.actions.planning import (
    Person,
    VisitTerms,
    announce_visits,
    cancel_visit,
    change_visit,
    choose_visited_models,
    plan_visit,
)
from kheo.visits.actions.preparing import lay_criteria
from kheo.visits.actions.teams import (
    MemberTerms,
    TeamTerms,
    change_survey_team,
    put_team_to_work,
    set_up_survey_team,
)

__all__ = [
    "AdviceTerms",
    "EntryResult",
    "EntryTerms",
    "MemberTerms",
    "Person",
    "RecordTerms",
    "TeamTerms",
    "VisitTerms",
    "accept_answer",
    "add_sheet_photo",
    "announce_visits",
    "answer_advice",
    "cancel_visit",
    "change_survey_team",
    "change_visit",
    "choose_visited_models",
    "conclude_visit",
    "keep_advice_schedule",
    "lay_criteria",
    "plan_visit",
    "put_team_to_work",
    "record_visit",
    "remark_on_visit",
    "remind_of_advice",
    "remove_sheet_photo",
    "reopen_visit",
    "return_answer",
    "set_up_survey_team",
    "settle_entry",
    "take_entries",
]
