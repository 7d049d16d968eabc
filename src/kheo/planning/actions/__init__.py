"""All deeds of the room, under one roof."""

from kheo.planning.actions.amending import apply_amendments
from kheo.planning.actions.reviews import ReviewPlan, make_review_of_document
from kheo.planning.actions.rounds import PlannedAudience, RoundPlan, make_round_of_document
from kheo.planning.actions.tasks import PlannedTask, make_tasks_of_document

__all__ = [
    "PlannedAudience",
    "PlannedTask",
    "ReviewPlan",
    "RoundPlan",
    "apply_amendments",
    "make_review_of_document",
    "make_round_of_document",
    "make_tasks_of_document",
]
