"""Finds the records of a kind that answer a question, the best of the newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.safestring import SafeString

from kheo.search.models import SearchEntry
from kheo.search.queries.marking import highlighted, holds, snippet
from kheo.search.queries.matching import Groups, Question, ids_among, newest_ids, record_ids_sql
from kheo.search.queries.offers import Hit, Offer, facet_term
from kheo.search.queries.wording import Wording, read_wording

# so many of the newest are put in order and can be leafed through; beyond, words must narrow
RANKED = 100
COUNT_CAP = 10_000
# among so many of the newest, what the index does not know (a state) is looked for
LOOKED_AT = 2_000


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is looked for in one kind of record, and by whom.

    ``groups`` are terms of which an entry must carry one each; ``live`` what the index does not
    know, as filters of the records themselves.
    """

    offer: Offer
    seat: Any
    wording: Wording
    groups: Groups = ()
    live: Mapping[str, object] = field(default_factory=dict)
    count_cap: int = COUNT_CAP

    @property
    def question(self) -> Question:
        """Return the question as the index is asked, never without who may see."""
        own = ((facet_term("kind", self.offer.kind),), self.offer.seen_by(self.seat))
        return Question(self.wording, (*own, *self.groups))


@dataclass(frozen=True, kw_only=True)
class ShownHit:
    """A found record with what was found in it marked."""

    hit: Hit
    title: SafeString
    snippet: SafeString


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was found of a kind: the keys in order, and how many there are at least."""

    offer: Offer
    record_ids: list[int]
    total: int
    capped: bool


def find_records(search: Search) -> Findings:
    """Return what answers: with the marks as typed first, then found in the title, then newest."""
    if search.live:
        return _found_live(search)
    search, ids = _nearest(search)
    total = len(ids)
    if RANKED < total <= search.count_cap:
        total = len(newest_ids(search.question, search.count_cap + 1))
    return Findings(
        offer=search.offer,
        record_ids=_ranked(search, ids[:RANKED], is_all=total <= RANKED),
        total=min(total, search.count_cap),
        capped=total > search.count_cap,
    )


def show_hits(search: Search, record_ids: list[int]) -> list[ShownHit]:
    """Return records as a page shows them, only those the room itself lets the seat see."""
    if not record_ids:
        return []
    rows = search.offer.visible(search.seat).filter(pk__in=record_ids)
    found = {row.pk: search.offer.hit(row) for row in rows}
    hits = [found[pk] for pk in record_ids if pk in found]
    return [
        ShownHit(
            hit=hit,
            title=highlighted(hit.title, search.wording),
            snippet=snippet(hit.body, search.wording),
        )
        for hit in hits
    ]


def answering_ids_sql(
    offer: Offer, seat: Any, text: str, groups: Groups = ()
) -> tuple[str, list[Any]] | None:
    """Return the statement for the keys of the newest records with these words, for a list.

    None when the text asks nothing. At most as many as a list counts: who finds more needs words.
    """
    wording = read_wording(text)
    if not wording:
        return None
    question = Search(offer=offer, seat=seat, wording=wording, groups=groups).question
    return record_ids_sql(question, COUNT_CAP + 1)


def _nearest(search: Search) -> tuple[Search, list[int]]:
    """Return the newest that answer, and by which search: by whole words where these find enough.

    Few Vietnamese words begin others, and all words with a beginning take the index long.
    """
    whole = replace(search, wording=search.wording.whole)
    if whole.wording != search.wording:
        ids = newest_ids(whole.question, RANKED + 1)
        if len(ids) > RANKED:
            return whole, ids
    return search, newest_ids(search.question, RANKED + 1)


def _found_live(search: Search) -> Findings:
    ids = newest_ids(search.question, LOOKED_AT + 1)
    ranked = _ranked(search, ids[:LOOKED_AT], is_all=len(ids) <= LOOKED_AT)
    rows = search.offer.visible(search.seat).filter(pk__in=ranked, **search.live)
    passing = set(rows.values_list("pk", flat=True))
    kept = [pk for pk in ranked if pk in passing]
    return Findings(
        offer=search.offer,
        record_ids=kept[:RANKED],
        total=len(kept),
        capped=len(ids) > LOOKED_AT,
    )


def _ranked(search: Search, ids: list[int], *, is_all: bool) -> list[int]:
    exact: list[int] = []
    if search.wording.marked:
        marked = replace(search.question, exactly=True)
        # the index is not asked a second time for what is known already
        exact = ids_among(marked, ids) if is_all else newest_ids(marked, RANKED)
    wanted = {*ids, *exact}
    entries = SearchEntry.objects.filter(pk__in=wanted).values_list("pk", "record_id", "title")
    first = set(exact)
    ordered = sorted(
        entries, key=lambda row: (row[0] not in first, not holds(row[2], search.wording), -row[0])
    )
    return [record_id for _pk, record_id, _title in ordered[: max(len(ids), len(exact))]]
