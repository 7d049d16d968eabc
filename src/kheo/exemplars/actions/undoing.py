"""Undoing one deed on many registrations, as far as nobody has built on it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record, record_many
from kheo.exemplars.actions.batches import participation_ids, tell_units
from kheo.exemplars.actions.desk import lay_out_many, settle_many
from kheo.exemplars.actions.drafting import discard_draft
from kheo.exemplars.enums import BatchDeed
from kheo.exemplars.models import Batch, BatchItem, Registration, Remark
from kheo.exemplars.queries.batches import built_on
from kheo.exemplars.queries.offered import INDEXED, KIND
from kheo.exemplars.rules.batches import can_undo, restored_values, undo_verdict
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand, no, reach_of
from kheo.search.actions import index_records

TOLD: dict[BatchDeed, str | Promise] = {
    BatchDeed.ACCEPT: gettext_lazy("The acceptance was taken back: %(name)s"),
    BatchDeed.RETURN: gettext_lazy(
        "The return was taken back, nothing is to be corrected: %(name)s"
    ),
    BatchDeed.DECLINE: gettext_lazy("The refusal was taken back: %(name)s"),
    BatchDeed.CHANGE_FIELD: gettext_lazy("Put back into its field: %(name)s"),
}
Pairs = Sequence[tuple[BatchItem, Registration]]


@transaction.atomic
def undo_batch(*, batch: Batch, by: Seat, at: datetime) -> tuple[int, int]:
    """Put back what nobody has built on; return how many went back, and how many did not.

    :raises NotAllowedError: when another seat did it, it was undone, or nothing can go back.
    """
    held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    demand(can_undo(by, held))
    items = list(held.items.all())
    desks = lay_out_many(
        participation_ids(item.registration_id for item in items if item.registration_id)
    )
    locked = {pk: row for desk in desks for pk, row in desk.rows.items()}
    touched = built_on(held, list(locked.values()))
    pairs = [
        (item, locked[item.registration_id])
        for item in items
        if item.registration_id in locked
        and undo_verdict(by, item, locked[item.registration_id], touched)
    ]
    if not pairs:
        demand(no(_("Others have built on all of them since; nothing can be undone.")))
    _trace(held, pairs, by=by, at=at)
    if held.deed == BatchDeed.COPY_FORWARD:
        for _item, row in pairs:
            discard_draft(registration=row, by=by, at=at)
    else:
        _restore(held, pairs, at)
        tell_units(TOLD.get(BatchDeed(held.deed), ""), [row for _i, row in pairs], "", by=by, at=at)
        settle_many(desks, at=at)
    return len(pairs), len(items) - len(pairs)


def _restore(batch: Batch, pairs: Pairs, at: datetime) -> None:
    rows = [row for _item, row in pairs]
    alike: dict[tuple[tuple[str, object], ...], list[int]] = {}
    for item, row in pairs:
        values = restored_values(item)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.updated_at = at
        alike.setdefault(tuple(values.items()), []).append(row.pk)
    # most go back to the same: one statement for each kind, far faster than one of many cases
    for kept, keys in alike.items():
        Registration.objects.filter(pk__in=keys).update(
            **dict(kept), version=F("version") + 1, updated_at=at
        )
    if INDEXED & {name for kept in alike for name, _value in kept}:
        index_records(kind=KIND, records=rows)
    if batch.deed == BatchDeed.RETURN:
        # the words stay in the history; nobody is to answer them any more
        said = Remark.objects.filter(seat=batch.seat_id, made_at=batch.at)
        said.filter(registration__in=[row.pk for row in rows]).delete()


def _trace(batch: Batch, pairs: Pairs, *, by: Seat, at: datetime) -> None:
    batch.undone_at = at
    batch.save(update_fields=["undone_at"])
    after = {"deed": batch.deed, "count": len(pairs)}
    record(
        deed=Entry(verb="batch.undo", record=batch, scope=reach_of(by), after=after),
        by=by,
        at=at,
    )
    entries = [
        Entry(
            verb="registration.undo",
            record=row,
            scope=row.path,
            before=_told(item.after),
            after=_told(item.before),
        )
        for item, row in pairs
    ]
    record_many(deeds=entries, by=by, at=at)


def _told(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name in {"state", "field"} and value}
