"""One deed on many registrations: all of what was previewed, in one transaction, or nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record, record_many
from kheo.exemplars.actions.continuing import copy_forward_all
from kheo.exemplars.actions.desk import Desk, lay_out_many, settle_many
from kheo.exemplars.actions.journal import write_changes
from kheo.exemplars.enums import BatchDeed
from kheo.exemplars.models import Batch, BatchItem, Registration, Remark
from kheo.exemplars.queries.batches import known_for, seat_label
from kheo.exemplars.queries.offered import INDEXED, KIND
from kheo.exemplars.rules import TRANSITIONS
from kheo.exemplars.rules.batches import (
    ARROWS,
    MOST_AT_ONCE,
    Terms,
    batch_verdict,
    new_values,
    terms_verdict,
)
from kheo.lib.text.folding import normalise
from kheo.notices.actions import Telling, notify, notify_each
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand, no, reach_of
from kheo.search.actions import index_records

TOLD: dict[BatchDeed, str | Promise] = {
    **{deed: TRANSITIONS[arrow].notice for deed, arrow in ARROWS.items()},
    BatchDeed.CHANGE_FIELD: gettext_lazy("Put into another field: %(name)s"),
}
ENTRY_COLUMNS = {"state": "state", "field": "field", "return_due_on": "return_due_on"}


class StalePreviewError(Exception):
    """Something of what was previewed has changed since: nothing was done."""


@transaction.atomic
def do_batch(
    *, deed: BatchDeed, seen: Mapping[int, int], terms: Terms, by: Seat, at: datetime
) -> Batch:
    """Do one deed to all registrations of a preview, and keep what it changed in each.

    One transaction, though the units are many: the tallies that all writers share are taken last,
    so that others wait for them only while it is being stored.

    :param seen: by key, the versions that the preview showed.
    :raises NotAllowedError: when the terms are refused, or there is nothing to do, or too much.
    :raises StalePreviewError: when one of them changed since, or is refused now.
    """
    demand(terms_verdict(deed, by, terms, timezone.localdate(at)))
    if not 0 < len(seen) <= MOST_AT_ONCE:
        demand(no(_("Choose between 1 and %s registrations.") % MOST_AT_ONCE))
    if deed == BatchDeed.COPY_FORWARD:
        return _continue_all(seen, terms, by=by, at=at)
    desks = lay_out_many(participation_ids(seen))
    rows = rows_as_seen(desks, seen)
    known = known_for(rows, terms)
    if not all(batch_verdict(deed, by, row, terms, known) for row in rows):
        raise StalePreviewError
    batch = _change(deed, rows, terms, by=by, at=at)
    tell_units(TOLD.get(deed, ""), rows, _words(terms), by=by, at=at)
    _tell_assignee(terms, rows, at)
    settle_many(desks, at=at)
    return batch


def participation_ids(keys: Iterable[int]) -> set[int]:
    """Return the units' parts in rounds that registrations belong to."""
    rows = Registration.objects.filter(pk__in=list(keys))
    return set(rows.values_list("participation_id", flat=True))


def rows_as_seen(desks: Sequence[Desk], seen: Mapping[int, int]) -> list[Registration]:
    """Return the locked rows in the order in which they were seen.

    :raises StalePreviewError: when one is gone or has another version.
    """
    locked = {pk: row for desk in desks for pk, row in desk.rows.items()}
    rows = [locked[pk] for pk in seen if pk in locked]
    if [row.version for row in rows] != list(seen.values()):
        raise StalePreviewError
    return rows


def tell_units(
    subject: str | Promise, rows: Sequence[Registration], body: str, *, by: Seat, at: datetime
) -> None:
    """Tell each unit but the seat's own once what happened to its registrations."""
    units: dict[int, list[Registration]] = {}
    for row in rows:
        if row.organisation_id != by.organisation_id:
            units.setdefault(row.participation_id, []).append(row)
    # notices are read by others than who acts: they are written in the language of the house
    with override(settings.LANGUAGE_CODE):
        pattern = str(subject)
        tellings = [_telling(pattern, body, of_unit) for of_unit in units.values()]
    if pattern and tellings:
        notify_each(tellings=tellings, at=at)


def _telling(pattern: str, body: str, rows: Sequence[Registration]) -> Telling:
    first, name = rows[0], str(rows[0])
    link = reverse("exemplars:detail", args=[first.pk])
    if len(rows) > 1:
        name = ngettext("%(count)s registration", "%(count)s registrations", len(rows)) % {
            "count": len(rows)
        }
        link = reverse("exemplars:unit-round", args=[first.participation_id])
    return Telling(
        organisation_id=first.organisation_id,
        subject=pattern % {"name": name},
        body=body,
        link=link,
    )


