"""Asking for reports: opening a review, asking another body later, passing it on, closing."""

from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kheo.lib.text.folding import normalise
from kheo.organisations.actions import By
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.reviews.actions.handling import lock_report, note_report, tell_reporters
from kheo.reviews.actions.journal import lock_any_review, lock_review, note_review
from kheo.reviews.enums import ReviewState
from kheo.reviews.models import Report, Review
from kheo.reviews.queries.asking import AskedBody, AskTerms, asked_already, bodies_asked
from kheo.reviews.rules.reports import can_keep, can_pass_on
from kheo.reviews.rules.reviews import ReviewError, can_close_review, can_reopen_review


@transaction.atomic
def open_review(
    *,
    review: Review,
    asked: Sequence[AskTerms],
    own_due_on: date | None = None,
    seen_version: int | None = None,
    by: By,
    at: datetime,
) -> Review:
    """Ask for the reports: each body gets one, the organiser the one on top; all are told.

    :param own_due_on: until when the organiser's own report is to be done.
    :raises NotAllowedError: when the seat may not, or the review is asked for already.
    :raises StaleReviewError: when somebody else changed it since ``seen_version``.
    :raises ReviewError: when it has no outline, asks nobody, or a day cannot be.
    """
    locked = lock_review(review, by, seen_version)
    if not locked.headings.exists():
        raise ReviewError(_("The outline has no heading yet: the units would not know what for."))
    day = timezone.localdate(at)
    bodies = bodies_asked(locked.organiser, asked, day)
    _refuse_days(asked, own_due_on, day)
    if not bodies:
        raise ReviewError(_("Nobody is asked: choose kinds, levels or single units."))
    locked.state, locked.opened_at, locked.version = ReviewState.OPEN, at, locked.version + 1
    locked.save(update_fields=["state", "opened_at", "version"])
    root = _root(locked, own_due_on, at)
    reports = _ask(locked, root, bodies, at)
    note_review("review.open", locked, by=by, at=at, after=_told(bodies, own_due_on))
    _announce(reports, at)
    return locked


@transaction.atomic
def ask_another_body(
    *, parent: Report, organisation: Organisation, due_on: date, by: By, at: datetime
) -> Report:
    """Ask one more body below, founded, forgotten, or following one that was dissolved.

    :raises NotAllowedError: when the seat may not, or the review is closed.
    :raises ReviewError: when the body is asked already, does not stand below, or the day is past.
    """
    terms = AskTerms(due_on=due_on, listed=(organisation,))
    locked = lock_report(parent)
    if isinstance(by, Seat):
        demand(can_keep(by, locked))
    _refuse_closed(locked.review)
    if organisation.pk in asked_already(locked.review):
        raise ReviewError(_("“%s” is asked already.") % organisation)
    day = timezone.localdate(at)
    _refuse_days([terms], locked.due_on, day)
    bodies = bodies_asked(locked.organisation, [terms], day)
    if not bodies:
        raise ReviewError(_("“%s” does not stand below the body that asks.") % organisation)
    [made] = _ask(locked.review, locked, bodies, at)
    note_report("report.ask", made, by=by, at=at, after={"due_on": due_on})
    _announce([made], at)
    return made


@transaction.atomic
def pass_on_report(
    *, report: Report, asked: Sequence[AskTerms], by: By, at: datetime
) -> list[Report]:
    """Ask bodies below for theirs, before the own report is due; those asked already are left.

    :raises NotAllowedError: when the seat may not, the report is signed, or the review is closed.
    :raises ReviewError: when nobody is left to ask, or a day is not before the own one.
    """
    locked = lock_report(report)
    if isinstance(by, Seat):
        demand(can_pass_on(by, locked))
    day = timezone.localdate(at)
    _refuse_days(asked, locked.due_on, day)
    bodies = bodies_asked(locked.organisation, asked, day, known=asked_already(locked.review))
    if not bodies:
        raise ReviewError(_("Nobody is left to ask: choose other kinds, levels or units."))
    made = _ask(locked.review, locked, bodies, at)
    note_report("report.pass-on", locked, by=by, at=at, after=_told(bodies, None))
    _announce(made, at)
    return made


