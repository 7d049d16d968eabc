"""What is due when: rounds, tasks, reviews and visits as a seat sees them, and traditions."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.assignments.enums import WORKING, PartState, TaskState, Timing
from kheo.assignments.models import Task, TaskBody
from kheo.assignments.rules.timing import day_of_year, due_in
from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat, below
from kheo.organisations.rules import reach_of
from kheo.reviews.enums import ReportState, ReviewState
from kheo.reviews.models import ReviewDue
from kheo.reviews.queries.reports import own_reports
from kheo.reviews.queries.reviews import reviews_visible_to
from kheo.reviews.rules.reports import HANDED_IN
from kheo.rounds.enums import OWING, RoundState
from kheo.rounds.models import Audience, Participation
from kheo.rounds.queries.visible import rounds_visible_to
from kheo.visits.enums import VisitState
from kheo.visits.queries.visible import visits_visible_to

DAYS = Path(__file__).parent.parent / "data/traditional_days.toml"
ROUND, EXTENSION, TASK, REVIEW, TRADITION = "round", "extension", "task", "review", "tradition"
VISIT = "visit"
RUNNING = frozenset({Role.OFFICER, Role.LEADER, Role.INSPECTOR, Role.ADMINISTRATOR, Role.COUNCIL})
MOST_EACH = 2_000


@dataclass(frozen=True, kw_only=True)
class Yearly:
    """How something recurs: day and month of every year from its first day to a last one, if any.

    ``moved`` tells which days give way to which, in single years.
    """

    month: int
    day: int
    last: date | None = None
    moved: Mapping[date, date] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing on one day; of what recurs, ``on`` is the first day at or after the asked ones."""

    key: str
    kind: str
    on: date
    title: str
    detail: str = ""
    url: str = ""
    done: bool = False
    yearly: Yearly | None = None


def due_between(seat: Seat, first: date, last: date) -> list[Due]:
    """Return all that is due for a seat from a day to a day, with what recurs on each of its days.

    The number of statements does not depend on how much is due.
    """
    found = [*_dated(seat, first, last), *_tasks_between(seat, first, last)]
    found += traditions_between(first, last)
    order = {TRADITION: 0, REVIEW: 1, ROUND: 2, EXTENSION: 3, VISIT: 4, TASK: 5}
    return sorted(found, key=lambda due: (due.on, order[due.kind], due.title, due.key))


def due_of_feed(seat: Seat, first: date, last: date) -> list[Due]:
    """Return the same once each: what recurs stands there with how it does."""
    found = [*_dated(seat, first, last)]
    for task, part in _tasks(seat):
        if task.timing == Timing.YEARLY:
            found += _recurring(task, part)
        elif task.due_on and first <= task.due_on <= last:
            found.append(_task(task, part, task.due_on))
    return found


def traditions_between(first: date, last: date) -> list[Due]:
    """Return the days of tradition from a day to a day."""
    return [
        _tradition(row, date(year, int(row["month"]), int(row["day"])))
        for year in range(first.year, last.year + 1)
        for row in _traditions()
        if first <= date(year, int(row["month"]), int(row["day"])) <= last
    ]


def traditions() -> list[Due]:
    """Return the days of tradition with how they recur."""
    return [
        _tradition(row, date(int(row["year"]), int(row["month"]), int(row["day"])), recurs=True)
        for row in _traditions()
    ]


def _dated(seat: Seat, first: date, last: date) -> Iterator[Due]:
    yield from _own_rounds(seat, first, last)
    if seat.role in RUNNING:
        yield from _run_rounds(seat, first, last)
    yield from _reports(seat, first, last)
    yield from _reviews(seat, first, last)
    yield from _visits(seat, first, last)


def _own_rounds(seat: Seat, first: date, last: date) -> Iterator[Due]:
    parts = Participation.objects.filter(
        organisation__in=organisations_of(seat),
        round__state=RoundState.OPEN,
        due_on__range=(first, last),
    )
    for part in parts.select_related("round")[:MOST_EACH]:
        yield Due(
            key=f"participation-{part.pk}",
            kind=ROUND,
            on=part.due_on,
            title=_("Registration: %s") % part.round.title,
            detail=part.unit_name,
            url=reverse("exemplars:unit-round", args=[part.pk]),
            done=part.state not in OWING,
        )


def _run_rounds(seat: Seat, first: date, last: date) -> Iterator[Due]:
    """Yield the deadlines of what the seat's body runs or oversees, and those put off."""
    rounds = rounds_visible_to(seat).filter(below(reach_of(seat), "organiser_path"))
    opened = rounds.filter(state=RoundState.OPEN).values("pk")
    audiences = Audience.objects.filter(round__in=opened, due_on__range=(first, last))
    for one in audiences.select_related("round")[:MOST_EACH]:
        yield Due(
            key=f"audience-{one.pk}",
            kind=ROUND,
            on=one.due_on,
            title=_("Deadline of the units: %s") % one.round.title,
            detail=one.name,
            url=reverse("reporting:board", args=[one.round_id]),
        )
    extended = Participation.objects.filter(
        ~Q(due_on=F("original_due_on")),
        below(reach_of(seat), "path"),
        round__in=opened,
        due_on__range=(first, last),
    )
    for part in extended.select_related("round").order_by("due_on", "sort_key")[:MOST_EACH]:
        yield Due(
            key=f"extension-{part.pk}",
            kind=EXTENSION,
            on=part.due_on,
            title=_("Extended deadline: %s") % part.unit_name,
            detail=part.round.title,
            url=reverse("exemplars:unit-round", args=[part.pk]),
            done=part.state not in OWING,
        )


