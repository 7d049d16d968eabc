"""Makes the entries of everything there is, piece by piece, while people go on working.

Each piece is a transaction of its own, newest records first. Entries keep the order of their
records by taking the record's key, counted from where the kind's room begins; what deeds write
meanwhile comes above all of that.
"""

from collections.abc import Callable

from django.db import connection, transaction
from django.db.models import Max
from django_q.models import Schedule

from kheo.search.actions.settling import hold_merging, merge_index, refresh_statistics
from kheo.search.actions.storing import TABLE, store_entries
from kheo.search.models import Filling, SearchEntry
from kheo.search.queries.entries import entry_row, plain_records
from kheo.search.queries.offers import Offer, offer_of, registered_offers

PIECE = 1_000
# a database with fewer records is filled at once
FEW = 2_000
# others may take keys between two statements
SPARE = 10_000
SCHEDULE = "filling the search index"


@transaction.atomic
def begin_filling(*, kind: str = "") -> list[Filling]:
    """Note that all entries are to be made anew, or those of one kind; the worker goes on with it.

    What is found already is found until it is replaced.

    :raises KeyError: when no room offers such records.
    """
    offers = [offer_of(kind)] if kind else registered_offers()
    begun = [_begin(offer) for offer in offers]
    hold_merging()
    Schedule.objects.update_or_create(
        name=SCHEDULE,
        defaults={
            "func": "kheo.search.tasks.fill_index",
            "schedule_type": Schedule.MINUTES,
            "minutes": 1,
            "repeats": -1,
        },
    )
    return begun


@transaction.atomic
def fill_piece(*, size: int = PIECE) -> Filling | None:
    """Make the entries of the next records; return how far it is, None when nothing is left."""
    filling = Filling.objects.select_for_update().order_by("pk").first()
    if filling is None:
        Schedule.objects.filter(name=SCHEDULE).delete()
        return None
    offer = offer_of(filling.kind)
    left = offer.records().filter(pk__lt=filling.below_id)
    keys = list(left.order_by("-pk").values_list("pk", flat=True)[:size])
    if not keys:
        # what has no record any more kept its old key
        stale = SearchEntry.objects.filter(kind=filling.kind, pk__lte=filling.entries_above)
        stale.delete()
        filling.delete()
        return filling
    _fill(offer, keys, filling)
    filling.below_id, filling.done = keys[-1], filling.done + len(keys)
    filling.save(update_fields=["below_id", "done"])
    return filling


def rebuild_entries(*, kind: str = "", tell: Callable[[Filling], None] | None = None) -> int:
    """Make all entries anew, or those of one kind, to the end; return how many there are.

    :param tell: called after each piece with how far it is.
    :raises KeyError: when no room offers such records.
    """
    done = {filling.kind: 0 for filling in begin_filling(kind=kind)}
    while filling := fill_piece():
        if filling.kind in done:
            done[filling.kind] = filling.done
        if tell is not None:
            tell(filling)
    merge_index()
    refresh_statistics()
    return sum(done.values())


def fill_empty_index() -> None:
    """Begin the index of a database that was filled before there was one."""
    if SearchEntry.objects.exists() or Filling.objects.exists():
        return
    total = sum(offer.records().count() for offer in registered_offers())
    if total > FEW:
        begin_filling()
    elif total:
        rebuild_entries()


def _begin(offer: Offer) -> Filling:
    records = offer.records().order_by()
    last = records.aggregate(last=Max("pk"))["last"] or 0
    values = {
        "below_id": last + 1,
        "entries_above": _make_room(last),
        "done": 0,
        "total": records.count(),
    }
    filling, _made = Filling.objects.update_or_create(kind=offer.kind, defaults=values)
    return filling


def _make_room(size: int) -> int:
    """Keep so many keys of entries free, and return after which one they begin."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [TABLE])
            found = cursor.fetchone()
            above = int(found[0]) if found else 0
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [TABLE])
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [TABLE, above + size])
            return above
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [TABLE])
        above = int(cursor.fetchone()[0]) + SPARE
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [TABLE, above + size])
        return above


def _fill(offer: Offer, keys: list[int], filling: Filling) -> None:
    known = {"pk__gte": keys[-1], "pk__lte": keys[0]}
    model = offer.records().model
    # deeds that change one of these records wait, so that none is overwritten with what it was
    len(model.objects.filter(**known).select_for_update().order_by("pk").values_list("pk"))
    records = offer.records().filter(**known).order_by("pk")
    rows = [entry_row(offer, record) for record in plain_records(offer, records)]
    there = SearchEntry.objects.filter(
        kind=offer.kind, record_id__gte=keys[-1], record_id__lte=keys[0]
    )
    there.delete()
    store_entries(rows, above=filling.entries_above)
