"""What all deeds on reports share: locking one, writing the audit, telling both sides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Unpack

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from kheo.accounts.models import User
from kheo.audit.actions import Told, note_deed
from kheo.nominations.queries.structure import handlers_of
from kheo.notices.actions import Telling, notify, notify_each
from kheo.organisations.actions import By
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.reviews.models import Report
from kheo.reviews.rules.reports import TRANSITIONS, ReportArrow, ReportDeed
from kheo.reviews.rules.reviews import StaleReviewError

# what rules ask of a report, its body and the one that asked it
KNOWN = ("review__organiser__kind", "organisation__kind", "parent__organisation__kind")
OFFICIALS = (Role.OFFICER, Role.LEADER)


def lock_report(report: Report, seen_version: int | None = None) -> Report:
    """Return the report with all that rules ask of it, locked until the deed is done.

    :raises StaleReviewError: when it is no longer at the version the page showed.
    """
    rows = Report.objects.select_for_update(of=("self",)).select_related(*KNOWN)
    locked = rows.get(pk=report.pk)
    if seen_version is not None and seen_version != locked.version:
        raise StaleReviewError
    return locked


def note_report(
    verb: str,
    report: Report,
    *,
    by: By,
    at: datetime,
    **told: Unpack[Told],
) -> None:
    """Record a deed on a report, in the scope of the body that reports."""
    note_deed(verb, report, report.path, by, at, **told)


def follow_arrow(
    report: Report, deed: ReportDeed, *, by: By, at: datetime, reason: str = "", body: str = ""
) -> None:
    """Move a locked report along an arrow: stored, audited, and told to the other side.

    Whatever else the deed changes is set on the report before; all its columns are stored.
    """
    arrow = TRANSITIONS[deed]
    before, report.state = str(report.state), arrow.target
    report.version += 1
    report.save()
    note_report(
        arrow.verb,
        report,
        by=by,
        at=at,
        before={"state": before},
        after={"state": str(report.state)},
        reason=reason,
    )
    _tell_other_side(report, arrow, body or reason, at)


def tell_reporters(
    reports: Sequence[Report], subject: str, *, body: str = "", at: datetime
) -> None:
    """Tell each body of its report: clerks and heads, and of committees the officers and leaders.

    The number of statements grows only with the committees that have officers of their own.
    """
    officials = _officials([report.organisation_id for report in reports], at)
    notify_each(
        tellings=[
            Telling(
                organisation_id=report.organisation_id,
                subject=subject,
                body=body,
                link=reverse("reviews:report", args=[report.pk]),
            )
            for report in reports
        ],
        at=at,
    )
    for report in reports:
        if users := officials.get(report.organisation_id):
            _tell(report, report, subject, body, users, at)


def tell_keepers(report: Report, subject: str, *, body: str = "", at: datetime) -> None:
    """Tell the body that asked for a report: its officers and leaders, or its clerks and heads."""
    if report.parent is None:
        return
    users = list(handlers_of(report.parent.organisation_id, at))
    _tell(report.parent, report, subject, body, users or None, at)


def _tell_other_side(report: Report, arrow: ReportArrow, body: str, at: datetime) -> None:
    if not arrow.notice:
        return
    # notices are read by others than who acts: they are written in the language of the house
    with override(settings.LANGUAGE_CODE):
        name = f"{report.unit_name}, {report.review.title}"
        subject = str(arrow.notice) % {"name": name}
    if arrow.side == "unit":
        tell_keepers(report, subject, body=body, at=at)
    else:
        tell_reporters([report], subject, body=body, at=at)


def _tell(
    whom: Report, about: Report, subject: str, body: str, users: list[User] | None, at: datetime
) -> None:
    notify(
        organisation=whom.organisation,
        subject=subject,
        body=body,
        users=users,
        link=reverse("reviews:report", args=[about.pk]),
        at=at,
    )


def _officials(units: list[int], at: datetime) -> dict[int, list[User]]:
    """Return the officers and leaders who act for each body, once each."""
    own = Q(organisation__in=units)
    advising = Q(organisation__parent__in=units, organisation__kind__advises=True)
    seats = Seat.objects.held(timezone.localdate(at)).filter(
        own | advising, role__in=OFFICIALS, user__is_active=True
    )
    found: dict[int, dict[int, User]] = {}
    for seat in seats.select_related("user", "organisation__kind").order_by("pk"):
        found.setdefault(seat.organisation.reach_id, {})[seat.user_id] = seat.user
    return {unit: list(users.values()) for unit, users in found.items()}
