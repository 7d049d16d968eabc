"""Makes the entry of a record: a plain tuple, since a million of them are made in one go."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet

from kheo.lib.text.folding import fold, normalise
from kheo.search.queries.offers import Offer, entry_terms
from kheo.search.queries.wording import LONGEST_WORD, marked_words

LONGEST_TITLE = 300
LONGEST_BODY = 20_000


class EntryRow(NamedTuple):
    """The columns of an entry, in their order."""

    kind: str
    record_id: int
    title: str
    words: str
    marked: str
    facets: str
    dated: date | None


def entry_row(offer: Offer, record: Any) -> EntryRow:
    """Return what a record is found by, as it stands now."""
    text = offer.text(record)
    # line breaks would send every letter through the slow door of normalising
    said = normalise(f"{text.title} {text.body[:LONGEST_BODY]}".replace("\n", " "))
    return EntryRow(
        kind=offer.kind,
        record_id=record.pk,
        title=normalise(text.title)[:LONGEST_TITLE],
        words=_cut(fold(said)),
        marked=" ".join(marked_words(said)),
        facets=entry_terms(text, offer.kind),
        dated=text.dated,
    )


def plain_records(offer: Offer, records: QuerySet[Any]) -> Iterator[Any]:
    """Return of each record only what its entry needs, without making objects of it."""
    if not offer.columns:
        return iter(records.iterator(chunk_size=500))
    rows = records.values_list("pk", *offer.columns, named=True)
    return iter(rows.iterator(chunk_size=500))


def _cut(folded: str) -> str:
    words = folded.split()
    if max(map(len, words), default=0) <= LONGEST_WORD:
        return folded
    return " ".join(word[:LONGEST_WORD] for word in words)
