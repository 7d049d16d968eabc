"""What every deed on a course does: lock, check the version, write its line, tell the audit."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Unpack

from django.utils import timezone

from kheo.audit.actions import Told, note_deed
from kheo.exemplars.models import Registration
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.progress.enums import Deed, UpdateKind
from kheo.progress.models import Course, Update
from kheo.progress.rules.course import TRANSITIONS, StaleCourseError, can_follow


def lay_open(
    registration: Registration, deed: Deed, *, version: int | None, by: Seat
) -> tuple[Registration, Course]:
    """Lock a registration and its course, made if there is none, and judge the deed.

    :param version: the course's as the page showed it, 0 when there was none; None asks nothing.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    :raises NotAllowedError: when the seat may not, or the course stands elsewhere.
    """
    rows = Registration.objects.select_for_update(of=("self",))
    row = rows.select_related("organisation").get(pk=registration.pk)
    courses = Course.objects.select_related("closed_by")
    course = courses.filter(registration=row).first()
    if version is not None and version != (course.version if course else 0):
        raise StaleCourseError
    demand(can_follow(deed, by, row, course))
    if course is None:
        course = Course(registration=row, path=row.path, year=row.year, version=0)
    return row, course


def write_line(
    row: Registration,
    kind: UpdateKind,
    text: str,
    *,
    by: Seat,
    at: datetime,
    happened_on: date | None = None,
) -> Update:
    """Write a line into the course of a model."""
    return Update.objects.create(
        registration=row,
        kind=kind,
        text=normalise(text, keep_lines=True),
        happened_on=happened_on or timezone.localdate(at),
        made_by=by,
        made_at=at,
    )


def close_deed(  # noqa: PLR0913 an entry has this many parts
    course: Course,
    deed: Deed,
    by: Seat,
    at: datetime,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
) -> Course:
    """Move the course along its arrow, store it, and tell the audit of it."""
    arrow = TRANSITIONS[deed]
    was = {"state": course.state} if arrow.target else {}
    if arrow.target:
        course.state = arrow.target
    course.version += 1
    course.save()
    moved = {"state": course.state} if arrow.target else {}
    note_progress(
        arrow.verb,
        course.registration,
        by,
        at,
        before=was | dict(before or {}),
        after=moved | dict(after or {}),
        reason=reason,
    )
    return course


def note_progress(
    verb: str,
    row: Registration,
    by: Seat | None,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a model, in the scope of its unit, beside the registration's own."""
    note_deed(verb, row, row.path, by, at, **told)
