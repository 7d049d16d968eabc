"""Giving tasks: writing them down with their bodies, and telling those whom they concern."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kheo.assignments.actions.journal import facts_of_task, note_task
from kheo.assignments.enums import WORKING, BodyRole, Timing
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.bodies import Body, BodyTerms, expanded
from kheo.assignments.rules.deeds import TaskError, can_give_tasks
from kheo.assignments.rules.timing import day_of_year, turn_on
from kheo.directives.models import Document
from kheo.lib.text.folding import fold, normalise
from kheo.lib.text.ordering import sort_key
from kheo.notices.actions import Telling, notify_each
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand


@dataclass(frozen=True, kw_only=True)
class TaskTerms:
    """What is written of a task; see :class:`Task` for what the days mean."""

    content: str
    timing: str = Timing.CONTINUOUS
    bodies: Sequence[BodyTerms] = ()
    # None: the next free number in the document
    ordinal: int | None = None
    starts_on: date | None = None
    due_on: date | None = None
    due_month: int | None = None
    due_day: int | None = None
    exceptions: Sequence[Mapping[str, object]] = field(default_factory=tuple)
    time_text: str = ""


@transaction.atomic
def create_task(  # noqa: PLR0913 the deed needs each of them
    *,
    owner: Organisation,
    document: Document | None,
    terms: TaskTerms,
    by: By,
    at: datetime,
    parent: Task | None = None,
    tell: bool = True,
) -> Task:
    """Give a task; groups of bodies become the organisations below the owner today.

    With ``tell=False`` nobody is told; give several and announce them together.

    :raises NotAllowedError: when the seat may not give tasks for the owner.
    :raises TaskError: when something is missing or the days contradict each other.
    """
    if isinstance(by, Seat):
        demand(can_give_tasks(by, owner))
    task = Task(owner=owner, owner_path=owner.path, document=document, parent=parent)
    task.created_by, task.created_at = (by if isinstance(by, Seat) else None), at
    write_terms(task, terms)
    task.save()
    bodies = expanded(owner, terms.bodies, timezone.localdate(at))
    TaskBody.objects.bulk_create(parts_begun(task, bodies, at), batch_size=500)
    note_task("task.create", task, by, at, after=facts_of_task(task, terms.bodies))
    if tell:
        announce_tasks(tasks=[task], at=at)
    return task


@transaction.atomic
def announce_tasks(*, tasks: Sequence[Task], at: datetime) -> int:
    """Tell each body once of all that it is given; return how many bodies were told."""
    counts: Counter[int] = Counter()
    parts = TaskBody.objects.filter(
        task__in=[task.pk for task in tasks], role__in=WORKING, organisation__isnull=False
    )
    for unit in parts.values_list("organisation_id", flat=True):
        if unit is not None:
            counts[unit] += 1
    givers = ", ".join(dict.fromkeys(task.owner.name for task in tasks))
    notify_each(
        tellings=[_telling(unit, count, givers, tasks) for unit, count in counts.items()],
        at=at,
    )
    return len(counts)


def write_terms(task: Task, terms: TaskTerms) -> None:
    """Put what was typed into a task.

    :raises TaskError: when something is missing or the days contradict each other.
    """
    if reasons := [*_gaps(terms), *_contradictions(task, terms)]:
        raise TaskError(*reasons)
    task.content = normalise(terms.content)
    task.search_key = fold(task.content)
    task.ordinal = terms.ordinal or _next_ordinal(task)
    task.timing, task.time_text = terms.timing, normalise(terms.time_text)[:300]
    yearly, dated = terms.timing == Timing.YEARLY, terms.timing != Timing.CONTINUOUS
    task.starts_on = terms.starts_on if terms.timing != Timing.BY else None
    task.due_on = terms.due_on if dated else None
    task.due_month = terms.due_month if yearly else None
    task.due_day = terms.due_day if yearly else None
    task.exceptions = [dict(one) for one in terms.exceptions] if yearly else []


def parts_begun(task: Task, bodies: Iterable[Body], at: datetime) -> list[TaskBody]:
    """Return the rows of bodies that begin their part now."""
    turn = turn_on(task, timezone.localdate(at))
    return [
        TaskBody(
            task=task,
            organisation=body.organisation,
            role=body.role,
            name=body.name[:300],
            written=body.written[:500],
            order=body.order,
            sort_key=body.organisation.sort_key
            if body.organisation
            else sort_key(body.name)[:1000],
            path=body.organisation.path if body.organisation else "",
            turn=turn.year,
            due_on=turn.due_on,
        )
        for body in bodies
    ]


def _gaps(terms: TaskTerms) -> Iterable[str]:
    if not normalise(terms.content):
        yield _("The content of the task is missing.")
    if not any(body.role == BodyRole.EXECUTING for body in terms.bodies):
        yield _("Nobody carries the task out: name at least one body.")
    if terms.timing in {Timing.BY, Timing.BETWEEN} and terms.due_on is None:
        yield _("The day until which the task is to be done is missing.")
    if terms.timing == Timing.YEARLY:
        if terms.due_month is None or terms.due_day is None:
            yield _("A yearly task needs the day and the month of its deadline.")
        elif not _is_day(terms.due_month, terms.due_day):
            yield _("There is no day %(day)s/%(month)s.") % {
                "day": terms.due_day,
                "month": terms.due_month,
            }


def _contradictions(task: Task, terms: TaskTerms) -> Iterable[str]:
    if terms.starts_on and terms.due_on and terms.due_on < terms.starts_on:
        yield _("The task would end before it begins.")
    limit = task.parent.due_on if task.parent else None
    if limit and terms.due_on and terms.due_on > limit:
        yield _("The superior wants it done by %s; the own deadline must not be later.") % (
            f"{limit:%d/%m/%Y}"
        )


def _is_day(month: int, day: int) -> bool:
    # 29/2 is a day, though not of every year
    return 1 <= month <= 12 and day >= 1 and day_of_year(2024, month, day).day == day


def _next_ordinal(task: Task) -> int:
    if task.document_id is None:
        return task.ordinal
    beside = Task.objects.filter(document=task.document_id, owner=task.owner_id)
    return (beside.order_by("-ordinal").values_list("ordinal", flat=True).first() or 0) + 1


def _telling(unit: int, count: int, givers: str, tasks: Sequence[Task]) -> Telling:
    words = ngettext(
        "Your unit was given %(count)s task by %(giver)s",
        "Your unit was given %(count)s tasks by %(giver)s",
        count,
    )
    document = tasks[0].document
    return Telling(
        organisation_id=unit,
        subject=words % {"count": count, "giver": givers},
        body=document.citation if document else tasks[0].title,
        link=reverse("assignments:list"),
    )
