"""Keeps the entries in step with the records, within the transaction that changes them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import connection, transaction

from kheo.lib.text.folding import fold, normalise
from kheo.search.models import SearchEntry
from kheo.search.queries.matching import Question, newest_ids
from kheo.search.queries.offers import (
    Offer,
    Text,
    entry_terms,
    facet_term,
    offer_of,
    registered_offers,
)
from kheo.search.queries.wording import LONGEST_WORD, Wording, marked_words

BATCH = 500
EVERYTHING = 100_000_000
LONGEST_BODY = 20_000
KEPT = ("title", "words", "marked", "facets", "dated")


@dataclass(frozen=True)
class Gap:
    """An entry that is not as its record says: missing, left over or different."""

    kind: str
    record_id: int
    fault: str


@transaction.atomic
def index_records(*, kind: str, records: Iterable[Any]) -> None:
    """Let records be found as they stand now; call it in the deed that changes what they say."""
    offer = offer_of(kind)
    found = iter(records)
    while batch := [_entry(offer, record) for record in islice(found, BATCH)]:
        SearchEntry.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=["kind", "record_id"], update_fields=KEPT
        )


@transaction.atomic
def forget_records(*, kind: str, record_ids: Iterable[int]) -> None:
    """Take records out of the index; call it in the deed that deletes them."""
    SearchEntry.objects.filter(kind=kind, record_id__in=list(record_ids)).delete()


@transaction.atomic
def refresh_entries(*, term: str, kinds: Collection[str] = ()) -> None:
    """Let everything that carries a term be found as it stands now, or what is of some kinds.

    For deeds that change what others say: a person's name stands in the entries of the seats, a
    move changes below whom things stand.
    """
    groups: list[tuple[str, ...]] = [(term,)]
    if kinds:
        groups.append(tuple(facet_term("kind", kind) for kind in kinds))
    question = Question(Wording(), tuple(groups))
    keys = newest_ids(question, EVERYTHING)
    found: dict[str, list[int]] = {}
    for start in range(0, len(keys), BATCH):
        rows = SearchEntry.objects.filter(pk__in=keys[start : start + BATCH])
        for kind, record_id in rows.values_list("kind", "record_id"):
            found.setdefault(kind, []).append(record_id)
    for kind, ids in found.items():
        for start in range(0, len(ids), BATCH):
            records = offer_of(kind).records().filter(pk__in=ids[start : start + BATCH])
            index_records(kind=kind, records=records)


@transaction.atomic
def rebuild_entries(*, kind: str = "") -> int:
    """Make all entries anew, or those of one kind; return how many there are.

    :raises KeyError: when no room offers such records.
    """
    offers = [offer_of(kind)] if kind else registered_offers()
    count = 0
    for offer in offers:
        SearchEntry.objects.filter(kind=offer.kind).delete()
        records = _streamed(offer)
        while batch := [_entry(offer, record) for record in islice(records, BATCH)]:
            SearchEntry.objects.bulk_create(batch)
            count += len(batch)
    refresh_statistics()
    return count


def fill_empty_index() -> None:
    """Build the index of a database that was filled before there was one."""
    if SearchEntry.objects.exists():
        return
    if any(offer.records().exists() for offer in registered_offers()):
        rebuild_entries()


def refresh_statistics() -> None:
    """Merge the index's parts, and tell the planner what is in it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_index(search_index) VALUES('optimize')")
        else:
            cursor.execute("ANALYZE search_searchentry")


def entry_gaps() -> Iterator[Gap]:
    """Compare all entries with their records and yield what differs, kind by kind."""
    for offer in registered_offers():
        kept = dict(
            SearchEntry.objects.filter(kind=offer.kind).values_list("record_id", "pk").iterator()
        )
        records = _streamed(offer)
        while batch := [_entry(offer, record) for record in islice(records, BATCH)]:
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


def _compared(offer: Offer, batch: list[SearchEntry]) -> Iterator[Gap]:
    keys = [entry.record_id for entry in batch]
    found = SearchEntry.objects.filter(kind=offer.kind, record_id__in=keys)
    kept = {entry.record_id: entry for entry in found}
    for entry in batch:
        if entry.record_id not in kept:
            yield Gap(offer.kind, entry.record_id, "missing")
        elif any(getattr(entry, name) != getattr(kept[entry.record_id], name) for name in KEPT):
            yield Gap(offer.kind, entry.record_id, "different")


def _streamed(offer: Offer) -> Iterator[Any]:
    return iter(offer.records().iterator(chunk_size=BATCH))


def _entry(offer: Offer, record: Any) -> SearchEntry:
    text: Text = offer.text(record)
    said = normalise(f"{text.title} {text.body[:LONGEST_BODY]}")
    return SearchEntry(
        kind=offer.kind,
        record_id=record.pk,
        title=normalise(text.title)[:300],
        words=" ".join(word[:LONGEST_WORD] for word in fold(said).split()),
        marked=" ".join(marked_words(said)),
        facets=entry_terms(text, offer.kind),
        dated=text.dated,
    )
