"""What ends or resumes the course of a model before its time, and asking for news of it."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, notify_each
from kheo.organisations.models import Seat
from kheo.progress.actions.journal import close_deed, lay_open, write_line
from kheo.progress.enums import CourseState, Deed
from kheo.progress.models import Course
from kheo.progress.rules.course import TRANSITIONS, ProgressError, Side, reason_given, side_of


@transaction.atomic
def stop_registration(
    *, registration: Registration, reason: str, by: Seat, at: datetime, version: int | None = None
) -> Course:
    """Mark a model as stopped, with the reason; what it achieved stays counted.

    :raises NotAllowedError: when the seat may not, or the model is not under way.
    :raises ProgressError: when no reason is given.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    """
    row, course = lay_open(registration, Deed.STOP, version=version, by=by)
    reason_given(Deed.STOP, reason)
    return _end(row, course, Deed.STOP, reason, by, at)


@transaction.atomic
def merge_registration(
    *,
    registration: Registration,
    into: Registration,
    reason: str,
    by: Seat,
    at: datetime,
    version: int | None = None,
) -> Course:
    """Mark a model as merged into another, which carries it on; figures of both count once.

    :raises NotAllowedError: when the seat may not, or the model is not under way.
    :raises ProgressError: when no reason is given, or the other cannot carry it on.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    """
    keys = sorted({registration.pk, into.pk})
    list(Registration.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    row, course = lay_open(registration, Deed.MERGE, version=version, by=by)
    reason_given(Deed.MERGE, reason)
    other = Registration.objects.get(pk=into.pk)
    _refuse_unfit(row, other, by)
    course.merged_with = other
    return _end(row, course, Deed.MERGE, reason, by, at)


@transaction.atomic
def resume_registration(
    *, registration: Registration, reason: str, by: Seat, at: datetime, version: int | None = None
) -> Course:
    """Take a stopped or merged model up again.

    :raises NotAllowedError: when the seat may not; what an officer stopped an officer resumes.
    :raises ProgressError: when no reason is given.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    """
    row, course = lay_open(registration, Deed.RESUME, version=version, by=by)
    reason_given(Deed.RESUME, reason)
    course.merged_with = course.closed_at = course.closed_by = None
    course.reason = ""
    return _tell_and_close(row, course, Deed.RESUME, reason, by, at)


@transaction.atomic
def ask_for_news(
    *, registrations: Sequence[Registration], text: str, by: Seat, at: datetime
) -> list[Course]:
    """Ask the units of these models for news; each finds the question in its notices.

    :raises NotAllowedError: when the seat is no officer above one of them, or one is not under way.
    :raises ProgressError: when there is none.
    """
    if not registrations:
        raise ProgressError(_("No model was ticked. Tick those you want to ask about."))
    asked = []
    for registration in sorted(registrations, key=lambda one: one.pk):
        row, course = lay_open(registration, Deed.ASK, version=None, by=by)
        course.asked_at = at
        asked.append(_tell_and_close(row, course, Deed.ASK, text, by, at))
    return asked


def _end(
    row: Registration, course: Course, deed: Deed, reason: str, by: Seat, at: datetime
) -> Course:
    course.closed_at, course.closed_by = at, by
    course.reason = normalise(reason, keep_lines=True)
    return _tell_and_close(row, course, deed, reason, by, at)


def _tell_and_close(
    row: Registration, course: Course, deed: Deed, reason: str, by: Seat, at: datetime
) -> Course:
    arrow = TRANSITIONS[deed]
    if arrow.kind is not None:
        write_line(row, arrow.kind, reason, by=by, at=at)
    after = {"merged_with": str(course.merged_with)} if course.merged_with_id else {}
    close_deed(course, deed, by, at, after=after, reason=normalise(reason))
    if side_of(by, row) == Side.OFFICER:
        notify_each(tellings=[_telling(row, deed, reason)], at=at)
    return course


def _telling(row: Registration, deed: Deed, reason: str) -> Telling:
    # notices are read by others than who acts: they are written in the language of the house
    with override(settings.LANGUAGE_CODE):
        subject = str(TRANSITIONS[deed].notice) % {"name": row.name}
    return Telling(
        organisation_id=row.organisation_id,
        subject=subject,
        body=normalise(reason, keep_lines=True),
        link=reverse("progress:detail", args=[row.pk]),
    )


def _refuse_unfit(row: Registration, other: Registration, by: Seat) -> None:
    """Refuse another model that cannot carry this one on."""
    state = Course.objects.filter(registration=other).values_list("state", flat=True).first()
    if other.pk == row.pk or other.state != State.ACCEPTED or side_of(by, other) is None:
        raise ProgressError(
            _("Choose another accepted model that you write for, or that lies below you.")
        )
    if other.year != row.year:
        raise ProgressError(_("Choose a model of the same year."))
    if state in {CourseState.STOPPED, CourseState.MERGED}:
        raise ProgressError(_("The other model was stopped or merged itself; choose another."))
    if row.courses_taken_in.exists():
        raise ProgressError(_("Other models were merged into this one; take those up again first."))
