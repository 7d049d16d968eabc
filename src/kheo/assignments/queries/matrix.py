"""The matrix: bodies down, tasks across, late ones in front; paged both ways when large."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Value, When

from kheo.assignments.enums import OWING_PARTS, WORKING, PartState, TaskState
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.visible import late_parts, task_parts_visible_to, tasks_visible_to
from kheo.directives.models import Document
from kheo.notices.rules import organisations_of
from kheo.organisations.models import Seat
from kheo.organisations.rules import reach_of

ROWS, COLUMNS = 50, 12
# as the badges of these states look; a cell has room for the icon only
CELLS = {
    PartState.WAITING: ("neutral", "circle"),
    PartState.DOING: ("info", "play-circle"),
    PartState.RETURNED: ("warning", "arrow-return-left"),
    PartState.DONE: ("waiting", "hourglass-split"),
    PartState.CONFIRMED: ("success", "check-circle-fill"),
}


@dataclass(frozen=True)
class Cell:
    """How one body stands with one task."""

    pk: int
    state: str
    label: str
    late: bool

    @property
    def kind(self) -> str:
        """Return by which colour it is drawn."""
        return "danger" if self.late else CELLS[PartState(self.state)][0]

    @property
    def icon(self) -> str:
        """Return by which icon it is drawn: the colour alone says nothing."""
        return "clock-history" if self.late else CELLS[PartState(self.state)][1]


@dataclass(frozen=True)
class MatrixRow:
    """One body and its cells, one for each column; None where it has no part."""

    name: str
    late: int
    cells: list[Cell | None]


@dataclass(frozen=True)
class MatrixColumn:
    """One task at the head of a column, with how its parts stand."""

    task: Task
    parts: int
    confirmed: int
    late: int


@dataclass(frozen=True)
class Matrix:
    """One page of the matrix; ``start`` is the place of its first row, from 1."""

    columns: list[MatrixColumn]
    rows: list[MatrixRow]
    tasks: int
    bodies: int
    late: int
    waiting: int
    confirmed: int
    parts: int
    first_column: int
    number: int

    @property
    def last_column(self) -> int:
        """Return the place of the last column shown."""
        return self.first_column + len(self.columns) - 1

    # what kheo.ui's page numbers read
    size = ROWS
    capped = False

    @property
    def total(self) -> int:
        """Return how many bodies there are."""
        return self.bodies

    @property
    def has_next(self) -> bool:
        """Tell whether there are more bodies."""
        return self.number * ROWS < self.bodies

    @property
    def start(self) -> int:
        """Return the place of the first row, from 1."""
        return (self.number - 1) * ROWS + 1 if self.rows else 0

    @property
    def end(self) -> int:
        """Return the place of the last row."""
        return (self.number - 1) * ROWS + len(self.rows)


def task_matrix(
    seat: Seat, document: Document | None, today: date, *, number: int = 1, first: int = 1
) -> Matrix:
    """Return a page of the matrix of a document's tasks (or of those without one).

    The number of statements depends neither on the tasks nor on the bodies.

    :param number: page of bodies; :param first: place of the first column, from 1.
    """
    seen = tasks_visible_to(seat).filter(document=document, state=TaskState.OPEN)
    tasks = list(seen.order_by("ordinal", "pk"))
    parts = _parts_of_tasks(seat, tasks)
    late = late_parts(today)
    sums = parts.aggregate(
        parts=Count("pk"),
        tasks=Count("task", distinct=True),
        late=Count("pk", filter=late),
        waiting=Count("pk", filter=Q(state=PartState.DONE)),
        confirmed=Count("pk", filter=Q(state=PartState.CONFIRMED)),
    )
    columns = _columns(tasks, parts, late)
    shown = columns[first - 1 : first - 1 + COLUMNS]
    bodies = _bodies(parts, late)
    page = list(bodies[(number - 1) * ROWS : number * ROWS])
    return Matrix(
        columns=shown,
        rows=_rows(page, parts, shown, today),
        tasks=len(columns),
        bodies=bodies.count(),
        late=sums["late"],
        waiting=sums["waiting"],
        confirmed=sums["confirmed"],
        parts=sums["parts"],
        first_column=first,
        number=number,
    )


@dataclass(frozen=True)
class Owing:
    """A body that owes reports: how many, how many of them late, and the parts."""

    name: str
    organisation_id: int
    parts: list[TaskBody]
    late: int

    @property
    def first_due(self) -> date | None:
        """Return the earliest of its deadlines."""
        return min((part.due_on for part in self.parts if part.due_on), default=None)


def parts_to_remind(
    seat: Seat, *, task: Task | None, document: Document | None
) -> QuerySet[TaskBody]:
    """Return the owing parts of a task, or of a document's open tasks, what is due first first."""
    seen = tasks_visible_to(seat).filter(state=TaskState.OPEN)
    tasks = list(seen.filter(pk=task.pk) if task else seen.filter(document=document))
    rows = _parts_of_tasks(seat, tasks).filter(state__in=OWING_PARTS, organisation__isnull=False)
    return rows.order_by(F("due_on").asc(nulls_last=True), "sort_key", "pk")


