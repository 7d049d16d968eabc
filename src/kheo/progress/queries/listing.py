"""The list of models in their course, with their milestones, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration, RegistrationTally
from kheo.exemplars.queries.visibility import registrations_visible_to
from kheo.lib.text.folding import fold
from kheo.organisations.models import Seat
from kheo.organisations.queries.tree import reach_root
from kheo.progress.enums import CourseState
from kheo.progress.models import Milestone
from kheo.progress.queries.silence import by_last_news, is_underway, silent_since
from kheo.ui.paging import COUNT_CAP


@dataclass(frozen=True, kw_only=True)
class ProgressFilter:
    """What the list is narrowed to; ``days`` is after how many a model is flagged."""

    year: int
    days: int
    q: str = ""
    state: str = ""
    field: str = ""
    silent: bool = False
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Steps:
    """How many milestones a model has, has reached and has missed, and when the next one is due."""

    total: int = 0
    reached: int = 0
    late: int = 0
    next_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProgressRow:
    """One line of the list."""

    registration: Registration
    state: CourseState
    heard_at: datetime | None
    silent_days: int
    is_silent: bool
    steps: Steps


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many models of a list stand where; counting stops at the cap."""

    done: int
    ended: int
    silent: int


def followed_registrations(seat: Seat) -> QuerySet[Registration]:
    """Return the accepted registrations whose course the seat may see."""
    return registrations_visible_to(seat).filter(state=State.ACCEPTED)


def followed_years(seat: Seat) -> list[int]:
    """Return the years of accepted registrations in view, newest first."""
    # the tallies know without looking at the registrations
    tallied = RegistrationTally.objects.filter(
        organisation=reach_root(seat), state=State.ACCEPTED, count__gt=0
    )
    years = tallied.order_by("-year").values_list("year", flat=True)
    return list(years.distinct()[:20])


def listed_models(seat: Seat, chosen: ProgressFilter, now: datetime) -> QuerySet[Registration]:
    """Return the models of the list; the silent ones with the longest silence in front."""
    rows = followed_registrations(seat).filter(year=chosen.year)
    for word in fold(chosen.q).split():
        rows = rows.filter(search_key__contains=word)
    if chosen.field:
        rows = rows.filter(field=chosen.field)
    if chosen.state == CourseState.UNDERWAY:
        rows = rows.filter(is_underway())
    elif chosen.state:
        rows = rows.filter(course__state=chosen.state)
    if chosen.late:
        rows = rows.filter(is_underway() & Exists(_missed(now.date())))
    rows = rows.select_related("course", "organisation")
    if chosen.silent:
        return by_last_news(rows.filter(silent_since(now - timedelta(days=chosen.days))))
    return rows.order_by("path", "pk")


def progress_rows(
    rows: Sequence[Registration], chosen: ProgressFilter, now: datetime
) -> list[ProgressRow]:
    """Return the lines of a page of registrations, with one statement for their milestones."""
    steps = _steps([row.pk for row in rows], now.date())
    return [_row(row, chosen, now, steps.get(row.pk, Steps())) for row in rows]


def standing_of(seat: Seat, chosen: ProgressFilter, now: datetime) -> Standing:
    """Return how many models in view of the year stand where, with one statement each."""
    rows = followed_registrations(seat).filter(year=chosen.year)
    silent = rows.filter(silent_since(now - timedelta(days=chosen.days)))
    ended = [CourseState.STOPPED, CourseState.MERGED]
    return Standing(
        done=_capped(rows.filter(course__state=CourseState.DONE)),
        ended=_capped(rows.filter(course__state__in=ended)),
        silent=_capped(silent),
    )


def _capped(rows: QuerySet[Registration]) -> int:
    return rows[:COUNT_CAP].count()


def _row(
    registration: Registration, chosen: ProgressFilter, now: datetime, steps: Steps
) -> ProgressRow:
    course = getattr(registration, "course", None)
    state = CourseState(course.state) if course else CourseState.UNDERWAY
    heard_at = course.last_news_at if course else None
    since = heard_at or registration.decided_at
    days = (now - since).days if since else 0
    return ProgressRow(
        registration=registration,
        state=state,
        heard_at=heard_at,
        silent_days=days,
        is_silent=state == CourseState.UNDERWAY and days >= chosen.days,
        steps=steps if state == CourseState.UNDERWAY else _settled(steps),
    )


def _settled(steps: Steps) -> Steps:
    return Steps(total=steps.total, reached=steps.reached)


def _steps(keys: Sequence[int], today: date) -> dict[int, Steps]:
    open_ones = Q(done_on=None)
    rows = (
        Milestone.objects.filter(registration__in=keys)
        .order_by()
        .values("registration_id")
        .annotate(
            total=Count("pk"),
            reached=Count("pk", filter=~open_ones),
            late=Count("pk", filter=open_ones & Q(due_on__lt=today)),
            next_on=Min("due_on", filter=open_ones & Q(due_on__gte=today)),
        )
        .values_list("registration_id", "total", "reached", "late", "next_on")
    )
    return {
        pk: Steps(total=total, reached=reached, late=late, next_on=next_on)
        for pk, total, reached, late, next_on in rows
    }


def _missed(today: date) -> QuerySet[Milestone]:
    return Milestone.objects.filter(registration=OuterRef("pk"), done_on=None, due_on__lt=today)
