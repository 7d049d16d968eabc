"""Finding the task or part an address names, as far as the seat sees it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404

from kheo.assignments.enums import TaskState
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.visible import task_parts_visible_to, tasks_visible_to
from kheo.organisations.http import Request


def visible_task(request: Request, pk: int) -> Task:
    """Return a task this seat sees."""
    rows = tasks_visible_to(request.seat).select_related("document", "owner__kind", "parent")
    return get_object_or_404(rows, pk=pk)


def visible_part(request: Request, pk: int) -> TaskBody:
    """Return a part this seat sees."""
    rows = task_parts_visible_to(request.seat).select_related(
        "task__document", "task__owner__kind", "organisation__kind", "taken_over__owner"
    )
    return get_object_or_404(rows, pk=pk)


def with_lateness(parts: Iterable[Any], today: date) -> list[tuple[TaskBody, bool]]:
    """Return each part with whether it is late."""
    return [(part, part.task.state == TaskState.OPEN and part.is_late(today)) for part in parts]
