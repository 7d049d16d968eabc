"""Which tasks and parts a seat sees: its unit's and those below, and what it gives or directs."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from kheo.assignments.enums import OWING_PARTS, WORKING, BodyRole, PartState, TaskState
from kheo.assignments.models import Task, TaskBody, TaskEvidence
from kheo.directives.models import Document
from kheo.lib.text.folding import fold
from kheo.notices.rules import organisations_of
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of


@dataclass(frozen=True, kw_only=True)
class TaskFilter:
    """What a list of tasks is narrowed to."""

    q: str = ""
    state: str = ""
    late: bool = False
    document: int | None = None


def tasks_visible_to(seat: Seat) -> QuerySet[Task]:
    """Return the tasks given at or below the seat's unit, and those in which it has a part."""
    own = organisations_of(seat)
    concerned = TaskBody.objects.filter(
        below(reach_of(seat), "path") | Q(organisation__in=own), task=OuterRef("pk")
    )
    given = below(reach_of(seat), "owner_path") | Q(owner__in=own)
    return Task.objects.filter(given | Exists(concerned))


def task_parts_visible_to(seat: Seat) -> QuerySet[TaskBody]:
    """Return the parts of bodies in reach, and all parts of tasks the seat gives or directs."""
    own = organisations_of(seat)
    directing = TaskBody.objects.filter(
        task=OuterRef("task"), role=BodyRole.DIRECTING, organisation__in=own
    )
    return TaskBody.objects.filter(
        below(reach_of(seat), "path")
        | Q(organisation__in=own)
        | below(reach_of(seat), "task__owner_path")
        | Q(task__owner__in=own)
        | Exists(directing)
    )


def evidence_visible_to(seat: Seat) -> QuerySet[TaskEvidence]:
    """Return the files of reports on parts that the seat sees."""
    return TaskEvidence.objects.filter(report__body__in=task_parts_visible_to(seat))


def own_parts(seat: Seat) -> QuerySet[TaskBody]:
    """Return what the seat's own unit (or its committee) has to do, what is due soonest first."""
    parts = TaskBody.objects.filter(organisation__in=organisations_of(seat), role__in=WORKING)
    return parts.select_related("task__document", "task__owner").order_by(
        F("due_on").asc(nulls_last=True), "task__document", "task__ordinal", "pk"
    )


def owing_parts(seat: Seat) -> QuerySet[TaskBody]:
    """Return the own parts of open tasks in which something is still to be done."""
    return own_parts(seat).filter(task__state=TaskState.OPEN, state__in=OWING_PARTS)


def parts_to_answer(seat: Seat) -> QuerySet[TaskBody]:
    """Return the parts said to be done that wait for the answer of the seat's body."""
    own = organisations_of(seat)
    directing = TaskBody.objects.filter(
        task=OuterRef("task"), role=BodyRole.DIRECTING, organisation__in=own
    )
    waiting = TaskBody.objects.filter(
        Q(task__owner__in=own) | Exists(directing),
        role__in=WORKING,
        state=PartState.DONE,
        task__state=TaskState.OPEN,
    )
    return waiting.select_related("task__document").order_by("reported_at", "pk")


def late_parts(today: date) -> Q:
    """Return the condition "this part is late"."""
    return Q(due_on__lt=today, state__in=OWING_PARTS, role__in=WORKING)


def narrowed_parts(
    parts: QuerySet[TaskBody], chosen: TaskFilter, today: date
) -> QuerySet[TaskBody]:
    """Return the parts that pass a filter."""
    rows = parts.filter(_words(chosen.q, "task__search_key"))
    if chosen.state:
        rows = rows.filter(state=chosen.state)
    if chosen.late:
        rows = rows.filter(late_parts(today), task__state=TaskState.OPEN)
    return rows.filter(task__document=chosen.document) if chosen.document else rows


def given_tasks(seat: Seat, chosen: TaskFilter, today: date) -> QuerySet[Task]:
    """Return the visible tasks with how many parts each has and how they stand, late ones first."""
    rows = tasks_visible_to(seat).filter(_words(chosen.q, "search_key"))
    if chosen.document:
        rows = rows.filter(document=chosen.document)
    seen = _seen_parts(seat) & Q(bodies__role__in=WORKING)
    late = seen & Q(bodies__due_on__lt=today, bodies__state__in=OWING_PARTS)
    rows = rows.annotate(
        parts=Count("bodies", filter=seen),
        confirmed=Count("bodies", filter=seen & Q(bodies__state=PartState.CONFIRMED)),
        waiting=Count("bodies", filter=seen & Q(bodies__state=PartState.DONE)),
        late=Count("bodies", filter=late & Q(state=TaskState.OPEN)),
    )
    if chosen.late:
        rows = rows.filter(late__gt=0)
    if chosen.state in TaskState.values:
        rows = rows.filter(state=chosen.state)
    ordered = rows.order_by("-state", "-late", "-document_id", "ordinal", "pk")
    return ordered.select_related("document", "owner")


def _seen_parts(seat: Seat) -> Q:
    """Return the same as task_parts_visible_to, as a condition on the bodies of a task.

    A subquery over all bodies, asked four times for each row, takes seconds for a province.
    """
    own = organisations_of(seat)
    directing = TaskBody.objects.filter(
        task=OuterRef("pk"), role=BodyRole.DIRECTING, organisation__in=own
    )
    return (
        below(reach_of(seat), "owner_path")
        | Q(owner__in=own)
        | below(reach_of(seat), "bodies__path")
        | Q(bodies__organisation__in=own)
        | Q(Exists(directing))
    )


def documents_with_tasks(seat: Seat) -> QuerySet[Document]:
    """Return the documents whose tasks the seat sees, newest first."""
    tasks = tasks_visible_to(seat).filter(document=OuterRef("pk"))
    return Document.objects.filter(Exists(tasks)).order_by("-issued_on", "-pk")


def _words(text: str, field: str) -> Q:
    test = Q()
    for word in fold(text).split():
        test &= Q(**{f"{field}__contains": word})
    return test
