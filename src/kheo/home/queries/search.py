"""What the search page shows: found records by kind, narrowed, with the totals of all kinds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from kheo.exemplars.queries.offered import KIND as REGISTRATION
from kheo.home.models import SavedView
from kheo.organisations.models import Organisation, Placement, Seat
from kheo.organisations.queries.offered import ORGANISATION
from kheo.search.queries.finding import Findings, Search, ShownHit, find_records, show_hits
from kheo.search.queries.matching import Groups
from kheo.search.queries.offers import Offer, below_term, facet_term, offer_of, registered_offers
from kheo.search.queries.progress import Progress, filling_progress
from kheo.search.queries.wording import read_wording
from kheo.ui.paging import CappedPage

# what is looked for most comes first
ORDER = (REGISTRATION, "document", ORGANISATION, "person")
SHOWN_OF_EACH = 5
PAGE_SIZE = 20
# a filter by one of these asks for registrations
OF_REGISTRATIONS = ("year", "field", "level", "form")
UNITS_AT_MOST = 20


@dataclass(frozen=True, kw_only=True)
class KindFound:
    """What was found of one kind, as far as it is shown."""

    offer: Offer
    total: int
    capped: bool
    hits: list[ShownHit]

    @property
    def label(self) -> str | Promise:
        """Return what such records are called."""
        return self.offer.label


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """All that the page shows for one question."""

    asked: bool
    kind: str
    kinds: list[KindFound]
    # of the one kind that is leafed through
    page: CappedPage | None = None
    # the units that the words for a unit meant; none where there is no such unit
    units: list[Organisation] | None = None
    # while the index is being made, not everything is found yet
    filling: Progress | None = None

    @property
    def total(self) -> int:
        """Return how many records of all kinds there are."""
        return sum(found.total for found in self.kinds)

    @property
    def capped(self) -> bool:
        """Tell whether there are more than were counted."""
        return any(found.capped for found in self.kinds)


def search_page(seat: Seat, chosen: Mapping[str, Any], number: int, count_cap: int) -> SearchPage:
    """Return what answers the words and filters in a seat's reach.

    :param chosen: the cleaned filters that are set; ``q`` holds the words.
    :param count_cap: where counting stops.
    """
    wording = read_wording(str(chosen.get("q", "")))
    kind = str(chosen.get("kind", ""))
    if not wording:
        return SearchPage(asked=False, kind=kind, kinds=[], filling=filling_progress())
    groups, units = _narrowed(seat, chosen)
    live = {"state": chosen["state"]} if "state" in chosen else {}
    searches = [
        Search(
            offer=offer,
            seat=seat,
            wording=wording,
            groups=groups,
            live=live if offer.kind == REGISTRATION else {},
            count_cap=count_cap,
        )
        for offer in _offers(chosen)
    ]
    found = [(search, find_records(search)) for search in searches]
    kinds = [_shown(search, findings, kind) for search, findings in found if findings.total]
    page = next((_page(*pair, number) for pair in found if pair[0].offer.kind == kind), None)
    return SearchPage(
        asked=True,
        kind=kind,
        kinds=kinds,
        page=page,
        units=units,
        filling=filling_progress(),
    )


def views_of(seat: Seat) -> list[SavedView]:
    """Return the saved views of the person in the seat, by name."""
    return list(SavedView.objects.filter(user=seat.user_id))


def kinds_offered() -> list[tuple[str, str | Promise]]:
    """Return the kinds of records that can be looked for, with their names."""
    return [(offer.kind, offer.label) for offer in _in_order()]


def _offers(chosen: Mapping[str, Any]) -> list[Offer]:
    if "state" in chosen or any(name in chosen for name in OF_REGISTRATIONS):
        return [offer_of(REGISTRATION)]
    return _in_order()


def _in_order() -> list[Offer]:
    known = [offer for offer in registered_offers() if offer.kind in ORDER]
    return sorted(known, key=lambda offer: ORDER.index(offer.kind))


def _narrowed(seat: Seat, chosen: Mapping[str, Any]) -> tuple[Groups, list[Organisation] | None]:
    groups: list[tuple[str, ...]] = [
        (facet_term(name, chosen[name]),) for name in OF_REGISTRATIONS if name in chosen
    ]
    if "unit" not in chosen:
        return tuple(groups), None
    units = _units(seat, str(chosen["unit"]))
    # also where the units stood before: what they registered stays there
    stood = Placement.objects.filter(organisation__in=units, is_main=True)
    paths = {*stood.values_list("path", flat=True), *(unit.path for unit in units)}
    groups.append(tuple(below_term(path) for path in sorted(paths)))
    return tuple(groups), units


def _units(seat: Seat, words: str) -> list[Organisation]:
    search = Search(offer=offer_of(ORGANISATION), seat=seat, wording=read_wording(words))
    keys = find_records(search).record_ids[:UNITS_AT_MOST]
    found = Organisation.objects.in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _shown(search: Search, findings: Findings, kind: str) -> KindFound:
    shown: Sequence[int] = () if kind else findings.record_ids[:SHOWN_OF_EACH]
    return KindFound(
        offer=search.offer,
        total=findings.total,
        capped=findings.capped,
        hits=show_hits(search, list(shown)),
    )


def _page(search: Search, findings: Findings, number: int) -> CappedPage:
    start = (number - 1) * PAGE_SIZE
    rows = show_hits(search, findings.record_ids[start : start + PAGE_SIZE])
    return CappedPage(
        rows=rows,
        number=number,
        size=PAGE_SIZE,
        total=findings.total,
        capped=findings.capped,
        has_next=len(findings.record_ids) > start + PAGE_SIZE,
    )