def _reviews(seat: Seat, first: date, last: date) -> Iterator[Due]:
    seen = reviews_visible_to(seat).exclude(state=ReviewState.DRAFT)
    dues = ReviewDue.objects.filter(review__in=seen.values("pk"), due_on__range=(first, last))
    for one in dues.select_related("review")[:MOST_EACH]:
        yield Due(
            key=f"review-due-{one.pk}",
            kind=REVIEW,
            on=one.due_on,
            title=_("Report: %s") % one.review.title,
            detail=one.audience,
            url=reverse("reviews:detail", args=[one.review_id]),
        )


def _reports(seat: Seat, first: date, last: date) -> Iterator[Due]:
    """Yield the deadlines of the reports that the seat's own body writes."""
    rows = own_reports(seat).filter(due_on__range=(first, last))
    for one in rows.exclude(state=ReportState.EXCUSED)[:MOST_EACH]:
        yield Due(
            key=f"report-{one.pk}",
            kind=REVIEW,
            on=one.due_on or first,
            title=_("Report due: %s") % one.review.title,
            detail=one.unit_name,
            url=reverse("reviews:report", args=[one.pk]),
            done=one.state in HANDED_IN,
        )


def _visits(seat: Seat, first: date, last: date) -> Iterator[Due]:
    rows = visits_visible_to(seat).exclude(state=VisitState.CANCELLED)
    for one in rows.filter(held_on__range=(first, last)).select_related("team")[:MOST_EACH]:
        yield Due(
            key=f"visit-{one.pk}",
            kind=VISIT,
            on=one.held_on,
            title=_("Survey visit at %s") % one.unit_name,
            detail=one.team.name,
            url=reverse("visits:detail", args=[one.pk]),
            done=one.state == VisitState.CONCLUDED,
        )


def _tasks_between(seat: Seat, first: date, last: date) -> Iterator[Due]:
    for task, part in _tasks(seat):
        for on in _days_of(task, first, last):
            if first <= on <= last:
                yield _task(task, part, on)


def _tasks(seat: Seat) -> list[tuple[Task, TaskBody | None]]:
    """Return the open tasks with a deadline that the seat's body gave or has a part in."""
    own = organisations_of(seat)
    mine = TaskBody.objects.filter(organisation__in=own, role__in=WORKING)
    tasks: QuerySet[Task] = Task.objects.filter(
        Q(owner__in=own) | Exists(mine.filter(task=OuterRef("pk"))), state=TaskState.OPEN
    ).exclude(timing=Timing.CONTINUOUS)
    rows = list(tasks.select_related("document", "owner").order_by("pk")[:MOST_EACH])
    parts = {part.task_id: part for part in mine.filter(task__in=[row.pk for row in rows])}
    return [(row, parts.get(row.pk)) for row in rows]


def _days_of(task: Task, first: date, last: date) -> Iterable[date]:
    if task.timing == Timing.YEARLY:
        years = range(first.year - 1, last.year + 2)
        return [on for year in years if (on := due_in(task, year))]
    return [task.due_on] if task.due_on else []


def _task(task: Task, part: TaskBody | None, on: date, yearly: Yearly | None = None) -> Due:
    answered = part is not None and part.state in {PartState.DONE, PartState.CONFIRMED}
    name, key = ("part", part.pk) if part else ("detail", task.pk)
    return Due(
        key=f"task-{task.pk}",
        kind=TASK,
        on=on,
        title=task.title,
        detail=task.document.reference if task.document else task.owner.name,
        url=reverse(f"assignments:{name}", args=[key]),
        # of a yearly task only the turn that runs has an answer
        done=answered and part is not None and part.due_on == on,
        yearly=yearly,
    )


def _recurring(task: Task, part: TaskBody | None) -> list[Due]:
    """Return a yearly task as it recurs, from the first of its days."""
    month, day = task.due_month, task.due_day
    if month is None or day is None:
        return []
    begun = task.starts_on or task.created_at.date()
    days = [on for year in (begun.year, begun.year + 1) if (on := due_in(task, year))]
    first = next((on for on in days if on >= begun), None)
    if first is None:
        return []
    moved = {
        day_of_year(int(str(one["year"])), month, day): date.fromisoformat(str(one["on"]))
        for one in task.exceptions
    }
    regular = {to: usual for usual, to in moved.items()}.get(first, first)
    yearly = Yearly(month=month, day=day, last=task.due_on, moved=moved)
    return [_task(task, part, regular, yearly)]


def _tradition(row: Mapping[str, str], on: date, *, recurs: bool = False) -> Due:
    month, day = int(row["month"]), int(row["day"])
    return Due(
        key=f"tradition-{month:02}-{day:02}",
        kind=TRADITION,
        on=on,
        title=row["name"],
        detail=_("since %s") % row["year"],
        yearly=Yearly(month=month, day=day) if recurs else None,
    )


@lru_cache
def _traditions() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = tomllib.loads(DAYS.read_text(encoding="utf-8"))["day"]
    return rows
