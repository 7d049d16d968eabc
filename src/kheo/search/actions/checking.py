"""Proves that the index says what the records say."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import connection

from kheo.search.actions.storing import KEPT
from kheo.search.models import SearchEntry
from kheo.search.queries.entries import EntryRow, entry_row, plain_records
from kheo.search.queries.offers import Offer, registered_offers

BATCH = 500


@dataclass(frozen=True)
class Gap:
    """An entry that is not as its record says: missing, left over or different."""

    kind: str
    record_id: int
    fault: str


def entry_gaps() -> Iterator[Gap]:
    """Compare all entries with their records and yield what differs, kind by kind."""
    for offer in registered_offers():
        kept = dict(
            SearchEntry.objects.filter(kind=offer.kind).values_list("record_id", "pk").iterator()
        )
        records = plain_records(offer, offer.records())
        while batch := [entry_row(offer, record) for record in islice(records, BATCH)]:
            yield from _compared(offer, batch)
            for entry in batch:
                kept.pop(entry.record_id, None)
        yield from (Gap(offer.kind, record_id, "left over") for record_id in kept)


def index_is_sound() -> bool:
    """Tell whether the index holds what its table says; PostgreSQL sees to that itself."""
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO search_index(search_index, rank) VALUES('integrity-check', 1)"
            )
    except Exception:  # noqa: BLE001 -- whatever it says, the index is not sound
        return False
    return True


def _compared(offer: Offer, batch: list[EntryRow]) -> Iterator[Gap]:
    keys = [entry.record_id for entry in batch]
    found = SearchEntry.objects.filter(kind=offer.kind, record_id__in=keys)
    kept = {entry.record_id: entry for entry in found}
    for entry in batch:
        if entry.record_id not in kept:
            yield Gap(offer.kind, entry.record_id, "missing")
        elif any(getattr(entry, name) != getattr(kept[entry.record_id], name) for name in KEPT):
            yield Gap(offer.kind, entry.record_id, "different")
