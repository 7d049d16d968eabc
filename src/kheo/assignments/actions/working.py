"""What bodies do with their parts: reporting with evidence, and taking a task over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.assignments.actions.giving import TaskTerms, create_task
from kheo.assignments.actions.journal import note_part
from kheo.assignments.enums import PartState, ReportKind, Timing
from kheo.assignments.models import Task, TaskBody, TaskEvidence, TaskReport
from kheo.assignments.queries.bodies import directing_ids
from kheo.assignments.rules.deeds import TaskError, can_report, can_take_over
from kheo.directives.models import Document
from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, notify_each
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.ui.actions import keep_attachments

MOST_FILES = 10


@transaction.atomic
def report_part(
    *,
    body: TaskBody,
    text: str,
    done: bool,
    files: Sequence["File[bytes]"] = (),
    by: Seat,
    at: datetime,
) -> TaskReport:
    """Report how far a body has come with its part, or that it is done, with files to show it.

    :raises NotAllowedError: when the seat may not, or the part is done or closed.
    :raises TaskError: when nothing is said.
    :raises AttachmentError: when a file is empty, too large, or of a kind that is not taken.
    """
    row = locked_part(body)
    demand(can_report(by, row))
    _refuse_empty(text, files)
    kind = ReportKind.DONE if done else ReportKind.PROGRESS
    report = TaskReport.objects.create(
        body=row, turn=row.turn, kind=kind, text=normalise(text), made_by=by, made_at=at
    )
    kept = keep_attachments(files, partial(TaskEvidence, report=report))
    row.state, row.version = (PartState.DONE if done else PartState.DOING), row.version + 1
    row.reported_at = at if done else row.reported_at
    row.save(update_fields=["state", "reported_at", "version"])
    after = {"text": report.text[:500], "state": row.state, "files": [one.name for one in kept]}
    note_part("task.done" if done else "task.report", row, by, at, after=after)
    if done:
        _tell_givers(row, at)
    return report


@transaction.atomic
def take_over_task(
    *, body: TaskBody, document: Document | None, terms: TaskTerms, by: Seat, at: datetime
) -> Task:
    """Make a task of the body's own out of the superior's; the two stay linked.

    :raises NotAllowedError: when the seat may not, or it was taken over already.
    :raises TaskError: when something is missing or the deadline is later than the superior's.
    """
    row = locked_part(body)
    demand(can_take_over(by, row))
    if row.organisation is None:
        raise TaskError(_("Only an organisation of the register takes a task over."))
    if row.due_on and terms.timing in {Timing.BY, Timing.BETWEEN}:
        terms = replace(terms, due_on=terms.due_on or row.due_on)
    task = create_task(
        owner=row.organisation, document=document, terms=terms, parent=row.task, by=by, at=at
    )
    row.taken_over, row.version = task, row.version + 1
    row.state = PartState.DOING
    row.save(update_fields=["taken_over", "state", "version"])
    note_part("task.take-over", row, by, at, after={"content": task.content[:500]})
    return task


def locked_part(body: TaskBody) -> TaskBody:
    """Return a part with its task, locked until the deed is done."""
    rows = TaskBody.objects.select_for_update(of=("self",))
    return rows.select_related("task__owner__kind", "organisation__kind").get(pk=body.pk)


def _refuse_empty(text: str, files: Sequence["File[bytes]"]) -> None:
    if not normalise(text) and not files:
        raise TaskError(_("Say what has been done, or attach a file that shows it."))
    if len(files) > MOST_FILES:
        raise TaskError(_("At most %s files go with one report.") % MOST_FILES)


def _tell_givers(row: TaskBody, at: datetime) -> None:
    told = {row.task.owner_id} | directing_ids(row.task)
    notify_each(
        tellings=[
            Telling(
                organisation_id=pk,
                subject=_("%(unit)s says that its part in a task is done") % {"unit": row.name},
                body=row.task.title,
                link=reverse("assignments:part", args=[row.pk]),
            )
            for pk in sorted(told)
        ],
        at=at,
    )
