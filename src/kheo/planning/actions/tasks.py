"""Making tasks out of a paper, several at once, announced together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.assignments.actions import TaskError, TaskTerms, announce_tasks, create_task
from kheo.assignments.models import Task
from kheo.directives.models import Document, Finding, Reading
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation
from kheo.planning.actions.beginning import begin_making, keep_origins
from kheo.planning.queries.made import TASK, findings_with_tasks
from kheo.planning.rules import MadeAlreadyError, PlanError


@dataclass(frozen=True, kw_only=True)
class PlannedTask:
    """A task to be given, and the finding it comes from."""

    terms: TaskTerms
    finding: Finding


@transaction.atomic
def make_tasks_of_document(
    *,
    reading: Reading,
    owner: Organisation,
    plan: Sequence[PlannedTask],
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> list[Task]:
    """Give the chosen tasks of a paper, all or none; each body is told once of all of them.

    :raises NotAllowedError: when the seat may not give tasks for the owner.
    :raises StalePlanError: when what was read was corrected since ``seen_version``.
    :raises MadeAlreadyError: when one of them was given before.
    :raises PlanError: when nothing is chosen, or a task cannot be; the reasons carry its number.
    """
    locked = begin_making(reading, owner, seen_version, by)
    made_before = findings_with_tasks(locked.document, owner)
    if any(planned.finding.pk in made_before for planned in plan):
        raise MadeAlreadyError(_("These tasks were given already."))
    if not plan:
        raise PlanError(_("Choose at least one task."))
    tasks = [_given(planned, owner, locked.document, by, at) for planned in plan]
    announce_tasks(tasks=tasks, at=at)
    return tasks


def _given(
    planned: PlannedTask, owner: Organisation, document: Document, by: By, at: datetime
) -> Task:
    try:
        task = create_task(
            owner=owner, document=document, terms=planned.terms, by=by, at=at, tell=False
        )
    except TaskError as error:
        number = planned.terms.ordinal
        raise PlanError(
            *(
                _("Task %(number)s: %(reason)s") % {"number": number, "reason": reason}
                for reason in error.reasons
            )
        ) from error
    keep_origins([planned.finding], TASK, task.pk, by=by, at=at)
    return task