def _tell_assignee(terms: Terms, rows: Sequence[Registration], at: datetime) -> None:
    if terms.assignee is None:
        return
    with override(settings.LANGUAGE_CODE):
        words = ngettext(
            "You are to check %(count)s registration",
            "You are to check %(count)s registrations",
            len(rows),
        )
        subject = words % {"count": len(rows)}
    notify(
        organisation=terms.assignee.organisation,
        users=[terms.assignee.user],
        subject=subject,
        link=f"{reverse('exemplars:check')}?mine=1",
        at=at,
    )


def _change(
    deed: BatchDeed, rows: Sequence[Registration], terms: Terms, *, by: Seat, at: datetime
) -> Batch:
    values = new_values(deed, terms, at)
    batch = keep_batch(deed, terms, len(rows), by=by, at=at)
    before = [{name: getattr(row, name) for name in values} for row in rows]
    assigned = _assigned(rows, terms) if deed == BatchDeed.ASSIGN else {}
    entries = []
    for row, old in zip(rows, before, strict=True):
        write_changes(row, by=by)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        entries.append(
            Entry(
                verb=f"registration.{deed.value}",
                record=row,
                scope=row.path,
                before=_told(old, assigned),
                after=_told(values, assigned),
                reason=_words(terms),
            )
        )
    changed = Registration.objects.filter(pk__in=[row.pk for row in rows])
    changed.update(**values, version=F("version") + 1, updated_at=at, pending_changes={})
    if INDEXED & values.keys():
        index_records(kind=KIND, records=rows)
    if deed == BatchDeed.RETURN:
        _remark(rows, terms, by=by, at=at)
    record_many(deeds=entries, by=by, at=at)
    keep_items(batch, [(row, old, values) for row, old in zip(rows, before, strict=True)])
    return batch


def keep_batch(deed: BatchDeed, terms: Terms, count: int, *, by: Seat, at: datetime) -> Batch:
    """Keep that a deed was done to many, with a trace of its own."""
    batch = Batch.objects.create(deed=deed, parameters=terms.parameters, seat=by, at=at)
    after = {"deed": deed.value, "count": count}
    entry = Entry(
        verb="batch.do", record=batch, scope=reach_of(by), after=after, reason=_words(terms)
    )
    record(deed=entry, by=by, at=at)
    return batch


def keep_items(
    batch: Batch,
    changes: Iterable[tuple[Registration, Mapping[str, object], Mapping[str, object]]],
) -> None:
    """Keep what a batch changed in each registration, and the version it left behind."""
    BatchItem.objects.bulk_create(
        (
            BatchItem(
                batch=batch,
                registration=row,
                name=str(row)[:300],
                before=_exact(before),
                after=_exact(after),
                version=row.version,
            )
            for row, before, after in changes
        ),
        batch_size=500,
    )


def _continue_all(seen: Mapping[int, int], terms: Terms, *, by: Seat, at: datetime) -> Batch:
    if terms.participation is None:
        raise StalePreviewError
    earlier = Registration.objects.select_related("exemplar", "level", "round").in_bulk(list(seen))
    rows = [earlier[pk] for pk in seen if pk in earlier]
    known = known_for(rows, terms)
    same = [row.version for row in rows] == list(seen.values())
    if not same or not all(
        batch_verdict(BatchDeed.COPY_FORWARD, by, row, terms, known) for row in rows
    ):
        raise StalePreviewError
    made = copy_forward_all(
        participation=terms.participation,
        registrations=rows,
        continuity=terms.continuity,
        by=by,
        at=at,
    )
    batch = keep_batch(BatchDeed.COPY_FORWARD, terms, len(made), by=by, at=at)
    keep_items(batch, [(row, {}, {"previous_id": row.previous_id}) for row in made])
    return batch


def _remark(rows: Sequence[Registration], terms: Terms, *, by: Seat, at: datetime) -> None:
    text = normalise(terms.text, keep_lines=True)
    Remark.objects.bulk_create(
        (Remark(registration=row, item=terms.item, text=text, seat=by, made_at=at) for row in rows),
        batch_size=500,
    )


def _assigned(rows: Sequence[Registration], terms: Terms) -> dict[object, str]:
    keys = {row.assignee_id for row in rows if row.assignee_id}
    seats = [*Seat.objects.filter(pk__in=keys).select_related("user"), terms.assignee]
    return {seat.pk: seat_label(seat) for seat in seats if seat}


def _told(values: Mapping[str, object], assigned: Mapping[object, str]) -> dict[str, object]:
    told = {name: values[name] for name in ENTRY_COLUMNS if values.get(name)}
    if "assignee_id" in values:
        told["assignee"] = assigned.get(values["assignee_id"], "")
    return told


def _words(terms: Terms) -> str:
    return normalise(terms.text, keep_lines=True)


def _exact(values: Mapping[str, object]) -> dict[str, object]:
    # the encoder of the column cuts moments to milliseconds
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in values.items()
    }
