"""Deeds that make one model of two: several units own it, every superior counts it once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from kheo.audit.actions import Deed as Entry
from kheo.audit.actions import record_many
from kheo.exemplars.actions.desk import lay_out_many
from kheo.exemplars.actions.likeness import StalePairError, decide_pair, lock_pair
from kheo.exemplars.actions.tallies import TallyMove, move_registration_tallies
from kheo.exemplars.enums import Likeness
from kheo.exemplars.models import Exemplar, LikenessPair, Registration
from kheo.exemplars.queries.merging import built_on
from kheo.exemplars.rules import facets_of
from kheo.exemplars.rules.likeness import can_merge, can_undo_merge, count_once, no_open_drafts
from kheo.notices.actions import notify
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand


@transaction.atomic
def merge_exemplars(*, pair: LikenessPair, version: int, by: Seat, at: datetime) -> Exemplar:
    """Make one model of a pair's two; return the one that remains.

    The entries of the later one become entries of the earlier one and remember where they came
    from. Both units keep their registrations; superiors of both count the model once.

    :raises NotAllowedError: when the seat does not check both, one is not registered, they differ
        in kind, or a year has an entry that is not sent yet.
    :raises StalePairError: when somebody decided meanwhile.
    """
    rows = _locked_entries((pair.first.exemplar_id, pair.second.exemplar_id))
    locked = lock_pair(pair, version)
    demand(can_merge(by, locked))
    kept, gone = _kept_and_gone(locked)
    demand(no_open_drafts(rows))
    moved = [row for row in rows if row.exemplar_id == gone.pk]
    for row in moved:
        row.exemplar, row.merged_from = kept, gone
    gone.merged_into, gone.merged_at = kept, at
    gone.save(update_fields=["merged_into", "merged_at"])
    decide_pair(locked, Likeness.SAME, by=by, at=at)
    _record("registration.merge", moved, kept, by=by, at=at)
    _tell([locked.first, locked.second], kept, at)
    _store(rows, at)
    return kept


@transaction.atomic
def undo_merge(*, exemplar: Exemplar, by: Seat, at: datetime) -> Exemplar:
    """Take a merging back: the model that was merged into another lives on its own again.

    :raises NotAllowedError: when the seat does not check the units, or somebody built on it: an
        entry of a later year, a replica, another merging.
    """
    gone = Exemplar.objects.select_related("merged_into").get(pk=exemplar.pk)
    rows = _locked_entries([gone.merged_into_id] if gone.merged_into_id else [])
    gone.refresh_from_db(fields=["merged_into", "merged_at"])
    moved = [row for row in rows if row.merged_from_id == gone.pk]
    demand(can_undo_merge(by, rows, moved, built=built_on(gone)))
    _record("registration.undo-merge", moved, gone, by=by, at=at)
    for row in moved:
        row.exemplar, row.merged_from = gone, None
    gone.merged_into = gone.merged_at = None
    gone.save(update_fields=["merged_into", "merged_at"])
    keys = [row.pk for row in rows]
    pairs = LikenessPair.objects.select_related("first", "second").filter(
        first__in=keys, second__in=keys, decision=Likeness.SAME
    )
    for pair in pairs:
        if pair.first.exemplar_id != pair.second.exemplar_id or _parted(pair, moved):
            decide_pair(pair, None, by=by, at=at)
    _store(rows, at)
    return gone


def _parted(pair: LikenessPair, moved: Sequence[Registration]) -> bool:
    keys = {row.pk for row in moved}
    return (pair.first_id in keys) != (pair.second_id in keys)


def _locked_entries(exemplar_ids: Iterable[int]) -> list[Registration]:
    """Lock the parts of all units with entries of the models, and the models; return the entries.

    :raises StalePairError: when an entry was added while this waited.
    """
    keys = sorted(set(exemplar_ids))
    entries = Registration.objects.filter(exemplar__in=keys)
    parts = set(entries.values_list("participation_id", flat=True))
    desks = lay_out_many(parts)
    list(Exemplar.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    rows = [row for desk in desks for row in desk.rows.values() if row.exemplar_id in keys]
    if entries.count() != len(rows):
        raise StalePairError
    return rows


def _kept_and_gone(pair: LikenessPair) -> tuple[Exemplar, Exemplar]:
    kept, gone = pair.first.exemplar, pair.second.exemplar
    # what others were merged into already stays, so that each merging can be taken back alone
    return (gone, kept) if gone.merged.exists() and not kept.merged.exists() else (kept, gone)


def _store(rows: Sequence[Registration], at: datetime) -> None:
    """Count each model's entries of a year once, and store rows and tallies."""
    moves: list[TallyMove] = []

    def group(row: Registration) -> tuple[int, int]:
        return (row.exemplar_id, row.year)

    for _key, found in groupby(sorted(rows, key=group), group):
        entries = list(found)
        uncounted = count_once(entries)
        for row in entries:
            facets = facets_of(row)
            moves.append(TallyMove(row.path, row.year, facets, None, row.uncounted_path))
            row.uncounted_path = uncounted[row.pk]
            moves.append(TallyMove(row.path, row.year, None, facets, row.uncounted_path))
            row.version += 1
            row.updated_at = at
    columns = ["exemplar", "merged_from", "uncounted_path", "version", "updated_at"]
    Registration.objects.bulk_update(rows, columns, batch_size=200)
    move_registration_tallies(moves)


def _record(
    verb: str, moved: Sequence[Registration], exemplar: Exemplar, *, by: Seat, at: datetime
) -> None:
    entries = [
        Entry(
            verb=verb,
            record=row,
            scope=row.path,
            after={"name": exemplar.name, "unit": str(exemplar.owner)},
        )
        for row in moved
    ]
    record_many(deeds=entries, by=by, at=at)


def _tell(rows: Sequence[Registration], kept: Exemplar, at: datetime) -> None:
    # notices are read by others than who acts: they are written in the language of the house
    with override(settings.LANGUAGE_CODE):
        subject = _("Registered by several units, counted once: %(name)s") % {"name": kept}
    for row in rows:
        notify(
            organisation=row.organisation,
            subject=subject,
            body="; ".join(f"{one.name} – {one.unit_name}" for one in rows),
            link=reverse("exemplars:detail", args=[row.pk]),
            at=at,
        )
