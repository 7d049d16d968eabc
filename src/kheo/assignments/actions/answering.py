"""What the directing side answers: confirmed, returned, opened again; and whom it reminds."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kheo.assignments.actions.journal import note_part
from kheo.assignments.actions.working import locked_part
from kheo.assignments.enums import PartState, ReportKind
from kheo.assignments.models import TaskBody, TaskReport
from kheo.assignments.queries.bodies import directing_ids
from kheo.assignments.rules.deeds import TaskError, can_answer, can_open_again
from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, notify_each, prepare_message
from kheo.notices.models import Message
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand

MOST_LISTED = 30


@transaction.atomic
def confirm_part(*, body: TaskBody, text: str = "", by: Seat, at: datetime) -> TaskBody:
    """Confirm that a body's part is done.

    :raises NotAllowedError: when the seat may not, or the body has not said so.
    """
    row = locked_part(body)
    demand(can_answer(by, row, directing_ids(row.task)))
    row.confirmed_at = at
    _answer(row, PartState.CONFIRMED, ReportKind.CONFIRM, text, by, at)
    return row


@transaction.atomic
def return_part(*, body: TaskBody, text: str, by: Seat, at: datetime) -> TaskBody:
    """Give a part back to its body, which is told what is missing.

    :raises NotAllowedError: when the seat may not, or the body has not said that it is done.
    :raises TaskError: when no reason is given.
    """
    row = locked_part(body)
    demand(can_answer(by, row, directing_ids(row.task)))
    _demand_reason(text)
    _answer(row, PartState.RETURNED, ReportKind.RETURN, text, by, at)
    return row


@transaction.atomic
def open_part_again(*, body: TaskBody, text: str, by: Seat, at: datetime) -> TaskBody:
    """Let a confirmed part run again.

    :raises NotAllowedError: when the seat may not, or the part was not confirmed.
    :raises TaskError: when no reason is given.
    """
    row = locked_part(body)
    demand(can_open_again(by, row, directing_ids(row.task)))
    _demand_reason(text)
    row.confirmed_at = None
    _answer(row, PartState.DOING, ReportKind.REOPEN, text, by, at)
    return row


@transaction.atomic
def prepare_task_reminder(
    *, sender: Organisation, parts: Sequence[TaskBody], link: str, by: Seat, at: datetime
) -> Message:
    """Lay a reminder to the bodies of these parts into the outbox, each body once.

    :raises NotAllowedError: when the seat may not write for the sender or to one of the bodies.
    :raises TaskError: when there is nobody to remind.
    """
    units = {row.organisation_id: row.organisation for row in parts if row.organisation}
    if not units:
        raise TaskError(_("There is nobody to remind."))
    titles = dict.fromkeys(
        f"- {row.task.ordinal}. {row.task.title}"
        + (f" ({_('deadline')}: {row.due_on:%d/%m/%Y})" if row.due_on else "")
        for row in parts
    )
    shown = list(titles)[:MOST_LISTED]
    more = [_("and %s more") % (len(titles) - MOST_LISTED)] if len(titles) > MOST_LISTED else []
    words = _("Please report on these tasks, or say that they are done:")
    return prepare_message(
        sender=sender,
        units=units.values(),
        subject=_("Reminder of tasks"),
        body="\n".join([words, "", *shown, *more]),
        link=link,
        by=by,
        at=at,
    )


def _answer(
    row: TaskBody, state: PartState, kind: ReportKind, text: str, by: Seat, at: datetime
) -> None:
    words = normalise(text)
    TaskReport.objects.create(
        body=row, turn=row.turn, kind=kind, text=words, made_by=by, made_at=at
    )
    before, row.state, row.version = row.state, state, row.version + 1
    row.save(update_fields=["state", "confirmed_at", "version"])
    note_part(VERBS[kind], row, by, at, after={"state": f"{before} → {state}"}, reason=words)
    if row.organisation_id is None:
        return
    telling = Telling(
        organisation_id=row.organisation_id,
        subject=f"{SUBJECTS[kind]()}: {row.task.title}",
        body=words,
        link=reverse("assignments:part", args=[row.pk]),
    )
    notify_each(tellings=[telling], at=at)


def _demand_reason(text: str) -> None:
    if not normalise(text):
        raise TaskError(_("Say what is still missing, so that the unit knows what to do."))


VERBS = {
    ReportKind.CONFIRM: "task.confirm",
    ReportKind.RETURN: "task.return",
    ReportKind.REOPEN: "task.open-again",
}
SUBJECTS = {
    ReportKind.CONFIRM: lambda: _("Part in a task confirmed"),
    ReportKind.RETURN: lambda: _("Part in a task returned"),
    ReportKind.REOPEN: lambda: _("Part in a task opened again"),
}
