"""Changing, closing and opening tasks again."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.assignments.actions.giving import TaskTerms, parts_begun, write_terms
from kheo.assignments.actions.journal import facts_of_task, note_task
from kheo.assignments.enums import WORKING, TaskState
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.bodies import expanded
from kheo.assignments.rules.deeds import (
    StaleTaskError,
    TaskError,
    can_close_task,
    can_edit_task,
    can_reopen_task,
)
from kheo.assignments.rules.timing import Turn, turn_on
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@transaction.atomic
def edit_task(
    *, task: Task, terms: TaskTerms, seen_version: int | None = None, by: Seat, at: datetime
) -> Task:
    """Change a task; parts whose body stays keep what has been done in them.

    :raises NotAllowedError: when the seat may not, or the task is closed.
    :raises StaleTaskError: when somebody else changed it since ``seen_version``.
    :raises TaskError: when the days contradict each other, or a body that has reported is left out.
    """
    locked = _locked_task(task)
    demand(can_edit_task(by, locked))
    if seen_version is not None and seen_version != locked.version:
        raise StaleTaskError
    before = facts_of_task(locked)
    write_terms(locked, replace(terms, ordinal=terms.ordinal or locked.ordinal))
    locked.version += 1
    locked.save()
    _rewrite_bodies(locked, terms, at)
    after = facts_of_task(locked, terms.bodies)
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    note_task(
        "task.edit",
        locked,
        by,
        at,
        before={name: value for name, value in before.items() if name in changed},
        after={name: value for name, value in after.items() if name in changed},
    )
    return locked


@transaction.atomic
def close_task(*, task: Task, by: Seat, at: datetime, reason: str = "") -> Task:
    """End a task for all of its bodies; nobody is reminded of it any more.

    :raises NotAllowedError: when the seat may not, or it is closed already.
    """
    locked = _locked_task(task)
    demand(can_close_task(by, locked))
    return _turn_state(locked, TaskState.CLOSED, "task.close", by, at, reason)


@transaction.atomic
def reopen_task(*, task: Task, by: Seat, at: datetime, reason: str = "") -> Task:
    """Let a closed task run again.

    :raises NotAllowedError: when the seat may not, or it is open.
    """
    locked = _locked_task(task)
    demand(can_reopen_task(by, locked))
    return _turn_state(locked, TaskState.OPEN, "task.reopen", by, at, reason)


def _turn_state(
    task: Task, state: TaskState, verb: str, by: Seat, at: datetime, reason: str
) -> Task:
    before = {"state": task.state}
    task.state, task.version = state, task.version + 1
    task.closed_at = at if state == TaskState.CLOSED else None
    task.save(update_fields=["state", "closed_at", "version"])
    note_task(verb, task, by, at, before=before, after={"state": task.state}, reason=reason)
    return task


def _rewrite_bodies(task: Task, terms: TaskTerms, at: datetime) -> None:
    """Add bodies that came, drop those that went, and let the others keep their course."""
    wanted = {body.key: body for body in expanded(task.owner, terms.bodies, timezone.localdate(at))}
    standing = {(row.role, row.organisation_id or row.name): row for row in task.bodies.all()}
    gone = [row for key, row in standing.items() if key not in wanted]
    _refuse_if_reported(gone)
    TaskBody.objects.filter(pk__in=[row.pk for row in gone]).delete()
    new = [body for key, body in wanted.items() if key not in standing]
    TaskBody.objects.bulk_create(parts_begun(task, new, at), batch_size=500)
    turn = turn_on(task, timezone.localdate(at))
    kept = [(row, wanted[key]) for key, row in standing.items() if key in wanted]
    for row, body in kept:
        row.order, row.written = body.order, body.written[:500]
        _shift(row, turn)
    rows = [row for row, _body in kept]
    TaskBody.objects.bulk_update(rows, ["order", "written", "due_on", "turn"], batch_size=500)


def _shift(row: TaskBody, turn: Turn) -> None:
    """Give a part its deadline anew; a year that was answered already stays that year."""
    if row.turn is None or turn.year is None or row.turn == turn.year:
        row.turn, row.due_on = turn.year, turn.due_on


def _refuse_if_reported(rows: list[TaskBody]) -> None:
    reported = TaskBody.objects.filter(
        pk__in=[row.pk for row in rows], role__in=WORKING, reports__isnull=False
    )
    if names := sorted(set(reported.values_list("name", flat=True))):
        raise TaskError(
            _("These bodies have reported already and must stay: %s.") % ", ".join(names[:10])
        )


def _locked_task(task: Task) -> Task:
    rows = Task.objects.select_for_update(of=("self",))
    return rows.select_related("owner__kind", "parent", "document").get(pk=task.pk)
