"""The course of one model as its page shows it, and what its forms offer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Prefetch, Q, QuerySet

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict
from kheo.progress.enums import CourseState, Deed
from kheo.progress.models import Course, Figure, Indicator, Milestone, Result, Update, UpdateFile
from kheo.progress.queries.listing import followed_registrations
from kheo.progress.rules.course import can_follow
from kheo.progress.rules.figures import from_base, percent_of

MOST_UPDATES = 200
MOST_OTHERS = 300


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """A result in the unit in which the model's unit writes it."""

    indicator: Indicator
    planned: Decimal | None
    achieved: Decimal | None
    unit: str
    as_of: date | None
    percent: Decimal | None


@dataclass(frozen=True, kw_only=True)
class MilestoneLine:
    """A milestone and whether it is late."""

    milestone: Milestone
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class CoursePage:
    """A model, what has been said of it, and what the seat may do."""

    registration: Registration
    course: Course | None
    state: CourseState
    version: int
    updates: list[Update]
    milestones: list[MilestoneLine]
    results: list[ResultLine]
    may: dict[str, Verdict]


def course_of(registration: Registration) -> Course | None:
    """Return the course of a registration; None while nothing was done on it."""
    rows = Course.objects.select_related("closed_by__user", "merged_with")
    return rows.filter(registration=registration).first()


def courses_of(registrations: Iterable[int]) -> dict[int, Course]:
    """Return the courses of registrations by their key; those without one are under way.

    :param registrations: keys of registrations, some hundreds at most.
    """
    rows = Course.objects.filter(registration__in=list(registrations))
    return {row.registration_id: row for row in rows}


def course_page(seat: Seat, registration: Registration, today: date) -> CoursePage:
    """Return what the page of a model shows, in a fixed number of statements."""
    course = course_of(registration)
    milestones = Milestone.objects.filter(registration=registration)
    state = CourseState(course.state) if course else CourseState.UNDERWAY
    underway = state == CourseState.UNDERWAY
    return CoursePage(
        registration=registration,
        course=course,
        state=state,
        version=course.version if course else 0,
        updates=list(_updates(registration)[:MOST_UPDATES]),
        milestones=[
            MilestoneLine(milestone=one, is_late=underway and one.is_late(today))
            for one in milestones
        ],
        results=result_lines(registration),
        may={deed.name.lower(): can_follow(deed, seat, registration, course) for deed in Deed},
    )


def result_lines(registration: Registration) -> list[ResultLine]:
    """Return the results of a model, planned beside achieved, in the units it is written in."""
    rows = Result.objects.filter(registration=registration).select_related("indicator")
    return [
        ResultLine(
            indicator=row.indicator,
            planned=from_base(row.indicator, row.planned, row.unit),
            achieved=from_base(row.indicator, row.achieved, row.unit),
            unit=row.unit,
            as_of=row.as_of,
            percent=percent_of(row.achieved, row.planned),
        )
        for row in rows
    ]


def usable_indicators(registration: Registration) -> QuerySet[Indicator]:
    """Return the indicators by which a model may be counted: shipped, or of its superiors."""
    keys = [int(part) for part in registration.path.strip(".").split(".")]
    own = Q(owner=None) | Q(owner__in=keys)
    return Indicator.objects.filter(own, retired_at=None)


def indicator_choices(indicators: Iterable[Indicator]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return "indicator and unit" as choices of one list, by group: one key for both."""
    rows = sorted(indicators, key=lambda one: one.order)
    groups = []
    for group, found in groupby(rows, lambda one: one.get_group_display()):
        choices = [(f"{one.pk}:{unit}", f"{one} – {unit}") for one in found for unit in one.units]
        groups.append((str(group), choices))
    return groups


def others_to_merge_into(seat: Seat, registration: Registration) -> QuerySet[Registration]:
    """Return the models of the same year that may carry this one on, the unit's own in front."""
    rows = followed_registrations(seat).filter(year=registration.year, state=State.ACCEPTED)
    ended = Q(course__state__in=[CourseState.STOPPED, CourseState.MERGED])
    same = rows.filter(participation__round=registration.round_id).exclude(ended)
    return same.exclude(pk=registration.pk).order_by("path", "pk")


def update_files_visible_to(seat: Seat) -> QuerySet[UpdateFile]:
    """Return the files of updates on models whose course the seat may see."""
    return UpdateFile.objects.filter(update__registration__in=followed_registrations(seat))


def _updates(registration: Registration) -> QuerySet[Update]:
    figures = Figure.objects.select_related("result__indicator", "struck_by__user")
    return (
        Update.objects.filter(registration=registration)
        .select_related("made_by__user", "made_by__organisation")
        .prefetch_related("files", Prefetch("figures", queryset=figures))
        .order_by("-happened_on", "-made_at", "-pk")
    )
