"""All deeds of the room, under one roof."""

from kheo.progress.actions.catalogue import (
    IndicatorTerms,
    create_indicator,
    edit_indicator,
    keep_indicators,
    retire_indicator,
)
from kheo.progress.actions.closing import (
    ask_for_news,
    merge_registration,
    resume_registration,
    stop_registration,
)
from kheo.progress.actions.figures import FigureTerms, set_results, strike_figure
from kheo.progress.actions.milestones import (
    add_milestone,
    complete_milestone,
    remove_milestone,
    reopen_milestone,
)
from kheo.progress.actions.reminding import keep_progress_schedule, remind_of_silence
from kheo.progress.actions.reporting import report_done, report_update, take_back_done
from kheo.progress.rules.course import ProgressError, StaleCourseError

__all__ = [
    "FigureTerms",
    "IndicatorTerms",
    "ProgressError",
    "StaleCourseError",
    "add_milestone",
    "ask_for_news",
    "complete_milestone",
    "create_indicator",
    "edit_indicator",
    "keep_indicators",
    "keep_progress_schedule",
    "merge_registration",
    "remind_of_silence",
    "remove_milestone",
    "reopen_milestone",
    "report_done",
    "report_update",
    "resume_registration",
    "retire_indicator",
    "set_results",
    "stop_registration",
    "strike_figure",
    "take_back_done",
]
