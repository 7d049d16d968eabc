"""From signing to acceptance: sign off, submit, take back, return, accept, consider again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kheo.lib.text.folding import normalise
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.figures import freeze_report, thaw_report
from kheo.reviews.actions.following import collect_petitions
from kheo.reviews.actions.handling import follow_arrow, lock_report
from kheo.reviews.models import Report, ReportRemark, ReportSubmission
from kheo.reviews.queries.answering import texts_of_report
from kheo.reviews.queries.checks import problems_of
from kheo.reviews.queries.figures import words_of_report
from kheo.reviews.rules.reports import (
    ReportDeed,
    can_accept,
    can_return,
    can_sign_off,
    can_submit,
    can_take_back,
    can_turn,
)
from kheo.reviews.rules.reviews import ReviewError


@transaction.atomic
def sign_off_report(
    *, report: Report, seen_version: int | None = None, by: Seat, at: datetime
) -> Report:
    """Sign a report as the head of its body; nobody writes in it from then on.

    :raises NotAllowedError: when the seat may not, or something forbids handing it in.
    :raises StaleReviewError: when the report changed its state since ``seen_version``.
    """
    locked = lock_report(report, seen_version)
    demand(can_sign_off(by, locked, _refusals(locked)))
    locked.signed_off_by, locked.signed_off_at = by, at
    follow_arrow(locked, ReportDeed.SIGN_OFF, by=by, at=at)
    return locked


@transaction.atomic
def reopen_report(
    *, report: Report, seen_version: int | None = None, by: Seat, at: datetime
) -> Report:
    """Take what was signed and not yet handed in back to draft.

    :raises NotAllowedError: when the seat may not.
    :raises StaleReviewError: when the report changed its state since ``seen_version``.
    """
    locked = lock_report(report, seen_version)
    demand(can_turn(ReportDeed.REOPEN, by, locked))
    locked.signed_off_by = locked.signed_off_at = None
    follow_arrow(locked, ReportDeed.REOPEN, by=by, at=at)
    return locked


@transaction.atomic
def submit_report(
    *, report: Report, seen_version: int | None = None, by: Seat, at: datetime
) -> Report:
    """Hand a signed report in: kept word for word, its figures frozen, the body above told.

    :raises NotAllowedError: when the seat may not, or a check forbids it.
    :raises StaleReviewError: when the report changed its state since ``seen_version``.
    """
    locked = lock_report(report, seen_version)
    demand(can_submit(by, locked, _refusals(locked)))
    freeze_report(report=locked, by=by, at=at)
    locked.sequence += 1
    locked.submitted_at, locked.decided_at = at, None
    ReportSubmission.objects.create(
        report=locked,
        sequence=locked.sequence,
        content=_content(locked),
        submitted_at=at,
        submitted_by=by,
    )
    locked.remarks.filter(answered_at=None).update(answered_at=at)
    collect_petitions(report=locked, by=by, at=at)
    follow_arrow(locked, ReportDeed.SUBMIT, by=by, at=at)
    return locked


@transaction.atomic
def take_back_report(
    *, report: Report, reason: str, seen_version: int | None = None, by: Seat, at: datetime
) -> Report:
    """Take back what was handed in and not yet accepted, to put it right.

    :raises NotAllowedError: when the seat may not, or it was accepted.
    :raises StaleReviewError: when the report changed its state since ``seen_version``.
    :raises ReviewError: without a reason.
    """
    locked = lock_report(report, seen_version)
    demand(can_take_back(by, locked))
    words = _demand_reason(reason)
    locked.signed_off_by = locked.signed_off_at = None
    thaw_report(report=locked, by=by, at=at)
    follow_arrow(locked, ReportDeed.TAKE_BACK, by=by, at=at, reason=words)
    return locked


@transaction.atomic
def return_report(
    *,
    report: Report,
    remarks: Mapping[int | None, str],
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Report:
    """Give a report back with remarks on headings, or (under None) on the whole.

    :raises NotAllowedError: when the seat may not, or nobody is left to correct it.
    :raises StaleReviewError: when the report changed its state since ``seen_version``.
    :raises ReviewError: when nothing is remarked, or a heading is not of its outline.
    """
    locked = lock_report(report, seen_version)
    demand(can_return(by, locked))
    said = _remarks(locked, remarks)
    ReportRemark.objects.bulk_create(
        ReportRemark(report=locked, heading_id=heading, text=text, made_by=by, made_at=at)
        for heading, text in said.items()
    )
    locked.signed_off_by = locked.signed_off_at = None
    thaw_report(report=locked, by=by, at=at)
    words = "\n".join(said.values())
    follow_arrow(locked, ReportDeed.RETURN, by=by, at=at, reason=words)
    return locked


@transaction.atomic
def accept_report(
    *, report: Report, seen_version: int | None = None, by: Seat, at: datetime
) -> Report:
    """Accept a report that was handed in.

    :raises NotAllowedError: when the seat may not.
    :raises StaleReviewError: when the report changed its state since ``seen_version``.
    """
    locked = lock_report(report, seen_version)
    demand(can_accept(by, locked))
    locked.decided_at = at
    follow_arrow(locked, ReportDeed.ACCEPT, by=by, at=at)
    return locked


@transaction.atomic
def reconsider_report(
    *, report: Report, reason: str, seen_version: int | None = None, by: Seat, at: datetime
) -> Report:
    """Open an acceptance again: the report waits as submitted.

    :raises NotAllowedError: when the seat may not, or it was not accepted.
    :raises StaleReviewError: when the report changed its state since ``seen_version``.
    :raises ReviewError: without a reason.
    """
    locked = lock_report(report, seen_version)
    demand(can_turn(ReportDeed.RECONSIDER, by, locked))
    words = _demand_reason(reason)
    locked.decided_at = None
    follow_arrow(locked, ReportDeed.RECONSIDER, by=by, at=at, reason=words)
    return locked


def _content(report: Report) -> dict[str, object]:
    """Return what is kept of a report as it was handed in; its figures are frozen already."""
    values = dict(report.figures.values_list("number", "frozen_value"))
    return {
        "headings": [
            {"heading": pk, "number": number, "title": title, "body": body}
            for pk, number, title, body in texts_of_report(report)
        ],
        "figures": [
            {"number": number, "words": words, "value": str(values.get(number, ""))}
            for number, words in words_of_report(report).items()
        ],
    }


def _refusals(report: Report) -> list[str]:
    """Return in words what must be put right before the report goes on."""
    return [problem.text for problem in problems_of(report) if problem.refuses]


def _remarks(report: Report, remarks: Mapping[int | None, str]) -> dict[int | None, str]:
    said = {heading: normalise(text, keep_lines=True) for heading, text in remarks.items()}
    said = {heading: text for heading, text in said.items() if text}
    if not said:
        raise ReviewError(_("Write at least one remark: the unit must know what to correct."))
    known = set(report.review.headings.values_list("pk", flat=True))
    if not {heading for heading in said if heading is not None} <= known:
        raise ReviewError(_("This heading does not belong to the outline of the report."))
    return said


def _demand_reason(reason: str) -> str:
    if not (words := normalise(reason)):
        raise ReviewError(_("Say why: the reason is kept in the history."))
    return words
