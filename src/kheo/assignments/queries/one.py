"""One task and one part of it, as their pages show them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from kheo.assignments.enums import OWING_PARTS, WORKING, BodyRole, PartState, TaskState
from kheo.assignments.models import Task, TaskBody, TaskReport, TaskTurn
from kheo.assignments.queries.bodies import directing_ids
from kheo.assignments.queries.visible import late_parts, task_parts_visible_to, tasks_visible_to
from kheo.assignments.rules.deeds import (
    can_answer,
    can_close_task,
    can_direct,
    can_edit_task,
    can_open_again,
    can_reopen_task,
    can_report,
    can_take_over,
)
from kheo.directives.models import Origin
from kheo.directives.queries.origins import origins_of
from kheo.notices.rules import organisations_of
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict

MOST_PARTS = 300
SUBJECT = "assignments.task"


@dataclass(frozen=True)
class Figures:
    """How the visible parts of a task stand."""

    parts: int
    confirmed: int
    waiting: int
    late: int


@dataclass(frozen=True, kw_only=True)
class TaskPage:
    """A task, who has a part in it, and what the seat may do."""

    task: Task
    directing: list[str]
    executing: list[str]
    cooperating: list[str]
    unknown: list[str]
    figures: Figures
    parts: Sequence[TaskBody]
    hidden_parts: int
    own: list[TaskBody]
    children: list[Task]
    parent: Task | None
    origins: Sequence[Origin]
    may_edit: Verdict
    may_close: Verdict
    may_reopen: Verdict
    may_remind: Verdict


@dataclass(frozen=True, kw_only=True)
class PartPage:
    """A part, what has been reported on it, and what the seat may do."""

    part: TaskBody
    reports: list[TaskReport]
    turns: list[TaskTurn]
    child: Task | None
    child_figures: Figures | None
    may_report: Verdict
    may_take_over: Verdict
    may_answer: Verdict
    may_open_again: Verdict


def task_page(seat: Seat, task: Task, today: date) -> TaskPage:
    """Return what the page of a task shows, in a fixed number of statements."""
    bodies = task.bodies.select_related("organisation").order_by("order", "sort_key", "pk")
    names = list(bodies.values_list("role", "written"))
    seen = task_parts_visible_to(seat).filter(task=task, role__in=WORKING)
    late_first = seen.annotate(
        behind=Case(
            When(late_parts(today), then=Value(1)), default=Value(0), output_field=IntegerField()
        )
    ).order_by("-behind", "sort_key", "pk")
    parts = list(late_first[: MOST_PARTS + 1])
    own = organisations_of(seat)
    return TaskPage(
        task=task,
        directing=_written(names, BodyRole.DIRECTING),
        executing=_written(names, BodyRole.EXECUTING),
        cooperating=_written(names, BodyRole.COOPERATING),
        unknown=_unknown(task),
        figures=figures_of_task(task, seat, today),
        parts=parts[:MOST_PARTS],
        hidden_parts=max(0, len(parts) - MOST_PARTS),
        own=[part for part in parts if part.organisation_id in own],
        children=list(
            task.children.select_related("owner").filter(
                pk__in=tasks_visible_to(seat).values("pk")
            )[:MOST_PARTS]
        ),
        parent=tasks_visible_to(seat).filter(children=task).first(),
        origins=origins_of(SUBJECT, [task.pk]).get(task.pk, []),
        may_edit=can_edit_task(seat, task),
        may_close=can_close_task(seat, task),
        may_reopen=can_reopen_task(seat, task),
        may_remind=can_direct(seat, task, directing_ids(task)),
    )


def part_page(seat: Seat, part: TaskBody, today: date) -> PartPage:
    """Return what the page of a part shows, in a fixed number of statements."""
    directing = directing_ids(part.task)
    reports = part.reports.select_related("made_by__user", "made_by__organisation")
    child = part.taken_over
    return PartPage(
        part=part,
        reports=list(reports.prefetch_related("evidence")),
        turns=list(part.turns.all()),
        child=child if child and tasks_visible_to(seat).filter(pk=child.pk).exists() else None,
        child_figures=_all_figures(child, today) if child else None,
        may_report=can_report(seat, part),
        may_take_over=can_take_over(seat, part),
        may_answer=can_answer(seat, part, directing),
        may_open_again=can_open_again(seat, part, directing),
    )


def figures_of_task(task: Task, seat: Seat, today: date) -> Figures:
    """Return how the parts stand that a seat sees."""
    return _figures(task_parts_visible_to(seat).filter(task=task, role__in=WORKING), task, today)


def _all_figures(task: Task, today: date) -> Figures:
    return _figures(TaskBody.objects.filter(task=task, role__in=WORKING), task, today)


def _figures(parts: QuerySet[TaskBody], task: Task, today: date) -> Figures:
    late = Q(due_on__lt=today, state__in=OWING_PARTS)
    sums = parts.aggregate(
        parts=Count("pk"),
        confirmed=Count("pk", filter=Q(state=PartState.CONFIRMED)),
        waiting=Count("pk", filter=Q(state=PartState.DONE)),
        late=Count("pk", filter=late),
    )
    return Figures(**(sums | ({} if task.state == TaskState.OPEN else {"late": 0})))


def _unknown(task: Task) -> list[str]:
    """Return the names that are no organisation of the register."""
    rows = task.bodies.filter(organisation__isnull=True).order_by("order", "sort_key", "pk")
    return list(dict.fromkeys(rows.values_list("written", flat=True)))


def _written(names: Iterable[tuple[str, str]], role: str) -> list[str]:
    return list(dict.fromkeys(written for one, written in names if one == role))
