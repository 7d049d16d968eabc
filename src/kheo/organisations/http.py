"""The request as our views see it: with the seat from which the person acts."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from kheo.accounts.models import User
from kheo.organisations.models import Seat


class Request(HttpRequest):
    """A request of a signed-in person in a seat (SeatMiddleware sends others elsewhere)."""

    user: User
    seat: Seat
    htmx: HtmxDetails
    # set where a view has judged itself whether a missing record is worth a trace
    reach_considered: bool
