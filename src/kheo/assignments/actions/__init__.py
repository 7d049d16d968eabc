"""All deeds of the room, under one roof."""

from kheo.assignments.actions.giving import TaskTerms, announce_tasks, create_task
from kheo.assignments.queries.bodies import BodyTerms
from kheo.assignments.rules.deeds import StaleTaskError, TaskError

__all__ = [
    "BodyTerms",
    "StaleTaskError",
    "TaskError",
    "TaskTerms",
    "announce_tasks",
    "create_task",
]
