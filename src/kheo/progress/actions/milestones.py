"""What the unit does with the milestones of its model: set, reached, opened again, removed."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.exemplars.models import Registration
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.progress.actions.journal import lay_open, note_progress
from kheo.progress.enums import Deed
from kheo.progress.models import Course, Milestone
from kheo.progress.rules.course import ProgressError

MOST_MILESTONES = 30


@transaction.atomic
def add_milestone(
    *, registration: Registration, title: str, due_on: date, by: Seat, at: datetime
) -> Milestone:
    """Set a step that a model is to reach by a day.

    :raises NotAllowedError: when the seat may not, or the model is not under way.
    :raises ProgressError: when it has no name, stands there already, or there are too many.
    """
    row, course = lay_open(registration, Deed.PLAN, version=None, by=by)
    words = normalise(title)[:300]
    if not words:
        raise ProgressError(_("Name the step that is to be reached."))
    existing = list(row.milestones.all())
    if any(one.title == words and one.due_on == due_on for one in existing):
        raise ProgressError(_("This step stands there already."))
    if len(existing) >= MOST_MILESTONES:
        raise ProgressError(_("A model has at most %s milestones.") % MOST_MILESTONES)
    milestone = Milestone.objects.create(
        registration=row, title=words, due_on=due_on, order=len(existing) + 1
    )
    _turn(course, "progress.add-milestone", milestone, by, at)
    return milestone


@transaction.atomic
def complete_milestone(
    *, milestone: Milestone, by: Seat, at: datetime, done_on: date | None = None
) -> Milestone:
    """Say that a step is reached; saying so twice says it once.

    :raises NotAllowedError: when the seat may not, or the model is not under way.
    :raises ProgressError: when the day lies in the future.
    """
    locked, course = _locked(milestone, by)
    day = done_on or timezone.localdate(at)
    if day > timezone.localdate(at):
        raise ProgressError(_("The day lies in the future; write what has been done already."))
    if locked.done_on is None:
        locked.done_on = day
        locked.save(update_fields=["done_on"])
        course.last_news_at = at
        _turn(course, "progress.reach-milestone", locked, by, at)
    return locked


@transaction.atomic
def reopen_milestone(*, milestone: Milestone, by: Seat, at: datetime) -> Milestone:
    """Say that a step is not reached after all.

    :raises NotAllowedError: when the seat may not, or the model is not under way.
    """
    locked, course = _locked(milestone, by)
    if locked.done_on is not None:
        locked.done_on = None
        locked.save(update_fields=["done_on"])
        _turn(course, "progress.reopen-milestone", locked, by, at)
    return locked


@transaction.atomic
def remove_milestone(*, milestone: Milestone, by: Seat, at: datetime) -> Course:
    """Take a step off the list; the history keeps it.

    :raises NotAllowedError: when the seat may not, or the model is not under way.
    """
    locked, course = _locked(milestone, by)
    _turn(course, "progress.remove-milestone", locked, by, at)
    locked.delete()
    return course


def _locked(milestone: Milestone, by: Seat) -> tuple[Milestone, Course]:
    row, course = lay_open(milestone.registration, Deed.PLAN, version=None, by=by)
    found = Milestone.objects.filter(pk=milestone.pk, registration=row).first()
    if found is None:
        raise ProgressError(_("Somebody has removed this step meanwhile."))
    return found, course


def _turn(course: Course, verb: str, milestone: Milestone, by: Seat, at: datetime) -> None:
    course.version += 1
    course.save()
    facts = {"milestone": milestone.title, "due_on": milestone.due_on}
    facts |= {"done_on": milestone.done_on} if milestone.done_on else {}
    note_progress(verb, course.registration, by, at, after=facts)
