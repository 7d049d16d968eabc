"""Deeds of the officer above: return with remarks, accept, decline, reconsider."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from kheo.exemplars.actions.desk import lay_out, move_rows, settle
from kheo.exemplars.enums import Deed, State
from kheo.exemplars.models import Registration, Remark
from kheo.exemplars.rules import TRANSITIONS, can_do, is_checker, reason_verdict
from kheo.lib.text.folding import normalise
from kheo.notices.actions import notify
from kheo.organisations.models import Seat
from kheo.organisations.rules import YES, Verdict, demand, no

Remarks = Sequence[tuple[str, str]]


@transaction.atomic
def return_registration(
    *, registration: Registration, remarks: Remarks, due_on: date, by: Seat, at: datetime
) -> Registration:
    """Return a registration with remarks on its items and a day until which it is corrected.

    :param remarks: pairs of an item's key ("" for the whole) and what is to be corrected.
    :raises NotAllowedError: when the rule forbids it, nothing is remarked, or the day is past.
    """
    [row] = return_many(registrations=[registration], remarks=remarks, due_on=due_on, by=by, at=at)
    return row


def return_many(
    *,
    registrations: Sequence[Registration],
    remarks: Remarks,
    due_on: date,
    by: Seat,
    at: datetime,
) -> list[Registration]:
    """Return several registrations with the same remarks and the same day; see ``accept_many``.

    :raises NotAllowedError: when the rule forbids one of them.
    """
    said = [(item, normalise(text, keep_lines=True)) for item, text in remarks if text.strip()]
    demand(_return_verdict(said, due_on, timezone.localdate(at)))
    return [
        row
        for unit in _by_unit(registrations)
        for row in _return_unit(unit, said, due_on, by=by, at=at)
    ]


def accept_many(
    *, registrations: Sequence[Registration], by: Seat, at: datetime
) -> list[Registration]:
    """Accept several registrations; each unit is a transaction of its own.

    One transaction over many units would hold the tallies that all writers share.

    :raises NotAllowedError: when the rule forbids one; units before it stay accepted.
    """
    return _decide_many(Deed.ACCEPT, registrations, by=by, at=at)


def accept(*, registration: Registration, by: Seat, at: datetime) -> Registration:
    """Accept a submitted registration; a second click changes nothing more.

    :raises NotAllowedError: when the rule forbids it.
    """
    return _decide_many(Deed.ACCEPT, [registration], by=by, at=at)[0]


def decline(*, registration: Registration, reason: str, by: Seat, at: datetime) -> Registration:
    """Decline a submitted registration with a reason; a second click changes nothing more.

    :raises NotAllowedError: when the rule forbids it, or no reason is given.
    """
    return _decide_many(Deed.DECLINE, [registration], by=by, at=at, reason=reason)[0]


def reconsider(*, registration: Registration, reason: str, by: Seat, at: datetime) -> Registration:
    """Open a decision again; the registration waits as submitted.

    :raises NotAllowedError: when the rule forbids it, or no reason is given.
    """
    return _decide_many(Deed.RECONSIDER, [registration], by=by, at=at, reason=reason)[0]


def _decide_many(
    deed: Deed, registrations: Sequence[Registration], *, by: Seat, at: datetime, reason: str = ""
) -> list[Registration]:
    if TRANSITIONS[deed].needs_reason:
        demand(reason_verdict(reason))
    return [
        row
        for unit in _by_unit(registrations)
        for row in _decide_unit(deed, unit, by=by, at=at, reason=reason.strip())
    ]


@transaction.atomic
def _decide_unit(
    deed: Deed, registrations: Sequence[Registration], *, by: Seat, at: datetime, reason: str
) -> list[Registration]:
    desk = lay_out(registrations[0].participation_id)
    rows = desk.take(registrations)
    target = TRANSITIONS[deed].target
    done = [row for row in rows if row.state == target and is_checker(by, row)]
    todo = [row for row in rows if row not in done]
    for row in todo:
        demand(can_do(deed, by, row))
        row.decided_at = None if target == State.SUBMITTED else at
    if todo:
        move_rows(todo, deed, by=by, at=at, reason=reason)
        _tell_unit(todo, deed, reason, at)
        settle(desk, at=at)
    return rows


@transaction.atomic
def _return_unit(
    registrations: Sequence[Registration], remarks: Remarks, due_on: date, *, by: Seat, at: datetime
) -> list[Registration]:
    desk = lay_out(registrations[0].participation_id)
    rows = desk.take(registrations)
    todo = [row for row in rows if not _is_returned_so(row, remarks, due_on, by)]
    for row in todo:
        demand(can_do(Deed.RETURN, by, row))
        row.return_due_on = due_on
        row.signed_off_at = row.signed_off_by = None
    if todo:
        Remark.objects.bulk_create(
            Remark(registration=row, item=item, text=text, seat=by, made_at=at)
            for row in todo
            for item, text in remarks
        )
        words = "\n".join(text for _item, text in remarks)
        details = {"return_due_on": due_on}
        move_rows(todo, Deed.RETURN, by=by, at=at, reason=words, details=details)
        _tell_unit(todo, Deed.RETURN, words, at)
        settle(desk, at=at)
    return rows


def _is_returned_so(row: Registration, remarks: Remarks, due_on: date, by: Seat) -> bool:
    # the second click of the same return finds it done; other remarks are refused by the rule
    if row.state != State.RETURNED or row.return_due_on != due_on:
        return False
    said = row.remarks.filter(answered_at=None, seat=by).values_list("item", "text")
    return set(remarks) <= set(said)


def _by_unit(registrations: Iterable[Registration]) -> list[list[Registration]]:
    def unit(registration: Registration) -> int:
        return registration.participation_id

    return [list(rows) for _key, rows in groupby(sorted(registrations, key=unit), unit)]


def _return_verdict(remarks: Remarks, due_on: date, today: date) -> Verdict:
    if not remarks:
        return no(_("Write at least one remark: the unit must know what to correct."))
    if due_on < today:
        return no(_("The day until which it is corrected lies in the past."))
    return YES


def _tell_unit(rows: Sequence[Registration], deed: Deed, words: str, at: datetime) -> None:
    first = rows[0]
    # notices are read by others than who acts: they are written in the language of the house
    with override(settings.LANGUAGE_CODE):
        name = str(first)
        if len(rows) > 1:
            name = ngettext("%(count)s registration", "%(count)s registrations", len(rows)) % {
                "count": len(rows)
            }
        subject = str(TRANSITIONS[deed].notice) % {"name": name}
    link = reverse("exemplars:detail", args=[first.pk])
    if len(rows) > 1:
        link = reverse("exemplars:unit-round", args=[first.participation_id])
    notify(organisation=first.organisation, subject=subject, body=words, link=link, at=at)
