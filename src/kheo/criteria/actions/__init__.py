"""All deeds of the room, under one roof."""

from kheo.criteria.actions.arranging import add_criterion, move_criterion, remove_criterion
from kheo.criteria.actions.building import (
    CriterionLine,
    GradeLine,
    SetTerms,
    create_criteria_set,
    discard_criteria_set,
    save_criteria,
    save_criteria_terms,
    save_grades,
)
from kheo.criteria.actions.lifecycle import (
    copy_criteria_set,
    put_criteria_in_force,
    renew_criteria_set,
    retire_criteria_set,
)
from kheo.criteria.actions.reference import load_shipped_sets
from kheo.criteria.rules.deeds import CriteriaError, StaleCriteriaError

__all__ = [
    "CriteriaError",
    "CriterionLine",
    "GradeLine",
    "SetTerms",
    "StaleCriteriaError",
    "add_criterion",
    "copy_criteria_set",
    "create_criteria_set",
    "discard_criteria_set",
    "load_shipped_sets",
    "move_criterion",
    "put_criteria_in_force",
    "remove_criterion",
    "renew_criteria_set",
    "retire_criteria_set",
    "save_criteria",
    "save_criteria_terms",
    "save_grades",
]
