"""What the pages of figures ask in common: of which part of the tree."""

from datetime import date

from django.http import Http404

from kheo.organisations.http import Request
from kheo.reporting.queries.areas import Area, area_in_reach, own_area
from kheo.reporting.queries.counting import USUAL_OPENING


def area_asked(request: Request, asked: int | None, *, opening: int) -> Area:
    """Return the area of an address as it stood in a year, or else the whole of one's reach.

    :raises Http404: when it lies outside the reach.
    """
    day = date(opening, *USUAL_OPENING)
    if asked is None:
        return own_area(request.seat, day)
    found = area_in_reach(request.seat, asked, day)
    if found is None:
        raise Http404
    return found