@transaction.atomic
def close_review(*, review: Review, reason: str = "", by: By, at: datetime) -> Review:
    """Close a review: nothing more is written, handed in or returned.

    :raises NotAllowedError: when the seat may not, or the review is not open.
    """
    locked = lock_any_review(review)
    if isinstance(by, Seat):
        demand(can_close_review(by, locked))
    return _turn(locked, "review.close", ReviewState.CLOSED, normalise(reason), by, at)


@transaction.atomic
def reopen_review(*, review: Review, reason: str, by: By, at: datetime) -> Review:
    """Open a closed review again, with a reason.

    :raises NotAllowedError: when the seat may not, or the review is not closed.
    :raises ReviewError: without a reason.
    """
    locked = lock_any_review(review)
    if isinstance(by, Seat):
        demand(can_reopen_review(by, locked))
    if not (words := normalise(reason)):
        raise ReviewError(_("Say why the review is opened again."))
    return _turn(locked, "review.reopen", ReviewState.OPEN, words, by, at)


def _turn(
    locked: Review, verb: str, state: ReviewState, reason: str, by: By, at: datetime
) -> Review:
    before, locked.state = str(locked.state), state
    locked.closed_at = at if state == ReviewState.CLOSED else None
    locked.version += 1
    locked.save(update_fields=["state", "closed_at", "version"])
    after = {"state": str(state)}
    note_review(verb, locked, by=by, at=at, before={"state": before}, after=after, reason=reason)
    return locked


def _root(review: Review, due_on: date | None, at: datetime) -> Report:
    return Report.objects.create(
        review=review,
        organisation=review.organiser,
        unit_name=review.organiser.name,
        path=review.organiser_path,
        original_due_on=due_on,
        due_on=due_on,
        asked_at=at,
    )


def _ask(review: Review, parent: Report, bodies: Sequence[AskedBody], at: datetime) -> list[Report]:
    rows = [
        Report(
            review=review,
            parent=parent,
            organisation_id=body.organisation_id,
            unit_name=body.name,
            path=body.path,
            original_due_on=body.due_on,
            due_on=body.due_on,
            asked_at=at,
        )
        for body in bodies
    ]
    return Report.objects.bulk_create(rows, batch_size=500)


def _refuse_closed(review: Review) -> None:
    if review.state != ReviewState.OPEN:
        raise ReviewError(_("The review is closed: nobody more is asked."))


def _refuse_days(asked: Sequence[AskTerms], own: date | None, day: date) -> None:
    if any(one.due_on < day for one in asked):
        raise ReviewError(_("A due date lies in the past."))
    if own is not None and any(one.due_on >= own for one in asked):
        raise ReviewError(
            _(
                "Those below must report before the own report is due on %s: there must be time"
                " to consolidate."
            )
            % f"{own:%d/%m/%Y}"
        )


def _told(bodies: Sequence[AskedBody], own_due_on: date | None) -> dict[str, object]:
    days = sorted({body.due_on for body in bodies})
    told: dict[str, object] = {"bodies": len(bodies), "dues": [f"{day:%d/%m/%Y}" for day in days]}
    return told | ({"due_on": own_due_on} if own_due_on else {})


def _announce(reports: Sequence[Report], at: datetime) -> None:
    """Tell the bodies, those of one day in the same words."""
    by_day: dict[date | None, list[Report]] = {}
    for report in reports:
        by_day.setdefault(report.due_on, []).append(report)
    with override(settings.LANGUAGE_CODE):
        for day, rows in by_day.items():
            title = rows[0].review.title
            subject = _("Report asked for: %s") % title
            until = _("To be submitted by %s.") % f"{day:%d/%m/%Y}" if day else ""
            tell_reporters(rows, subject, body=until, at=at)
