"""Which reports of reviews wait from a seat: to write, to sign, to answer."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from kheo.home.queries.items import WorkItem, capped, count_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.reviews.enums import ReportState
from kheo.reviews.queries.reports import reports_to_answer, reports_to_write
from kheo.reviews.rules.reports import KEEPERS, SENDERS, SIGNERS, is_late_report

MOST_REPORTS = 5


def report_items(seat: Seat, today: date) -> list[WorkItem]:
    """Return what waits, with a number of statements that depends on the role alone."""
    items = list(_own(seat, today)) if seat.role in SENDERS else []
    return [*items, *_waiting(seat)] if seat.role in KEEPERS else items


def _own(seat: Seat, today: date) -> Iterator[WorkItem]:
    """Yield the reports the seat's body owes; whoever only signs sees what can be signed."""
    rows = reports_to_write(seat)
    if seat.role == Role.LEADER:
        rows = rows.exclude(state=ReportState.ASKED)
    for row in rows[:MOST_REPORTS]:
        yield WorkItem(
            title=_("Report: %s") % row.review.title,
            detail=row.unit_name,
            button=_button(seat, row.state),
            url=reverse("reviews:report", args=[row.pk]),
            icon="journal-text",
            due_on=row.due_on,
            late=is_late_report(row, today),
            state=row.state,
            state_label=row.get_state_display(),
        )


def _button(seat: Seat, state: str) -> str:
    if state == ReportState.SIGNED_OFF:
        return _("Submit the report")
    if state == ReportState.RETURNED:
        return _("Correct")
    if seat.role in SIGNERS:
        return _("Read and sign off")
    return _("Write the report") if state == ReportState.ASKED else _("Continue writing")


def _waiting(seat: Seat) -> Iterator[WorkItem]:
    """Yield what was handed in to the seat's body and nobody has answered yet."""
    rows = reports_to_answer(seat)
    if not (count := count_of(rows)):
        return
    oldest = rows.first()
    if oldest is not None:
        yield WorkItem(
            title=capped(SUBMITTED, count),
            detail=_("Accept them, or return them with remarks."),
            button=str(READ),
            url=f"{reverse('reviews:detail', args=[oldest.review_id])}?state=submitted",
            icon="journal-text",
        )


READ: str | Promise = gettext_lazy("Read and answer")
SUBMITTED = ngettext_lazy(
    "%(count)s report waits for an answer",
    "%(count)s reports wait for an answer",
    "count",
)
