"""All deeds of the room, under one roof."""

from kheo.appraisal.actions.evidence import (
    add_score_evidence,
    choose_score_evidence,
    remove_score_evidence,
)
from kheo.appraisal.actions.opening import open_files
from kheo.appraisal.actions.outcomes import FileOutcome, settle_titles, write_outcome
from kheo.appraisal.actions.passing import pass_to_council, return_file, take_back_files
from kheo.appraisal.actions.scoring import save_scores, save_superior_scores, send_file
from kheo.appraisal.actions.titles import enter_for_title, withdraw_title_entry
from kheo.appraisal.rules.scoring import ScoreError, ScoreLine, StaleFileError

__all__ = [
    "FileOutcome",
    "ScoreError",
    "ScoreLine",
    "StaleFileError",
    "add_score_evidence",
    "choose_score_evidence",
    "enter_for_title",
    "open_files",
    "pass_to_council",
    "remove_score_evidence",
    "return_file",
    "save_scores",
    "save_superior_scores",
    "send_file",
    "settle_titles",
    "take_back_files",
    "withdraw_title_entry",
    "write_outcome",
]
