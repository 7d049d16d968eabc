"""More time, no report needed, asked for again, and reminding whoever is late."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kheo.lib.text.folding import normalise
from kheo.notices.actions import prepare_message
from kheo.notices.models import Message
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.handling import follow_arrow, lock_report, note_report, tell_reporters
from kheo.reviews.models import Report
from kheo.reviews.rules.reports import (
    ReportDeed,
    can_ask_again,
    can_excuse,
    can_extend,
)
from kheo.reviews.rules.reviews import ReviewError


@transaction.atomic
def extend_report(*, report: Report, due_on: date, reason: str, by: Seat, at: datetime) -> Report:
    """Give one body until another day, with a reason; it is told.

    :raises NotAllowedError: when the seat may not, or the report is handed in.
    :raises ReviewError: without a reason, or when the day lies before the one first set or not
        before the own report of the body that asks.
    """
    locked = lock_report(report)
    demand(can_extend(by, locked))
    if not (words := normalise(reason)):
        raise ReviewError(_("Say why the unit gets more time."))
    _refuse_day(locked, due_on)
    before, locked.due_on = locked.due_on, due_on
    locked.extension_reason, locked.version = words, locked.version + 1
    locked.save(update_fields=["due_on", "extension_reason", "version"])
    note_report(
        "report.extend",
        locked,
        by=by,
        at=at,
        before={"due_on": before},
        after={"due_on": due_on},
        reason=words,
    )
    with override(settings.LANGUAGE_CODE):
        until = _("To be submitted by %s.") % f"{due_on:%d/%m/%Y}"
        subject = _("More time for the report: %s") % locked.review.title
        tell_reporters([locked], subject, body=until, at=at)
    return locked


@transaction.atomic
def excuse_report(*, report: Report, reason: str, by: Seat, at: datetime) -> Report:
    """Say that a body need not report, because it was dissolved or otherwise; it is told.

    What it has written stays and can be read by itself.

    :raises NotAllowedError: when the seat may not, or the report is handed in.
    :raises ReviewError: without a reason.
    """
    locked = lock_report(report)
    demand(can_excuse(by, locked))
    if not (words := normalise(reason)):
        raise ReviewError(_("Say why the unit need not report: the reason is kept and shown."))
    locked.excuse = words
    follow_arrow(locked, ReportDeed.EXCUSE, by=by, at=at, reason=words)
    return locked


@transaction.atomic
def ask_report_again(*, report: Report, by: Seat, at: datetime) -> Report:
    """Ask a body after all that was excused; it goes on where it stopped.

    :raises NotAllowedError: when the seat may not, or the body was dissolved.
    """
    locked = lock_report(report)
    demand(can_ask_again(by, locked, timezone.localdate(at)))
    before, locked.excuse = locked.excuse, ""
    follow_arrow(locked, ReportDeed.ASK_AGAIN, by=by, at=at, reason=before)
    return locked


@transaction.atomic
def prepare_report_reminder(
    *, sender: Organisation, reports: Sequence[Report], link: str, by: Seat, at: datetime
) -> Message:
    """Lay a reminder to the bodies of these reports into the outbox, where it can be changed.

    :raises NotAllowedError: when the seat may not write for the sender or to one of the bodies.
    :raises ReviewError: when there is nobody to remind.
    """
    if not reports:
        raise ReviewError(_("There is nobody to remind."))
    days = sorted({report.due_on for report in reports if report.due_on})
    lines = [_("Please submit your report: %s") % reports[0].review.title]
    lines += [_("Deadline: %s") % ", ".join(f"{day:%d/%m/%Y}" for day in days)] if days else []
    return prepare_message(
        sender=sender,
        units=[report.organisation for report in reports],
        subject=_("Reminder of a report"),
        body="\n".join(lines),
        link=link,
        by=by,
        at=at,
    )


def _refuse_day(report: Report, due_on: date) -> None:
    first = report.original_due_on
    if first is not None and due_on < first:
        raise ReviewError(
            _("The new deadline must not lie before the one first set, %s.") % f"{first:%d/%m/%Y}"
        )
    above = report.parent.due_on if report.parent else None
    if above is not None and due_on >= above:
        raise ReviewError(
            _("The new deadline must lie before the own report is due, %s.") % f"{above:%d/%m/%Y}"
        )
