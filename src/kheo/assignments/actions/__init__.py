"""All deeds of the room, under one roof."""

from kheo.assignments.actions.answering import (
    confirm_part,
    open_part_again,
    prepare_task_reminder,
    return_part,
)
from kheo.assignments.actions.changing import close_task, edit_task, reopen_task
from kheo.assignments.actions.giving import TaskTerms, announce_tasks, create_task
from kheo.assignments.actions.turning import (
    begin_new_turns,
    keep_task_schedule,
    remind_of_tasks,
)
from kheo.assignments.actions.working import report_part, take_over_task
from kheo.assignments.queries.bodies import BodyTerms
from kheo.assignments.rules.deeds import StaleTaskError, TaskError

__all__ = [
    "BodyTerms",
    "StaleTaskError",
    "TaskError",
    "TaskTerms",
    "announce_tasks",
    "begin_new_turns",
    "close_task",
    "confirm_part",
    "create_task",
    "edit_task",
    "keep_task_schedule",
    "open_part_again",
    "prepare_task_reminder",
    "remind_of_tasks",
    "reopen_task",
    "report_part",
    "return_part",
    "take_over_task",
]
