"""Deeds of the unit: sign off, submit, withdraw, amend, and take back to draft."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kheo.exemplars.actions.desk import Desk, lay_out, move_rows, settle
from kheo.exemplars.actions.likeness import keep_likeness_keys
from kheo.exemplars.enums import Deed, State
from kheo.exemplars.models import Registration, Remark, Submission
from kheo.exemplars.queries.forms import form_specs
from kheo.exemplars.rules import (
    can_amend,
    can_reopen_draft,
    can_sign_off,
    can_withdraw,
    content_of,
    gaps_in_words,
    holders_of_places,
    is_late_submission,
    is_own_unit,
    reason_verdict,
    submission_verdicts,
)
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


class SeveralUnitsError(ValueError):
    """A unit's deed was asked for registrations of several units or rounds."""


def sign_off(*, registration: Registration, by: Seat, at: datetime) -> Registration:
    """Sign a complete draft as the head of the unit; signing twice changes nothing more.

    :raises NotAllowedError: with the reason, naming what is missing.
    """
    return sign_off_many(registrations=[registration], by=by, at=at)[0]


@transaction.atomic
def sign_off_many(
    *, registrations: Sequence[Registration], by: Seat, at: datetime
) -> list[Registration]:
    """Sign several drafts of one unit, all or none.

    :raises NotAllowedError: with the reason of the first that cannot be signed.
    """
    desk = _lay_out(registrations)
    rows = desk.take(registrations)
    todo = _undone(rows, State.SIGNED_OFF, by)
    specs = form_specs(desk.participation.audience)
    for row in todo:
        demand(can_sign_off(by, row, gaps_in_words(row, specs)))
        row.signed_off_at, row.signed_off_by = at, by
    _finish(desk, todo, Deed.SIGN_OFF, by=by, at=at)
    return rows


def submit(*, registration: Registration, by: Seat, at: datetime) -> Registration:
    """Submit what the head signed; a second click changes nothing more.

    :raises NotAllowedError: with the reason: state, deadline, quota, or what is missing.
    """
    return submit_many(registrations=[registration], by=by, at=at)[0]


@transaction.atomic
def submit_many(
    *, registrations: Sequence[Registration], by: Seat, at: datetime
) -> list[Registration]:
    """Submit several registrations of one unit, all or none; each is kept as it was submitted.

    :raises NotAllowedError: with the reason of the first that cannot be submitted.
    """
    desk = _lay_out(registrations)
    rows = desk.take(registrations)
    todo = _undone(rows, State.SUBMITTED, by)
    _judge_submission(desk, todo, by, at)
    again = [row for row in todo if row.submitted_at is not None]
    _keep_versions(todo, again, by, at)
    keep_likeness_keys(registrations=todo, sent_before=bool(again))
    today = timezone.localdate(at)
    for row in todo:
        row.is_late = is_late_submission(row, desk.participation, today=today)
        row.is_registered, row.submitted_at, row.return_due_on = True, at, None
    if again:
        Remark.objects.filter(registration__in=again, answered_at=None).update(answered_at=at)
    if todo:
        late = any(row.is_late for row in todo)
        details = {"due_on": desk.participation.due_on} if late else {}
        move_rows(todo, Deed.SUBMIT, by=by, at=at, details=details)
        settle(desk, at=at, submitted_at=at)
    return rows


@transaction.atomic
def reopen_draft(*, registration: Registration, by: Seat, at: datetime) -> Registration:
    """Take a signed registration back, to draft or to "returned" where remarks are open.

    :raises NotAllowedError: when it is not signed off, or belongs to another unit.
    """
    desk = _lay_out([registration])
    [row] = desk.take([registration])
    demand(can_reopen_draft(by, row))
    row.signed_off_at = row.signed_off_by = None
    _finish(desk, [row], Deed.REOPEN_DRAFT, by=by, at=at)
    return row


@transaction.atomic
def withdraw(*, registration: Registration, reason: str, by: Seat, at: datetime) -> Registration:
    """Withdraw a registration that is not decided; it stays readable and counts no more.

    :raises NotAllowedError: when the rule forbids it or no reason is given.
    """
    desk = _lay_out([registration])
    [row] = desk.take([registration])
    if row.state == State.WITHDRAWN and is_own_unit(by, row):
        return row
    demand(can_withdraw(by, row) and reason_verdict(reason))
    row.is_registered = False
    _finish(desk, [row], Deed.WITHDRAW, by=by, at=at, reason=reason)
    return row


@transaction.atomic
def amend(*, registration: Registration, reason: str, by: Seat, at: datetime) -> Registration:
    """Take a submitted or accepted registration back to draft in order to change it.

    :raises NotAllowedError: when the rule forbids it or no reason is given.
    """
    desk = _lay_out([registration])
    [row] = desk.take([registration])
    today = timezone.localdate(at)
    demand(can_amend(by, row, desk.participation, today=today) and reason_verdict(reason))
    row.signed_off_at = row.signed_off_by = row.decided_at = None
    _finish(desk, [row], Deed.AMEND, by=by, at=at, reason=reason)
    return row


def _lay_out(registrations: Sequence[Registration]) -> Desk:
    units = {registration.participation_id for registration in registrations}
    if len(units) != 1:
        raise SeveralUnitsError(f"expected one unit in one round, got {len(units)}")
    return lay_out(units.pop())


def _undone(rows: Sequence[Registration], target: State, by: Seat) -> list[Registration]:
    # a second click finds the deed done: the same result, and nothing twice
    return [row for row in rows if not (row.state == target and is_own_unit(by, row))]


def _judge_submission(desk: Desk, todo: Sequence[Registration], by: Seat, at: datetime) -> None:
    audience = desk.participation.audience
    verdicts = submission_verdicts(
        todo,
        holders_of_places(desk.rows.values()),
        quotas=list(audience.quotas.all()),
        specs=form_specs(audience),
        seat=by,
        today=timezone.localdate(at),
    )
    for verdict in verdicts.values():
        demand(verdict)


def _keep_versions(
    todo: Sequence[Registration], again: Sequence[Registration], by: Seat, at: datetime
) -> None:
    last = dict(
        Submission.objects.filter(registration__in=again)
        .values_list("registration")
        .annotate(Max("sequence"))
        if again
        else ()
    )
    Submission.objects.bulk_create(
        Submission(
            registration=row,
            sequence=last.get(row.pk, 0) + 1,
            content=content_of(row),
            submitted_at=at,
            seat=by,
        )
        for row in todo
    )


def _finish(
    desk: Desk,
    todo: Sequence[Registration],
    deed: Deed,
    *,
    by: Seat,
    at: datetime,
    reason: str = "",
) -> None:
    if todo:
        move_rows(todo, deed, by=by, at=at, reason=reason)
        settle(desk, at=at)
