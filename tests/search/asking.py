"""Asks the index as the page does, and answers with titles."""

from kheo.organisations.models import Seat
from kheo.search.queries.finding import Search, find_records, show_hits
from kheo.search.queries.offers import offer_of
from kheo.search.queries.wording import read_wording


def search_for(seat: Seat, text: str, kind: str = "registration", **given) -> Search:
    return Search(offer=offer_of(kind), seat=seat, wording=read_wording(text), **given)


def found_by(seat: Seat, text: str, kind: str = "registration", **given) -> list[str]:
    search = search_for(seat, text, kind, **given)
    return [shown.hit.title for shown in show_hits(search, find_records(search).record_ids)]
