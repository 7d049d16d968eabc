"""The matrix: bodies down, tasks across, late ones in front; paged both ways when large."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, Value, When

from kheo.assignments.enums import OWING_PARTS, WORKING, PartState, TaskState
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.queries.visible import late_parts, task_parts_visible_to, tasks_visible_to
from kheo.directives.models import Document
from kheo.organisations.models import Seat

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
    tasks = tasks_visible_to(seat).filter(document=document, state=TaskState.OPEN)
    parts = task_parts_visible_to(seat).filter(task__in=tasks, role__in=WORKING)
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


def parts_to_remind(
    seat: Seat, *, task: Task | None, document: Document | None, today: date
) -> list[TaskBody]:
    """Return the owing parts within reach of a task, or of a document's open tasks, late first."""
    rows = task_parts_visible_to(seat).filter(
        role__in=WORKING,
        state__in=OWING_PARTS,
        organisation__isnull=False,
        task__state=TaskState.OPEN,
    )
    rows = rows.filter(task=task) if task else rows.filter(task__document=document)
    ordered = rows.select_related("task", "organisation__kind").order_by(
        F("due_on").asc(nulls_last=True), "sort_key", "pk"
    )
    return sorted(ordered[:MOST_REMINDED], key=lambda row: not row.is_late(today))


MOST_REMINDED = 2_000


def _columns(tasks: QuerySet[Task], parts: QuerySet[TaskBody], late: Q) -> list[MatrixColumn]:
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
        for task in tasks.order_by("ordinal", "pk")
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