def owing_bodies(parts: Iterable[TaskBody], today: date) -> list[Owing]:
    """Return the bodies of owing parts, those with most that is late first."""
    found: dict[int, list[TaskBody]] = {}
    for part in parts:
        if part.organisation_id is not None:
            found.setdefault(part.organisation_id, []).append(part)
    bodies = [
        Owing(rows[0].name, pk, rows, sum(row.is_late(today) for row in rows))
        for pk, rows in found.items()
    ]
    return sorted(bodies, key=lambda body: (-body.late, body.parts[0].sort_key))


def _parts_of_tasks(seat: Seat, tasks: Sequence[Task]) -> QuerySet[TaskBody]:
    """Return the parts of these tasks that a seat sees: all of them where it is above the givers.

    Asking of each of twelve thousand parts whether it is seen takes seconds.
    """
    own, reach = organisations_of(seat), reach_of(seat)
    above = all(row.owner_id in own or row.owner_path.startswith(reach) for row in tasks)
    rows = TaskBody.objects.all() if above else task_parts_visible_to(seat)
    return rows.filter(task__in=[row.pk for row in tasks], role__in=WORKING)


def _columns(tasks: Sequence[Task], parts: QuerySet[TaskBody], late: Q) -> list[MatrixColumn]:
    """Return the tasks in the order of the paper; the count of late parts stands in each head."""
    counted = parts.values("task").annotate(
        parts=Count("pk"),
        late=Count("pk", filter=late),
        confirmed=Count("pk", filter=Q(state=PartState.CONFIRMED)),
    )
    by_task = {row["task"]: row for row in counted.order_by()}
    return [
        MatrixColumn(
            task=task,
            parts=by_task[task.pk]["parts"],
            confirmed=by_task[task.pk]["confirmed"],
            late=by_task[task.pk]["late"],
        )
        for task in tasks
        if task.pk in by_task
    ]


def _bodies(parts: QuerySet[TaskBody], late: Q) -> QuerySet[Any, Any]:
    who = Case(
        When(organisation__isnull=True, then=F("name")),
        default=Value(""),
        output_field=CharField(),
    )
    return (
        parts.annotate(who=who)
        .values("organisation_id", "who")
        .annotate(title=Max("name"), key=Max("sort_key"), late=Count("pk", filter=late))
        .order_by("-late", "key", "organisation_id", "who")
    )


def _rows(
    page: Sequence[dict[str, Any]],
    parts: QuerySet[TaskBody],
    columns: Sequence[MatrixColumn],
    today: date,
) -> list[MatrixRow]:
    units = [row["organisation_id"] for row in page if row["organisation_id"]]
    names = [row["who"] for row in page if row["who"]]
    found = parts.filter(
        Q(organisation__in=units) | Q(organisation__isnull=True, name__in=names),
        task__in=[column.task.pk for column in columns],
    )
    cells: dict[tuple[object, int], Cell] = {}
    for part in found.order_by():
        where = (part.organisation_id or part.name, part.task_id)
        cells[where] = Cell(part.pk, part.state, part.get_state_display(), part.is_late(today))
    return [
        MatrixRow(
            name=row["title"],
            late=row["late"],
            cells=[
                cells.get((row["organisation_id"] or row["who"], column.task.pk))
                for column in columns
            ],
        )
        for row in page
    ]
