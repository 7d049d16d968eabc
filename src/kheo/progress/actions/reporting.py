"""What the unit reports of its model: news, figures, files; carried out, and taken back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.exemplars.actions.stages import leave_stage, reach_stage
from kheo.exemplars.enums import Stage
from kheo.exemplars.models import Registration
from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.progress.actions.figures import FigureTerms, keep_figures
from kheo.progress.actions.files import drop_files, keep_files
from kheo.progress.actions.journal import close_deed, lay_open, write_line
from kheo.progress.enums import Deed, UpdateKind
from kheo.progress.models import Course, Update, UpdateFile
from kheo.progress.rules.course import ProgressError, reason_given


@transaction.atomic
def report_update(  # noqa: PLR0913 a report has this many parts
    *,
    registration: Registration,
    text: str,
    by: Seat,
    at: datetime,
    happened_on: date | None = None,
    figures: Sequence[FigureTerms] = (),
    files: Sequence["File[bytes]"] = (),
    version: int | None = None,
    done: bool = False,
) -> Update:
    """Write what was done on a model, with figures and files to show it.

    With ``done`` the unit says at the same time that the model is carried out.

    :raises NotAllowedError: when the seat may not, or the model is stopped or merged.
    :raises ProgressError: when nothing is said, or a figure makes no sense.
    :raises AttachmentError: when a file is empty, too large, or of a kind that is not taken.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    """
    deed = Deed.DONE if done else Deed.REPORT
    row, course = lay_open(registration, deed, version=version, by=by)
    _refuse_nothing(text, figures, files, is_done=done)
    day = _day_of(happened_on, at)
    kind = UpdateKind.DONE if done else UpdateKind.RESULT if figures else UpdateKind.NEWS
    update = write_line(row, kind, text, by=by, at=at, happened_on=day)
    keep_figures(row, update, figures, day)
    kept = keep_files(update, files)
    try:
        course.last_news_at = at
        if done:
            course.closed_at, course.closed_by = at, by
        close_deed(course, deed, by, at, after=_said(update, figures, kept))
        if done:
            reach_stage(registrations=[row.pk], stage=Stage.CARRIED_OUT)
    except BaseException:
        drop_files(kept)
        raise
    return update


def _said(
    update: Update, figures: Sequence[FigureTerms], kept: Sequence[UpdateFile]
) -> dict[str, object]:
    """Return what the audit keeps of a report."""
    said: dict[str, object] = {"text": update.text[:500]}
    said |= {"figures": [str(one) for one in figures]} if figures else {}
    return said | ({"files": [one.name for one in kept]} if kept else {})


@transaction.atomic
def report_done(
    *, registration: Registration, text: str, by: Seat, at: datetime, version: int | None = None
) -> Course:
    """Report a model as carried out.

    :raises NotAllowedError: when the seat may not, or the model is not under way.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    """
    update = report_update(
        registration=registration, text=text, by=by, at=at, version=version, done=True
    )
    return Course.objects.get(registration=update.registration_id)


@transaction.atomic
def take_back_done(
    *, registration: Registration, reason: str, by: Seat, at: datetime, version: int | None = None
) -> Course:
    """Take the report back that a model is carried out: it is under way again.

    :raises NotAllowedError: when the seat may not, or a council or committee built on the report.
    :raises ProgressError: when no reason is given.
    :raises StaleCourseError: when somebody changed the course meanwhile.
    """
    row, course = lay_open(registration, Deed.TAKE_BACK, version=version, by=by)
    reason_given(Deed.TAKE_BACK, reason)
    write_line(row, UpdateKind.TAKEN_BACK, reason, by=by, at=at)
    course.closed_at = course.closed_by = None
    close_deed(course, Deed.TAKE_BACK, by, at, reason=normalise(reason))
    leave_stage(registrations=[row.pk], stage=Stage.CARRIED_OUT)
    return course


def _day_of(happened_on: date | None, at: datetime) -> date:
    today = timezone.localdate(at)
    if happened_on is not None and happened_on > today:
        raise ProgressError(_("The day lies in the future; write what has been done already."))
    return happened_on or today


def _refuse_nothing(
    text: str, figures: Sequence[FigureTerms], files: Sequence[object], *, is_done: bool
) -> None:
    if not (normalise(text) or figures or files or is_done):
        raise ProgressError(
            _("Say what has been done, give a figure, or attach a file that shows it.")
        )
