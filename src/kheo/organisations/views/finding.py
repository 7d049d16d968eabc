"""Finds the record an address names, or answers 404 and leaves a trace."""

from datetime import date

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from kheo.organisations.http import Request
from kheo.organisations.middleware import note_refusal
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.queries import reachable_seat, visible_organisation


def organisation_or_404(request: Request, pk: int) -> Organisation:
    """Return an organisation in the reach of the seat.

    :raises Http404: when there is none; asking for one outside the reach leaves a trace.
    """
    organisation = visible_organisation(request.seat, pk)
    if organisation is None:
        _trace(request, exists=Organisation.objects.filter(pk=pk).exists())
        raise Http404
    return organisation


def seat_or_404(request: Request, pk: int) -> Seat:
    """Return a seat in the reach of the seat.

    :raises Http404: when there is none; asking for one outside the reach leaves a trace.
    """
    seat = reachable_seat(request.seat, pk)
    if seat is None:
        _trace(request, exists=Seat.objects.filter(pk=pk).exists())
        raise Http404
    return seat


def day_asked(request: Request) -> date:
    """Return the day whose tree is asked for; anything strange is today."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


def _trace(request: Request, *, exists: bool) -> None:
    # here it is known whether there is such a record, so the middleware need not suspect
    request.reach_considered = True
    if exists:
        note_refusal(request, _("The record lies outside the reach of the seat."))
