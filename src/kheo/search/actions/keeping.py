"""Keeps the entries in step with the records, within the transaction that changes them."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from django.db import transaction

from kheo.search.actions.storing import store_entries
from kheo.search.models import SearchEntry
from kheo.search.queries.entries import entry_row
from kheo.search.queries.matching import Question, newest_ids
from kheo.search.queries.offers import facet_term, offer_of
from kheo.search.queries.wording import Wording

BATCH = 2_000
EVERYTHING = 100_000_000


@transaction.atomic
def index_records(*, kind: str, records: Iterable[Any]) -> None:
    """Let records be found as they stand now; call it in the deed that changes what they say."""
    offer = offer_of(kind)
    found = iter(records)
    while batch := [entry_row(offer, record) for record in islice(found, BATCH)]:
        store_entries(batch)


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
